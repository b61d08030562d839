// The window: library left, pages in the centre, inspector right, takes below.
#pragma once

#include <QMainWindow>
#include <QPointer>
#include <QUrl>
#include <map>
#include <memory>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QButtonGroup;
class QMenu;
class QStackedWidget;
class QTimer;

namespace smidgen::ui {

class CommandPalette;
class DropOverlay;
class EditPage;
class GeneratePage;
class TakeComparison;
class InspectorPanel;
class LibraryPanel;
class MapPage;
class MessageBar;
class RecentItems;
class StatusLine;
class TakesPanel;
class TopBar;
class TrainPage;

class MainWindow final : public QMainWindow {
    Q_OBJECT

 public:
    enum class Page { train, generate, edit, map };

    /// `shortcuts` is the shipped table.
    MainWindow(const Studio& studio, std::vector<Shortcut> shortcuts);
    ~MainWindow() override;

    void showPage(Page page);
    [[nodiscard]] Page page() const;
    /// Makes a collection of files and folders, or adds them to one.
    void importPaths(const std::vector<std::filesystem::path>& paths, const CollectionId& into = {});
    void openExport(const std::vector<TakeId>& takes);
    /// Shows the codes of a take on the Edit page.
    void openEdit(const TakeId& take);
    /// Chooses it, and shows the tray it lies in.
    void showTake(const TakeId& id);
    void openAudioSettings();
    void openControls();
    void openHistory();
    void openShortcuts();
    /// What the program is, with the licences of what it is made of.
    void openAbout();
    void openPreferences();
    /// Over the window, with what it can do and where one can go; again: closes it.
    void openPalette();
    /// A page of resources/help, from one of its headings on.
    void openHelp(const QString& page, const QString& section = {});

    [[nodiscard]] Shortcuts& shortcuts() { return *m_shortcuts; }
    [[nodiscard]] TrainPage& trainPage() { return *m_train; }
    [[nodiscard]] GeneratePage& generatePage() { return *m_generate; }
    [[nodiscard]] EditPage& editPage() { return *m_edit; }
    [[nodiscard]] MapPage& mapPage() { return *m_map; }
    [[nodiscard]] LibraryPanel& library() { return *m_library; }
    [[nodiscard]] TakesPanel& takes() { return *m_takes; }
    [[nodiscard]] MessageBar& messages() { return *m_messages; }

 protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

 private:
    void makeCentre();
    void makeDocks();
    void connectPanels();
    void connectActions();
    void restoreLook();
    void restoreSelection();
    /// Size and panels as they come with the program.
    void resetLook();
    /// From now on every change of look or selection is kept a moment later.
    void watchLook();
    void rememberLook();
    void watchRecent();
    void fillRecentMenu(QMenu& menu);
    /// Opens it again; what is gone is said, and taken off the list.
    void openRecent(int index);
    void dropUrls(const QList<QUrl>& urls, const CollectionId& into);
    void addFiles();
    void addFolder();
    void renameChosen();
    void removeChosen();
    /// What F6 goes round: those that are shown.
    [[nodiscard]] std::vector<QWidget*> panels() const;
    void nextPanel(int direction);
    void foldDocks();
    void offerResumable();
    [[nodiscard]] std::vector<TakeId> chosenTakes() const;
    /// Of what is on the screen.
    [[nodiscard]] QString helpPage() const;
    QDockWidget* makeDock(const QString& name, Qt::DockWidgetArea area, QWidget* content,
                          const QString& actionId);

    Studio m_studio;
    Shortcuts* m_shortcuts;
    TopBar* m_top = nullptr;
    MessageBar* m_messages = nullptr;
    QButtonGroup* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    TrainPage* m_train = nullptr;
    TakeComparison* m_comparison = nullptr;
    GeneratePage* m_generate = nullptr;
    EditPage* m_edit = nullptr;
    MapPage* m_map = nullptr;
    LibraryPanel* m_library = nullptr;
    InspectorPanel* m_inspector = nullptr;
    QStackedWidget* m_inspectors = nullptr;  ///< of the library's items, and of codes on the Edit page
    TakesPanel* m_takes = nullptr;
    StatusLine* m_status = nullptr;
    DropOverlay* m_drop = nullptr;
    QByteArray m_shippedState;      ///< of panels and bars
    QTimer* m_lookPause = nullptr;  ///< runs while there is something to keep
    std::unique_ptr<RecentItems> m_recent;
    CommandPalette* m_palette = nullptr;  ///< made when first asked for
    QDockWidget* m_libraryDock = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QDockWidget* m_takesDock = nullptr;
    std::map<QWidget*, QPointer<QWidget>> m_lastFocus;  ///< by panel: what had the keyboard last
    QList<QDockWidget*> m_folded;  ///< hidden because the window is small; shown again when it grows
    QList<QDockWidget*> m_small;   ///< for which the window is too small now
};

}  // namespace smidgen::ui
