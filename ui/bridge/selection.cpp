#include "ui/bridge/selection.h"

#include <utility>

namespace smidgen::ui {

void Selection::setCollection(const CollectionId& id) {
    const bool changed = std::exchange(m_collection, id) != id;
    m_focus = id.empty() ? Kind::none : Kind::collection;
    if (changed) Q_EMIT collectionChanged();
    Q_EMIT focusChanged();
}

void Selection::setModel(const ModelId& id) {
    const bool changed = std::exchange(m_model, id) != id;
    m_focus = id.empty() ? Kind::none : Kind::model;
    if (changed) Q_EMIT modelChanged();
    Q_EMIT focusChanged();
}

void Selection::setTake(const TakeId& id) {
    const bool changed = std::exchange(m_take, id) != id;
    m_focus = id.empty() ? Kind::none : Kind::take;
    if (changed) Q_EMIT takeChanged();
    Q_EMIT focusChanged();
}

}  // namespace smidgen::ui
