// The eight sliders: what the sound is to be like.
#pragma once

#include <QElapsedTimer>
#include <QWidget>
#include <array>
#include <vector>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QHBoxLayout;
class QLabel;
class QMenu;
class QSlider;
class QToolButton;

namespace smidgen {
class AttributeSlider;
}

namespace smidgen::ui {

class PositionField;

/// Two columns of sliders with a field for the number and a lock each. Every gesture is one step to undo.
class ShapePanel final : public QWidget {
    Q_OBJECT

 public:
    ShapePanel(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    [[nodiscard]] const SliderPositions& positions() const { return m_positions; }
    /// Without a step to undo.
    void setPositions(const SliderPositions& positions);
    /// Of the take that is shown; empty: of none.
    void setOutcomes(const std::vector<SliderOutcome>& outcomes);
    [[nodiscard]] bool toolsWanted() const;
    void setToolsWanted(bool on);
    /// Moving a slider changes what is heard.
    [[nodiscard]] bool live() const;
    /// Sliders that are set and not locked, moved by chance as far as the amount says.
    [[nodiscard]] SliderPositions diced() const;
    /// One slider, as by hand: of controllers. Values that follow within a second are one step to undo.
    void moveSlider(Attribute attribute, std::optional<double> position);
    /// Locks or unlocks the slider that has the keyboard.
    void toggleFocusedLock();
    /// Beside the heading, before the switches.
    void addToHead(QWidget* widget);
    [[nodiscard]] AttributeSlider& slider(Attribute attribute) const;

 Q_SIGNALS:
    /// By hand, controller, undo or dice.
    void positionsChanged();
    void toolsChanged();
    /// The sliders show positions, whoever set them.
    void shown();
    /// The menu of a slider is about to open: others add to it.
    void menuOpening(smidgen::Attribute attribute, QMenu& menu);

 protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

 private:
    struct Row {
        AttributeSlider* slider = nullptr;
        PositionField* field = nullptr;
        QToolButton* lock = nullptr;
    };
    [[nodiscard]] Row makeRow(Attribute attribute);
    [[nodiscard]] QWidget* makeHead();
    void change(Attribute attribute, std::optional<double> position, bool dragging);
    void endGesture();
    void letGoOfAll();
    void push(const QString& text, const SliderPositions& before, const SliderPositions& after, int gesture);
    void showPositions();
    [[nodiscard]] QToolButton* toggle(const QString& text, const QString& hint, const QString& setting,
                                      bool on);
    [[nodiscard]] const Row& row(Attribute attribute) const {
        return m_rows[static_cast<std::size_t>(attribute)];
    }

    Studio m_studio;
    SliderPositions m_positions;
    SliderPositions m_beforeGesture;
    bool m_inGesture = false;
    int m_gesture = 0;  ///< number of the last gesture: those with the same one are one step
    QElapsedTimer m_sinceChange;
    std::array<Row, kAttributeCount> m_rows;
    QLabel* m_shares;
    QHBoxLayout* m_head;
    QToolButton* m_live;
    QToolButton* m_tools;
    QSlider* m_dice;
};

}  // namespace smidgen::ui
