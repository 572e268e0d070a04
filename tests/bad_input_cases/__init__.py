"""The cases of tests/bad_input.py, a module for each kind of input."""
