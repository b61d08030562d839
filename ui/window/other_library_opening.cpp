#include "ui/window/other_library_opening.h"

#include "ui/dialogs/other_library_dialog.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/linked_libraries_panel.h"
#include "ui/window/main_window.h"

namespace smidgen::ui {

void openOtherLibrary(MainWindow& window, const Studio& studio, const QString& folder) {
    for (auto* open : window.findChildren<OtherLibraryDialog*>()) {
        if (!open->isVisible() && !open->working()) continue;  // on its way out
        open->show();
        open->raise();
        open->activateWindow();
        open->lookInto(folder);
        return;
    }
    auto* dialog = new OtherLibraryDialog(studio, &window);
    QObject::connect(dialog, &OtherLibraryDialog::linksChanged, &window.library().linked(),
                     &LinkedLibrariesPanel::readLinks);
    QObject::connect(dialog, &OtherLibraryDialog::workGoesOn, &window,
                     [&window, studio] { openOtherLibrary(window, studio); });
    Shortcuts& shortcuts = window.shortcuts();
    for (const char* id : {"edit.undo", "edit.redo"}) dialog->addAction(&shortcuts.action(QLatin1String(id)));
    // Help on what is in front, not on the page behind it.
    auto* help = new QAction(dialog);
    help->setShortcut(shortcuts.action(QStringLiteral("window.help")).shortcut());
    QObject::connect(help, &QAction::triggered, &window, [&window] {
        window.openHelp(QStringLiteral("library"), QStringLiteral("Another library"));
    });
    dialog->addAction(help);
    dialog->show();
    dialog->lookInto(folder);
}

void connectLinkedLibraries(MainWindow& window, const Studio& studio) {
    QObject::connect(&window.library().linked(), &LinkedLibrariesPanel::otherLibraryRequested, &window,
                     [&window, studio](const QString& folder) { openOtherLibrary(window, studio, folder); });
}

}  // namespace smidgen::ui
