# smidgen_room(NAME [PUBLIC libs…] [PRIVATE libs…]): the library smidgen_NAME from the sources of this folder.
# Includes are written from the top of the tree: #include "engine/audio/audio_reader.h".
function(smidgen_room name)
    cmake_parse_arguments(ROOM "" "" "PUBLIC;PRIVATE" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    if(sources)
        file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
        add_library(smidgen_${name} STATIC ${sources} ${headers})
        target_include_directories(smidgen_${name} PUBLIC ${CMAKE_SOURCE_DIR})
        target_link_libraries(smidgen_${name} PUBLIC ${ROOM_PUBLIC} PRIVATE smidgen_warnings ${ROOM_PRIVATE})
    else()
        add_library(smidgen_${name} INTERFACE)
        target_include_directories(smidgen_${name} INTERFACE ${CMAKE_SOURCE_DIR})
        target_link_libraries(smidgen_${name} INTERFACE ${ROOM_PUBLIC})
    endif()
endfunction()

# smidgen_precompile(TARGET GROUP headers…): compiles what most sources of a group of targets include once, with the first
# of them; the others use that. All of a group are compiled with the same flags.
function(smidgen_precompile target group)
    get_property(first GLOBAL PROPERTY SMIDGEN_PRECOMPILED_${group})
    if(first)
        target_precompile_headers(${target} REUSE_FROM ${first})
    else()
        target_precompile_headers(${target} PRIVATE ${ARGN})
        set_property(GLOBAL PROPERTY SMIDGEN_PRECOMPILED_${group} ${target})
    endif()
    # GCC 12 warns of memory inside std::string when its header is precompiled.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>)
endfunction()

# What sources everywhere include of the standard library.
set(SMIDGEN_STANDARD_HEADERS <algorithm> <array> <cmath> <filesystem> <functional> <map> <memory> <optional> <span>
    <string> <vector>)

# smidgen_test(NAME [ALONE] [libs…]): the GoogleTest program test_NAME from the sources of this folder, one ctest entry a
# test. ALONE: nothing else runs beside its tests, because they keep pace with a sound server's clock or watch one.
function(smidgen_test name)
    cmake_parse_arguments(TEST "ALONE" "" "" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    if(NOT sources)
        return()
    endif()
    add_executable(test_${name} ${sources})
    target_link_libraries(test_${name} PRIVATE smidgen_warnings ${TEST_UNPARSED_ARGUMENTS}
        GTest::gtest GTest::gtest_main)
    target_compile_definitions(test_${name} PRIVATE SMIDGEN_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        SMIDGEN_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    if(TEST_UNPARSED_ARGUMENTS MATCHES "Qt6::Test")
        smidgen_precompile(test_${name} ${name} ${SMIDGEN_STANDARD_HEADERS} <gtest/gtest.h> <QtTest/QTest>
            <QtWidgets/QApplication> <QtWidgets/QComboBox> <QtWidgets/QLabel> <QtWidgets/QLineEdit> <QtWidgets/QPushButton>)
    endif()
    set(alone FALSE)
    if(TEST_ALONE)
        set(alone TRUE)
    endif()
    include(GoogleTest)
    gtest_discover_tests(test_${name} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 300
        PROPERTIES TIMEOUT 600 RUN_SERIAL ${alone} ENVIRONMENT "GOMP_SPINCOUNT=0;OMP_WAIT_POLICY=passive")
endfunction()
