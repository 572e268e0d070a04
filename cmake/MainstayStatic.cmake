# mainstay_embed_static(NAME name TARGET target FOLDER path PREFIX /docs/assets [DEPENDS file...])
#
# Compiles the files of a folder, with their gzip and Brotli forms, into the target, which then has
#   std::span<mainstay::web::StaticFile const> mainstay::web::NAME_static_files();
# (declare it where it is used; src/kernel/web/static_files.hpp answers requests from it). PREFIX is empty or begins
# with a slash and does not end with one. DEPENDS is the stamp of the build step that makes the folder, where one does.
# It stands for the files, whose names are not known before.

include_guard(GLOBAL)
find_library(BROTLI_ENCODER brotlienc REQUIRED)
find_package(ZLIB REQUIRED)
add_executable(embed_static EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/embed_static.cpp)
target_link_libraries(embed_static PRIVATE mainstay_base mainstay_flags ${BROTLI_ENCODER} ZLIB::ZLIB)

function(mainstay_embed_static)
    cmake_parse_arguments(STATIC "" "NAME;TARGET;FOLDER;PREFIX" "DEPENDS" ${ARGN})
    get_filename_component(folder ${STATIC_FOLDER} ABSOLUTE)
    set(files ${STATIC_DEPENDS})
    if(NOT STATIC_DEPENDS)
        file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
    endif()
    set(made ${CMAKE_CURRENT_BINARY_DIR}/${STATIC_NAME}_static)
    add_custom_command(
        OUTPUT ${made}.cpp ${made}.bin
        COMMAND embed_static ${STATIC_NAME} ${folder} "${STATIC_PREFIX}" ${CMAKE_CURRENT_BINARY_DIR}
        DEPENDS embed_static ${files}
        COMMENT "Embedding ${STATIC_NAME}"
        VERBATIM)
    set_source_files_properties(${made}.cpp PROPERTIES OBJECT_DEPENDS ${made}.bin)
    target_sources(${STATIC_TARGET} PRIVATE ${made}.cpp)
endfunction()
