// A sound on a ruler: waveform and spectrogram, zoom, selection, loop and playhead.
#pragma once

#include <QBasicTimer>
#include <QImage>
#include <memory>
#include <optional>

#include "engine/workstation/inspection/sound_inspector.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/time_axis.h"

class QScrollBar;

namespace smidgen {

/// Pointer: click seeks, drag selects (the edges of a selection can be taken hold of, Shift+click extends),
/// drag on the ruler sets the loop, double-click selects everything, the middle button pans. Wheel zooms
/// around the pointer, Shift+wheel and sideways wheels scroll. Keys: Left/Right move the playhead by 10
/// pixels (Ctrl: 1), with Shift they select; Up/Down and +/− zoom around the playhead; Home/End;
/// PageUp/PageDown scroll by a screen; Escape clears the selection. Never waits: what is not prepared yet
/// appears as it comes.
class TimelineView : public Canvas {
    Q_OBJECT
 public:
    explicit TimelineView(const Theme& theme, QWidget* parent = nullptr);
    ~TimelineView() override;

    /// nullptr: empty, with `emptyText` in the middle. Clears selection and loop, fits.
    void setSound(std::shared_ptr<SoundInspector> sound);
    [[nodiscard]] const std::shared_ptr<SoundInspector>& sound() const { return m_sound; }
    void setEmptyText(const QString& text);
    void setSpectrogramVisible(bool visible);

    [[nodiscard]] const TimeAxis& axis() const { return m_axis; }
    void showRange(double startSeconds, double spanSeconds);

    /// Where the sound is heard; nullopt: nowhere. Repaints only the strips it leaves and enters.
    void setPlayhead(std::optional<double> seconds);
    [[nodiscard]] std::optional<double> playhead() const { return m_playhead; }
    /// While it plays, turn the page when the playhead leaves the view.
    void setFollowing(bool following) { m_following = following; }

    void setSelection(std::optional<TimeRange> range);
    [[nodiscard]] std::optional<TimeRange> selection() const { return m_selection; }
    void setLoop(std::optional<TimeRange> range);
    [[nodiscard]] std::optional<TimeRange> loop() const { return m_loop; }

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {800, 320}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 120}; }

    /// Places of the parts, in widget coordinates.
    [[nodiscard]] QRect rulerRect() const;
    [[nodiscard]] QRect waveformRect() const;
    [[nodiscard]] QRect spectrogramRect() const;

 public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void fit();
    void fitSelection();

 Q_SIGNALS:
    void seekRequested(double seconds);
    void selectionChanged();
    void loopChanged();
    void viewChanged();

 protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void dropCaches() override;

 private:
    enum class Drag { none, press, select, loop, pan };

    void soundChanged();
    void viewMoved();
    void setZoom(double factor, double anchorX);
    void updateScrollBar();
    void dragTo(double x);
    void updateCursor(const QPoint& position);
    void seek(double seconds);
    void extendSelection(double seconds);
    [[nodiscard]] QRect canvasRect() const;
    [[nodiscard]] QRect playheadStrip(double seconds) const;
    void paintRuler(QPainter& painter) const;
    void paintPicture(QPainter& painter);
    void paintMarks(QPainter& painter) const;
    void paintEmpty(QPainter& painter) const;

    std::shared_ptr<SoundInspector> m_sound;
    int m_listener = 0;
    std::shared_ptr<std::atomic<bool>> m_notified;
    TimeAxis m_axis;
    QScrollBar* m_scrollBar;
    QString m_emptyText;
    bool m_spectrogram = true;
    bool m_following = true;
    std::optional<double> m_playhead;
    std::optional<TimeRange> m_selection;
    std::optional<TimeRange> m_loop;

    Drag m_drag = Drag::none;
    double m_dragOrigin = 0;  ///< seconds under the press; while panning, seconds at the left edge
    QPoint m_pressPosition;
    QPoint m_dragPosition;
    QBasicTimer m_autoScroll;
    std::optional<double> m_keyAnchor;  ///< where a selection by keys began

    QImage m_picture;  ///< waveform and spectrogram of the present view, at the device's resolution
    bool m_pictureStale = true;
};

}  // namespace smidgen
