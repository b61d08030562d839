// The codes of a sound as a grid: one lane a level, one column a latent frame, on the timeline's ruler.
#pragma once

#include <QImage>
#include <memory>
#include <optional>
#include <vector>

#include "engine/codes/code_document.h"
#include "engine/codes/code_selection.h"
#include "engine/codes/code_space.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/time_axis.h"

class QLineEdit;

namespace smidgen {

enum class CodeTool { select, brush, erase, stamp };

/// Cells are coloured by the likeness of their codes; zoomed in they say their number. Those that are not the
/// original's are underlined; a strip below shows the original. Lanes that are not heard are pale.
///
/// Pointer: with the select tool a click chooses a cell, a drag a region; Shift extends, Ctrl adds or takes
/// away; a double-click chooses the column. The other tools are strokes. Alt+click picks a code. The wheel is
/// passed on. Keys: arrows move the cursor (Ctrl: ten frames). With the select tool Shift extends and Enter
/// types a code; with the others Shift draws a stroke that lasts until it is let go, and Enter draws at the
/// cursor alone. With Alt what is chosen stays; Ctrl+Space adds the cursor's cell to it or takes it away. A
/// digit types a code; Escape chooses nothing.
///
/// A paint costs what is seen, never what there is.
class CodeGridView : public Canvas {
    Q_OBJECT
 public:
    explicit CodeGridView(const Theme& theme, QWidget* parent = nullptr);

    /// Null: empty. Cursor and selection stay where they still exist.
    void setDocument(std::shared_ptr<const CodeDocument> document, std::shared_ptr<const CodeSpace> space);
    [[nodiscard]] const std::shared_ptr<const CodeDocument>& document() const { return m_document; }
    /// 0 mid, 1 side.
    void setChannel(int channel);
    [[nodiscard]] int channel() const { return m_channel; }
    /// The ruler; `margin`: pixels left and right of it.
    void setAxis(const TimeAxis& axis, int margin);
    void setTool(CodeTool tool);
    [[nodiscard]] CodeTool tool() const { return m_tool; }
    /// What the brush sets in each level, to be spoken; nothing: the code of a stroke's first cell.
    void setBrush(std::vector<std::optional<int>> codes);
    void setPlayhead(std::optional<double> seconds);
    /// The original's codes in the lanes, as long as it is held.
    void setOriginalShown(bool shown);
    [[nodiscard]] bool originalShown() const { return m_originalShown; }

    [[nodiscard]] const CodeCell& cursor() const { return m_cursor; }
    void setCursorCell(const CodeCell& cell);
    [[nodiscard]] const CodeSelection& selection() const { return m_selection; }
    void setSelection(CodeSelection selection);

    /// Places, in widget coordinates. `fractional` x outside of the widget is possible.
    [[nodiscard]] QRectF cellRect(const CodeCell& cell) const;
    [[nodiscard]] QRect laneRect(int level) const;
    [[nodiscard]] QRect ghostRect() const;
    [[nodiscard]] std::optional<CodeCell> cellAt(const QPointF& place) const;
    [[nodiscard]] double secondsOf(std::int64_t frame) const;
    [[nodiscard]] QRgb colourOf(int level, int code) const;

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {800, 260}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 96}; }

 Q_SIGNALS:
    void cursorMoved();
    void selectionChanged();
    /// A stroke with one of the tools but select: it begins, crosses cells (each at least once), and ends.
    void strokeBegan(smidgen::CodeCell first);
    void strokeCrossed(const std::vector<smidgen::CodeCell>& cells);
    void strokeEnded();
    void picked(smidgen::CodeCell cell);
    void typed(smidgen::CodeCell cell, int code);
    /// Bring this stretch of seconds into view.
    void revealRequested(double start, double end);
    void wheelTurned(QWheelEvent* event);
    /// What is under the pointer, in words; empty when it has left.
    void pointed(const QString& words);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    /// The field's own keys, which are no keys of the grid.
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dropCaches() override;

 private:
    enum class Drag { none, marquee, stroke, keyStroke };

    [[nodiscard]] double xOf(double frame) const;  ///< of a column's left edge
    [[nodiscard]] double frameAt(double x) const;
    [[nodiscard]] CodeCell nearestCell(const QPointF& place) const;
    [[nodiscard]] QString wordsFor(const CodeCell& cell) const;
    [[nodiscard]] QString toolWords() const;
    void stale();
    void readColours();
    void select(const CodeRegion& region, bool adding);
    void dragTo(const QPointF& place);
    void beginStroke(Drag by);
    void strokeTo(const CodeCell& cell);
    void endStroke();
    void moveCursor(int levels, std::int64_t frames, Qt::KeyboardModifiers modifiers);
    void toggleCursor();
    void openEditor(const QString& text);
    void closeEditor(bool take);

    void renderPicture();
    void renderStrip(QImage& image, const QRect& lane, int level, bool original, double paleness) const;
    void renderCells(QPainter& painter, const QRect& lane, int level) const;
    [[nodiscard]] QRgb meanColour(const std::vector<std::uint16_t>& codes, int level, double from,
                                  double to) const;
    void paintSelection(QPainter& painter) const;
    void paintCursor(QPainter& painter) const;
    void paintPlayhead(QPainter& painter) const;

    std::shared_ptr<const CodeDocument> m_document;
    std::shared_ptr<const CodeSpace> m_space;
    int m_channel = 0;
    TimeAxis m_axis;
    int m_margin = 0;
    CodeTool m_tool = CodeTool::select;
    std::vector<std::optional<int>> m_brush;
    std::optional<double> m_playhead;
    bool m_originalShown = false;
    CodeCell m_cursor, m_anchor;
    CodeSelection m_selection, m_before;  ///< m_before: when a marquee began that adds to it
    Drag m_drag = Drag::none;
    bool m_adding = false;
    CodeCell m_lastCrossed;
    QLineEdit* m_editor;

    std::vector<std::vector<QRgb>> m_colours;  ///< per level
    QImage m_picture;                          ///< of the whole widget, in device pixels
    double m_pictureScale = 0;
    bool m_pictureStale = true;
};

}  // namespace smidgen
