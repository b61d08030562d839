// Another library beside ours: looked into, heard, and brought over piece by piece.
#pragma once

#include <QDialog>
#include <QTimer>
#include <functional>
#include <memory>
#include <mutex>

#include "engine/workstation/library_care.h"
#include "ui/commands/linked_libraries.h"
#include "ui/commands/studio.h"
#include "ui/dialogs/other_items_model.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableView;

namespace smidgen::ui {

class VersionPair;

/// Stays open beside the window. Nothing is changed in the other library, unless something is sent there.
/// While things are brought or sent it goes on working when it is closed, and is there again when it is asked
/// for; what has come is one step to undo.
class OtherLibraryDialog final : public QDialog {
    Q_OBJECT

 public:
    explicit OtherLibraryDialog(const Studio& studio, QWidget* parent = nullptr);
    ~OtherLibraryDialog() override;

    /// Reads what is there now; a library that is found is linked.
    void lookInto(const QString& folder);
    /// Something is being brought or sent.
    [[nodiscard]] bool working() const { return m_working != nullptr; }

    void done(int result) override;

 Q_SIGNALS:
    /// There is work under way, and it was closed.
    void workGoesOn();
    /// Other libraries are linked than before.
    void linksChanged();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

 private:
    /// What the worker and the window both see.
    struct Working {
        CancelToken cancel;
        std::mutex mutex;
        SendingState state;
    };

    [[nodiscard]] QPushButton* button(const QString& text, const char* name, const QString& hint);
    [[nodiscard]] QLayout* makeTop();
    [[nodiscard]] QLayout* makeFilters();
    void makeTable();
    [[nodiscard]] QLayout* makeButtons();
    void connectAll();
    void chooseFolder();
    void unlink();
    void readLinked();
    void lookAgain();
    void showLibrary(const QString& folder, Result<OtherLibrary> library);
    void narrow();
    void showChosen();
    void showButtons();
    void showProgress();
    void settle(Settling settling);
    void settleAll(Settling settling);
    /// Of the chosen rows, or of all that are shown.
    [[nodiscard]] std::vector<const OtherItem*> items(bool chosenOnly) const;
    [[nodiscard]] std::vector<BringChoice> choices(bool chosenOnly) const;
    void bring(bool chosenOnly);
    void brought(Result<Brought> result);
    void send();
    void sent(Result<SendingReport> result);
    void begin();
    void end(const QString& sentence, bool good);
    [[nodiscard]] QString currentFolder() const;

    Studio m_studio;
    LinkedLibraries m_linked;
    OtherItemsModel* m_model;
    QComboBox *m_folders, *m_kind, *m_shown;
    QPushButton *m_choose, *m_again, *m_unlink;
    QLabel *m_state, *m_count, *m_result;
    QLineEdit* m_filter;
    QTableView* m_table;
    VersionPair* m_pair;
    QProgressBar* m_progress;
    QPushButton *m_cancel, *m_bring, *m_bringAll, *m_send, *m_close;
    QTimer m_poll;
    CancelToken m_looking;
    std::shared_ptr<Working> m_working;
};

}  // namespace smidgen::ui
