#include "ui/window/other_library_opening.h"

#include "ui/dialogs/other_library_dialog.h"
#include "ui/window/main_window.h"

namespace smidgen::ui {

void openOtherLibrary(MainWindow& window, const Studio& studio) {
    for (auto* open : window.findChildren<OtherLibraryDialog*>()) {
        if (!open->isVisible() && !open->working()) continue;  // on its way out
        open->show();
        open->raise();
        open->activateWindow();
        return;
    }
    auto* dialog = new OtherLibraryDialog(studio, &window);
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
}

}  // namespace smidgen::ui
