// Edit: a sound's codes on one ruler with its waveform and spectrogram.
#pragma once

#include <QPointer>
#include <QWidget>
#include <filesystem>
#include <vector>

#include "ui/bridge/code_bridge.h"
#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QStackedWidget;

namespace smidgen {
class CodeGridView;
class TimelineView;
}  // namespace smidgen

namespace smidgen::ui {

class CodeActions;
class CodeInspector;
class CodeListening;
class CodeWork;
class EditBar;
class LaneHeaders;

class EditPage final : public QWidget {
    Q_OBJECT

 public:
    EditPage(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);
    ~EditPage() override;

    /// Each opens in its own time and is then shown; what cannot be is said in a notice. The keyboard goes
    /// along to the grid, unless it has been moved meanwhile.
    void openTake(const TakeId& take);
    /// A sound, or codes in a .json or .npz file.
    void openFile(const std::filesystem::path& file);
    void openKept(const CodesId& id);
    /// Moves them to the trash, with a way back; closes them when they are open.
    void removeKept(const CodesId& id, const QString& name);
    /// Whether these codes are among those the library keeps, as far as the page has been told.
    [[nodiscard]] bool keeps(const CodesId& id) const;

    /// What lies beside the page while it is shown; its owner is whoever takes it into a layout.
    [[nodiscard]] CodeInspector& inspector() { return *m_inspector; }
    [[nodiscard]] CodeBridge& codes() { return *m_codes; }
    [[nodiscard]] CodeActions& actions() { return *m_actions; }
    [[nodiscard]] CodeListening& listening() { return *m_listening; }
    [[nodiscard]] CodeGridView& grid() { return *m_grid; }
    [[nodiscard]] TimelineView& timeline() { return *m_timeline; }
    [[nodiscard]] const CodesId& document() const { return m_id; }

 Q_SIGNALS:
    void trainRequested();
    /// A page of resources/help.
    void helpRequested(const QString& page);

 protected:
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

 private:
    QWidget* makeHeader();
    QWidget* makeWork(const Shortcuts& shortcuts);
    void connectViews(const Shortcuts& shortcuts);
    void connectCodes();
    void readModels();
    void sayWhetherModelHasCodes();
    void readKept();
    void openLast();
    void followToGrid();
    void removeDocument();
    void show(const CodesId& id);
    void read();
    void followAxis();
    void timelineSelected();
    void gridSelected();
    void chooseFile();
    void keepAsTake();
    void exportCodes();
    [[nodiscard]] std::string modelFor(const std::string& preferred) const;
    void renameDocument();

    Studio m_studio;
    CodeBridge* m_codes;
    CodesId m_id;
    QPointer<QWidget> m_openedFrom;  ///< had the keyboard when a sound was asked for that has not come yet
    QComboBox *m_documents, *m_models;
    QButtonGroup* m_channels;
    QWidget* m_channelSwitch;
    QLabel* m_remark;
    QLabel* m_saved;
    QStackedWidget* m_states;
    TimelineView* m_timeline;
    CodeGridView* m_grid;
    LaneHeaders* m_headers;
    EditBar* m_bar;
    CodeActions* m_actions;
    CodeListening* m_listening;
    CodeWork* m_work;
    CodeInspector* m_inspector;
    std::vector<QWidget*> m_needDocument;
    bool m_choosing = false;  ///< one of the views is being told, not telling
};

}  // namespace smidgen::ui
