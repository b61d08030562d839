// Other libraries that are linked, in the dock: looked into when they are opened, heard, and brought in from.
#pragma once

#include <QThreadPool>
#include <QWidget>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/workstation/other_library_items.h"
#include "ui/commands/linked_libraries.h"
#include "ui/commands/studio.h"
#include "ui/docks/row_model.h"

namespace smidgen::ui {

class LibraryList;

/// Hidden while nothing is linked. They are read off the window's thread and never written to.
class LinkedLibrariesPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit LinkedLibrariesPanel(const Studio& studio, QWidget* parent = nullptr);
    ~LinkedLibrariesPanel() override;

    /// Something was linked or unlinked elsewhere.
    void readLinks();
    /// Shows what fits these words and filters, of libraries that are not open yet, too. Empty: everything
    /// of those that are.
    void findText(const QString& text);
    [[nodiscard]] LibraryList& list() { return *m_list; }

 Q_SIGNALS:
    /// To be looked into in its own window.
    void otherLibraryRequested(const QString& folder);

 private:
    /// A linked folder, as far as it was looked into.
    struct Linked {
        std::shared_ptr<const OtherLibrary> library;
        QString trouble;  ///< why it could not be read
        bool gone = false;
        bool looking = false;
        bool open = false;  ///< its things are shown
        std::set<std::string> openCollections;
    };
    /// What a row is: a library, one of its items, or a sound of a collection of it.
    struct Place {
        QString folder;
        const OtherItem* item = nullptr;    ///< of the library, which the row keeps
        const SoundEntry* sound = nullptr;  ///< of the item, a collection
        std::shared_ptr<const OtherLibrary> library;
    };

    void lookInto(const QString& folder);
    void looked(const QString& folder, Result<OtherLibrary> library);
    void show();
    void addRows(std::vector<Row>& rows, const QString& folder, const Linked& linked);
    void addItem(std::vector<Row>& rows, const QString& folder, const Linked& linked, const OtherItem& item);
    [[nodiscard]] bool fits(const OtherItem& item) const;
    [[nodiscard]] bool fits(const SoundEntry& sound) const;
    [[nodiscard]] QString describe(const Linked& linked) const;
    [[nodiscard]] std::optional<Place> placeOf(const QString& rowId) const;
    void activate(const QString& rowId);
    void hear(const QString& rowId, const Place& place);
    void openMenu(const QString& rowId, const QPoint& position);
    void libraryMenu(QMenu& menu, const QString& rowId, const Place& place);
    void bring(const Place& place);
    void unlink(const QString& folder);
    void showPlaying();

    Studio m_studio;
    LinkedLibraries m_links;
    LibraryList* m_list;
    std::map<QString, Linked> m_linked;
    std::map<QString, Place> m_places;  ///< of the rows
    QString m_text;
    std::optional<OtherItemFilter> m_filter;  ///< of m_text
    CancelToken m_cancel, m_making;
    QThreadPool m_readers;  ///< one thread: a slow drive holds up nothing else
};

}  // namespace smidgen::ui
