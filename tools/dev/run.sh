# ./dev run: sets up, builds and serves in the foreground. Ctrl-C lets the requests in flight finish.
# shellcheck shell=bash
source tools/dev/build.sh

run_usage="Usage: ./dev run [--port N] [--data DIR]"

# Gives " (by NAME, process N)" when that can be known.
holder_of_port() {
    ss -Hltnp "sport = :$1" 2>/dev/null |
        sed -nE 's/.*users:\(\("([^"]+)",pid=([0-9]+).*/ (by \1, process \2)/p' | head -n 1
}

run_command() {
    local port=8000 data=./data
    while (($# > 0)); do
        [[ -n ${2:-} ]] || fail "$run_usage"
        case $1 in
            --port) port=$2 ;;
            --data) data=$2 ;;
            *) fail "$run_usage" ;;
        esac
        shift 2
    done
    if ! [[ $port =~ ^[0-9]{1,5}$ ]] || ((port < 1 || port > 65535)); then
        fail "A port is a number from 1 to 65535, not \"$port\"."
    fi
    if port_is_taken "$port"; then
        fail "Port $port is taken$(holder_of_port "$port"). Stop that program, or choose another: ./dev run --port" \
            "$((port + 1))"
    fi
    ensure_setup
    build_preset release mainstay
    [[ -x build/release/mainstay ]] || fail "The build made no build/release/mainstay."
    say "Serving on http://127.0.0.1:$port with the data in $data. Ctrl-C stops it; ./dev demo in a second terminal."
    exec build/release/mainstay serve --data "$data" --port "$port" --sample-data
}
