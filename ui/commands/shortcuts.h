// Every action of the window by id, with its keys from data.
#pragma once

#include <QAction>
#include <QByteArray>
#include <QKeySequence>
#include <QObject>
#include <map>
#include <utility>
#include <vector>

#include "engine/foundation/result.h"

class QSettings;
class QWidget;

namespace smidgen::ui {

struct Shortcut {
    QString id;  ///< "transport.toggle"
    QString group;
    QString text;
    QString hint;  ///< one sentence for tooltip and status line
    QKeySequence keys;
};

/// Reads resources/shortcuts.json. Errors: unusableInput (not JSON, a field missing, an id twice, keys that
/// Qt cannot read).
[[nodiscard]] Result<std::vector<Shortcut>> shortcutsFromJson(const QByteArray& json);
/// Pairs of ids that share keys, or where one's keys begin the other's.
[[nodiscard]] std::vector<std::pair<QString, QString>> shortcutConflicts(
    const std::vector<Shortcut>& shortcuts);

/// The actions. A person's own keys are kept in `settings` under "shortcuts/"; ones that no longer fit are
/// left out. Window thread.
class Shortcuts final : public QObject {
    Q_OBJECT

 public:
    /// `owner` is the window the keys work in.
    Shortcuts(std::vector<Shortcut> shipped, QSettings& settings, QWidget& owner);

    /// The action of that id; asking for an unknown one is a programmer's error.
    [[nodiscard]] QAction& action(const QString& id) const;
    [[nodiscard]] const std::vector<Shortcut>& current() const { return m_current; }
    [[nodiscard]] const std::vector<Shortcut>& shipped() const { return m_shipped; }

    /// Errors: invalidArgument, naming the action that has these keys already.
    [[nodiscard]] Status assign(const QString& id, const QKeySequence& keys);
    void resetAll();

    /// "Generate (G)\nMakes one take with this seed." for controls that are not made from the action.
    [[nodiscard]] QString toolTip(const QString& id) const;

 Q_SIGNALS:
    void changed();

 private:
    void apply(Shortcut& shortcut, const QKeySequence& keys);

    QSettings& m_settings;
    std::vector<Shortcut> m_shipped;
    std::vector<Shortcut> m_current;
    std::map<QString, QAction*> m_actions;
};

}  // namespace smidgen::ui
