#include "engine/audio/sound_edges.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace smidgen {
namespace {

constexpr double kKeptSilence = 0.005;  ///< seconds

constexpr std::array<std::pair<FadeShape, std::string_view>, 4> kNames{
    {{FadeShape::linear, "linear"},
     {FadeShape::equalPower, "equal-power"},
     {FadeShape::smooth, "smooth"},
     {FadeShape::exponential, "exponential"}}};

std::string secondsText(double seconds) {
    std::string text = std::to_string(std::round(seconds * 1000) / 1000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text + " s";
}

std::size_t samplesOf(double seconds, int rate) {
    return static_cast<std::size_t>(std::llround(seconds * rate));
}

/// Keeps [first, last) of every channel.
void keep(AudioBuffer& buffer, std::size_t first, std::size_t last) {
    for (auto& channel : buffer.channels) {
        channel.resize(last);
        channel.erase(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>(first));
    }
}

Status cutSilence(AudioBuffer& buffer, double silenceDb, const std::string& name) {
    const auto limit = static_cast<float>(std::pow(10.0, silenceDb / 20));
    const auto length = static_cast<std::size_t>(buffer.length().value);
    std::size_t first = length;
    std::size_t last = 0;
    for (const auto& channel : buffer.channels) {
        const auto loud = [&](float sample) { return std::abs(sample) > limit; };
        const auto begin = std::ranges::find_if(channel, loud);
        if (begin == channel.end()) continue;
        const auto end = std::find_if(channel.rbegin(), channel.rend(), loud).base();
        first = std::min(first, static_cast<std::size_t>(begin - channel.begin()));
        last = std::max(last, static_cast<std::size_t>(end - channel.begin()));
    }
    if (last == 0) {
        return failure(ErrorCode::invalidArgument,
                       "Nothing of '" + name + "' is louder than " +
                           std::to_string(static_cast<int>(std::lround(silenceDb))) +
                           " dBFS: without its silence nothing is left. Lower that threshold.");
    }
    const std::size_t kept = samplesOf(kKeptSilence, buffer.rate);
    keep(buffer, first - std::min(first, kept), std::min(length, last + kept));
    return {};
}

void fade(AudioBuffer& buffer, const SoundEdges& edges) {
    const auto length = static_cast<std::size_t>(buffer.length().value);
    const std::size_t in = std::min(length, samplesOf(edges.fadeIn, buffer.rate));
    const std::size_t out = std::min(length, samplesOf(edges.fadeOut, buffer.rate));
    const auto gain = [](FadeShape shape, std::size_t i, std::size_t n) {
        return static_cast<float>(fadeGain(shape, static_cast<double>(i) / static_cast<double>(n)));
    };
    for (auto& channel : buffer.channels) {
        for (std::size_t i = 0; i < in; ++i) channel[i] *= gain(edges.shapeIn, i, in);
        for (std::size_t i = 0; i < out; ++i) channel[length - 1 - i] *= gain(edges.shapeOut, i, out);
    }
}

}  // namespace

std::string_view nameOf(FadeShape shape) {
    for (const auto& [each, name] : kNames)
        if (each == shape) return name;
    return "";
}

std::optional<FadeShape> fadeShapeNamed(std::string_view name) {
    for (const auto& [shape, each] : kNames)
        if (each == name) return shape;
    return std::nullopt;
}

double fadeGain(FadeShape shape, double t) {
    const double sine = std::sin(0.5 * std::numbers::pi * t);
    switch (shape) {
        case FadeShape::linear:
            return t;
        case FadeShape::equalPower:
            return sine;
        case FadeShape::smooth:
            return sine * sine;
        case FadeShape::exponential:
            return (std::pow(1000.0, t) - 1) / 999;
    }
    return t;
}

Status SoundEdges::validate() const {
    const std::pair<const char*, double> lengths[] = {{"The cut at the start", cutStart},
                                                      {"The cut at the end", cutEnd},
                                                      {"The fade-in", fadeIn},
                                                      {"The fade-out", fadeOut}};
    for (const auto& [what, seconds] : lengths)
        if (!(seconds >= 0 && seconds <= kLongestEdge))
            return failure(ErrorCode::invalidArgument,
                           std::string(what) + " must be between 0 and 3600 seconds.");
    if (silenceDb && !(*silenceDb >= kLowestSilenceDb && *silenceDb <= kHighestSilenceDb))
        return failure(ErrorCode::invalidArgument,
                       "The threshold of silence must be between -120 and -20 dBFS.");
    return {};
}

Status shapeEdges(AudioBuffer& buffer, const SoundEdges& edges, const std::string& name) {
    if (auto valid = edges.validate(); !valid) return valid;
    const auto length = static_cast<std::size_t>(buffer.length().value);
    const std::size_t first = samplesOf(edges.cutStart, buffer.rate);
    const std::size_t cut = samplesOf(edges.cutEnd, buffer.rate);
    if (first + cut >= length)
        return failure(ErrorCode::invalidArgument, "Cutting " + secondsText(edges.cutStart) + " and " +
                                                       secondsText(edges.cutEnd) + " off '" + name +
                                                       "' leaves nothing of its " +
                                                       secondsText(buffer.duration().value) + ". Cut less.");
    if (first + cut > 0) keep(buffer, first, length - cut);
    if (edges.silenceDb)
        if (auto done = cutSilence(buffer, *edges.silenceDb, name); !done) return done;
    const double left = buffer.duration().value;
    if (edges.fadeIn + edges.fadeOut > left)
        return failure(ErrorCode::invalidArgument, "The fades of " + secondsText(edges.fadeIn) + " and " +
                                                       secondsText(edges.fadeOut) + " are longer than the " +
                                                       secondsText(left) + " of '" + name +
                                                       "'. Choose shorter ones.");
    fade(buffer, edges);
    return {};
}

}  // namespace smidgen
