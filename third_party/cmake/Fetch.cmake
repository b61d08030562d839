# What the system lacks, from its own project at a fixed release, with -DSMIDGEN_FETCH=ON. Only sources are taken, and
# compiled by the targets below; FETCHCONTENT_SOURCE_DIR_<NAME> points at a copy that is already there.
include(FetchContent)

# smidgen_fetch(NAME REPOSITORY TAG PACKAGE): puts the sources at ${NAME_SOURCE_DIR}, or says what to install.
macro(smidgen_fetch name repository tag package)
    if(NOT SMIDGEN_FETCH)
        message(FATAL_ERROR "${name} was not found. Install it (Debian: apt-get install ${package}), "
            "or configure with -DSMIDGEN_FETCH=ON to fetch ${tag} from ${repository}.")
    endif()
    message(STATUS "Fetching ${name} ${tag} from ${repository}")
    FetchContent_Declare(${name} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW ON
        SOURCE_SUBDIR sources-only)
    FetchContent_MakeAvailable(${name})
endmacro()

# smidgen_fetched_headers(TARGET FOLDER): a header-only library.
function(smidgen_fetched_headers target folder)
    string(REPLACE "::" "_" plain fetched_${target})
    add_library(${plain} INTERFACE)
    target_include_directories(${plain} SYSTEM INTERFACE ${folder})
    add_library(${target} ALIAS ${plain})
endfunction()

# smidgen_fetched_c(TARGET FOLDER SOURCE [INCLUDES…]): a small C library.
function(smidgen_fetched_c target folder source)
    string(REPLACE "::" "_" plain fetched_${target})
    add_library(${plain} STATIC ${source})
    target_include_directories(${plain} SYSTEM PUBLIC ${folder} PRIVATE ${ARGN})
    target_compile_options(${plain} PRIVATE -w)
    add_library(${target} ALIAS ${plain})
endfunction()
