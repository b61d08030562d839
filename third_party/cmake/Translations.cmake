# smidgen_translations(TARGET FILE.ts…): compiles translations and puts them into the target as the resource
# :/translations/FILE.qm. Whoever reads it calls Q_INIT_RESOURCE(translations) first.
function(smidgen_translations target)
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/translations)
    set(compiled "")
    set(entries "")
    foreach(source ${ARGN})
        cmake_path(GET source STEM name)
        add_custom_command(OUTPUT ${folder}/${name}.qm
            COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
            COMMAND ${SMIDGEN_LRELEASE} -silent -removeidentical ${source} -qm ${folder}/${name}.qm
            DEPENDS ${source} VERBATIM COMMENT "Translation ${name}")
        list(APPEND compiled ${folder}/${name}.qm)
        string(APPEND entries "<file>${name}.qm</file>")
    endforeach()
    file(CONFIGURE OUTPUT ${folder}/translations.qrc @ONLY
        CONTENT "<RCC><qresource prefix=\"/translations\">${entries}</qresource></RCC>\n")
    add_custom_command(OUTPUT ${folder}/qrc_translations.cpp
        COMMAND Qt6::rcc --name translations --output ${folder}/qrc_translations.cpp ${folder}/translations.qrc
        DEPENDS ${folder}/translations.qrc ${compiled} VERBATIM)
    target_sources(${target} PRIVATE ${folder}/qrc_translations.cpp)
    set_source_files_properties(${folder}/qrc_translations.cpp PROPERTIES SKIP_AUTOGEN ON)
endfunction()
