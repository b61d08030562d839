#include "ui/bridge/text.h"
#include "ui/commands/take_comparison.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/audio_dialog.h"
#include "ui/dialogs/command_palette.h"
#include "ui/dialogs/controls_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/history_dialog.h"
#include "ui/dialogs/preferences_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/recipe_form.h"
#include "ui/window/main_window.h"
#include "ui/window/palette_places.h"

namespace smidgen::ui {

void MainWindow::openExport(const std::vector<TakeId>& takes) {
    if (takes.empty()) {
        m_studio.notices.tell({Tone::calm, tr("Choose a take first: click one of the cards below."), {}, {}});
        return;
    }
    auto* dialog = new ExportDialog(m_studio, takes, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::openAudioSettings() {
    auto* dialog = new AudioDialog(m_studio, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::openHistory() {
    if (auto* open = findChild<HistoryDialog*>()) {
        open->raise();
        open->activateWindow();
        return;
    }
    auto* dialog = new HistoryDialog(m_studio, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &HistoryDialog::recipeRequested, this, [this](const TakeId& take) {
        showPage(Page::generate);
        m_generate->useRecipe(take);
    });
    connect(dialog, &HistoryDialog::presetRequested, this, [this](const TakeId& id) {
        if (const auto take = m_studio.engine().take(id)) m_generate->form().savePreset(take->recipe);
    });
    connect(dialog, &HistoryDialog::exportRequested, this, &MainWindow::openExport);
    connect(dialog, &HistoryDialog::compareRequested, this, [this] { m_comparison->turn(); });
    for (const char* id : {"edit.undo", "edit.redo", "edit.star"})
        dialog->addAction(&m_shortcuts->action(QLatin1String(id)));
    dialog->show();
}

void MainWindow::openControls() {
    auto* dialog = new ControlsDialog(m_studio, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::openShortcuts() {
    auto* dialog = new ShortcutsDialog(*m_shortcuts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::openAbout() {
    auto* dialog = new AboutDialog(m_studio, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::openPreferences() {
    if (auto* open = findChild<PreferencesDialog*>()) {
        open->raise();
        open->activateWindow();
        return;
    }
    auto* dialog = new PreferencesDialog(m_studio, *m_shortcuts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::lookResetRequested, this, &MainWindow::resetLook);
    dialog->show();
}

void MainWindow::openPalette() {
    if (m_palette == nullptr) {
        m_palette = new CommandPalette(m_studio.theme, *m_shortcuts, m_studio.settings, *this);
        connect(m_palette, &CommandPalette::running, this, [this](const QString& id) {
            // What acts on cells is to be seen.
            if (id.startsWith(u"codes.")) showPage(Page::edit);
        });
    }
    std::vector<PalettePlace> recent;
    for (const RecentItem& item : m_recent->items()) {
        const int index = static_cast<int>(recent.size());
        recent.push_back({item.name, recentKindText(item.kind), [this, index] { openRecent(index); }});
    }
    m_palette->open(palettePlaces(*this, m_studio), std::move(recent));
}

void MainWindow::openHelp(const QString& page, const QString& section) {
    auto* dialog = findChild<HelpDialog*>();
    if (dialog == nullptr) {
        dialog = new HelpDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &HelpDialog::aboutRequested, this, &MainWindow::openAbout);
    }
    dialog->show();
    dialog->showPage(page, section);
    dialog->raise();
    dialog->activateWindow();
}

QString MainWindow::helpPage() const {
    switch (page()) {
        case Page::train:
            return QStringLiteral("training");
        case Page::generate:
            return m_generate->morphShown() ? QStringLiteral("morph") : QStringLiteral("sliders");
        case Page::edit:
            return QStringLiteral("editing-codes");
        case Page::map:
            return QStringLiteral("map");
    }
    return QStringLiteral("window");
}

}  // namespace smidgen::ui
