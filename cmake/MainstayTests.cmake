# Writes BUILD/tests.txt: name and path of each test executable, one a line, for tools/run_tests.py.
# Called once, after every module.

function(mainstay_list_tests)
    get_property(tests GLOBAL PROPERTY MAINSTAY_TESTS)
    set(lines "")
    foreach(test IN LISTS tests)
        string(APPEND lines "${test} $<TARGET_FILE:${test}>\n")
    endforeach()
    file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/tests.txt CONTENT "${lines}")
endfunction()
