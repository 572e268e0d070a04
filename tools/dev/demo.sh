# ./dev demo: with ./dev run in another terminal, makes a tenant and a key, and migrates a database with curl alone.
# shellcheck shell=bash

# Usage: member NAME < JSON; gives the text of a member of an object, nothing if it has none.
member() { python3 -c 'import json, sys; print(json.load(sys.stdin).get(sys.argv[1]) or "")' "$1"; }

# Shows the command as one would type it, then runs it.
show() {
    printf '\n$ %s\n' "$1" >&2
    shift
    "$@"
}

demo_command() {
    local port=8000 data=./data usage="Usage: ./dev demo [--port N] [--data DIR]"
    while (($# > 0)); do
        [[ -n ${2:-} ]] || fail "$usage"
        case $1 in
            --port) port=$2 ;;
            --data) data=$2 ;;
            *) fail "$usage" ;;
        esac
        shift 2
    done
    local program=build/release/mainstay address="http://127.0.0.1:$port" folder answer tenant key id
    [[ -x $program ]] || fail "There is no $program yet. Start ./dev run in another terminal first."
    port_is_taken "$port" || fail "Nothing answers on port $port. Start ./dev run in another terminal first."
    folder=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$folder'" EXIT

    say "A tenant, and a key that may do everything in it."
    tenant=$(show "mainstay tenant create --name Acme --json" \
        "$program" tenant create --name Acme --json --data "$data" | member id)
    key=$(show "mainstay key create --tenant $tenant --scopes admin --json" \
        "$program" key create --tenant "$tenant" --scopes admin --json --data "$data" | member key)
    [[ -n $key ]] || fail "No key was made; the program's words are above."

    say "A migration: the SQL Server script of examples/retail, to DuckDB."
    write_migration_request >"$folder/request.json"
    answer=$(show "curl -X POST $address/api/v1/migrations -H 'Authorization: Bearer mk_...' -d @request.json" \
        call "$key" -X POST "$address/api/v1/migrations" -H 'Content-Type: application/json' \
        --data-binary "@$folder/request.json")
    id=$(member id <<<"$answer")
    [[ -n $id ]] || fail "The migration was not accepted: $answer"
    say "Accepted as $id."

    printf '\n$ curl %s\n' "$address/api/v1/migrations/$id" >&2
    local started=$SECONDS phase last=
    while true; do
        answer=$(call "$key" "$address/api/v1/migrations/$id")
        phase=$(member phase <<<"$answer")
        [[ $phase == "$last" ]] || say "  $((SECONDS - started)) s: $phase"
        last=$phase
        case $(member status <<<"$answer") in
            completed) break ;;
            pending | running) ;;
            *) fail "The migration did not come to its end: $answer" ;;
        esac
        ((SECONDS - started < 300)) || fail "The migration takes longer than five minutes; look at it on its page."
        sleep 0.5
    done

    say "$(member completed_models <<<"$answer") of $(member total_models <<<"$answer") models are done."
    show "curl -o retail.zip $address/api/v1/migrations/$id/download" \
        call "$key" -o "$folder/retail.zip" "$address/api/v1/migrations/$id/download"
    mkdir -p build/demo
    mv "$folder/retail.zip" build/demo/retail.zip
    unzip -l build/demo/retail.zip
    say "The migrated project is build/demo/retail.zip. Next: what else the API does, at $address/docs"
}

# Usage: call KEY curl-arguments...; the key goes through a file descriptor, so that no process list shows it.
call() {
    local key=$1
    shift
    curl --silent --show-error --max-time 60 -H @<(printf 'Authorization: Bearer %s\n' "$key") "$@"
}

write_migration_request() {
    python3 - <<'PYTHON'
import json, pathlib

script = pathlib.Path("examples/retail/retail.sql").read_text(encoding="utf-8-sig")
print(json.dumps({"project_name": "retail", "target": "duckdb", "script": script}))
PYTHON
}
