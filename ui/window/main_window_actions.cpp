#include <QAbstractButton>
#include <QApplication>
#include <QButtonGroup>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusTipEvent>
#include <QTimer>

#include "ui/bridge/text.h"
#include "ui/commands/preferences.h"
#include "ui/commands/recent_items.h"
#include "ui/commands/take_comparison.h"
#include "ui/docks/inspector_panel.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/train_page.h"
#include "ui/pages/training_view.h"
#include "ui/window/controller_wiring.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/main_window.h"
#include "ui/window/other_library_opening.h"
#include "ui/window/recording_wiring.h"
#include "ui/window/status_line.h"
#include "ui/window/top_bar.h"

namespace smidgen::ui {

void MainWindow::connectActions() {
    const auto on = [this](const char* id, auto&& run) {
        connect(&m_shortcuts->action(QLatin1String(id)), &QAction::triggered, this, run);
    };
    PlaybackBridge& sound = m_studio.sound;
    on("transport.toggle", [&sound] { sound.toggle(); });
    on("transport.stop", [&sound] { sound.stop(); });
    on("transport.compare", [this] { m_comparison->turn(); });
    on("transport.start", [&sound] { sound.seek(0); });
    on("transport.end", [&sound] { sound.seek(sound.length()); });
    QAction& loop = m_shortcuts->action(QStringLiteral("transport.loop"));
    loop.setCheckable(true);
    connect(&loop, &QAction::toggled, &sound, &PlaybackBridge::setLooping);
    connect(&sound, &PlaybackBridge::loopingChanged, &loop, &QAction::setChecked);

    QUndoStack& stack = m_studio.library.undoStack();
    on("edit.undo", [&stack] { stack.undo(); });
    on("edit.redo", [&stack] { stack.redo(); });
    const auto showUndo = [this, &stack] {
        m_shortcuts->setAvailable(QStringLiteral("edit.undo"), stack.canUndo(),
                                  tr("Nothing has been changed since the studio was opened."));
        m_shortcuts->setAvailable(QStringLiteral("edit.redo"), stack.canRedo(),
                                  tr("Nothing has been taken back."));
        m_shortcuts->action(QStringLiteral("edit.undo"))
            .setText(stack.canUndo() ? tr("Undo %1").arg(stack.undoText()) : tr("Undo"));
        m_shortcuts->action(QStringLiteral("edit.redo"))
            .setText(stack.canRedo() ? tr("Redo %1").arg(stack.redoText()) : tr("Redo"));
    };
    connect(&stack, &QUndoStack::indexChanged, this, showUndo);
    showUndo();
    on("edit.rename", [this] { renameChosen(); });
    on("edit.remove", [this] { removeChosen(); });
    on("edit.star", [this] {
        if (m_map->view().hasFocus()) return m_map->starChosen();
        if (const auto take = m_studio.engine().take(m_studio.selection.take()))
            m_studio.library.starTake(take->id, !take->starred);
    });

    on("library.addFiles", [this] { addFiles(); });
    on("library.addFolder", [this] { addFolder(); });
    on("library.search", [this] {
        m_libraryDock->show();
        m_library->focusSearch();
    });
    on("library.history", [this] { openHistory(); });
    on("library.other", [this] { openOtherLibrary(*this, m_studio); });
    on("train.start", [this] {
        showPage(Page::train);
        m_train->startTraining();
    });
    on("train.pause", [this] { m_train->training().pauseOrGoOn(); });
    on("generate.one", [this] {
        showPage(Page::generate);
        m_generate->generate(m_generate->form().count());
    });
    on("generate.four", [this] {
        showPage(Page::generate);
        m_generate->generate(4);
    });
    on("generate.dice", [this] { m_generate->form().dice(); });
    on("generate.morph", [this] {
        showPage(Page::generate);
        m_generate->showMorph(!m_generate->morphShown());
    });
    on("export.open", [this] { openExport(chosenTakes()); });

    const auto turn = [this](int by) {
        const int count = m_pages->count();
        showPage(static_cast<Page>((m_pages->currentIndex() + by + count) % count));
    };
    on("view.nextPage", [turn] { turn(1); });
    on("view.previousPage", [turn] { turn(-1); });
    on("view.map", [this] {
        showPage(Page::map);
        m_map->view().setFocus(Qt::ShortcutFocusReason);
    });
    on("view.nextPanel", [this] { nextPanel(1); });
    on("view.previousPanel", [this] { nextPanel(-1); });
    on("view.theme", [this] {
        Theme& theme = m_studio.theme;
        theme.setScheme(static_cast<Scheme>((static_cast<int>(theme.scheme()) + 1) % kSchemeCount));
        m_studio.settings.setValue(QLatin1String(preferences::kTheme), theme.schemeName());
    });
    on("window.audio", [this] { openAudioSettings(); });
    on("window.controls", [this] { openControls(); });
    auto* wiring = new ControllerWiring(m_studio, *m_shortcuts, *m_generate, this);
    connect(wiring, &ControllerWiring::noted, m_status, &StatusLine::setHint);
    connect(wiring, &ControllerWiring::pageWanted, this, [this] { showPage(Page::generate); });
    connect(wiring, &ControllerWiring::dialogWanted, this, &MainWindow::openControls);
    connect(m_status, &StatusLine::controlsChosen, this, &MainWindow::openControls);
    auto* recording = new RecordingWiring(m_studio, *m_shortcuts, this);
    connect(recording, &RecordingWiring::audioSettingsRequested, this, &MainWindow::openAudioSettings);
    on("window.palette", [this] { openPalette(); });
    on("window.help", [this] { openHelp(helpPage()); });
    on("window.shortcuts", [this] { openShortcuts(); });
    on("window.about", [this] { openAbout(); });
    on("window.preferences", [this] { openPreferences(); });
    on("window.quit", [this] { close(); });
}

bool MainWindow::event(QEvent* event) {
    if (event->type() == QEvent::StatusTip) {
        m_status->setHint(static_cast<QStatusTipEvent*>(event)->tip());
        return true;
    }
    return QMainWindow::event(event);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    if ((type == QEvent::Resize || type == QEvent::Move) &&
        (watched == this || qobject_cast<QDockWidget*>(watched) != nullptr) && isVisible())
        m_lookPause->start();
    if (event->type() == QEvent::KeyPress) {
        // Space belongs to the transport, so Enter presses the button that has the keyboard.
        const int key = static_cast<QKeyEvent*>(event)->key();
        auto* button = qobject_cast<QAbstractButton*>(watched);
        if (button != nullptr && (key == Qt::Key_Return || key == Qt::Key_Enter) &&
            button->window() == this) {
            button->click();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    // Something dragged from this window is on its way out, not in.
    if (!event->mimeData()->hasUrls() || event->source() != nullptr) return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_drop->showOver(static_cast<int>(event->mimeData()->urls().size()));
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) {
    m_drop->hide();
}

void MainWindow::dropEvent(QDropEvent* event) {
    m_drop->hide();
    dropUrls(event->mimeData()->urls(), {});
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void MainWindow::dropUrls(const QList<QUrl>& urls, const CollectionId& into) {
    std::vector<std::filesystem::path> paths;
    int elsewhere = 0;
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths.push_back(toPath(url.toLocalFile()));
        else
            ++elsewhere;
    }
    if (elsewhere > 0)
        m_studio.notices.tell({Tone::warn,
                               tr("%1 left out: only files on this computer can be used. Save it first, then "
                                  "drop the file.")
                                   .arg(countText(elsewhere, tr("address was"), tr("addresses were"))),
                               {},
                               {}});
    importPaths(paths, into);
}

void MainWindow::importPaths(const std::vector<std::filesystem::path>& paths, const CollectionId& into) {
    std::error_code ignored;
    for (const std::filesystem::path& path : paths)
        if (std::filesystem::is_directory(path, ignored))
            m_recent->note({RecentItem::Kind::folder, toText(path), toText(path.filename())});
    m_studio.library.importSounds(paths, into);
}

void MainWindow::addFiles() {
    auto* dialog = new QFileDialog(this, tr("Add sound files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Sounds (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus *.mp3)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        std::vector<std::filesystem::path> paths;
        for (const QString& file : files) paths.push_back(toPath(file));
        importPaths(paths);
    });
    dialog->open();
}

void MainWindow::addFolder() {
    auto* dialog = new QFileDialog(this, tr("Add a folder of sounds"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { importPaths({toPath(folder)}); });
    dialog->open();
}

std::vector<TakeId> MainWindow::chosenTakes() const {
    std::vector<TakeId> takes = m_takes->strip().chosen();
    if (takes.empty()) takes = m_generate->results().chosen();
    return takes;
}

void MainWindow::openEdit(const TakeId& take) {
    // Before the page is shown, which would open where one was last.
    m_edit->openTake(take);
    showPage(Page::edit);
}

void MainWindow::showTake(const TakeId& id) {
    if (const auto take = m_studio.engine().take(id))
        m_recent->note({RecentItem::Kind::take, toText(id), toText(take->name)});
    m_studio.selection.setTake(id);
    m_takesDock->show();
}

void MainWindow::renameChosen() {
    if (m_library->renameFocused()) return;
    if (const auto take = m_studio.engine().take(m_studio.selection.take()))
        m_takes->strip().renameTake(take->id);
}

void MainWindow::removeChosen() {
    if (m_library->removeFocused()) return;
    if (m_map->view().hasFocus()) return m_map->removeChosen();
    const QWidget* focus = QApplication::focusWidget();
    for (TakeStrip* strip : {&m_takes->strip(), &m_generate->results()})
        if (focus != nullptr && strip->isAncestorOf(focus)) m_studio.library.trashTakes(strip->chosen());
}

std::vector<QWidget*> MainWindow::panels() const {
    std::vector<QWidget*> shown;
    if (!m_libraryDock->isHidden()) shown.push_back(m_library);
    shown.push_back(centralWidget());
    if (!m_inspectorDock->isHidden()) shown.push_back(m_inspectors);
    if (!m_takesDock->isHidden()) shown.push_back(m_takes);
    shown.push_back(m_top);
    return shown;
}

void MainWindow::nextPanel(int direction) {
    const std::vector<QWidget*> all = panels();
    const QWidget* focus = QApplication::focusWidget();
    int now = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (focus != nullptr && (all[i] == focus || all[i]->isAncestorOf(focus))) now = static_cast<int>(i);
    const int count = static_cast<int>(all.size());
    for (int step = 1; step <= count; ++step) {
        QWidget* panel = all[static_cast<std::size_t>((now + direction * step + count * step) % count)];
        // Back to where one was in it; on a page turned to since, to its tab; else to the first.
        QList<QWidget*> candidates{m_lastFocus[panel].data()};
        if (panel == centralWidget()) candidates.append(m_tabs->checkedButton());
        candidates.append(panel->findChildren<QWidget*>());
        for (QWidget* child : candidates) {
            if (child == nullptr || !panel->isAncestorOf(child) || !child->isVisibleTo(this) ||
                !child->isEnabled() || !(child->focusPolicy() & Qt::TabFocus))
                continue;
            child->setFocus(direction > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

void MainWindow::offerResumable() {
    for (const TrainingRequest& request : m_studio.engine().resumableTrainings()) {
        const auto collection = m_studio.engine().collection(request.collection);
        const std::string name = !request.name.empty() ? request.name
                                 : collection          ? collection->collection.name
                                                       : std::string();
        m_studio.notices.tell({Tone::warn, tr("The training of “%1” was interrupted.").arg(toText(name)),
                               tr("Resume"), [this, request] {
                                   showPage(Page::train);
                                   m_train->resume(request);
                               }});
    }
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    foldDocks();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    rememberLook();
    event->accept();
}

}  // namespace smidgen::ui
