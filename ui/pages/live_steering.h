// The sliders while a take is heard: it changes without a pause.
#pragma once

#include <QObject>
#include <optional>

#include "ui/commands/studio.h"

namespace smidgen::ui {

class ExploreField;
class ShapePanel;

/// While a take is in the transport and "Live" is on, every change of the sliders renders that take's recipe
/// with them on a worker (the newest change wins; one at a time), and what is heard goes over into it. The
/// take itself stays as it is until keep().
class LiveSteering final : public QObject {
    Q_OBJECT

 public:
    LiveSteering(const Studio& studio, ShapePanel& shape, ExploreField& explore, QObject* parent = nullptr);

    /// There is something to keep: what is heard is no take yet.
    [[nodiscard]] bool canKeep() const { return m_heard.has_value(); }
    /// Of what is heard.
    [[nodiscard]] const std::optional<Recipe>& heard() const { return m_heard; }
    [[nodiscard]] bool working() const { return m_working; }

 Q_SIGNALS:
    /// canKeep() or working() changed.
    void changed();

 private:
    void follow();
    void start();
    [[nodiscard]] std::shared_ptr<const TakeSnapshot> takeHeard() const;
    void loadedChanged();

    Studio m_studio;
    ShapePanel& m_shape;
    ExploreField& m_explore;
    TakeId m_take;  ///< whose recipe is moved
    std::optional<Recipe> m_heard;
    std::optional<Recipe> m_wanted;  ///< waits for its turn
    bool m_working = false;
};

}  // namespace smidgen::ui
