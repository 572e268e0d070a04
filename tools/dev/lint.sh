# ./dev lint: what reads the sources without running them. clang-tidy takes seconds a file, so it sees changed files.
# shellcheck shell=bash
source tools/dev/build.sh
source tools/dev/files.sh

# Sources that differ from main, and the sources beside headers that differ.
changed_sources() {
    local base
    base=$(tree_git merge-base HEAD origin/main 2>/dev/null || tree_git merge-base HEAD main 2>/dev/null ||
        tree_git rev-parse HEAD)
    {
        tree_git diff --name-only --diff-filter=d "$base" -- '*.cpp' '*.hpp'
        tree_git ls-files --others --exclude-standard -- '*.cpp' '*.hpp'
    } | sort -u | while IFS= read -r path; do
        case $path in
            *.cpp) echo "$path" ;;
            *) our_files "$(dirname "$path")/*.cpp" ;;
        esac
    done | sort -u
}

lint_command() {
    local sources failed=0
    case "${1:-}" in
        "") sources=$(changed_sources) ;;
        --all) sources=$(our_files 'src/*.cpp' 'bench/*.cpp' 'tests/*.cpp') ;;
        *) fail "Usage: ./dev lint [--all]" ;;
    esac
    ensure_setup
    local check
    for check in format shellcheck tidy; do
        say "$check ..."
        "tools/checks/quick/$check" || failed=1
    done
    configure check
    # What CMake does not build has no compile command, and is no business of clang-tidy's.
    sources=$(grep -Fxf <(sed -nE "s|^  \"file\": \"$ROOT/(.*)\",?$|\1|p" build/check/compile_commands.json) \
        <<<"$sources" || true)
    if [[ -n $sources ]]; then
        say "clang-tidy on $(wc -l <<<"$sources") files ..."
        tr '\n' '\0' <<<"$sources" | xargs -0 -n 1 -P "$(nproc)" tools/dev/clang_tidy_one.sh || failed=1
    fi
    ((failed == 0)) || fail "Mend what is listed above; ./dev format mends the formatting."
    say "Clean. Next: ./dev test"
}
