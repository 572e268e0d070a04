# ./dev format: puts every C++ source into the form of .clang-format, and the dashboard into that of Prettier.
# shellcheck shell=bash
source tools/dev/setup.sh
source tools/dev/files.sh

format_command() {
    (($# == 0)) || fail "./dev format takes no arguments."
    ensure_setup
    cpp_sources | tr '\n' '\0' | xargs -0 -n 40 -P "$(nproc)" clang-format -i
    prettier_on_ours --write
    say "Formatted $(cpp_sources | wc -l) files. Next: ./dev lint"
}
