# mainstay_module(NAME [USES module...] [LINKS library...])
#
# Makes a module of the folder it is called in, the same everywhere:
#   *.cpp               the library mainstay_NAME
#   *_test.cpp          the executable test_NAME (GoogleTest), one a module
#   *_bench.cpp         the executable bench_NAME (Google Benchmark)
#   migrations/*.sql    embedded; mainstay::NAME::migrations() gives them in order
# USES names modules of ours, LINKS libraries of others; tools/tidy.py holds the includes to USES.

find_package(GTest REQUIRED)

function(mainstay_embed_migrations name out)
    file(GLOB migrations CONFIGURE_DEPENDS migrations/*.sql)
    if(NOT migrations)
        set(${out} "" PARENT_SCOPE)
        return()
    endif()
    set(MIGRATION_ROWS "")
    foreach(path IN LISTS migrations)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
        get_filename_component(stem ${path} NAME_WE)
        string(REGEX MATCH "^[0-9]+" number ${stem})
        string(REGEX REPLACE "^0+" "" number ${number})
        file(READ ${path} text)
        string(APPEND MIGRATION_ROWS "    {\"${name}\", ${number}, \"${stem}\", R\"sql(${text})sql\"},\n")
    endforeach()
    set(MIGRATION_MODULE ${name})
    set(generated ${CMAKE_CURRENT_BINARY_DIR}/${name}_migrations.cpp)
    configure_file(${CMAKE_SOURCE_DIR}/cmake/migrations.cpp.in ${generated} @ONLY)
    set(${out} ${generated} PARENT_SCOPE)
endfunction()

function(mainstay_module name)
    cmake_parse_arguments(MODULE "" "" "USES;LINKS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS *.cpp)
    file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
    file(GLOB benches CONFIGURE_DEPENDS *_bench.cpp)
    file(GLOB mains CONFIGURE_DEPENDS *_main.cpp)
    list(REMOVE_ITEM sources ${tests} ${benches} ${mains} "")
    mainstay_embed_migrations(${name} migrations)

    set(libraries ${MODULE_LINKS})
    foreach(used IN LISTS MODULE_USES)
        list(APPEND libraries mainstay_${used})
    endforeach()

    if(sources OR migrations)
        add_library(mainstay_${name} STATIC ${sources} ${migrations})
        target_include_directories(mainstay_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
        target_link_libraries(mainstay_${name} PUBLIC ${libraries} PRIVATE mainstay_flags)
    else()
        add_library(mainstay_${name} INTERFACE)
        target_include_directories(mainstay_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
        target_link_libraries(mainstay_${name} INTERFACE ${libraries})
    endif()

    if(tests)
        add_executable(test_${name} ${tests})
        target_link_libraries(test_${name} PRIVATE
            mainstay_${name} mainstay_flags GTest::gtest GTest::gmock GTest::gtest_main rapidcheck)
        if(TARGET mainstay_testing AND NOT name STREQUAL "testing")
            target_link_libraries(test_${name} PRIVATE mainstay_testing)
        endif()
        set_property(GLOBAL APPEND PROPERTY MAINSTAY_TESTS test_${name})
    endif()

    if(benches)
        find_package(benchmark REQUIRED)
        add_executable(bench_${name} EXCLUDE_FROM_ALL ${benches})
        target_link_libraries(bench_${name} PRIVATE mainstay_${name} mainstay_flags benchmark::benchmark_main)
    endif()
endfunction()
