// What is chosen together, wherever it was chosen.
#pragma once

#include <QObject>
#include <vector>

#include "engine/workstation/library_sharing.h"
#include "ui/bridge/selection.h"

namespace smidgen::ui {

/// Takes, sounds (by content hash) and the like: the same ones on the map, in lists and in the takes tray.
class ChosenItems final : public QObject {
    Q_OBJECT

 public:
    /// The one that belongs to a selection, which owns it.
    [[nodiscard]] static ChosenItems& of(Selection& selection);

    [[nodiscard]] const std::vector<ItemName>& items() const { return m_items; }
    /// The first take among them becomes the selection's, unless it is one of them already. A take that is
    /// selected elsewhere and is none of them is chosen alone.
    void choose(std::vector<ItemName> items);

 Q_SIGNALS:
    void changed();

 private:
    explicit ChosenItems(Selection& selection);
    void followTake();
    [[nodiscard]] bool holdsTake(const TakeId& id) const;

    Selection& m_selection;
    std::vector<ItemName> m_items;
};

}  // namespace smidgen::ui
