// A sound on a ruler: waveform and spectrogram, zoom, selection, loop and playhead.
#pragma once

#include <QBasicTimer>
#include <QImage>
#include <atomic>
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
    /// Another version of the same sound: view, selection, loop and playhead stay; the former is shown until
    /// the outline of this one is known.
    void exchangeSound(std::shared_ptr<SoundInspector> sound);
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
    /// What is under the pointer, in words ("3.250 s · 1.2 kHz"); empty when it has left.
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
    void keyPressEvent(QKeyEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void dropCaches() override;

 private:
    enum class Drag { none, press, select, pressRuler, loop, pan };

    void listen();
    void stopListening();
    void takeIncoming();
    void dropIncoming();
    void soundChanged();
    void viewMoved();
    void setZoom(double factor, double anchorX);
    void updateScrollBar();

    [[nodiscard]] double secondsAt(double x) const;  ///< widget x → seconds, clamped to the sound
    [[nodiscard]] double xAt(double seconds) const;  ///< seconds → widget x
    [[nodiscard]] double keyAnchorX() const;
    [[nodiscard]] std::optional<double> farEdge(const std::optional<TimeRange>& range, double x) const;
    void startDrag(const QPoint& position, Qt::KeyboardModifiers modifiers);
    void dragTo(const QPoint& position);
    void point(const QPoint& position);
    void seek(double seconds);
    void movePlayheadBy(double seconds, bool select);

    [[nodiscard]] QRect canvasRect() const;
    void updatePlayheadStrip(double seconds);
    void renderPicture();
    void paintPicture(QPainter& painter, const QRect& dirty);
    void paintLevels(const QRectF& area);
    void paintMark(QPainter& painter, double left, double y, const QString& text) const;
    void paintFrequencies(QPainter& painter, const QRectF& area) const;
    void paintRuler(QPainter& painter) const;
    void paintRange(QPainter& painter) const;
    void paintPlayhead(QPainter& painter) const;
    void paintNote(QPainter& painter) const;

    std::shared_ptr<SoundInspector> m_sound;
    std::shared_ptr<const SoundOutline> m_outline;  ///< never null
    int m_listener = 0;
    std::shared_ptr<SoundInspector> m_incoming;  ///< takes the place of m_sound when its outline is known
    int m_incomingListener = 0;
    std::atomic<bool> m_notified = false;
    QBasicTimer m_refresh;  ///< gathers what the inspector tells
    TimeAxis m_axis;
    QScrollBar* m_scrollBar;
    QString m_emptyText;
    bool m_spectrogram = true;
    bool m_following = true;
    std::optional<double> m_playhead;
    std::optional<TimeRange> m_selection;
    std::optional<TimeRange> m_loop;

    Drag m_drag = Drag::none;
    double m_dragOrigin =
        0;  ///< seconds that stay while the other end is dragged; the view's start while panning
    QPoint m_pressed;
    QPoint m_dragPosition;
    QBasicTimer m_autoScroll;
    std::optional<double> m_keyOrigin;  ///< where a selection by keys began

    QImage m_picture;  ///< of canvasRect(), in device pixels
    double m_pictureScale = 0;
    bool m_pictureStale = true;
};

}  // namespace smidgen
