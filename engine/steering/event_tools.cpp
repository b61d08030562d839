#include "engine/steering/event_tools.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/analysis/onsets.h"
#include "engine/analysis/pulse.h"
#include "engine/analysis/sound_frames.h"
#include "engine/foundation/random.h"
#include "engine/foundation/units.h"

namespace smidgen {
namespace {

constexpr std::size_t kHop = 512;
constexpr std::size_t kNear = 4;           ///< frames: of nearer maxima one is the event
constexpr double kWeakest = 0.06;          ///< of the onset curve; weaker ones are ripple
constexpr std::size_t kAttack = 480;       ///< samples before an onset's frame that are its own
constexpr std::size_t kSeam = 240;         ///< 5 ms
constexpr double kQuietest = -55;          ///< dB
constexpr double kFarthest = 0.48;         ///< of the way to a neighbour
constexpr double kSoftest = -14;           ///< dB, of what is made uneven
constexpr double kSnap = 1.5;              ///< events lie on the grid from a pulse of 1 / kSnap on
constexpr double kUsualBeat = 0.5;         ///< seconds
constexpr double kLeastConfidence = 0.05;  ///< of a tempo that beats are taken from
constexpr int kDraws = 16;                 ///< of where all events go
constexpr std::size_t kLooks = 240;        ///< at where one goes, in a sound of kLooksFrames
constexpr std::size_t kLooksFrames = 375;  ///< four seconds
constexpr double kNoPulse = 0.01;
constexpr std::size_t kCopies = 7;

/// Samples between beats; 0 without a tempo.
double beatOf(const TempoEstimate& tempo) {
    return tempo.bpm > 0 && tempo.confidence > kLeastConfidence ? 60.0 * kSampleRate / tempo.bpm : 0.0;
}

/// How far event `i` goes, in samples.
double moveOf(const EventMap& map, std::size_t i, double unrest) {
    const auto start = static_cast<double>(map.events[i].start);
    const double before = i > 0 ? start - static_cast<double>(map.events[i - 1].start) : start;
    const double after =
        i + 1 < map.events.size() ? static_cast<double>(map.events[i + 1].start) - start : before;
    const double away = map.events[i].away;
    return unrest * kFarthest * away * (away < 0 ? before : after);
}

/// How far event `i` lies from the nearest half beat, in samples.
double snapOf(const EventMap& map, std::size_t i) {
    const double beat = beatOf(map.tempo) > 0 ? beatOf(map.tempo) : kUsualBeat * kSampleRate;
    const double since = static_cast<double>(map.events[i].start) - static_cast<double>(map.events[0].start);
    const double grid = 0.5 * beat;
    return std::round(since / grid) * grid - since;
}

/// What would be heard of the slices, by moving the sound's frames instead of its samples. `lead`: samples
/// before the first frame.
SoundFrames moveFrames(const SoundFrames& frames, std::span<const Slice> slices, std::size_t lead) {
    SoundFrames moved = frames;
    std::ranges::fill(moved.bandPower, 0.0F);
    const auto frameOf = [&](std::size_t sample) {
        return (std::max(sample, lead) - lead + kHop / 2) / kHop;
    };
    for (std::size_t s = 0; s < slices.size(); ++s) {
        const Slice& slice = slices[s];
        const std::size_t from = frameOf(slice.from), to = frameOf(slice.to);
        const std::size_t next = s + 1 < slices.size() ? frameOf(slices[s + 1].to) : frames.count;
        const std::size_t end = frameOf(slice.from + slice.length);
        for (std::size_t t = 0;
             from + t < std::min(end, frames.count) && to + t < std::min(next, frames.count); ++t)
            for (std::size_t b = 0; b < kErbBands; ++b)
                moved.bandPower[(to + t) * kErbBands + b] +=
                    slice.gain * slice.gain * frames.bandPower[(from + t) * kErbBands + b];
    }
    return moved;
}

/// Samples before the sound begins: analysis leaves that silence out.
std::size_t leadOf(std::span<const float> mono) {
    const auto loudest = *std::ranges::max_element(mono, {}, [](float x) { return std::abs(x); });
    std::size_t lead = 0;
    while (lead < mono.size() && !(std::abs(mono[lead]) >= 1e-4F * std::abs(loudest))) ++lead;
    return lead;
}

}  // namespace

EventMap findEvents(std::span<const float> mono) {
    EventMap map;
    const ScaledSound sound = scaleSound(mono);
    if (sound.length == 0) return map;
    FrameAnalyzer analyzer;
    const SoundFrames frames = analyzer.analyze(sound);
    const std::vector<double> curve = onsetCurve(frames);
    map.tempo = pulseOf(frames, curve).tempo;
    const std::size_t lead = leadOf(mono);
    for (std::size_t t = 0; t < curve.size(); ++t) {
        bool highest = curve[t] > kWeakest;
        for (std::size_t d = 1; d <= kNear && highest; ++d) {
            if (t >= d && curve[t - d] > curve[t]) highest = false;
            if (t + d < curve.size() && curve[t + d] >= curve[t]) highest = false;
        }
        if (!highest) continue;
        const std::size_t at = lead + t * kHop;
        map.events.push_back({at > kAttack ? at - kAttack : 0, std::min(1.0, curve[t]), 0, 0});
    }
    return map;
}

void drawUnrest(EventMap& map, std::span<const float> mono) {
    if (map.events.empty()) return;
    FrameAnalyzer analyzer;
    const SoundFrames frames = analyzer.analyze(scaleSound(mono));
    const std::size_t lead = leadOf(mono), length = mono.size();
    Random random(0x91e5);
    const auto pulseLeft = [&] {
        double pulse = 0;
        for (const double unrest : {0.5, 1.0}) {
            const SoundFrames moved = moveFrames(frames, planSlices(map, length, 0, -unrest), lead);
            pulse += unrest * pulseOf(moved, onsetCurve(moved)).strength;
        }
        return pulse;
    };
    const auto draw = [&](SoundEvent& event) {
        event.away = random.uniform(-1, 1);
        event.softer = random.uniform();
    };
    std::vector<SoundEvent> best;
    double least = std::numeric_limits<double>::infinity();
    for (int d = 0; d < kDraws && least > kNoPulse; ++d) {
        for (SoundEvent& event : map.events) draw(event);
        if (const double pulse = pulseLeft(); pulse < least) {
            least = pulse;
            best = map.events;
        }
    }
    map.events = best;
    const std::size_t looks = kLooks * kLooksFrames / std::max(frames.count, kLooksFrames);
    for (std::size_t look = 0; look < looks && least > kNoPulse; ++look) {
        SoundEvent& event = map.events[look % map.events.size()];
        const SoundEvent before = event;
        draw(event);
        if (const double pulse = pulseLeft(); pulse < least)
            least = pulse;
        else
            event = before;
    }
}

std::vector<Slice> planSlices(const EventMap& map, std::size_t length, double density, double pulse) {
    const bool thins = density < 0, moves = pulse != 0;
    if (map.events.empty() || (!thins && !moves)) return {};
    std::vector<Slice> slices;
    if (map.events.front().start > 0) slices.push_back({0, map.events.front().start, 0, 1});
    const std::size_t first = slices.size();
    for (std::size_t i = 0; i < map.events.size(); ++i) {
        const std::size_t from = map.events[i].start;
        if (from >= length) break;
        const std::size_t end =
            i + 1 < map.events.size() ? std::min(length, map.events[i + 1].start) : length;
        Slice slice{from, end - from, from, 1};
        // The first stays where the sound begins.
        if (moves && (i > 0 || from > 0)) {
            const double way =
                pulse < 0 ? moveOf(map, i, -pulse) : std::min(1.0, kSnap * pulse) * snapOf(map, i);
            const double to = static_cast<double>(from) + way;
            slice.to = static_cast<std::size_t>(std::clamp(to, 0.0, static_cast<double>(length - 1)));
            if (pulse < 0)
                slice.gain =
                    static_cast<float>(std::pow(10.0, -pulse * kSoftest * map.events[i].softer / 20));
        }
        slices.push_back(slice);
    }
    if (!thins) return slices;
    std::vector<std::size_t> order(slices.size() - first);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return map.events[i].strength; });
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        // They go one after the other, each fading as its neighbour in strength begins to.
        const double turn = -density * (static_cast<double>(order.size()) + 2) - static_cast<double>(rank);
        const double gone = std::clamp(0.5 * turn, 0.0, 1.0);
        const bool last = rank + 1 == order.size();
        slices[first + order[rank]].gain *=
            last ? 1.0F : static_cast<float>(std::pow(10.0, kQuietest * gone / 20));
    }
    return slices;
}

std::vector<float> playSlices(std::span<const float> signal, std::span<const Slice> slices) {
    std::vector<float> out(signal.size());
    for (std::size_t s = 0; s < slices.size(); ++s) {
        const Slice& slice = slices[s];
        // Until the next one begins, over which it fades; before it begins itself, it fades in.
        const std::size_t next = s + 1 < slices.size() ? slices[s + 1].to : signal.size();
        const bool joinsNext =
            s + 1 < slices.size() && slices[s + 1].to - slice.to == slices[s + 1].from - slice.from;
        const bool joinsLast = s > 0 && slice.to - slices[s - 1].to == slice.from - slices[s - 1].from;
        const bool fadesIn = slice.from > 0 && !(joinsLast && slices[s - 1].gain == slice.gain);
        const std::size_t room = next > slice.to ? next - slice.to : 0;
        const bool fadesOut = s + 1 < slices.size() && !(joinsNext && slices[s + 1].gain == slice.gain);
        const std::size_t body = std::min(slice.length, room);
        // The tail goes on into the next slice's seam, where there is sound to go on with.
        const std::size_t tail = fadesOut
                                     ? std::min({kSeam, signal.size() - slice.from - body,
                                                 signal.size() - std::min(signal.size(), slice.to + body)})
                                     : 0;
        for (std::size_t i = 0;
             i < body + tail && slice.to + i < out.size() && slice.from + i < signal.size(); ++i) {
            float gain = slice.gain;
            if (fadesIn && i < kSeam) gain *= static_cast<float>(i) / kSeam;
            if (i >= body)
                gain *= 1 - static_cast<float>(i - body) / static_cast<float>(std::max<std::size_t>(1, tail));
            out[slice.to + i] += gain * signal[slice.from + i];
        }
    }
    return out;
}

void layerCopies(std::vector<float>& signal, const TempoEstimate& tempo, double density) {
    if (!(density > 0) || signal.empty()) return;
    const std::vector<float> original(signal);
    const std::size_t length = signal.size();
    const double beat = beatOf(tempo);
    Random random(0x1a7e5);
    for (std::size_t c = 0; c < kCopies; ++c) {
        // Spread evenly, and drawn within; a copy between the beats first, then others.
        double shift =
            (static_cast<double>(c) + random.uniform(0.3, 0.7)) / kCopies * static_cast<double>(length);
        if (beat > 0 && tempo.confidence > 0.3)
            shift = beat * 0.5 * std::max(1.0, std::round(2 * shift / beat)) +
                    0.25 * beat * static_cast<double>(c % 2);
        const float gain =
            static_cast<float>(std::clamp(density * kCopies - static_cast<double>(c), 0.0, 1.0));
        if (gain <= 0) break;
        const auto first = static_cast<std::size_t>(shift) % length;
        for (std::size_t i = 0; i < length; ++i) {
            const std::size_t at = i + first < length ? i + first : i + first - length;
            // Where the copy's end meets its beginning, both are faded.
            const std::size_t edge = std::min(i, length - 1 - i);
            const float fade = edge < kSeam ? static_cast<float>(edge) / kSeam : 1.0F;
            signal[at] += gain * fade * original[i];
        }
    }
}

}  // namespace smidgen
