#!/usr/bin/env bash
# clang-tidy on one source of the check preset, without its count of suppressed warnings.
set -uo pipefail
output=$(clang-tidy --quiet -p build/check "$1" 2>&1)
status=$?
echo "  $1"
((status == 0)) || grep -vE '^[0-9]+ warnings? |^Suppressed |^Use -' <<<"$output"
exit "$status"
