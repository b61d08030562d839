#include "ui/commands/shortcuts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QWidget>
#include <algorithm>

namespace smidgen::ui {

namespace {

bool clash(const QKeySequence& a, const QKeySequence& b) {
    if (a.isEmpty() || b.isEmpty()) return false;
    return a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch;
}

tl::unexpected<Error> badTable(const QString& why) {
    return failure(ErrorCode::unusableInput,
                   QStringLiteral("The table of shortcuts cannot be read: %1.").arg(why).toStdString());
}

/// A word or sentence of the table in the window's language.
QString shown(const QJsonValue& value) {
    return QCoreApplication::translate("Shortcuts", value.toString().toUtf8().constData());
}

QString keyText(const QKeySequence& keys) {
    return keys.toString(QKeySequence::NativeText);
}

constexpr const char* kReason = "reason";

QString toolTipOf(const Shortcut& shortcut, const QString& reason) {
    QString text = shortcut.text;
    text.remove(u'…');
    if (!shortcut.keys.isEmpty()) text += QStringLiteral(" (%1)").arg(keyText(shortcut.keys));
    text += u'\n' + shortcut.hint;
    return reason.isEmpty() ? text : text + u'\n' + reason;
}

}  // namespace

Result<std::vector<Shortcut>> shortcutsFromJson(const QByteArray& json) {
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) return badTable(error.errorString());
    if (document[QStringLiteral("version")].toInt() != 1)
        return badTable(QStringLiteral("its version is not 1"));
    std::vector<Shortcut> shortcuts;
    for (const QJsonValue& value : document[QStringLiteral("shortcuts")].toArray()) {
        const QJsonObject object = value.toObject();
        Shortcut shortcut;
        shortcut.id = object[u"id"].toString();
        shortcut.group = shown(object[u"group"]);
        shortcut.text = shown(object[u"text"]);
        shortcut.hint = shown(object[u"hint"]);
        const QString keys = object[u"keys"].toString();
        shortcut.keys = QKeySequence(keys, QKeySequence::PortableText);
        if (shortcut.id.isEmpty() || shortcut.group.isEmpty() || shortcut.text.isEmpty() ||
            shortcut.hint.isEmpty())
            return badTable(QStringLiteral("entry %1 lacks a field").arg(shortcuts.size() + 1));
        if (!keys.isEmpty() && shortcut.keys.toString(QKeySequence::PortableText) != keys)
            return badTable(QStringLiteral("the keys “%1” of %2 are unknown").arg(keys, shortcut.id));
        for (const Shortcut& other : shortcuts)
            if (other.id == shortcut.id)
                return badTable(QStringLiteral("%1 is there twice").arg(shortcut.id));
        shortcuts.push_back(std::move(shortcut));
    }
    if (shortcuts.empty()) return badTable(QStringLiteral("it is empty"));
    return shortcuts;
}

std::vector<std::pair<QString, QString>> shortcutConflicts(const std::vector<Shortcut>& shortcuts) {
    std::vector<std::pair<QString, QString>> conflicts;
    for (std::size_t a = 0; a < shortcuts.size(); ++a)
        for (std::size_t b = a + 1; b < shortcuts.size(); ++b)
            if (clash(shortcuts[a].keys, shortcuts[b].keys))
                conflicts.emplace_back(shortcuts[a].id, shortcuts[b].id);
    return conflicts;
}

void explainBy(const QAction& action, QWidget& control) {
    const auto follow = [&control, &action] {
        control.setToolTip(action.toolTip());
        control.setStatusTip(action.statusTip());
    };
    QObject::connect(&action, &QAction::changed, &control, follow);
    follow();
}

Shortcuts::Shortcuts(std::vector<Shortcut> shipped, QSettings& settings, QWidget& owner)
    : QObject(&owner), m_settings(settings), m_shipped(std::move(shipped)), m_current(m_shipped) {
    for (Shortcut& shortcut : m_current) {
        auto* action = new QAction(shortcut.text, this);
        action->setObjectName(shortcut.id);
        action->setStatusTip(shortcut.hint);
        m_actions[shortcut.id] = action;
        owner.addAction(action);
        const QVariant own = m_settings.value(QStringLiteral("shortcuts/") + shortcut.id);
        const QKeySequence keys(own.toString(), QKeySequence::PortableText);
        apply(shortcut, own.isValid() ? keys : shortcut.keys);
    }
    // An own choice may clash with keys that a newer version ships.
    for (const auto& [first, second] : shortcutConflicts(m_current))
        for (std::size_t i = 0; i < m_current.size(); ++i)
            if (m_current[i].id == second) apply(m_current[i], {});
}

QAction& Shortcuts::action(const QString& id) const {
    const auto found = m_actions.find(id);
    Q_ASSERT_X(found != m_actions.end(), "Shortcuts", qPrintable(id));
    return *found->second;
}

Status Shortcuts::assign(const QString& id, const QKeySequence& keys) {
    const auto found =
        std::find_if(m_current.begin(), m_current.end(), [&](const Shortcut& s) { return s.id == id; });
    if (found == m_current.end())
        return failure(ErrorCode::invalidArgument, "There is no action “" + id.toStdString() + "”.");
    for (const Shortcut& other : m_current)
        if (other.id != id && clash(other.keys, keys))
            return failure(ErrorCode::invalidArgument,
                           tr("%1 is taken by “%2”. Choose other keys, or change that one first.")
                               .arg(keyText(keys), other.text)
                               .toStdString());
    apply(*found, keys);
    m_settings.setValue(QStringLiteral("shortcuts/") + id, keys.toString(QKeySequence::PortableText));
    Q_EMIT changed();
    return {};
}

Status Shortcuts::reset(const QString& id) {
    for (const Shortcut& shortcut : m_shipped) {
        if (shortcut.id != id) continue;
        if (Status assigned = assign(id, shortcut.keys); !assigned) return assigned;
        m_settings.remove(QStringLiteral("shortcuts/") + id);
        return {};
    }
    return assign(id, {});
}

void Shortcuts::resetAll() {
    m_settings.remove(QStringLiteral("shortcuts"));
    for (std::size_t i = 0; i < m_current.size(); ++i) apply(m_current[i], m_shipped[i].keys);
    Q_EMIT changed();
}

void Shortcuts::setAvailable(const QString& id, bool available, const QString& reason) const {
    QAction& target = action(id);
    target.setProperty(kReason, available ? QString() : reason);
    target.setEnabled(available);
    showToolTip(id);
}

QString Shortcuts::reason(const QString& id) const {
    return action(id).property(kReason).toString();
}

QString Shortcuts::toolTip(const QString& id) const {
    return action(id).toolTip();
}

void Shortcuts::showToolTip(const QString& id) const {
    const auto found =
        std::find_if(m_current.begin(), m_current.end(), [&](const Shortcut& s) { return s.id == id; });
    action(id).setToolTip(toolTipOf(*found, reason(id)));
}

void Shortcuts::apply(Shortcut& shortcut, const QKeySequence& keys) {
    shortcut.keys = keys;
    action(shortcut.id).setShortcut(keys);
    showToolTip(shortcut.id);
}

}  // namespace smidgen::ui
