// The window: library left, pages in the centre, inspector right, takes below.
#pragma once

#include <QMainWindow>
#include <QUrl>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QButtonGroup;
class QStackedWidget;

namespace smidgen::ui {

class DropOverlay;
class EditPage;
class GeneratePage;
class TakeComparison;
class InspectorPanel;
class LibraryPanel;
class MapPage;
class MessageBar;
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
    void openAudioSettings();
    void openControls();
    void openHistory();

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
    void rememberLook();
    void dropUrls(const QList<QUrl>& urls, const CollectionId& into);
    void addFiles();
    void addFolder();
    void renameChosen();
    void removeChosen();
    void nextPanel(int direction);
    void foldDocks();
    void offerResumable();
    [[nodiscard]] std::vector<TakeId> chosenTakes() const;
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
    QDockWidget* m_libraryDock = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QDockWidget* m_takesDock = nullptr;
    QList<QDockWidget*> m_folded;  ///< hidden because the window is small; shown again when it grows
    QList<QDockWidget*> m_small;   ///< for which the window is too small now
};

}  // namespace smidgen::ui
