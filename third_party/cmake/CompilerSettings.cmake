# Flags for our own code; foreign code is compiled without them.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
    add_link_options(-fuse-ld=mold)
endif()

add_library(smidgen_warnings INTERFACE)
target_compile_options(smidgen_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    $<$<BOOL:${SMIDGEN_WERROR}>:-Werror>)

if(SMIDGEN_SANITIZE)
    add_compile_options(-fsanitize=${SMIDGEN_SANITIZE} -fno-omit-frame-pointer -g1)
    add_link_options(-fsanitize=${SMIDGEN_SANITIZE})
endif()
