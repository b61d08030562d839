// The library on a Poincaré disc: moved, zoomed, walked over by keys, heard, lassoed.
#pragma once

#include <QImage>
#include <QPolygonF>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/analysis/peaks.h"
#include "engine/map/disc_view.h"
#include "ui/canvas/canvas.h"

namespace smidgen {

class SoundMapView : public Canvas {
    Q_OBJECT
 public:
    enum class Shape { disc, diamond, square, triangle };
    struct Point {
        DiscPoint place;
        Shape shape = Shape::disc;
        Token tint = Token::sound;
        QString name;
        QString facts;                                       ///< one line
        std::shared_ptr<const std::vector<PeakPair>> peaks;  ///< may be null
        bool opens = false;                                  ///< by a double click, which else moves to it
    };
    struct Caption {
        QString words;
        DiscPoint centre;
        double reach = 0;  ///< hyperbolic
    };
    enum class Tool { move, lasso, path };

    explicit SoundMapView(const Theme& theme, QWidget* parent = nullptr);

    /// The view stays where it is; nothing is chosen or focused any more. Captions: the important first.
    void setMap(std::vector<Point> points, std::vector<Caption> captions);
    [[nodiscard]] const std::vector<Point>& points() const { return m_points; }
    /// What is not `found` is dimmed and left out by keys and lasso. Empty: all are found.
    void setFound(std::vector<bool> found);
    [[nodiscard]] bool isFound(int point) const;
    void setTool(Tool tool);
    [[nodiscard]] Tool tool() const { return m_tool; }
    void setChosen(std::vector<int> points);
    [[nodiscard]] const std::vector<int>& chosen() const { return m_chosen; }
    void setPlaying(int point);  ///< −1: none
    /// Brings the keyboard's point into view; −1: none.
    void setFocused(int point);
    [[nodiscard]] int focused() const { return m_focused; }

    void fit();
    void centre();
    void zoomBy(double factor);
    [[nodiscard]] const DiscView& view() const { return m_view; }
    /// Where a point is drawn.
    [[nodiscard]] QPointF positionOf(int point) const;
    /// The drawn point nearest to a place of the widget, within reach of a pointer; −1: none.
    [[nodiscard]] int pointAt(const QPointF& position) const;

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {640, 560}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 200}; }

 Q_SIGNALS:
    /// By click, Enter or Space.
    void activated(int point);
    /// One that opens: by double click, or Shift and Enter.
    void opened(int point);
    void focusedChanged(int point);
    void chosenChanged();
    void menuRequested(int point, const QPoint& globalPosition);
    /// Chosen points are dragged away.
    void dragStarted(int point);
    void pathDrawn(int from, int to);

 protected:
    void dropCaches() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

 private:
    enum class Drag { none, press, move, lasso, path, away };
    enum class State { dimmed, normal, chosen };
    struct Drawn {
        int point;
        int size;
    };

    void viewMoved();
    void rebuild();
    [[nodiscard]] const QImage& sprite(Shape shape, Token tint, int size, State state);
    void paintBackground(QPainter& painter) const;
    void paintCaptions(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintHover(QPainter& painter) const;
    void stepFocus(const QPointF& direction, bool extend);
    void toggleChosen(int point);
    void finishLasso(bool add);
    void hover(const QPointF& position);
    [[nodiscard]] std::size_t cellOf(double x, double y) const;

    std::vector<Point> m_points;
    std::vector<DiscPoint> m_places;  ///< of the points
    std::vector<DiscSpot> m_spots;    ///< of the points, as m_picture shows them
    std::vector<Caption> m_captions;
    std::vector<bool> m_found;
    std::vector<int> m_chosen;
    std::vector<bool> m_isChosen;
    DiscView m_view;
    Tool m_tool = Tool::move;

    QImage m_picture;  ///< of all points
    bool m_stale = true;
    std::vector<int> m_cells;  ///< the drawn point of each square of m_cell pixels; −1: none
    int m_cell = 3;
    int m_columns = 0, m_rows = 0;
    std::vector<Drawn> m_drawn[3];  ///< by State; kept for its room
    std::map<int, QImage> m_sprites;

    Drag m_drag = Drag::none;
    QPointF m_pressed, m_last;
    QPolygonF m_lasso;
    int m_pathFrom = -1;
    int m_hovered = -1, m_focused = -1, m_playing = -1;
};

}  // namespace smidgen
