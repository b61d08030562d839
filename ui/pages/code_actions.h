// Everything a person can do to the codes of the open sound, each with its way back.
#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "ui/bridge/code_bridge.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/commands/studio.h"
#include "ui/pages/code_work.h"

namespace smidgen::ui {

/// Works on what the grid has chosen, else on its cursor. Each gesture is one step of the window's undo
/// stack.
class CodeActions final : public QObject {
    Q_OBJECT

 public:
    CodeActions(const Studio& studio, CodeBridge& codes, CodeGridView& grid, CodeWork& work,
                QObject* parent = nullptr);

    /// Empty: none.
    void setDocument(const CodesId& id);
    [[nodiscard]] const CodesId& id() const { return m_id; }
    /// Null when nothing is open.
    [[nodiscard]] std::shared_ptr<const CodeView> view() const;

    void fill();
    void erase();
    void hold();
    void shuffle();
    void nearest(int steps);
    void setCode(int code);
    void copy();
    void paste();
    /// With the place the copied cells came from.
    void swap();
    void infill();
    void setTemperature(double temperature) { m_temperature = temperature; }
    [[nodiscard]] double temperature() const { return m_temperature; }
    /// The cursor's code, for the brush.
    void pickAtCursor();
    /// 0 … 1 toward the copied cells. Goes on from where it began until something else is done.
    void blend(double amount);
    void changeLane(int level, const CodeLane& lane);
    void toggleMute();
    void toggleSolo();

    void selectAll();
    void selectLane(int level, bool adding = false);
    void selectColumn();
    void selectAlike(double distance);

    /// What a fill or brush sets in that level: the code picked last, else the cursor's.
    [[nodiscard]] int brushCode(int level) const;
    [[nodiscard]] const CodeClip& clip() const { return m_clip; }
    /// "bird · 0.47–0.73 s"; empty when nothing was copied.
    [[nodiscard]] QString clipText() const;

 Q_SIGNALS:
    void clipChanged();
    void brushChanged();
    /// Mean distance of the codes that the blend snapped to; nothing when there was nothing to blend.
    void blended(const std::optional<double>& distance);

 private:
    struct Blending {
        SoundCodes base;
        CodeCell at;
        std::uint64_t gesture = 0;
        std::shared_ptr<const CodeDocument> last;
    };
    [[nodiscard]] std::vector<CodeCell> targets() const;
    /// Where a region is laid: the first of the chosen cells, else the cursor.
    [[nodiscard]] CodeCell place() const;
    bool perform(CodeMutation mutation, const QString& text, std::uint64_t gesture = 0);
    void push(const QString& text, std::vector<CodesId> documents);
    void refuse(const Error& error);
    void sayWhyNothing(const std::vector<CodeCell>& cells);
    void beginStroke(const CodeCell& first);
    void crossCells(const std::vector<CodeCell>& cells);
    void pick(const CodeCell& cell);

    Studio m_studio;
    CodeBridge& m_codes;
    CodeGridView& m_grid;
    CodeWork& m_work;
    CodesId m_id;
    CodeClip m_clip;
    CodesId m_clipOf;
    QString m_clipName;
    double m_clipFramesPerSecond = 1;
    std::vector<std::optional<int>> m_picked;  ///< per level
    std::uint64_t m_gesture = 0;
    std::uint64_t m_draws = 0;  ///< seeds of shuffles and in-fills
    CodeCell m_strokeFirst;
    int m_strokeCode = 0;
    double m_temperature = 1.0;
    std::optional<Blending> m_blending;
};

}  // namespace smidgen::ui
