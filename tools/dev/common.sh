# What the commands of ./dev share: how they speak, and what they ask of the machine.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

fail() {
    printf 'dev: %s\n' "$*" >&2
    exit 1
}

# Runs a command with its output in a log. Says every ten seconds that it goes on; shows the log's end if it fails.
# Usage: quietly "Installing 12 packages" build/log/apt.log apt-get install ...
quietly() {
    local what=$1 log=$2 started=$SECONDS
    shift 2
    mkdir -p "$(dirname "$log")"
    say "$what ..."
    "$@" >"$log" 2>&1 &
    local pid=$! next=10
    while kill -0 "$pid" 2>/dev/null; do
        if ((SECONDS - started >= next)); then
            say "  $((SECONDS - started)) s: $(tail -n 1 "$log" | cut -c 1-100)"
            next=$((next + 10))
        fi
        sleep 0.2
    done
    wait "$pid" && return 0
    tail -n 30 "$log" >&2
    say "dev: failed: $what. The whole log is $log." >&2
    return 1
}

# Usage: stage build 130 (seconds); tools/run_tests.py prints the stage of the tests themselves.
stage() { awk -v name="$1" -v s="$2" 'BEGIN {printf "Stage %s: %.1f min\n", name, s / 60}'; }

# Memory that can be had without swapping, in MiB: the machine's, or the container's when that is less.
free_memory_mib() {
    local mib limit used
    mib=$(awk '/^MemAvailable:/ {print int($2 / 1024)}' /proc/meminfo)
    if limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null) && [[ $limit != max ]]; then
        used=$(cat /sys/fs/cgroup/memory.current)
        used=$((used - $(awk '/^inactive_file/ {print $2}' /sys/fs/cgroup/memory.stat)))
        limit=$(((limit - used) / 1048576))
        ((limit < mib)) && mib=$limit
    fi
    echo "$mib"
}

# The largest source needs about this much to compile.
readonly JOB_MEMORY_MIB=1500

build_jobs() {
    local cores jobs
    cores=$(nproc)
    jobs=$(($(free_memory_mib) / JOB_MEMORY_MIB))
    ((jobs < 1)) && jobs=1
    if ((jobs < cores)); then
        say "Only $(free_memory_mib) MiB of memory are free, so $jobs of $cores cores build; this takes longer." >&2
    else
        jobs=$cores
    fi
    echo "$jobs"
}

# Usage: need_disk 4 "A build"
need_disk() {
    local free_gib
    free_gib=$(df --output=avail -k "$ROOT" | awk 'NR == 2 {print int($1 / 1048576)}')
    ((free_gib >= $1)) || fail "$2 needs about $1 GB and the disk under $ROOT has $free_gib GB free." \
        "Make room, for instance with ./dev clean and ccache --clear."
}

# Makes sure that as_root will work without a question, asking for the password now if there is a terminal.
# Usage: need_root "Installing packages" "the command that a person would run as root"
need_root() {
    ((EUID == 0)) && return 0
    command -v sudo >/dev/null || fail "$1 needs root, and there is no sudo. Run as root: $2"
    sudo -n true 2>/dev/null && return 0
    [[ -t 0 ]] || fail "$1 needs root; sudo wants a password and there is no terminal to ask for it. Run as root: $2"
    sudo -v || fail "$1 needs root. Run as root: $2"
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

port_is_taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
