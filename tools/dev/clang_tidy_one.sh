#!/usr/bin/env bash
# clang-tidy on one source of the check preset, without its count of suppressed warnings. The analyzer walks through
# every macro of GoogleTest and stumbles over the loops of Google Benchmark, so tests and benchmarks go without it.
set -uo pipefail
checks=()
[[ $1 != *_test.cpp && $1 != *_bench.cpp ]] || checks=('--checks=-clang-analyzer-*')
output=$(clang-tidy --quiet "${checks[@]}" -p build/check "$1" 2>&1)
status=$?
echo "  $1"
((status == 0)) || grep -vE '^[0-9]+ warnings? |^Suppressed |^Use -' <<<"$output"
exit "$status"
