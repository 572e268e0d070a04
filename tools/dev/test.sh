# ./dev test: builds with sanitizers, starts a PostgreSQL of its own, runs every test and check, prints the counts.
# shellcheck shell=bash
source tools/dev/build.sh

POSTGRES_FOLDER=
POSTGRES_PID=

stop_postgres() {
    if [[ -n $POSTGRES_PID ]]; then
        kill -QUIT "$POSTGRES_PID" 2>/dev/null || true
        wait "$POSTGRES_PID" 2>/dev/null || true
    fi
    [[ -z $POSTGRES_FOLDER ]] || rm -rf "$POSTGRES_FOLDER"
}

# Starts a server in a temporary folder and exports MAINSTAY_TEST_POSTGRES, the URL of its superuser.
start_postgres() {
    local binaries port started=$SECONDS unprivileged=()
    binaries=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [[ -x $binaries/initdb ]] || fail "PostgreSQL is not installed. Run ./dev setup."
    POSTGRES_FOLDER=$(mktemp -d /tmp/mainstay-postgres.XXXXXX)
    trap stop_postgres EXIT
    trap 'exit 130' INT TERM HUP
    if ((EUID == 0)); then  # the server refuses to run as root
        unprivileged=(setpriv --reuid=postgres --regid=postgres --init-groups)
        chown postgres:postgres "$POSTGRES_FOLDER"
    fi
    "${unprivileged[@]}" "$binaries/initdb" -D "$POSTGRES_FOLDER/data" -U postgres --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 --no-sync --no-instructions >"$POSTGRES_FOLDER.log" 2>&1 ||
        fail "initdb failed: $(tail -n 3 "$POSTGRES_FOLDER.log")"
    rm -f "$POSTGRES_FOLDER.log"
    port=$(free_port)
    # Durability is off: the folder is thrown away, and no test kills this server. It dies with this script.
    "${unprivileged[@]}" setpriv --pdeathsig QUIT "$binaries/postgres" -D "$POSTGRES_FOLDER/data" \
        -k "$POSTGRES_FOLDER" -p "$port" -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB -c log_min_messages=fatal \
        >"$POSTGRES_FOLDER/server.log" 2>&1 &
    POSTGRES_PID=$!
    until "$binaries/pg_isready" -q -h 127.0.0.1 -p "$port"; do
        kill -0 "$POSTGRES_PID" 2>/dev/null ||
            fail "PostgreSQL did not start: $(tail -n 3 "$POSTGRES_FOLDER/server.log")"
        ((SECONDS - started < 60)) || fail "PostgreSQL did not answer within a minute."
        sleep 0.1
    done
    export MAINSTAY_TEST_POSTGRES="postgresql://postgres@127.0.0.1:$port/postgres"
    say "PostgreSQL answers on port $port ($((SECONDS - started)) s)."
}

# Chaos in the optimized build, a short run on each engine or as it is told: test_chaos [--minutes 10] [--seed N]
# [--engine sqlite]
test_chaos() {
    ensure_setup
    build_preset release mainstay chaos_server
    python3 tests/chaos.py --programs build/release "$@"
}

test_command() {
    if [[ ${1:-} == chaos ]]; then
        shift
        test_chaos "$@"
        return
    fi
    local preset=check mode=full filter=
    case ${1:-} in
        quick) preset=release mode=quick && shift ;;
        threads) preset=tsan mode=threads && shift ;;
        *) ;;
    esac
    local usage="Usage: ./dev test [quick | threads] [FILTER], or ./dev test chaos [--minutes N]"
    [[ ${1:-} != -* ]] || fail "There is no option \"$1\". $usage"
    (($# <= 1)) || fail "$usage"
    filter=${1:-}
    local started=$SECONDS
    ensure_setup
    stage setup $((SECONDS - started))
    started=$SECONDS
    configure "$preset"
    local targets=()
    # A filter that names executables builds only those.
    if [[ -n $filter ]]; then
        mapfile -t targets < <(cut -d ' ' -f 1 "build/$preset/tests.txt" | grep -F -e "$filter" || true)
    elif [[ $mode == threads ]]; then
        mapfile -t targets < <(sed -n 's|^\([^ ]*\) .*/src/kernel/.*|\1|p' "build/$preset/tests.txt")
    fi
    build_preset "$preset" "${targets[@]}"
    stage build $((SECONDS - started))
    unset MAINSTAY_TEST_POSTGRES
    [[ $mode == quick ]] || start_postgres
    python3 tools/run_tests.py --build "build/$preset" --mode "$mode" --filter "$filter" --jobs "$(nproc)"
}
