// Takes side by side as cards: hear, choose, star, rename, trash, drag out.
#pragma once

#include <QWidget>
#include <map>
#include <memory>
#include <vector>

#include "ui/bridge/chosen_items.h"
#include "ui/canvas/take_card.h"
#include "ui/commands/studio.h"

class QBoxLayout;
class QLabel;
class QScrollArea;

namespace smidgen::ui {

class TakeDrag;

/// A row of cards that scrolls sideways; older cards are made when they come into reach. Arrows go from card
/// to card and choose: with Shift one more, with Ctrl none.
class TakeStrip final : public QWidget {
    Q_OBJECT

 public:
    using Takes = std::vector<std::shared_ptr<const TakeSnapshot>>;

    explicit TakeStrip(const Studio& studio, QWidget* parent = nullptr);

    void setTakes(Takes takes);
    /// Cards without a sound yet, before the others: what a generation still owes. `fraction` 0…1 of it all.
    void setPending(int count, double fraction);
    void setEmptyText(const QString& text);
    /// The chosen takes in the order shown; at least the selected one when it is here.
    [[nodiscard]] std::vector<TakeId> chosen() const;
    [[nodiscard]] bool holds(const TakeId& id) const { return m_cards.contains(id); }
    [[nodiscard]] TakeCard* card(const TakeId& id) const;
    void renameTake(const TakeId& id);
    [[nodiscard]] QSize sizeHint() const override { return {600, 116}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 112}; }

 Q_SIGNALS:
    void exportRequested(const std::vector<smidgen::TakeId>& takes);
    /// Set the generate page to the recipe of this take.
    void recipeRequested(const smidgen::TakeId& take);
    void similarRequested(const smidgen::TakeId& take);
    void editRequested(const smidgen::TakeId& take);
    /// Takes (ids) for a morph cube.
    void cubeRequested(const std::vector<std::string>& takes);

 private:
    [[nodiscard]] bool hasFocusedCard() const;
    void growTo(std::size_t count);
    TakeCard* makeCard(const TakeSnapshot& take);
    void fill(TakeCard& card, const TakeSnapshot& take) const;
    void relayout();
    void clicked(const TakeId& id, Qt::KeyboardModifiers modifiers);
    void audition(const TakeId& id);
    [[nodiscard]] std::vector<ItemName> chosenItems() const;
    void choose(const std::vector<TakeId>& takes, bool keepOthers);
    void showChosen();
    void showPlaying();
    void step(const TakeId& from, int direction, Qt::KeyboardModifiers modifiers);
    void openMenu(const TakeId& id, const QPoint& position);
    void drag(const TakeId& id, const QPoint& hotSpot);

    Studio m_studio;
    TakeDrag* m_drag;
    QScrollArea* m_scroll;
    QWidget* m_row;
    QBoxLayout* m_layout;
    QLabel* m_empty;
    Takes m_takes;
    std::size_t m_shown = 0;
    std::map<TakeId, TakeCard*> m_cards;
    std::vector<TakeCard*> m_pending;
};

}  // namespace smidgen::ui
