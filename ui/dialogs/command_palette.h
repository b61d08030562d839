// Everything the window can do or go to, found by a few letters.
#pragma once

#include <QFrame>
#include <QPointer>
#include <functional>
#include <vector>

#include "ui/commands/shortcuts.h"
#include "ui/theme/theme.h"

class QLabel;
class QLineEdit;
class QListWidget;

namespace smidgen::ui {

/// Somewhere to go: a page of the help, a take, a model.
struct PalettePlace {
    QString title;
    QString detail;  ///< of what kind it is
    std::function<void()> go;
};

/// Lies over its window while it is open, and takes the keyboard: letters narrow the list, arrows choose,
/// Enter runs, Esc closes. The keyboard goes back to where it was before anything runs.
class CommandPalette final : public QFrame {
    Q_OBJECT

 public:
    /// Remembers in `settings` which actions were run from it.
    CommandPalette(const Theme& theme, const Shortcuts& shortcuts, QSettings& settings, QWidget& window);

    /// `places` are offered for what is typed; `recent` while nothing is.
    void open(std::vector<PalettePlace> places, std::vector<PalettePlace> recent);

 Q_SIGNALS:
    /// Just before the action runs.
    void running(const QString& id);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    struct Entry {
        int shortcut = -1;  ///< of Shortcuts::current()
        int place = -1;     ///< of m_places
        int recent = -1;    ///< of m_recent
    };

    /// An action that fits what is typed.
    struct Found {
        int shortcut;
        bool enabled;
        qsizetype rank;  ///< 0: used last
        int fit;
    };

    void list();
    /// What is typed stands together in its name.
    [[nodiscard]] static bool isCalled(const Found& found);
    [[nodiscard]] std::vector<Found> fitting(const QString& typed) const;
    void listActions(const QString& heading, const std::vector<Found>& found,
                     const std::function<bool(const Found&)>& belongs);
    /// Best first, with how well each fits.
    using FoundPlaces = std::vector<std::pair<int, std::size_t>>;
    [[nodiscard]] FoundPlaces fittingPlaces(const QString& typed, bool called) const;
    void listPlaces(const FoundPlaces& found);
    void addHeading(const QString& text);
    void addAction(int index);
    void addPlace(const PalettePlace& place, const Entry& entry);
    void moveBy(int rows);
    void showHint();
    void runChosen();
    void fold();
    void place();
    [[nodiscard]] QStringList recentActions() const;
    void rememberAction(const QString& id);

    const Shortcuts& m_shortcuts;
    QSettings& m_settings;
    QLineEdit* m_search;
    QListWidget* m_list;
    QLabel* m_hint;
    std::vector<Entry> m_entries;  ///< a row each
    std::vector<PalettePlace> m_places;
    std::vector<PalettePlace> m_recent;
    QPointer<QWidget> m_before;  ///< had the keyboard
};

}  // namespace smidgen::ui
