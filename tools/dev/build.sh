# ./dev build: configures a preset once and builds it with as many jobs as cores and memory allow.
# shellcheck shell=bash
source tools/dev/setup.sh

# Usage: configure PRESET; the log is shown only when it fails.
configure() {
    [[ -e build/$1/build.ninja ]] && return 0
    quietly "Configuring $1" "build/log/configure-$1.log" cmake --preset "$1" ||
        fail "CMake could not configure; the lines above say why. If a library is missing: ./dev setup"
}

# Usage: build_preset PRESET [ninja target...]; without targets, everything
build_preset() {
    local preset=$1 jobs
    shift
    need_disk 4 "A build"
    configure "$preset"
    jobs=$(build_jobs)
    NINJA_STATUS="[%f/%t %es] " ninja -C "build/$preset" -j "$jobs" "$@" ||
        fail "The build failed; the first error above is the one to mend."
}

build_command() {
    local preset=${1:-release} started=$SECONDS
    (($# <= 1)) || fail "Usage: ./dev build [release|check|tsan]"
    case $preset in
        release | check | tsan) ;;
        *) fail "There is no preset \"$preset\". There are release, check and tsan." ;;
    esac
    ensure_setup
    local next="./dev test" targets=()
    [[ $preset != release ]] || next="./dev run" targets=(mainstay)
    build_preset "$preset" "${targets[@]}"
    [[ $preset != release ]] || python3 tools/sbom.py --build build/release
    say "Built build/$preset in $((SECONDS - started)) s. Next: $next"
}
