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

/// Gives a control the action's tool tip and status tip, now and whenever they change.
void explainBy(const QAction& action, QWidget& control);

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
    /// Back to the shipped keys. Errors: as assign().
    [[nodiscard]] Status reset(const QString& id);
    void resetAll();

    /// Whether the action can run now; `reason`: one sentence why not, for who asks (tool tip, palette).
    void setAvailable(const QString& id, bool available, const QString& reason) const;
    /// Empty while it can run, or where nobody has said why it cannot.
    [[nodiscard]] QString reason(const QString& id) const;

    /// "Generate (G)\nMakes one take with this seed."
    [[nodiscard]] QString toolTip(const QString& id) const;
    /// Gives a control that is not made from the action the action's tool tip and status tip, and keeps them
    /// as they are when keys change.
    void explain(const QString& id, QWidget& control) const { explainBy(action(id), control); }

 Q_SIGNALS:
    void changed();

 private:
    void apply(Shortcut& shortcut, const QKeySequence& keys);
    void showToolTip(const QString& id) const;

    QSettings& m_settings;
    std::vector<Shortcut> m_shipped;
    std::vector<Shortcut> m_current;
    std::map<QString, QAction*> m_actions;
};

}  // namespace smidgen::ui
