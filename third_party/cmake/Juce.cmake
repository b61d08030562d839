# JUCE without its GUI: core, events, audio_basics and audio_devices as one static library of our own.
find_path(JUCE_MODULES_DIR juce_core/juce_core.h PATHS /usr/share/juce/modules /usr/local/share/juce/modules
          REQUIRED)
smidgen_system_library(alsa alsa)
smidgen_system_library(jack jack)
find_package(ZLIB REQUIRED)

set(juce_sources)
foreach(module juce_core juce_events juce_audio_basics juce_audio_devices)
    file(GLOB module_sources ${JUCE_MODULES_DIR}/${module}/${module}*.cpp)
    list(APPEND juce_sources ${module_sources})
endforeach()
add_library(foreign_juce STATIC ${juce_sources})
add_library(foreign::juce ALIAS foreign_juce)
set_target_properties(foreign_juce PROPERTIES UNITY_BUILD OFF AUTOMOC OFF)
target_include_directories(foreign_juce SYSTEM PUBLIC ${JUCE_MODULES_DIR})
target_compile_definitions(foreign_juce PUBLIC
    JUCE_GLOBAL_MODULE_SETTINGS_INCLUDED=1 JUCE_STANDALONE_APPLICATION=1 DONT_SET_USING_JUCE_NAMESPACE=1
    JUCE_USE_CURL=0 JUCE_WEB_BROWSER=0 JUCE_ALSA=1 JUCE_JACK=1
    JUCE_MODULE_AVAILABLE_juce_core=1 JUCE_MODULE_AVAILABLE_juce_events=1
    JUCE_MODULE_AVAILABLE_juce_audio_basics=1 JUCE_MODULE_AVAILABLE_juce_audio_devices=1
    $<IF:$<CONFIG:Debug>,_DEBUG=1,NDEBUG=1>)
target_compile_definitions(foreign_juce PRIVATE JUCE_JACK_CLIENT_NAME="Smidgen"
    JUCE_ALSA_MIDI_NAME="Smidgen")
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
    target_compile_definitions(foreign_juce PUBLIC JUCE_MODAL_LOOPS_PERMITTED=1)   # MessageLoop::runFor
endif()
target_compile_options(foreign_juce PRIVATE -w)
target_link_libraries(foreign_juce PUBLIC ZLIB::ZLIB foreign::alsa Threads::Threads ${CMAKE_DL_LIBS} rt)
target_include_directories(foreign_juce SYSTEM PRIVATE ${jack_INCLUDE_DIRS})
