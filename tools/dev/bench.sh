# ./dev bench: builds the optimized benchmarks and runs them: bench_* of the modules, and the scripts in bench/.
# shellcheck shell=bash
source tools/dev/build.sh

bench_command() {
    (($# <= 1)) || fail "Usage: ./dev bench [NAME]"
    local name=${1:-} targets scripts=() path
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
    if ((${#targets[@]} > 0)); then
        build_preset release "${targets[@]}"
        local target
        for target in "${targets[@]}"; do
            say "== $target"
            "$(find build/release -type f -name "$target" -perm -u+x -print -quit)"
        done
    fi
    if ((${#scripts[@]} > 0)); then
        build_preset release mainstay errands_server
        for path in "${scripts[@]}"; do
            say "== $path"
            "$path"
        done
    fi
    say "Numbers of one machine at one moment: compare them with a run of main on the same machine."
}
