// A/B: two takes in turn, at the same place.
#pragma once

#include <QObject>

#include "ui/commands/studio.h"

namespace smidgen::ui {

/// Remembers the take that was chosen before the one that is.
class TakeComparison final : public QObject {
    Q_OBJECT

 public:
    explicit TakeComparison(const Studio& studio, QObject* parent = nullptr);

    /// Chooses the other of the last two takes. What plays goes over into it where it is, without a click.
    void turn();

 private:
    Studio m_studio;
    TakeId m_current, m_other;
};

}  // namespace smidgen::ui
