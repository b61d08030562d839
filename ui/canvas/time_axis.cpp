#include "ui/canvas/time_axis.h"

#include <QLocale>
#include <array>
#include <cmath>

namespace smidgen {
namespace {

constexpr std::array kLongSteps = {1.0,   2.0,   5.0,   10.0,   15.0,   30.0,   60.0,    120.0,
                                   300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0, 36000.0};

/// The shortest round step that is at least `least` seconds.
double roundStep(double least) {
    if (least <= 1) {
        const double power = std::pow(10.0, std::floor(std::log10(least)));
        for (const double factor : {1.0, 2.0, 5.0, 10.0})
            if (factor * power >= least * (1 - 1e-9)) return factor * power;
    }
    for (const double step : kLongSteps)
        if (step >= least) return step;
    return std::ceil(least / 36000.0) * 36000.0;
}

/// Unlabelled ticks between two labels.
int divisions(double step) {
    if (step >= 60) return step == 60 || step == 3600 ? 6 : step == 900 ? 3 : step == 1800 ? 6 : 5;
    if (step == 15) return 3;
    if (step == 30) return 6;
    const double leading = step / std::pow(10.0, std::floor(std::log10(step) + 1e-9));
    return std::abs(leading - 2) < 0.1 ? 4 : 5;
}

int decimalsFor(double step) {
    return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
}

QString withDecimals(double seconds, int decimals) {
    const double unit = std::pow(10.0, decimals);
    const double whole = std::round(std::max(0.0, seconds) * unit) / unit;
    const auto total = static_cast<long long>(whole);
    const double inMinute = whole - static_cast<double>(total / 60 * 60);
    const QString last = QLocale().toString(inMinute, 'f', decimals);
    if (total < 60) return last;
    const QString padded = inMinute < 10 ? QLatin1Char('0') + last : last;
    if (total < 3600) return QStringLiteral("%1:%2").arg(total / 60).arg(padded);
    return QStringLiteral("%1:%2:%3")
        .arg(total / 3600)
        .arg(total / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(padded);
}

QString withUnit(const QString& text) {
    return text.contains(QLatin1Char(':')) ? text : text + QStringLiteral(" s");
}

}  // namespace

void TimeAxis::setDuration(double seconds, double shortestSpan) {
    const bool whole = m_span >= m_duration;
    m_duration = std::isfinite(seconds) && seconds > 0 ? seconds : 1.0;
    m_shortest = std::min(shortestSpan, m_duration);
    show(m_start, whole ? m_duration : m_span);
}

void TimeAxis::setWidth(double pixels) {
    m_width = std::max(1.0, pixels);
}

void TimeAxis::show(double start, double span) {
    if (!std::isfinite(start) || !std::isfinite(span)) return;
    m_span = std::clamp(span, m_shortest, m_duration);
    m_start = std::clamp(start, 0.0, m_duration - m_span);
}

void TimeAxis::zoom(double factor, double anchorX) {
    if (!(factor > 0)) return;
    const double anchor = seconds(anchorX);
    const double span = std::clamp(m_span / factor, m_shortest, m_duration);
    show(anchor - anchorX / m_width * span, span);
}

std::vector<TimeAxis::Tick> TimeAxis::ticks(double labelPixels) const {
    const double step = roundStep(std::max(1e-6, labelPixels * secondsPerPixel()));
    const int parts = divisions(step);
    const double small = step / parts;
    std::vector<Tick> found;
    const auto first = static_cast<long long>(std::ceil(m_start / small - 1e-9));
    const auto last = static_cast<long long>(std::floor(end() / small + 1e-9));
    for (long long i = first; i <= last; ++i)
        found.push_back({static_cast<double>(i) * small, i % parts == 0});
    return found;
}

QString TimeAxis::label(double seconds) const {
    constexpr double kTypicalLabelPixels = 80;
    const int decimals = decimalsFor(roundStep(std::max(1e-6, kTypicalLabelPixels * secondsPerPixel())));
    return withUnit(withDecimals(seconds, decimals));
}

QString formatTime(double seconds) {
    return withUnit(withDecimals(seconds, 3));
}

QString formatDuration(double seconds) {
    return withUnit(withDecimals(seconds, seconds < 60 ? 1 : 0));
}

}  // namespace smidgen
