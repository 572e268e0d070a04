# ./dev bench: builds the optimized benchmarks and runs them: bench_* of the modules, and the scripts in bench/.
# shellcheck shell=bash
source tools/dev/build.sh

bench_command() {
    local name=${1:-} targets scripts=() path target built=()
    (($# == 0)) || shift  # what follows the name is for its script
    ensure_setup
    configure release
    mapfile -t targets < <(ninja -C build/release -t targets all |
        sed -nE 's/^(bench_[a-z0-9_]+): phony$/\1/p' | sort -u)
    for path in bench/*.sh bench/*.py; do
        [[ ! -x $path ]] || scripts+=("$path")
    done
    if [[ -n $name ]]; then
        mapfile -t targets < <(printf '%s\n' "${targets[@]}" | grep -Fx -e "$name" -e "bench_$name" || true)
        mapfile -t scripts < <(printf '%s\n' "${scripts[@]}" | grep -E "^bench/$name\.(sh|py)$" || true)
    fi
    ((${#targets[@]} + ${#scripts[@]} > 0)) || fail "There is no benchmark${name:+ called $name}."
    # A script says what it runs, and runs that itself.
    ((${#scripts[@]} == 0)) || mapfile -t built < <(sed -n 's/^Built first: //p' "${scripts[@]}" | tr ' ' '\n')
    build_preset release "${targets[@]}" "${built[@]}"
    for target in "${targets[@]}"; do
        [[ " ${built[*]} " != *" $target "* ]] || continue
        say "== $target"
        "$(find build/release -type f -name "$target" -perm -u+x -print -quit)"
    done
    for path in "${scripts[@]}"; do
        say "== $path"
        "$path" "$@"
    done
    say "Numbers of one machine at one moment: compare them with a run of main on the same machine."
}
