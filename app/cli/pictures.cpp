#include "app/cli/pictures.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace smidgen::cli {
namespace {

constexpr int kWaveColumns = 600;
constexpr int kWaveHeight = 96;
constexpr double kCurveWidth = 760, kCurveHeight = 260, kLeft = 48, kBottom = 28, kTop = 10;

struct CurveFrame {
    double lastStep = 1;
    double low = 0.1;
    double high = 1;
    [[nodiscard]] double x(double step) const { return kLeft + step / lastStep * (kCurveWidth - kLeft - 8); }
    [[nodiscard]] double y(double error) const {
        const double share = std::log(std::clamp(error, low, high) / low) / std::log(high / low);
        return kCurveHeight - kBottom - share * (kCurveHeight - kBottom - kTop);
    }
};

CurveFrame frameAround(std::span<const CurvePoint> curve) {
    CurveFrame frame;
    double low = 1e9;
    double high = 0;
    const auto widen = [&](double error) {
        if (!(error > 0) || !std::isfinite(error)) return;
        low = std::min(low, error);
        high = std::max(high, error);
    };
    for (const CurvePoint& point : curve) {
        frame.lastStep = std::max(frame.lastStep, static_cast<double>(point.step));
        widen(point.training);
        if (point.heldOut) widen(*point.heldOut);
    }
    if (high > 0) {
        frame.low = low * 0.9;
        frame.high = high * 1.1;
    }
    return frame;
}

std::string polyline(const std::vector<std::pair<double, double>>& points, const char* style) {
    std::string text = fmt::format("<polyline class=\"{}\" points=\"", style);
    for (const auto& [x, y] : points) text += fmt::format("{:.1f},{:.1f} ", x, y);
    return text + "\"/>";
}

}  // namespace

std::string waveformPicture(const AudioBuffer& sound) {
    const MidSide mixed = toMidSide(sound);
    PeakPyramid peaks;
    peaks.append(mixed.mid);
    peaks.finish();
    std::vector<PeakPair> columns(kWaveColumns);
    peaks.columns(0, static_cast<double>(mixed.mid.size()), columns);
    std::string path;
    const auto height = [](float value) {
        return kWaveHeight / 2.0 * (1.0 - std::clamp(static_cast<double>(value), -1.0, 1.0));
    };
    for (int x = 0; x < kWaveColumns; ++x) {
        const PeakPair& peak = columns[static_cast<std::size_t>(x)];
        path += fmt::format("M{}.5 {:.1f}V{:.1f}", x, height(peak.high) - 0.3, height(peak.low) + 0.3);
    }
    return fmt::format(
        "<svg class=\"wave\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" role=\"img\" "
        "aria-label=\"waveform\"><path d=\"{}\"/></svg>",
        kWaveColumns, kWaveHeight, path);
}

std::string curvePicture(std::span<const CurvePoint> curve) {
    const CurveFrame frame = frameAround(curve);
    std::vector<std::pair<double, double>> training;
    std::vector<std::pair<double, double>> heldOut;
    for (const CurvePoint& point : curve) {
        const double x = frame.x(static_cast<double>(point.step));
        if (point.training > 0) training.emplace_back(x, frame.y(point.training));
        if (point.heldOut && *point.heldOut > 0) heldOut.emplace_back(x, frame.y(*point.heldOut));
    }
    std::string picture = fmt::format(
        "<svg class=\"curve\" viewBox=\"0 0 {} {}\" role=\"img\" "
        "aria-label=\"training curve\">",
        kCurveWidth, kCurveHeight);
    for (const double tick : std::array{0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0}) {
        if (tick < frame.low || tick > frame.high) continue;
        picture += fmt::format(
            "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
            "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5:g}</text>",
            kLeft, kCurveWidth - 8, frame.y(tick), kLeft - 6, frame.y(tick) + 4, tick);
    }
    picture += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{:.0f} steps</text>", kCurveWidth - 8,
                           kCurveHeight - 8, frame.lastStep);
    return picture + polyline(training, "training") + polyline(heldOut, "held-out") + "</svg>";
}

}  // namespace smidgen::cli
