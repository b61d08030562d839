#include "ui/window/edited_sounds.h"

#include "engine/workstation/presets.h"
#include "ui/bridge/code_places.h"
#include "ui/docks/library_panel.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/recipe_form.h"
#include "ui/window/main_window.h"

namespace smidgen::ui {

void connectEditedSounds(MainWindow& window, const Studio& studio) {
    LibraryPanel& library = window.library();
    MapPage& map = window.mapPage();
    EditPage& edit = window.editPage();
    const auto openCodes = [&window](const std::string& id) {
        window.editPage().openKept(id);
        window.showPage(MainWindow::Page::edit);
    };
    const auto usePreset = [&window, studio](const std::string& id, bool whole) {
        const auto preset = findPreset(studio.engine(), id);
        if (!preset) return studio.notices.fail(preset.error());
        window.showPage(MainWindow::Page::generate);
        window.generatePage().form().usePreset(**preset, whole);
    };
    QObject::connect(&library, &LibraryPanel::codesChosen, &window, openCodes);
    QObject::connect(&map, &MapPage::codesChosen, &window, openCodes);
    QObject::connect(&library, &LibraryPanel::presetChosen, &window, usePreset);
    QObject::connect(&map, &MapPage::presetChosen, &window, usePreset);
    QObject::connect(&library, &LibraryPanel::codesRemovalRequested, &edit, &EditPage::removeKept);
    QObject::connect(&map, &MapPage::codesRemovalRequested, &edit, &EditPage::removeKept);
    QObject::connect(&edit.codes(), &CodeBridge::listed, &library, &LibraryPanel::refreshFound);
    QObject::connect(&edit.codes(), &CodeBridge::listed, &map, &MapPage::changed);

    auto* places = new CodePlaces(studio.engine(), edit.codes(), &window);
    QObject::connect(&map, &MapPage::opened, places, &CodePlaces::catchUp);
    QObject::connect(&library, &LibraryPanel::likenessAsked, places, &CodePlaces::catchUp);
    QObject::connect(places, &CodePlaces::hearing, &map, &MapPage::showHearing);
    QObject::connect(places, &CodePlaces::placed, &map, &MapPage::changed);
    QObject::connect(places, &CodePlaces::placed, &library, &LibraryPanel::refreshFound);
}

}  // namespace smidgen::ui
