#include "ui/canvas/timeline_view.h"

#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr int kMargin = 8;  ///< left and right of the picture, so that its ends can be taken hold of
constexpr int kRulerHeight = 26;
constexpr int kGap = 6;
constexpr int kScrollBarHeight = 12;
constexpr double kWaveformShare = 0.42;
constexpr double kFewestSamples = 32;  ///< the deepest zoom
constexpr double kZoomStep = 1.5;
constexpr double kScrollUnits = 1000;  ///< scroll-bar units a screen
constexpr double kMostScrollUnits = 1e9;
constexpr int kRefreshMs = 25;

}  // namespace

TimelineView::TimelineView(const Theme& theme, QWidget* parent)
    : Canvas(theme, parent),
      m_outline(std::make_shared<SoundOutline>()),
      m_scrollBar(new QScrollBar(Qt::Horizontal, this)) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    m_scrollBar->setFocusPolicy(Qt::NoFocus);
    m_scrollBar->setAccessibleName(tr("Scroll through the sound"));
    connect(m_scrollBar, &QScrollBar::valueChanged, this, [this](int value) {
        const double unit = (m_axis.duration() - m_axis.span()) / std::max(1, m_scrollBar->maximum());
        m_axis.scrollTo(value * unit);
        viewMoved();
    });
}

TimelineView::~TimelineView() {
    dropIncoming();
    stopListening();
}

void TimelineView::setSound(std::shared_ptr<SoundInspector> sound) {
    dropIncoming();
    if (sound == m_sound) return;
    stopListening();
    m_sound = std::move(sound);
    m_outline = m_sound ? m_sound->outline() : std::make_shared<const SoundOutline>();
    m_playhead.reset();
    m_keyOrigin.reset();
    m_drag = Drag::none;
    setSelection(std::nullopt);
    setLoop(std::nullopt);
    listen();
    m_axis.fit();
    soundChanged();
    fit();
}

void TimelineView::exchangeSound(std::shared_ptr<SoundInspector> sound) {
    if (!m_sound || !sound) return setSound(std::move(sound));
    dropIncoming();
    m_incoming = std::move(sound);
    m_incomingListener = m_incoming->addListener(
        [this] { QMetaObject::invokeMethod(this, &TimelineView::takeIncoming, Qt::QueuedConnection); });
    takeIncoming();
}

void TimelineView::takeIncoming() {
    if (!m_incoming || !m_incoming->outline()->complete) return;
    m_incoming->removeListener(m_incomingListener);
    stopListening();
    m_sound = std::exchange(m_incoming, nullptr);
    listen();
    soundChanged();
}

void TimelineView::dropIncoming() {
    if (!m_incoming) return;
    m_incoming->removeListener(m_incomingListener);
    m_incoming.reset();
}

void TimelineView::listen() {
    if (!m_sound) return;
    m_notified = false;
    m_listener = m_sound->addListener([this] {
        if (m_notified.exchange(true)) return;
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_refresh.isActive()) m_refresh.start(kRefreshMs, this);
            },
            Qt::QueuedConnection);
    });
}

void TimelineView::stopListening() {
    if (m_sound) m_sound->removeListener(m_listener);
    m_refresh.stop();
}

void TimelineView::soundChanged() {
    m_outline = m_sound ? m_sound->outline() : std::make_shared<const SoundOutline>();
    const double before = m_axis.duration();
    m_axis.setDuration(m_outline->duration().value, kFewestSamples / m_outline->rate);
    m_pictureStale = true;
    update();
    if (m_axis.duration() != before) {
        updateScrollBar();
        Q_EMIT viewChanged();
    }
}

void TimelineView::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

void TimelineView::setSpectrogramVisible(bool visible) {
    m_spectrogram = visible;
    m_pictureStale = true;
    update();
}

// Layout

QRect TimelineView::rulerRect() const {
    return {kMargin, 0, std::max(1, width() - 2 * kMargin), kRulerHeight};
}

QRect TimelineView::canvasRect() const {
    return {kMargin, kRulerHeight, std::max(1, width() - 2 * kMargin),
            std::max(1, height() - kRulerHeight - kScrollBarHeight)};
}

QRect TimelineView::waveformRect() const {
    QRect rect = canvasRect();
    if (m_spectrogram) rect.setHeight(static_cast<int>((rect.height() - kGap) * kWaveformShare));
    return rect;
}

QRect TimelineView::spectrogramRect() const {
    if (!m_spectrogram) return {};
    QRect rect = canvasRect();
    rect.setTop(waveformRect().bottom() + 1 + kGap);
    return rect;
}

double TimelineView::secondsAt(double x) const {
    return m_axis.clamped(m_axis.seconds(x - kMargin));
}

double TimelineView::xAt(double seconds) const {
    return m_axis.x(seconds) + kMargin;
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    Canvas::resizeEvent(event);
    m_axis.setWidth(canvasRect().width());
    m_scrollBar->setGeometry(kMargin, height() - kScrollBarHeight, canvasRect().width(), kScrollBarHeight);
    m_pictureStale = true;
    updateScrollBar();
}

void TimelineView::dropCaches() {
    m_pictureStale = true;
}

// View

void TimelineView::showRange(double startSeconds, double spanSeconds) {
    m_axis.show(startSeconds, spanSeconds);
    viewMoved();
}

void TimelineView::viewMoved() {
    m_pictureStale = true;
    updateScrollBar();
    update();
    Q_EMIT viewChanged();
}

void TimelineView::updateScrollBar() {
    const QSignalBlocker quiet(m_scrollBar);
    const double hidden = m_axis.duration() - m_axis.span();
    m_scrollBar->setVisible(m_sound && hidden > m_axis.duration() * 1e-9);
    if (hidden <= 0) return;
    const double unit = std::max(m_axis.span() / kScrollUnits, m_axis.duration() / kMostScrollUnits);
    const int maximum = std::max(1, static_cast<int>(hidden / unit));
    m_scrollBar->setRange(0, maximum);
    m_scrollBar->setPageStep(std::max(1, static_cast<int>(m_axis.span() / unit)));
    m_scrollBar->setSingleStep(std::max(1, m_scrollBar->pageStep() / 10));
    m_scrollBar->setValue(static_cast<int>(std::lround(m_axis.start() / hidden * maximum)));
}

void TimelineView::setZoom(double factor, double anchorX) {
    m_axis.zoom(factor, anchorX - kMargin);
    viewMoved();
}

void TimelineView::zoomIn() {
    setZoom(kZoomStep, keyAnchorX());
}

void TimelineView::zoomOut() {
    setZoom(1 / kZoomStep, keyAnchorX());
}

void TimelineView::fit() {
    m_axis.fit();
    viewMoved();
}

void TimelineView::fitSelection() {
    if (!m_selection) return fit();
    constexpr double kBreathing = 0.04;
    const double span = m_selection->span();
    showRange(m_selection->start - span * kBreathing, span * (1 + 2 * kBreathing));
}

double TimelineView::keyAnchorX() const {
    const double middle = canvasRect().center().x();
    if (!m_playhead) return middle;
    const double x = xAt(*m_playhead);
    return x >= kMargin && x <= width() - kMargin ? x : middle;
}

// Marks

void TimelineView::setPlayhead(std::optional<double> seconds) {
    if (seconds && !std::isfinite(*seconds)) seconds.reset();
    if (seconds) seconds = m_axis.clamped(*seconds);
    if (seconds == m_playhead) return;
    const std::optional<double> before = m_playhead;
    m_playhead = seconds;
    const bool leaves = m_following && m_drag == Drag::none && before && seconds && *before <= m_axis.end() &&
                        *before >= m_axis.start() && *seconds > m_axis.end();
    if (leaves) {
        m_axis.scrollTo(*seconds);
        viewMoved();
        return;
    }
    if (before) updatePlayheadStrip(*before);
    if (seconds) updatePlayheadStrip(*seconds);
}

void TimelineView::setSelection(std::optional<TimeRange> range) {
    if (range) {
        range->start = m_axis.clamped(range->start);
        range->end = m_axis.clamped(range->end);
        if (!(range->span() > 0)) range.reset();
    }
    if (range == m_selection) return;
    m_selection = range;
    update();
    announce();
    Q_EMIT selectionChanged();
}

void TimelineView::setLoop(std::optional<TimeRange> range) {
    if (range) {
        range->start = m_axis.clamped(range->start);
        range->end = m_axis.clamped(range->end);
        if (!(range->span() > 0)) range.reset();
    }
    if (range == m_loop) return;
    m_loop = range;
    update();
    announce();
    Q_EMIT loopChanged();
}

QString TimelineView::spokenValue() const {
    if (!m_sound) return m_emptyText;
    if (m_outline->error && m_outline->chunks.empty())
        return QString::fromStdString(m_outline->error->sentence);
    QStringList words;
    words << (m_playhead ? tr("playhead %1 of %2").arg(formatTime(*m_playhead), formatTime(m_axis.duration()))
                         : tr("sound of %1").arg(formatTime(m_axis.duration())));
    if (m_selection)
        words << tr("selected %1 to %2").arg(formatTime(m_selection->start), formatTime(m_selection->end));
    if (m_loop) words << tr("loop %1 to %2").arg(formatTime(m_loop->start), formatTime(m_loop->end));
    if (!m_outline->complete)
        words << tr("still reading, %1 percent").arg(static_cast<int>(m_outline->fraction() * 100));
    words << tr("showing %1 to %2").arg(formatTime(m_axis.start()), formatTime(m_axis.end()));
    return words.join(QStringLiteral(", "));
}

}  // namespace smidgen
