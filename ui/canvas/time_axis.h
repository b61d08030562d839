// The arithmetic of a zoomable time axis: which second lies under which pixel.
#pragma once

#include <QString>
#include <algorithm>
#include <vector>

namespace smidgen {

/// Seconds [start, end).
struct TimeRange {
    double start = 0;
    double end = 0;
    [[nodiscard]] double span() const { return end - start; }
    [[nodiscard]] bool contains(double t) const { return t >= start && t < end; }
    bool operator==(const TimeRange&) const = default;
};

/// A window of `span` seconds from `start` on a sound of `duration`, drawn `width` pixels wide. Always:
/// shortestSpan ≤ span ≤ duration, 0 ≤ start ≤ duration − span. Zooming keeps the time under the anchor where
/// it is, as far as the ends of the sound allow.
class TimeAxis {
 public:
    void setDuration(double seconds, double shortestSpan);
    void setWidth(double pixels);

    [[nodiscard]] double duration() const { return m_duration; }
    [[nodiscard]] double start() const { return m_start; }
    [[nodiscard]] double span() const { return m_span; }
    [[nodiscard]] double end() const { return m_start + m_span; }
    [[nodiscard]] double width() const { return m_width; }
    [[nodiscard]] double secondsPerPixel() const { return m_span / m_width; }
    [[nodiscard]] double x(double seconds) const { return (seconds - m_start) / m_span * m_width; }
    [[nodiscard]] double seconds(double x) const { return m_start + x / m_width * m_span; }
    [[nodiscard]] double clamped(double seconds) const { return std::clamp(seconds, 0.0, m_duration); }

    void show(double start, double span);
    void fit() { show(0, m_duration); }
    /// `factor` > 1 shows less; `anchorX` is in pixels.
    void zoom(double factor, double anchorX);
    void scrollTo(double start) { show(start, m_span); }

    struct Tick {
        double seconds = 0;
        bool labelled = false;
    };
    /// Round times (1, 2, 5 · 10^k below a second; 1, 2, 5, 10, 15, 30 s, min, h above), labels ≥
    /// `labelPixels` apart.
    [[nodiscard]] std::vector<Tick> ticks(double labelPixels) const;
    /// Time with as many decimals as the zoom can tell apart: "0.25 s", "1:02.5", "1:00:00".
    [[nodiscard]] QString label(double seconds) const;

 private:
    double m_duration = 1;
    double m_shortest = 1e-3;
    double m_start = 0;
    double m_span = 1;
    double m_width = 1;
};

/// "1.250 s", "2:05.125": times in words and fields, to the millisecond.
[[nodiscard]] QString formatTime(double seconds);
/// "8.0 s", "2:05", "1:02:05": how long something is, for lists and sentences.
[[nodiscard]] QString formatDuration(double seconds);

}  // namespace smidgen
