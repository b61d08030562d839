#include "ui/bridge/chosen_items.h"

#include <algorithm>
#include <utility>

namespace smidgen::ui {

ChosenItems& ChosenItems::of(Selection& selection) {
    auto* found = selection.findChild<ChosenItems*>();
    return found != nullptr ? *found : *new ChosenItems(selection);
}

ChosenItems::ChosenItems(Selection& selection) : QObject(&selection), m_selection(selection) {
    followTake();
    connect(&selection, &Selection::focusChanged, this, &ChosenItems::followTake);
}

bool ChosenItems::holdsTake(const TakeId& id) const {
    return std::ranges::any_of(
        m_items, [&](const ItemName& item) { return item.kind == ItemKind::take && item.id == id; });
}

void ChosenItems::followTake() {
    const TakeId& take = m_selection.take();
    if (m_selection.focus() != Selection::Kind::take || take.empty() || holdsTake(take)) return;
    m_items = {{ItemKind::take, take}};
    Q_EMIT changed();
}

void ChosenItems::choose(std::vector<ItemName> items) {
    if (items == m_items) return;
    m_items = std::move(items);
    const auto first = std::ranges::find(m_items, ItemKind::take, &ItemName::kind);
    if (first != m_items.end() && !holdsTake(m_selection.take())) m_selection.setTake(TakeId(first->id));
    Q_EMIT changed();
}

}  // namespace smidgen::ui
