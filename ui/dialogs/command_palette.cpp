#include "ui/dialogs/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/commands/fuzzy_match.h"
#include "ui/dialogs/palette_row.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kWidth = 620;
constexpr int kHeight = 460;
constexpr int kTop = 56;
constexpr int kMostPlaces = 8;
constexpr int kMostRecent = 8;
/// A fit of the group's name or of the hint counts less than any of the action's own name.
constexpr int kForeign = 1000;
/// From here on letters stand together in the name.
constexpr int kCalled = 300;

const QString kRecentKey = QStringLiteral("palette/recent");

QString nameOf(const QAction& action) {
    return QString(action.text()).remove(u'&');
}

/// Every word in the name, the group or the beginning of a word of the hint.
std::optional<int> fitOf(const QString& typed, const Shortcut& shortcut, const QString& name) {
    if (const auto fit = fuzzyMatch(typed, name)) return kForeign + *fit;
    int sum = 0;
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        if (const auto fit = fuzzyMatch(word, name))
            sum += *fit;
        else if (shortcut.group.startsWith(word, Qt::CaseInsensitive))
            sum += kForeign / 2;
        else if ((u' ' + shortcut.hint).contains(u' ' + word, Qt::CaseInsensitive))
            sum += kForeign / 4;
        else
            return std::nullopt;
    }
    return sum / static_cast<int>(std::max<qsizetype>(1, words.size()));
}

}  // namespace

CommandPalette::CommandPalette(const Theme& theme, const Shortcuts& shortcuts, QSettings& settings,
                               QWidget& window)
    : QFrame(&window), m_shortcuts(shortcuts), m_settings(settings) {
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Command palette"));
    setLook(*this, Look::card);
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("paletteSearch"));
    m_search->setPlaceholderText(tr("What to do, or where to go…"));
    m_search->setAccessibleName(tr("What to do, or where to go"));
    m_search->installEventFilter(this);
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setItemDelegate(new PaletteRowDelegate(theme, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setLook(*m_list, Look::raised);
    m_hint = new QLabel;
    m_hint->setObjectName(QStringLiteral("paletteHint"));
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    setLook(*m_hint, Look::small);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceS, metrics::kSpaceS, metrics::kSpaceS, metrics::kSpaceS);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_hint);
    hide();
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::list);
    connect(m_list, &QListWidget::currentRowChanged, this, &CommandPalette::showHint);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runChosen);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        // Nobody has it while another program is in front.
        if (isVisible() && now != nullptr && now != m_search) fold();
    });
    window.installEventFilter(this);
}

void CommandPalette::open(std::vector<PalettePlace> places, std::vector<PalettePlace> recent) {
    if (isVisible()) return fold();
    m_before = QApplication::focusWidget();
    m_places = std::move(places);
    m_recent = std::move(recent);
    m_search->clear();
    list();
    place();
    raise();
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place() {
    const QWidget& window = *parentWidget();
    const int width = std::min(kWidth, window.width() - 2 * metrics::kSpaceL);
    const int height = std::min(kHeight, window.height() - kTop - metrics::kSpaceL);
    setGeometry((window.width() - width) / 2, kTop, width, height);
}

void CommandPalette::fold() {
    const QWidget* focus = QApplication::focusWidget();
    const QPointer<QWidget> before = std::exchange(m_before, nullptr);
    // Hiding hands the keyboard to whoever is next.
    hide();
    if (before && (focus == nullptr || focus == m_search)) before->setFocus(Qt::PopupFocusReason);
}

// The list

void CommandPalette::list() {
    const QString typed = m_search->text().trimmed();
    m_list->clear();
    m_entries.clear();
    const std::vector<Found> found = fitting(typed);
    const QStringList recent = recentActions();
    const auto wasUsed = [&](const Found& each) { return typed.isEmpty() && each.rank < recent.size(); };
    listActions(tr("Used last"), found, [&](const Found& each) { return each.enabled && wasUsed(each); });
    if (typed.isEmpty()) {
        if (!m_recent.empty()) addHeading(tr("Opened last"));
        for (std::size_t i = 0; i < m_recent.size(); ++i)
            addPlace(m_recent[i], {-1, -1, static_cast<int>(i)});
    }
    const bool called = std::ranges::any_of(found, isCalled);
    const FoundPlaces places = typed.isEmpty() ? FoundPlaces() : fittingPlaces(typed, called);
    const auto enabled = [&](const Found& each) { return each.enabled && !wasUsed(each); };
    const auto disabled = [](const Found& each) { return !each.enabled; };
    // Why an action cannot run is said before one is led to what is called so less exactly.
    const bool meant = called && !found.front().enabled &&
                       (places.empty() || found.front().fit - kForeign > places.front().first);
    // No action is called so: what is comes first.
    if (!called) listPlaces(places);
    if (meant) listActions(tr("Not now"), found, disabled);
    listActions(tr("Actions"), found, enabled);
    if (called) listPlaces(places);
    if (!meant) listActions(tr("Not now"), found, disabled);
    if (m_entries.empty()) m_hint->setText(tr("Nothing is called that. Fewer letters find more."));
    m_list->setCurrentRow(-1);
    moveBy(1);
}

bool CommandPalette::isCalled(const Found& found) {
    return found.fit >= kForeign + kCalled;
}

std::vector<CommandPalette::Found> CommandPalette::fitting(const QString& typed) const {
    const std::vector<Shortcut>& all = m_shortcuts.current();
    const QStringList recent = recentActions();
    std::vector<Found> found;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QAction& action = m_shortcuts.action(all[i].id);
        const auto fit = fitOf(typed, all[i], nameOf(action));
        if (!fit) continue;
        const qsizetype at = recent.indexOf(all[i].id);
        found.push_back({static_cast<int>(i), action.isEnabled(), at < 0 ? recent.size() : at, *fit});
    }
    // Enter must not run what only speaks of what another is called.
    if (std::ranges::any_of(found, isCalled))
        std::erase_if(found, [](const Found& each) { return each.fit < kForeign; });
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return std::pair(-a.fit, a.rank) < std::pair(-b.fit, b.rank);
    });
    return found;
}

void CommandPalette::listActions(const QString& heading, const std::vector<Found>& found,
                                 const std::function<bool(const Found&)>& belongs) {
    bool first = true;
    for (const Found& each : found) {
        if (!belongs(each)) continue;
        if (std::exchange(first, false)) addHeading(heading);
        addAction(each.shortcut);
    }
}

CommandPalette::FoundPlaces CommandPalette::fittingPlaces(const QString& typed, bool called) const {
    FoundPlaces found;
    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (const auto fit = fuzzyMatch(typed, m_places[i].title); fit && (!called || *fit >= kCalled))
            found.emplace_back(*fit, i);
    std::ranges::stable_sort(found, std::greater(), &FoundPlaces::value_type::first);
    found.resize(std::min<std::size_t>(found.size(), kMostPlaces));
    return found;
}

void CommandPalette::listPlaces(const FoundPlaces& found) {
    if (!found.empty()) addHeading(tr("Go to"));
    for (const auto& [fit, i] : found) addPlace(m_places[i], {-1, static_cast<int>(i), -1});
}

void CommandPalette::addHeading(const QString& text) {
    auto* item = new QListWidgetItem(text, m_list);
    item->setData(PaletteRowDelegate::headingRole, true);
    item->setFlags(Qt::ItemIsEnabled);
    m_entries.push_back({});
}

void CommandPalette::addAction(int index) {
    const Shortcut& shortcut = m_shortcuts.current()[static_cast<std::size_t>(index)];
    const QAction& action = m_shortcuts.action(shortcut.id);
    const QString keys = shortcut.keys.toString(QKeySequence::NativeText);
    const QString reason = m_shortcuts.reason(shortcut.id);
    auto* item = new QListWidgetItem(nameOf(action), m_list);
    item->setData(Qt::UserRole, shortcut.id);
    item->setData(PaletteRowDelegate::detailRole, reason.isEmpty() ? shortcut.group : reason);
    item->setData(PaletteRowDelegate::keysRole, keys);
    item->setData(PaletteRowDelegate::dimRole, !action.isEnabled());
    QStringList spoken{item->text(), shortcut.group};
    for (const QString& more : {keys, action.isEnabled() ? QString() : tr("not now"), reason})
        if (!more.isEmpty()) spoken.append(more);
    item->setData(Qt::AccessibleTextRole, spoken.join(QStringLiteral(", ")));
    m_entries.push_back({index, -1, -1});
}

void CommandPalette::addPlace(const PalettePlace& place, const Entry& entry) {
    auto* item = new QListWidgetItem(place.title, m_list);
    item->setData(PaletteRowDelegate::detailRole, place.detail);
    item->setData(Qt::AccessibleTextRole, place.title + QStringLiteral(", ") + place.detail);
    m_entries.push_back(entry);
}

// Choosing

void CommandPalette::moveBy(int rows) {
    std::vector<int> choosable;
    int at = -1;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(PaletteRowDelegate::headingRole).toBool()) continue;
        if (row == m_list->currentRow()) at = static_cast<int>(choosable.size());
        choosable.push_back(row);
    }
    if (choosable.empty()) return;
    const int count = static_cast<int>(choosable.size());
    // A single step goes round; a page stops at the end.
    const int next = std::abs(rows) == 1 ? (at + rows + count) % count : std::clamp(at + rows, 0, count - 1);
    m_list->setCurrentRow(choosable[static_cast<std::size_t>(next)]);
    if (next == 0) m_list->scrollToTop();
}

void CommandPalette::showHint() {
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_entries.size())) return;
    const Entry& entry = m_entries[static_cast<std::size_t>(row)];
    if (entry.shortcut < 0) {
        m_hint->setText(tr("Enter goes there."));
        return;
    }
    const Shortcut& shortcut = m_shortcuts.current()[static_cast<std::size_t>(entry.shortcut)];
    const QString reason = m_shortcuts.reason(shortcut.id);
    m_hint->setText(reason.isEmpty() ? shortcut.hint : shortcut.hint + u' ' + reason);
}

void CommandPalette::runChosen() {
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_entries.size())) return;
    const Entry entry = m_entries[static_cast<std::size_t>(row)];
    if (entry.shortcut >= 0) {
        const QString id = m_shortcuts.current()[static_cast<std::size_t>(entry.shortcut)].id;
        if (!m_shortcuts.action(id).isEnabled()) return;
        fold();
        rememberAction(id);
        Q_EMIT running(id);
        m_shortcuts.action(id).trigger();
        return;
    }
    if (entry.place < 0 && entry.recent < 0) return;
    const auto& from = entry.place >= 0 ? m_places : m_recent;
    const auto go = from[static_cast<std::size_t>(std::max(entry.place, entry.recent))].go;
    fold();
    go();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    if (watched != m_search || event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const int page = std::max(1, m_list->viewport()->height() / m_list->sizeHintForRow(0) - 1);
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape:
            fold();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runChosen();
            return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown: {
            const int key = static_cast<QKeyEvent*>(event)->key();
            const int rows = key == Qt::Key_Up || key == Qt::Key_Down ? 1 : page;
            if (m_list->count() > 0) moveBy(key == Qt::Key_Up || key == Qt::Key_PageUp ? -rows : rows);
            return true;
        }
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            return true;
        default:
            return QFrame::eventFilter(watched, event);
    }
}

QStringList CommandPalette::recentActions() const {
    return m_settings.value(kRecentKey).toStringList();
}

void CommandPalette::rememberAction(const QString& id) {
    QStringList recent = recentActions();
    recent.removeAll(id);
    recent.prepend(id);
    m_settings.setValue(kRecentKey, recent.mid(0, kMostRecent));
}

}  // namespace smidgen::ui
