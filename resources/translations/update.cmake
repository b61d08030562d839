# Brings the translations up to date with the strings of the window, keeping what is translated:
#   cmake -P resources/translations/update.cmake
# With -D SMIDGEN_TS=FILE (before -P) that file is brought up to date instead of those here.
cmake_minimum_required(VERSION 3.25)
get_filename_component(source "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
find_program(lupdate NAMES lupdate-qt6 lupdate6 lupdate
    HINTS /usr/lib/qt6/bin /usr/lib64/qt6/bin /usr/lib/qt6 NO_CACHE)
if(NOT lupdate)
    message(FATAL_ERROR "Qt's lupdate was not found. On Debian: apt-get install qt6-l10n-tools.")
endif()

# Words that stand in data, as lines of C++ that lupdate reads.
set(lines "")
function(add_word context word)
    string(REPLACE "\\" "\\\\" word "${word}")
    string(REPLACE "\"" "\\\"" word "${word}")
    set(lines "${lines}QT_TRANSLATE_NOOP(\"${context}\", \"${word}\")\n" PARENT_SCOPE)
endfunction()
# add_words(CONTEXT FILE LIST KEY…): the given fields of every entry of a list in a JSON file.
function(add_words context file list)
    file(READ "${source}/resources/${file}" json)
    string(JSON count LENGTH "${json}" ${list})
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
        foreach(key ${ARGN})
            string(JSON word GET "${json}" ${list} ${index} ${key})
            add_word(${context} "${word}")
        endforeach()
    endforeach()
    set(lines "${lines}" PARENT_SCOPE)
endfunction()
add_words(Shortcuts shortcuts.json shortcuts group text hint)
add_words(AboutFacts about.json libraries for)
add_words(Presets presets.json presets name)
file(READ "${source}/resources/about.json" about)
string(JSON what GET "${about}" what)
add_word(AboutFacts "${what}")

if(NOT SMIDGEN_TS)
    file(GLOB SMIDGEN_TS "${CMAKE_CURRENT_LIST_DIR}/smidgen_*.ts")
endif()
string(RANDOM LENGTH 12 unique)
set(words "/tmp/smidgen_words_${unique}.cpp")
if(DEFINED ENV{TMPDIR})
    set(words "$ENV{TMPDIR}/smidgen_words_${unique}.cpp")
endif()
file(WRITE "${words}" "${lines}")
execute_process(
    COMMAND ${lupdate} ui app/studio "${words}" -I . -locations none -no-obsolete -silent -ts ${SMIDGEN_TS}
    WORKING_DIRECTORY "${source}" RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
file(REMOVE "${words}")
if(failed)
    message(FATAL_ERROR "lupdate failed:\n${said}")
endif()
