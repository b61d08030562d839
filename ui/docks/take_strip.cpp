#include "ui/docks/take_strip.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <algorithm>
#include <optional>
#include <set>

#include "ui/bridge/text.h"
#include "ui/bridge/words.h"
#include "ui/commands/item_actions.h"
#include "ui/docks/show_file.h"
#include "ui/docks/take_drag.h"
#include "ui/docks/take_origin.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr std::size_t kCardsAtOnce = 60;
constexpr int kCardWidth = 172;
}  // namespace

TakeStrip::TakeStrip(const Studio& studio, QWidget* parent)
    : QWidget(parent), m_studio(studio), m_drag(new TakeDrag(studio, this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_empty = new QLabel;
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    setLook(*m_empty, Look::dim);
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_row = new QWidget;
    m_row->setAutoFillBackground(false);
    m_layout = new QHBoxLayout(m_row);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(metrics::kSpaceS);
    m_layout->addStretch(1);
    m_scroll->setWidget(m_row);
    outer->addWidget(m_scroll);
    outer->addWidget(m_empty);
    m_scroll->hide();

    connect(m_scroll->horizontalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value > m_scroll->horizontalScrollBar()->maximum() - 4 * kCardWidth)
            growTo(m_shown + kCardsAtOnce);
    });
    connect(&studio.selection, &Selection::takeChanged, this, &TakeStrip::showChosen);
    connect(&ChosenItems::of(studio.selection), &ChosenItems::changed, this, &TakeStrip::showChosen);
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, &TakeStrip::showPlaying);
    connect(&studio.sound, &PlaybackBridge::positionChanged, this, &TakeStrip::showPlaying);
}

TakeCard* TakeStrip::card(const TakeId& id) const {
    const auto found = m_cards.find(id);
    return found == m_cards.end() ? nullptr : found->second;
}

void TakeStrip::setEmptyText(const QString& text) {
    m_empty->setText(text);
}

void TakeStrip::setTakes(Takes takes) {
    std::optional<std::size_t> focused;
    for (std::size_t i = 0; i < m_shown; ++i)
        if (card(m_takes[i]->id)->hasFocus()) focused = i;
    m_takes = std::move(takes);
    std::erase_if(m_cards, [this](const auto& item) {
        const bool stays = std::any_of(m_takes.begin(), m_takes.end(),
                                       [&](const auto& take) { return take->id == item.first; });
        if (!stays) {
            // Until it is deleted nothing may come from it any more.
            item.second->hide();
            disconnect(item.second, nullptr, this, nullptr);
            item.second->deleteLater();
        }
        return !stays;
    });
    m_shown = std::min(std::max(m_shown, kCardsAtOnce), m_takes.size());
    relayout();
    // Where the card with the keyboard has gone, the one in its place has it.
    if (focused && m_shown > 0 && !hasFocusedCard())
        card(m_takes[std::min(*focused, m_shown - 1)]->id)->setFocus(Qt::TabFocusReason);
}

bool TakeStrip::hasFocusedCard() const {
    return std::ranges::any_of(m_cards, [](const auto& each) { return each.second->hasFocus(); });
}

void TakeStrip::growTo(std::size_t count) {
    count = std::min(count, m_takes.size());
    if (count <= m_shown) return;
    m_shown = count;
    relayout();
}

void TakeStrip::setPending(int count, double fraction) {
    const auto wanted = static_cast<std::size_t>(std::max(0, count));
    const bool changed = wanted != m_pending.size();
    while (m_pending.size() > wanted) {
        m_pending.back()->deleteLater();
        m_pending.pop_back();
    }
    while (m_pending.size() < wanted) {
        auto* card = new TakeCard(m_studio.theme, m_row);
        card->setFixedWidth(kCardWidth);
        card->setFocusPolicy(Qt::NoFocus);
        card->setAccessibleName(tr("A take is being made"));
        m_pending.push_back(card);
    }
    for (TakeCard* card : m_pending) {
        TakeCard::Content content;
        content.name = tr("Making…");
        card->setContent(content);
        card->setProgress(fraction);
    }
    if (changed) relayout();
}

void TakeStrip::relayout() {
    std::vector<QWidget*> order(m_pending.begin(), m_pending.end());
    for (std::size_t i = 0; i < m_shown; ++i) {
        const TakeSnapshot& take = *m_takes[i];
        TakeCard*& card = m_cards[take.id];
        if (card == nullptr) card = makeCard(take);
        fill(*card, take);
        order.push_back(card);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        const int at = m_layout->indexOf(order[i]);
        if (at == static_cast<int>(i)) continue;
        m_layout->removeWidget(order[i]);
        m_layout->insertWidget(static_cast<int>(i), order[i]);
        order[i]->show();
        if (i > 0) QWidget::setTabOrder(order[i - 1], order[i]);
    }
    m_scroll->setVisible(!order.empty());
    m_empty->setVisible(order.empty());
    showChosen();
    showPlaying();
}

TakeCard* TakeStrip::makeCard(const TakeSnapshot& take) {
    auto* card = new TakeCard(m_studio.theme, m_row);
    const TakeId id = take.id;
    card->setFixedWidth(kCardWidth);
    connect(card, &TakeCard::clicked, this,
            [this, id](Qt::KeyboardModifiers modifiers) { clicked(id, modifiers); });
    connect(card, &TakeCard::playRequested, this, [this, id] {
        m_studio.selection.setTake(id);
        audition(id);
    });
    connect(card, &TakeCard::starToggled, this,
            [this, id](bool starred) { m_studio.library.starTake(id, starred); });
    connect(card, &TakeCard::renameRequested, this, [this, id] { renameTake(id); });
    connect(card, &TakeCard::trashRequested, this, [this, id] {
        m_studio.selection.setTake(id);
        m_studio.library.trashTakes(chosen());
    });
    connect(card, &TakeCard::menuRequested, this,
            [this, id](const QPoint& position) { openMenu(id, position); });
    connect(card, &TakeCard::dragRequested, this, [this, id](const QPoint& spot) { drag(id, spot); });
    connect(card, &TakeCard::neighbourRequested, this,
            [this, id](int direction, Qt::KeyboardModifiers modifiers) { step(id, direction, modifiers); });
    return card;
}

void TakeStrip::fill(TakeCard& card, const TakeSnapshot& take) const {
    TakeCard::Content content;
    content.id = toText(take.id);
    content.name = toText(take.name);
    const QString origin = originText(take.recipe);
    content.meta = origin.isEmpty() ? tr("%1 · seed %2").arg(durationText(take.seconds)).arg(take.recipe.seed)
                                    : tr("%1 · of %2").arg(durationText(take.seconds), origin);
    if (take.novelty) {
        content.meta =
            tr("%1 · novelty %2").arg(durationText(take.seconds), numberText(take.novelty->novelty, 2));
        content.note = noveltyLine(*take.novelty);
        content.noteWarns = take.novelty->copied;
    }
    content.starred = take.starred;
    content.peaks = take.thumbnail;
    card.setContent(std::move(content));
}

std::vector<TakeId> TakeStrip::chosen() const {
    std::set<TakeId> wanted{m_studio.selection.take()};
    for (const ItemName& item : ChosenItems::of(m_studio.selection).items())
        if (item.kind == ItemKind::take) wanted.insert(item.id);
    std::vector<TakeId> ids;
    for (const auto& take : m_takes)
        if (wanted.contains(take->id)) ids.push_back(take->id);
    return ids;
}

/// `keepOthers`: what is no take, or a take of another strip, stays chosen.
void TakeStrip::choose(const std::vector<TakeId>& takes, bool keepOthers) {
    std::vector<ItemName> items;
    if (keepOthers)
        for (const ItemName& item : ChosenItems::of(m_studio.selection).items())
            if (item.kind != ItemKind::take || !holds(item.id)) items.push_back(item);
    for (const TakeId& id : takes) items.push_back({ItemKind::take, id});
    ChosenItems::of(m_studio.selection).choose(std::move(items));
}

std::vector<ItemName> TakeStrip::chosenItems() const {
    std::vector<ItemName> items;
    for (const TakeId& id : chosen()) items.push_back({ItemKind::take, id});
    return items;
}

void TakeStrip::clicked(const TakeId& id, Qt::KeyboardModifiers modifiers) {
    if (modifiers.testFlag(Qt::ControlModifier)) {
        std::vector<TakeId> takes = chosen();
        if (std::erase(takes, id) == 0) takes.push_back(id);
        choose(takes, true);
    } else if (modifiers.testFlag(Qt::ShiftModifier) && holds(m_studio.selection.take())) {
        bool inside = false;
        std::vector<TakeId> takes;
        for (const auto& take : m_takes) {
            const bool edge = take->id == id || take->id == m_studio.selection.take();
            if (inside || edge) takes.push_back(take->id);
            if (edge && id != m_studio.selection.take()) inside = !inside;
        }
        choose(takes, true);
    } else {
        choose({id}, false);
        m_studio.selection.setTake(id);
        audition(id);
    }
    showChosen();
}

void TakeStrip::audition(const TakeId& id) {
    if (const auto take = m_studio.engine().take(id)) m_studio.sound.audition(listeningTo(*take));
}

void TakeStrip::showChosen() {
    const std::vector<TakeId> ids = chosen();
    for (const auto& [id, card] : m_cards)
        card->setSelected(std::find(ids.begin(), ids.end(), id) != ids.end());
}

void TakeStrip::showPlaying() {
    const QString key = m_studio.sound.playing() ? m_studio.sound.loaded().key : QString();
    const double length = m_studio.sound.length();
    for (const auto& [id, card] : m_cards) {
        if (!key.isEmpty() && key == QStringLiteral("take:") + toText(id) && length > 0)
            card->setPlayed(m_studio.sound.position() / length);
        else
            card->setPlayed(std::nullopt);
    }
}

void TakeStrip::step(const TakeId& from, int direction, Qt::KeyboardModifiers modifiers) {
    for (std::size_t i = 0; i < m_shown; ++i) {
        if (m_takes[i]->id != from) continue;
        const auto next = static_cast<std::ptrdiff_t>(i) + direction;
        if (next < 0 || next >= static_cast<std::ptrdiff_t>(m_shown)) return;
        const TakeId id = m_takes[static_cast<std::size_t>(next)]->id;
        if (modifiers.testFlag(Qt::ShiftModifier)) {
            std::vector<TakeId> takes = chosen();
            for (const TakeId& one : {from, id})
                if (std::ranges::find(takes, one) == takes.end()) takes.push_back(one);
            choose(takes, true);
            m_studio.selection.setTake(id);
        } else if (!modifiers.testFlag(Qt::ControlModifier)) {
            choose({id}, false);
            m_studio.selection.setTake(id);
        }
        m_cards[id]->setFocus(Qt::TabFocusReason);
        m_scroll->ensureWidgetVisible(m_cards[id]);
        return;
    }
}

void TakeStrip::renameTake(const TakeId& id) {
    const auto take = m_studio.engine().take(id);
    if (!take) return;
    auto* dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename take"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(toText(take->name));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id](const QString& name) {
        if (!name.trimmed().isEmpty()) m_studio.library.renameTake(id, name.trimmed().toStdString());
    });
    dialog->open();
}

void TakeStrip::openMenu(const TakeId& id, const QPoint& position) {
    const auto take = m_studio.engine().take(id);
    if (!take) return;
    m_studio.selection.setTake(id);  // several stay chosen when it is one of them
    QMenu menu(this);
    menu.addAction(tr("Play"), this, [this, id] { audition(id); });
    menu.addAction(take->starred ? tr("Remove the star") : tr("Star"), this,
                   [this, on = !take->starred] { starItems(m_studio, chosenItems(), on); });
    menu.addAction(tr("Tags…"), this, [this] { askForTags(m_studio, chosenItems(), this); });
    menu.addAction(tr("Rename…"), this, [this, id] { renameTake(id); });
    menu.addAction(tr("Edit its codes"), this, [this, id] { Q_EMIT editRequested(id); });
    menu.addAction(tr("Put on the cube"), this, [this] { Q_EMIT cubeRequested(chosen()); });
    menu.addAction(tr("Use this recipe"), this, [this, id] { Q_EMIT recipeRequested(id); });
    menu.addAction(tr("Find similar"), this, [this, id] { Q_EMIT similarRequested(id); });
    menu.addSeparator();
    menu.addAction(tr("Export…"), this, [this] { Q_EMIT exportRequested(chosen()); });
    menu.addAction(tr("Show the file"), this, [file = take->file] { showInFolder(file); });
    menu.addSeparator();
    menu.addAction(tr("Move to the trash"), this, [this] { m_studio.library.trashTakes(chosen()); });
    menu.exec(position);
}

void TakeStrip::drag(const TakeId& id, const QPoint& hotSpot) {
    const auto card = m_cards.find(id);
    if (card == m_cards.end()) return;
    std::vector<TakeId> ids = chosen();
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids = {id};
    m_drag->begin(ids, card->second->dragPixmap(), hotSpot);
}

}  // namespace smidgen::ui
