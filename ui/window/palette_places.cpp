#include "ui/window/palette_places.h"

#include <QCoreApplication>

#include "ui/bridge/text.h"
#include "ui/dialogs/help_index.h"
#include "ui/docks/takes_panel.h"
#include "ui/window/main_window.h"

namespace smidgen::ui {

namespace {

class PalettePlaces {
    Q_DECLARE_TR_FUNCTIONS(PalettePlaces)
};

void addPages(std::vector<PalettePlace>& places, MainWindow& window) {
    const std::pair<MainWindow::Page, QString> pages[] = {
        {MainWindow::Page::train, PalettePlaces::tr("Train")},
        {MainWindow::Page::generate, PalettePlaces::tr("Generate")},
        {MainWindow::Page::edit, PalettePlaces::tr("Edit")},
        {MainWindow::Page::map, PalettePlaces::tr("Map")}};
    for (const auto& [page, text] : pages)
        places.push_back({PalettePlaces::tr("%1 page").arg(text), PalettePlaces::tr("Page"),
                          [&window, where = page] { window.showPage(where); }});
}

void addHelp(std::vector<PalettePlace>& places, MainWindow& window) {
    for (const HelpPlace& help : helpPlaces()) {
        const bool whole = help.section.isEmpty();
        places.push_back(
            {whole ? help.pageTitle : help.section,
             whole ? PalettePlaces::tr("Help") : PalettePlaces::tr("Help · %1").arg(help.pageTitle),
             [&window, help] { window.openHelp(help.page, help.section); }});
    }
}

}  // namespace

QString recentKindText(RecentItem::Kind kind) {
    switch (kind) {
        case RecentItem::Kind::folder:
            return PalettePlaces::tr("Folder");
        case RecentItem::Kind::collection:
            return PalettePlaces::tr("Collection");
        case RecentItem::Kind::model:
            return PalettePlaces::tr("Model");
        case RecentItem::Kind::take:
            return PalettePlaces::tr("Take");
        case RecentItem::Kind::codes:
            return PalettePlaces::tr("Codes");
    }
    return {};
}

std::vector<PalettePlace> palettePlaces(MainWindow& window, const Studio& studio) {
    std::vector<PalettePlace> places;
    addPages(places, window);
    Selection& selection = studio.selection;
    for (const auto& each : studio.engine().collections())
        places.push_back({toText(each->collection.name), PalettePlaces::tr("Collection"),
                          [&window, &selection, id = each->collection.id] {
                              selection.setCollection(id);
                              window.showPage(MainWindow::Page::train);
                          }});
    for (const auto& model : studio.engine().models())
        places.push_back(
            {toText(model->name), PalettePlaces::tr("Model"), [&window, &selection, id = model->id] {
                 selection.setModel(id);
                 window.showPage(MainWindow::Page::generate);
             }});
    for (const auto& take : studio.engine().takes())
        places.push_back({toText(take->name),
                          PalettePlaces::tr("Take · %1").arg(toText(take->recipe.modelName)),
                          [&window, id = take->id] { window.showTake(id); }});
    addHelp(places, window);
    return places;
}

}  // namespace smidgen::ui
