// A slice of a wavetable cube as a pad: nodes, gaps, the dot that is heard, the way that is drawn.
#pragma once

#include <QImage>
#include <QPointF>
#include <optional>
#include <vector>

#include "ui/canvas/canvas.h"

namespace smidgen {

/// Places are in cells: x 0 … columns − 1 to the right, y 0 … rows − 1 upward; nodes lie on whole numbers.
///
/// Pointer: press or drag moves the dot, or draws the way when drawing is on; a click on a node also puts the
/// cursor there. Arrows move the dot by an eighth of a cell (Shift: a thirty-second), with Ctrl the cursor
/// from node to node and the dot with it. Enter asks for what is chosen to be put on the cursor's node,
/// Delete clears it. While drawing is on, the way goes along with the arrows from where the dot was,
/// Backspace takes its last step back, and Escape all of it.
class MorphPad : public Canvas {
    Q_OBJECT
 public:
    struct Node {
        int x = 0, y = 0;
        QString name;
        QImage thumbnail;          ///< may be null
        bool madeByModel = false;  ///< rendered into a gap
    };

    explicit MorphPad(const Theme& theme, QWidget* parent = nullptr);

    /// 1 × 1 at least. What lies beyond is forgotten; dot and cursor are brought inside.
    void setGrid(int columns, int rows, const QString& across, const QString& upward);
    /// Other names for the same grid; dot and way stay.
    void setAxes(const QString& across, const QString& upward);
    void setNodes(std::vector<Node> nodes);
    [[nodiscard]] const std::vector<Node>& nodes() const { return m_nodes; }
    [[nodiscard]] QPointF dot() const { return m_dot; }
    /// Says nothing back.
    void setDot(const QPointF& place);
    [[nodiscard]] QPoint cursorNode() const { return m_cursor; }
    void setDrawing(bool on);
    [[nodiscard]] bool drawing() const { return m_drawing; }
    [[nodiscard]] const std::vector<QPointF>& path() const { return m_path; }
    void clearPath();
    void setPath(std::vector<QPointF> path);
    /// A corner where the dot is: for those who draw by keys.
    void addCorner();

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {420, 320}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 140}; }
    /// In widget coordinates.
    [[nodiscard]] QPointF pointOf(const QPointF& place) const;

 Q_SIGNALS:
    void dotMoved(const QPointF& place);
    void cursorMoved(const QPoint& node);
    void pathChanged();
    void putRequested(const QPoint& node);
    void clearRequested(const QPoint& node);
    /// By the right button, which puts the cursor on the node under it, or the menu key.
    void menuRequested(const QPoint& globalPosition);
    /// Files or takes were dropped on (or near) a node.
    void dropped(const QPoint& node, const QList<QUrl>& urls);

 protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

 private:
    [[nodiscard]] QRectF field() const;
    [[nodiscard]] QPointF placeAt(const QPointF& point) const;
    [[nodiscard]] QPoint nodeAt(const QPointF& point) const;
    [[nodiscard]] const Node* nodeOn(const QPoint& place) const;
    void moveDot(const QPointF& place);
    void moveCursor(const QPoint& node);
    void addToPath(const QPointF& place);
    void takeStepBack();
    void paintNode(QPainter& painter, const QPoint& place, const Node* node, double size) const;

    int m_columns = 1, m_rows = 1;
    QString m_across, m_upward;
    std::vector<Node> m_nodes;
    QPointF m_dot;
    QPoint m_cursor;
    std::optional<QPoint> m_dropTarget;
    std::vector<QPointF> m_path;
    bool m_drawing = false;
    bool m_pressed = false;
};

}  // namespace smidgen
