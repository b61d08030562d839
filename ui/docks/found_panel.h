// What was found in the library: by words and filters, or because it is like something.
#pragma once

#include <QTimer>
#include <QWidget>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/workstation/workstation.h"
#include "ui/commands/studio.h"

class QLabel;

namespace smidgen::ui {

class LibraryList;

/// Hidden until something is asked for. Searches run off the window's thread; the last one asked for is the
/// one that is shown.
class FoundPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit FoundPanel(const Studio& studio, QWidget* parent = nullptr);
    ~FoundPanel() override;

    /// A moment after the last key. Empty: nothing is asked for.
    void findText(const QString& text);
    /// `like`: a sound file, or the id of something that has a sound. `name` is the person's word for it.
    void findLike(const QString& name, const std::string& like);
    void clear();
    /// Asks again for what is shown.
    void refresh();
    /// Acts on the chosen row when it has the keyboard. False when there is nothing to remove.
    bool removeFocused();
    [[nodiscard]] const std::vector<FoundItem>& items() const { return m_items; }

 Q_SIGNALS:
    void cleared();
    void codesChosen(const std::string& id);
    void codesRemovalRequested(const std::string& id, const QString& name);
    /// To be used; `whole`: with its model and seed.
    void presetChosen(const std::string& id, bool whole);
    /// Edited sounds are to be listened to.
    void likenessAsked();
    /// Results are shown, or there are none.
    void shown();

 private:
    void ask(FindRequest request, const QString& heading);
    void show(const Result<FoundItems>& found, const QString& heading);
    [[nodiscard]] const FoundItem* itemOf(const QString& rowId) const;
    void choose(const QString& rowId);
    void hearPreset(const FoundItem& preset);
    void openMenu(const QString& rowId, const QPoint& position);
    void remove(const FoundItem& item);

    Studio m_studio;
    QLabel* m_heading;
    QLabel* m_note;
    LibraryList* m_list;
    QTimer m_pause;
    QString m_text;
    FindRequest m_request;
    QString m_asking;  ///< the heading of what is asked for; empty: nothing is
    CancelToken m_cancel;
    std::uint64_t m_asked = 0;
    std::vector<FoundItem> m_items;
};

}  // namespace smidgen::ui
