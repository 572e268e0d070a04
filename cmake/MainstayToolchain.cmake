# Compiler flags, sanitizers, linker and compiler cache, the same for every target of ours.

set(MAINSTAY_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them")

add_library(mainstay_flags INTERFACE)
target_compile_options(mainstay_flags INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror -fno-omit-frame-pointer)
# g++ 12 takes the inside of an empty std::optional for a use of it when it optimizes.
target_compile_options(mainstay_flags INTERFACE $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)

if(MAINSTAY_SANITIZE)
    add_compile_options(-fsanitize=${MAINSTAY_SANITIZE} -fno-sanitize-recover=all -O1 -g1)
    add_link_options(-fsanitize=${MAINSTAY_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
    set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
    set(CMAKE_C_FLAGS_RELEASE "-O2 -g1")
endif()

find_program(MAINSTAY_MOLD mold)
if(MAINSTAY_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

# Paths below the source folder are written relative to it, so that a second clone or worktree finds what the first
# has compiled, and a build says the same wherever it was made.
add_compile_options(-fdebug-prefix-map=${CMAKE_SOURCE_DIR}=.)
find_program(MAINSTAY_CCACHE ccache)
if(MAINSTAY_CCACHE)
    set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${MAINSTAY_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
