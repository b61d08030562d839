#include "app/cli/figures.h"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <cmath>
#include <ctime>

namespace smidgen::cli {

std::string secondsText(double seconds) {
    if (seconds < 10) return fmt::format("{:.2f} s", seconds);
    if (seconds < 60) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string decibelText(double decibels) {
    return std::isfinite(decibels) ? fmt::format("{:.1f}", decibels) : "silent";
}

std::string bytesText(std::int64_t bytes) {
    constexpr std::array kUnits{"kB", "MB", "GB", "TB"};
    if (bytes < 1000) return fmt::format("{} B", bytes);
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (value >= 1000 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string dateText(std::int64_t unixMs) {
    const auto seconds = static_cast<std::time_t>(unixMs / 1000);
    std::tm local{};
    localtime_r(&seconds, &local);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &local);
    return text.data();
}

std::string counted(std::int64_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::vector<std::string> levelLines(const CodebookCard& card) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < card.levels.size(); ++i)
        lines.push_back(fmt::format("level {}: usage {:.0f} %, perplexity {:.0f} of {}, {} dead", i + 1,
                                    100 * card.levels[i].usage, card.levels[i].perplexity, card.codebookSize,
                                    card.levels[i].deadCodes));
    return lines;
}

std::vector<std::string> sliderLines(const TakeSnapshot& take) {
    std::vector<std::string> lines;
    for (const SliderOutcome& slider : take.sliders) {
        if (!slider.asked) continue;
        const char* const rest = slider.reached == slider.model ? "" : ", the rest by tools";
        lines.push_back(fmt::format("{} {:.2f} (asked {:.2f}; {:.2f} without, {:.2f} by the model{})",
                                    wordsFor(slider.attribute).name, slider.reached, *slider.asked,
                                    slider.free, slider.model, rest));
    }
    return lines;
}

}  // namespace smidgen::cli
