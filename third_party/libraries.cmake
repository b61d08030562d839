# Every foreign library as one target each. Only the room named beside it links it.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# smidgen_system_library(TARGET PKG_CONFIG_NAME): an imported target, headers as SYSTEM.
function(smidgen_system_library target module)
    pkg_check_modules(${target} REQUIRED IMPORTED_TARGET GLOBAL ${module})
    add_library(foreign::${target} ALIAS PkgConfig::${target})
endfunction()

smidgen_system_library(sndfile sndfile)        # engine/audio
smidgen_system_library(soxr soxr)              # engine/audio
smidgen_system_library(taglib taglib)          # engine/audio
smidgen_system_library(ebur128 libebur128)     # engine/audio
smidgen_system_library(fftw fftw3f)            # engine/analysis
smidgen_system_library(xxhash libxxhash)       # engine/collections

find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(Torch REQUIRED)                   # models
if(SMIDGEN_TESTS)
    find_package(GTest REQUIRED)
endif()
if(SMIDGEN_PLAYBACK)
    include(Juce)                              # engine/playback
endif()
if(SMIDGEN_STUDIO)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets Svg)   # ui
endif()
