# ./dev new module NAME: a folder in the one shape of every module, with its tests, added to its layer's build.
# shellcheck shell=bash

readonly NEW_USAGE="Usage: ./dev new module NAME [--layer kernel|platform|products]"
readonly LAYERS=(base kernel platform products app)

# Adds a line to a CMakeLists.txt unless it is there.
add_subdirectory_to() {
    local list=$1 name=$2
    grep -qxF "add_subdirectory($name)" "$list" 2>/dev/null || echo "add_subdirectory($name)" >>"$list"
}

# src/CMakeLists.txt lists the layers from the ground up.
add_layer() {
    local layer list=src/CMakeLists.txt present
    present=$(cat "$list")
    grep -qxF "add_subdirectory($1)" "$list" && return 0
    for layer in "${LAYERS[@]}"; do
        if [[ $layer == "$1" ]] || grep -qxF "add_subdirectory($layer)" <<<"$present"; then
            echo "add_subdirectory($layer)"
        fi
    done >"$list"
}

new_command() {
    [[ ${1:-} == module && -n ${2:-} ]] || fail "$NEW_USAGE"
    local name=$2 layer=platform template=tools/templates/module path folder
    shift 2
    if (($# > 0)); then
        [[ $1 == --layer && -n ${2:-} && $# == 2 ]] || fail "$NEW_USAGE"
        layer=$2
    fi
    [[ $layer =~ ^(kernel|platform|products)$ ]] ||
        fail "A module stands in kernel, platform or products, not in $layer."
    [[ $name =~ ^[a-z][a-z0-9]*(_[a-z0-9]+)*$ && ${#name} -le 40 ]] ||
        fail "A module's name is one to three full words in snake_case, such as price_lists; \"$name\" is not."
    folder=$(find src -type d -name "$name" -print -quit)
    [[ -z $folder ]] || fail "There is a module of this name already: $folder"
    [[ " ${LAYERS[*]} std testing " != *" $name "* ]] || fail "\"$name\" has a meaning of its own; choose another name."

    folder=src/$layer/$name
    mkdir -p "$folder/migrations"
    (cd "$template" && find . -type f) | while IFS= read -r path; do
        sed "s|@name@|$name|g; s|@include@|$layer/$name|g" "$template/$path" >"$folder/${path//@name@/$name}"
    done
    add_subdirectory_to "src/$layer/CMakeLists.txt" "$name"
    add_layer "$layer"
    find "$folder" -type f | sort
    say "Made $folder. Next: ./dev test test_$name; CONTRIBUTING.md says how to go on."
}
