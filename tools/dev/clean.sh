# ./dev clean: removes what builds made. Data and fetched files stay.
# shellcheck shell=bash

clean_command() {
    (($# == 0)) || fail "./dev clean takes no arguments."
    rm -rf build
    say "Removed build/; data/ and third_party/ stay. Next: ./dev build"
}
