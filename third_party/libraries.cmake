# Every foreign library as one target each. Only the room named beside it links it.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
include(Fetch)

# smidgen_system_library(TARGET PKG_CONFIG_NAME [OPTIONAL]): an imported target, headers as SYSTEM.
function(smidgen_system_library target module)
    set(need REQUIRED)
    if("OPTIONAL" IN_LIST ARGN)
        set(need QUIET)
    endif()
    pkg_check_modules(${target} ${need} IMPORTED_TARGET GLOBAL ${module})
    if(TARGET PkgConfig::${target})
        add_library(foreign::${target} ALIAS PkgConfig::${target})
    endif()
endfunction()

smidgen_system_library(sndfile sndfile)                 # engine/audio
smidgen_system_library(soxr soxr)                       # engine/audio
smidgen_system_library(taglib taglib)                   # engine/audio
smidgen_system_library(fftw fftw3f)                     # engine/analysis
smidgen_system_library(liblo liblo)                     # engine/control
smidgen_system_library(mysofa libmysofa)               # engine/space
smidgen_system_library(sqlite sqlite3)                  # storage
smidgen_system_library(zstd libzstd)                    # storage
smidgen_system_library(zlib zlib)                       # storage
smidgen_system_library(ebur128 libebur128 OPTIONAL)     # engine/audio, engine/playback
smidgen_system_library(xxhash libxxhash OPTIONAL)       # engine/collections, storage
if(NOT TARGET foreign::ebur128)
    smidgen_fetch(ebur128 https://github.com/jiixyj/libebur128.git v1.2.6 libebur128-dev)
    smidgen_fetched_c(foreign::ebur128 ${ebur128_SOURCE_DIR}/ebur128 ${ebur128_SOURCE_DIR}/ebur128/ebur128.c
        ${ebur128_SOURCE_DIR}/ebur128/queue)
endif()
if(NOT TARGET foreign::xxhash)
    smidgen_fetch(xxhash https://github.com/Cyan4973/xxHash.git v0.8.2 libxxhash-dev)
    smidgen_fetched_c(foreign::xxhash ${xxhash_SOURCE_DIR} ${xxhash_SOURCE_DIR}/xxhash.c)
endif()

find_package(tl-expected QUIET)                         # engine/foundation, and with it everywhere
if(NOT TARGET tl::expected)
    smidgen_fetch(expected https://github.com/TartanLlama/expected.git v1.1.0 libexpected-dev)
    smidgen_fetched_headers(tl::expected ${expected_SOURCE_DIR}/include)
endif()
find_package(nlohmann_json 3.11 QUIET)                  # where JSON is read or written
if(NOT TARGET nlohmann_json::nlohmann_json)
    smidgen_fetch(json https://github.com/nlohmann/json.git v3.11.3 nlohmann-json3-dev)
    smidgen_fetched_headers(nlohmann_json::nlohmann_json ${json_SOURCE_DIR}/include)
endif()
find_package(CLI11 QUIET)                               # app/cli
if(NOT TARGET CLI11::CLI11)
    smidgen_fetch(cli11 https://github.com/CLIUtils/CLI11.git v2.4.2 libcli11-dev)
    smidgen_fetched_headers(CLI11::CLI11 ${cli11_SOURCE_DIR}/include)
endif()
find_package(spdlog QUIET)                              # app
if(NOT TARGET spdlog::spdlog)
    smidgen_fetch(spdlog https://github.com/gabime/spdlog.git v1.14.1 libspdlog-dev)
    smidgen_fetched_headers(spdlog::spdlog ${spdlog_SOURCE_DIR}/include)
endif()

find_package(Torch REQUIRED)                            # models
if(SMIDGEN_TESTS)
    find_package(GTest QUIET)
    if(NOT TARGET GTest::gtest_main)
        smidgen_fetch(googletest https://github.com/google/googletest.git v1.14.0 libgtest-dev)
        set(INSTALL_GTEST OFF CACHE INTERNAL "")
        add_subdirectory(${googletest_SOURCE_DIR} ${googletest_BINARY_DIR} EXCLUDE_FROM_ALL)
    endif()
endif()
if(SMIDGEN_PLAYBACK)
    find_path(JUCE_MODULES_DIR juce_core/juce_core.h
        PATHS /usr/share/juce/modules /usr/local/share/juce/modules)
    if(NOT JUCE_MODULES_DIR)
        smidgen_fetch(juce https://github.com/juce-framework/JUCE.git 7.0.12 juce-modules-source-data)
        set(JUCE_MODULES_DIR ${juce_SOURCE_DIR}/modules CACHE PATH "JUCE's module sources" FORCE)
    endif()
    find_path(READERWRITERQUEUE_DIR readerwriterqueue.h)
    if(NOT READERWRITERQUEUE_DIR)
        smidgen_fetch(readerwriterqueue https://github.com/cameron314/readerwriterqueue.git v1.0.6
            libreaderwriterqueue-dev)
        set(READERWRITERQUEUE_DIR ${readerwriterqueue_SOURCE_DIR} CACHE PATH "Lock-free queues" FORCE)
    endif()
    smidgen_fetched_headers(foreign::readerwriterqueue ${READERWRITERQUEUE_DIR})
    include(Juce)                                       # engine/playback
endif()
if(SMIDGEN_STUDIO)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets Svg)   # ui
    # resources/translations. Found by name: the package of LinguistTools brings Qt Designer along.
    find_program(SMIDGEN_LRELEASE NAMES lrelease-qt6 lrelease6 lrelease
        HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_LIBEXECS})
    if(NOT SMIDGEN_LRELEASE)
        message(FATAL_ERROR "Qt's lrelease, which the window's translations are made with, was not found. On Debian: "
            "apt-get install qt6-l10n-tools. Elsewhere: -D SMIDGEN_LRELEASE=/path/to/lrelease.")
    endif()
endif()

# For the about box: what was found, by the ids of resources/about.json. Semicolons would end the definition.
set(SMIDGEN_LIBRARY_VERSIONS "torch=${Torch_VERSION}")
foreach(library sndfile soxr taglib fftw liblo mysofa sqlite zstd zlib ebur128 xxhash alsa jack)
    string(APPEND SMIDGEN_LIBRARY_VERSIONS "|${library}=${${library}_VERSION}")
endforeach()
string(APPEND SMIDGEN_LIBRARY_VERSIONS "|nlohmann_json=${nlohmann_json_VERSION}|tl-expected=${tl-expected_VERSION}")
if(SMIDGEN_PLAYBACK)
    file(STRINGS ${JUCE_MODULES_DIR}/juce_core/juce_core.h juce_version REGEX "^ *version: ")
    string(REGEX REPLACE "^ *version: *" "" juce_version "${juce_version}")
    string(APPEND SMIDGEN_LIBRARY_VERSIONS "|juce=${juce_version}")
endif()
