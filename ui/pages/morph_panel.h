// Morphing: a cube of sounds as a pad, heard where the dot is, kept as takes.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "engine/workstation/cube_listener.h"
#include "engine/workstation/cube_nodes.h"
#include "engine/workstation/cube_takes.h"
#include "ui/canvas/morph_pad.h"
#include "ui/commands/library_command.h"
#include "ui/commands/studio.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;
class QToolButton;

namespace smidgen::ui {

/// Changes of nodes are steps to undo, bit for bit. What is asked to be heard last is heard last; while it
/// plays it goes over without a click.
class MorphPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit MorphPanel(const Studio& studio, QWidget* parent = nullptr);
    ~MorphPanel() override;

    [[nodiscard]] MorphPad& pad() { return *m_pad; }
    [[nodiscard]] CubeId cube() const;
    /// The slice of the cube that is shown.
    [[nodiscard]] int slice() const;
    /// Shows that cube and the place, or the way, that a take was made of. False when the cube is gone.
    bool showPlace(const CubeReference& reference);
    /// Takes (ids) or sound files on the cursor's node and those after it. Says so when there is no cube.
    void putAtCursor(const std::vector<std::string>& sounds);
    /// The keyboard goes to the pad; without a cube to the button that makes one.
    void focusPad();

 Q_SIGNALS:
    void closed();

 private:
    struct Shown {
        CubeId id;
        std::shared_ptr<CubeListener> listener;
        std::vector<std::pair<storage::GridPoint, MorphPad::Node>> nodes;
    };

    [[nodiscard]] QPushButton* button(const QString& text, const QString& name, const QString& hint);
    void readCubes();
    void open();
    void showSlice();
    void makeCube();
    void renameCube();
    void removeCube();
    /// The id of the take whose file this is, else the file.
    [[nodiscard]] std::string takeOrFile(const QString& file) const;
    void put(const QPoint& node, const std::vector<std::string>& sounds);
    void putChosen(const QPoint& node);
    void putFiles(const QPoint& node);
    void openMenu(const QPoint& position);
    void explainPad();
    void clear(const QPoint& node);
    [[nodiscard]] bool holds(const QPoint& node) const;
    /// Gaps rendered by the chosen model; pressed again while it goes on: cancelled.
    void fillGaps();
    void nameAxes();
    void showWantedPlace();
    void perform(const QString& text, LibraryCommand::Step apply, LibraryCommand::Step revert);
    void changeNodes(const QString& text, std::vector<CubePlace> places, LibraryCommand::Step apply);
    void hear();
    void renderNext();
    void keepPlace();
    void keepWay();
    void keep(const MorphRequest& request, const QString& name);
    void match();
    void say(const QString& text);
    [[nodiscard]] storage::Coordinate placeOf(const QPointF& place) const;
    [[nodiscard]] CubePlace nodeOf(const QPoint& node) const;
    [[nodiscard]] QString cubeName() const;

    Studio m_studio;
    QComboBox* m_cubes;
    MorphPad* m_pad;
    QSlider* m_slice;
    QLabel* m_sliceName;
    QLabel* m_about;
    QToolButton* m_draw;
    QSpinBox* m_passes;
    QPushButton *m_new, *m_rename, *m_axes, *m_remove, *m_put, *m_clear, *m_match, *m_keep, *m_way, *m_fill,
        *m_corner;
    Shown m_shown;
    std::uint64_t m_opening = 0;
    std::optional<storage::Coordinate> m_wanted;  ///< waits for its turn
    bool m_rendering = false;
    std::optional<CubeReference> m_place;  ///< to be shown when its cube has been read
    std::optional<CancelToken> m_filling;
};

}  // namespace smidgen::ui
