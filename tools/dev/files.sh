# Which files of the tree are ours and of which kind; new files count before they are added to git.
# shellcheck shell=bash

# git refuses a tree of another user, such as one mounted into a container, unless told that it is meant.
tree_git() { git -c safe.directory="$PWD" "$@"; }

our_files() {
    tree_git ls-files --cached --others --exclude-standard --deduplicate -- "$@" | while IFS= read -r path; do
        [[ ! -f $path ]] || echo "$path"
    done
}

# Templates become C++ only when their names are filled in.
cpp_sources() { our_files '*.cpp' '*.hpp' ':!tools/templates'; }

# Usage: prettier_on_ours --check|--write; the dashboard and the browser's tests, by the rules of web/.prettierrc.json.
prettier_on_ours() {
    PATH="$PWD/third_party/node/bin:$PATH" web/node_modules/.bin/prettier --log-level warn --config web/.prettierrc.json \
        --ignore-path web/.prettierignore "$1" web tests/browser
}

# By name, or by the first line of a file without a suffix.
shell_scripts() {
    our_files '*.sh'
    our_files | grep -vE '\.[a-z]+$' | while IFS= read -r path; do
        if head -n 1 "$path" | grep -qE '^#!.*\b(ba)?sh$'; then echo "$path"; fi
    done
}
