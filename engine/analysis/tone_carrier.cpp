#include "engine/analysis/tone_carrier.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

/// How far, in nepers, a band must stand out from the least on both sides to be a tone.
constexpr float kLeastProminence = 0.4F;
/// A rise in nepers within a frame (6 dB) that is a new beginning.
constexpr float kBeginning = 0.7F;
/// How far a tone may move in a frame, in bands.
constexpr double kMostMove = 0.75;
constexpr int kSteps = 17;
/// Bins beyond which a lobe is nothing (below 1e-5).
constexpr int kLobeReach = 64;
/// What may differ from a tone alone, as a share of all in the bands around it.
constexpr float kMostRest = 0.08F;
/// A tone is steady where, over up to kSteadyReach frames on each side, the second differences of its place
/// (in bands) and half those of its level (in nepers) add up to less than kMostUnrest on average. A peak of
/// noise wanders by more.
constexpr std::size_t kSteadyReach = 5;
constexpr int kLeastCount = 3;
constexpr double kMostUnrest = 0.1;
constexpr double kLevelUnrest = 0.5;

double toMel(double hz) {
    return 2595.0 * std::log10(1.0 + hz / 700.0);
}
double toHz(double mel) {
    return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0);
}

/// A Hann window's transform `bins` beside its middle; 1 there.
double hannLobe(double bins) {
    const double x = std::abs(bins);
    if (x < 1e-9) return 1.0;
    if (std::abs(x - 1.0) < 1e-9) return 0.5;
    const double pi = std::numbers::pi;
    return std::sin(pi * x) / (pi * x * (1.0 - x * x));
}

float slantOf(float below, float here, float above) {
    const float sum = below + here + above;
    return sum > 0.0F ? (above - below) / sum : 0.0F;
}

}  // namespace

ToneCarrier::ToneCarrier(const MelBank& bank) : m_shape(bank.shape()) {
    const double low = toMel(m_shape.lowHz);
    const double step = (toMel(m_shape.highHz) - low) / (m_shape.bands + 1);
    const int bins = m_shape.stft.bins();
    const double binHz = static_cast<double>(m_shape.rate) / m_shape.stft.fftSize;
    for (int k = 0; k < bins; ++k) {
        const double band = (toMel(k * binHz) - low) / step - 1.0;
        m_bandOfBin.push_back(std::clamp(static_cast<int>(std::lround(band)), 0, m_shape.bands - 1));
    }
    std::vector<float> magnitudes(static_cast<std::size_t>(bins));
    std::vector<float> mel(static_cast<std::size_t>(m_shape.bands));
    for (int b = 0; b < m_shape.bands; ++b) {
        m_centreHz.push_back(toHz(low + step * (b + 1)));
        std::vector<float> slants;
        std::vector<Response> responses;
        for (int i = 0; i < kSteps && b > 0 && b + 1 < m_shape.bands; ++i) {
            const double hz = toHz(low + step * (b + 1 + static_cast<double>(i) / (kSteps - 1) - 0.5));
            const auto middle = static_cast<int>(std::lround(hz / binHz));
            std::fill(magnitudes.begin(), magnitudes.end(), 0.0F);
            for (int k = std::max(0, middle - kLobeReach); k <= std::min(bins - 1, middle + kLobeReach); ++k)
                magnitudes[static_cast<std::size_t>(k)] =
                    static_cast<float>(std::abs(hannLobe(k - hz / binHz)));
            bank.apply(magnitudes, mel);
            const auto at = mel.begin() + b;
            const float slant = slantOf(at[-1], at[0], at[1]);
            slants.push_back(slants.empty() ? slant : std::max(slant, slants.back()));
            Response response{};
            for (int offset = std::max(-kBeside, -b); offset <= std::min(kBeside, m_shape.bands - 1 - b);
                 ++offset)
                response[static_cast<std::size_t>(offset + kBeside)] = at[offset];
            responses.push_back(response);
        }
        m_slants.push_back(std::move(slants));
        m_responses.push_back(std::move(responses));
    }
}

void ToneCarrier::locate(std::span<const float> frame, Peak& peak) const {
    peak.place = peak.band;
    const std::vector<float>& slants = m_slants[static_cast<std::size_t>(peak.band)];
    peak.hz = m_centreHz[static_cast<std::size_t>(peak.band)];
    if (slants.empty()) return;
    const auto at = frame.begin() + peak.band;
    const float slant = slantOf(std::exp(at[-1] - at[0]), 1.0F, std::exp(at[1] - at[0]));
    const auto above = std::upper_bound(slants.begin(), slants.end(), slant);
    const auto i = std::clamp<std::ptrdiff_t>(above - slants.begin(), 1, kSteps - 1);
    const double low = slants[static_cast<std::size_t>(i - 1)], high = slants[static_cast<std::size_t>(i)];
    const double part = high > low ? std::clamp((slant - low) / (high - low), 0.0, 1.0) : 0.5;
    peak.place = peak.band + (static_cast<double>(i - 1) + part) / (kSteps - 1) - 0.5;
    const double lowMel = toMel(m_shape.lowHz);
    const double step = (toMel(m_shape.highHz) - lowMel) / (m_shape.bands + 1);
    peak.hz = toHz(lowMel + step * (peak.place + 1.0));
}

PureTone ToneCarrier::pureTone(std::span<const float> frame, const Peak& peak) const {
    PureTone tone;
    const auto& responses = m_responses[static_cast<std::size_t>(peak.band)];
    if (responses.empty()) return tone;
    const double step = (peak.place - peak.band + 0.5) * (kSteps - 1);
    const auto i = static_cast<std::size_t>(std::clamp(step, 0.0, kSteps - 1.001));
    const auto part = static_cast<float>(step - static_cast<double>(i));
    const int first = std::max(peak.first, peak.band - kBeside);
    const int last = std::min(peak.last, peak.band + kBeside);
    float product = 0, power = 0, sum = 0, rest = 0;
    const auto expected = [&](int b) {
        const auto slot = static_cast<std::size_t>(b - peak.band + kBeside);
        return responses[i][slot] + part * (responses[i + 1][slot] - responses[i][slot]);
    };
    const auto actual = [&](int b) {
        const float value = frame[static_cast<std::size_t>(b)];
        return value > kLogMelFloor ? std::exp(value) : 0.0F;
    };
    for (int b = first; b <= last; ++b) {
        product += actual(b) * expected(b);
        power += expected(b) * expected(b);
        sum += actual(b);
    }
    if (!(power > 0.0F) || !(sum > 0.0F)) return tone;
    const float amplitude = product / power;
    for (int b = first; b <= last; ++b) rest += std::abs(actual(b) - amplitude * expected(b));
    if (!(rest < kMostRest * sum)) return tone;
    tone.hz = static_cast<float>(peak.hz);
    tone.amplitude = amplitude;
    tone.turns = static_cast<float>(peak.turns);
    const auto from = std::lower_bound(m_bandOfBin.begin(), m_bandOfBin.end(), first);
    const auto to = std::upper_bound(m_bandOfBin.begin(), m_bandOfBin.end(), last);
    tone.firstBin = static_cast<int>(from - m_bandOfBin.begin());
    tone.lastBin = static_cast<int>(to - m_bandOfBin.begin()) - 1;
    return tone;
}

void ToneCarrier::findPeaks(std::span<const float> frame, std::vector<Peak>& peaks) const {
    peaks.clear();
    const auto value = [&](int b) { return frame[static_cast<std::size_t>(b)]; };
    // Highest and least bands in turn: each is settled once the values have moved away by kLeastProminence.
    int extreme = 0, first = 0;
    bool rising = false;
    for (int b = 1; b < m_shape.bands; ++b) {
        if (rising ? value(b) > value(extreme) : value(b) < value(extreme)) extreme = b;
        if (std::abs(value(b) - value(extreme)) < kLeastProminence) continue;
        if (rising) {
            Peak peak;
            peak.band = extreme;
            peak.first = first;
            peak.last = m_shape.bands - 1;
            peak.level = value(extreme);
            locate(frame, peak);
            peaks.push_back(peak);
        } else {
            if (!peaks.empty()) peaks.back().last = extreme;
            first = extreme + 1;
        }
        rising = !rising;
        extreme = b;
    }
}

ToneCarrier::Track ToneCarrier::follow(std::span<const float> logMel) const {
    const auto bands = static_cast<std::size_t>(m_shape.bands);
    Track track(logMel.size() / bands);
    for (std::size_t t = 0; t < track.size(); ++t) {
        const auto frame = logMel.subspan(t * bands, bands);
        findPeaks(frame, track[t]);
        if (t == 0) continue;
        std::vector<Peak>& before = track[t - 1];
        std::size_t near = 0;
        for (std::size_t i = 0; i < track[t].size(); ++i) {
            Peak& peak = track[t][i];
            const auto distance = [&](std::size_t other) {
                return std::abs(before[other].place - peak.place);
            };
            while (near + 1 < before.size() && distance(near + 1) <= distance(near)) ++near;
            if (near >= before.size() || distance(near) > kMostMove || before[near].next >= 0) continue;
            if (peak.level - before[near].level >= kBeginning) continue;
            peak.previous = static_cast<int>(near);
            before[near].next = static_cast<int>(i);
        }
    }
    return track;
}

bool ToneCarrier::steady(const Track& track, std::size_t t, std::size_t index) {
    double unrest = 0;
    int count = 0;
    // The bend of frequency and level at each peak of the track within kSteadyReach frames.
    const auto add = [&](std::size_t at, std::size_t i) {
        const Peak& peak = track[at][i];
        if (peak.previous < 0 || peak.next < 0) return;
        const Peak& before = track[at - 1][static_cast<std::size_t>(peak.previous)];
        const Peak& after = track[at + 1][static_cast<std::size_t>(peak.next)];
        unrest += std::abs(before.place - 2 * peak.place + after.place) +
                  kLevelUnrest * std::abs(static_cast<double>(before.level - 2 * peak.level + after.level));
        ++count;
    };
    add(t, index);
    std::size_t i = index;
    for (std::size_t at = t; at + kSteadyReach > t && track[at][i].previous >= 0;) {
        i = static_cast<std::size_t>(track[at][i].previous);
        add(--at, i);
    }
    i = index;
    for (std::size_t at = t; at < t + kSteadyReach && track[at][i].next >= 0;) {
        i = static_cast<std::size_t>(track[at][i].next);
        add(++at, i);
    }
    return count >= kLeastCount && unrest < kMostUnrest * count;
}

CarriedTones ToneCarrier::trace(std::span<const float> logMel, const std::uint64_t* restart) const {
    const auto bands = static_cast<std::size_t>(m_shape.bands);
    CarriedTones tones;
    tones.turns.assign(logMel.size(), 0.0F);
    Track track = follow(logMel);
    tones.pure.resize(track.size());
    const double turnsPerHz = static_cast<double>(m_shape.stft.hop) / m_shape.rate;
    for (std::size_t t = 0; t < track.size(); ++t) {
        for (std::size_t i = 0; i < track[t].size(); ++i) {
            Peak& peak = track[t][i];
            if (!steady(track, t, i)) continue;
            peak.carried = true;
            const Peak* const before =
                peak.previous >= 0 ? &track[t - 1][static_cast<std::size_t>(peak.previous)] : nullptr;
            if (before != nullptr && before->carried) {
                const double on = before->turns + turnsPerHz * 0.5 * (before->hz + peak.hz);
                peak.turns = on - std::floor(on);
            } else if (t == 0 && restart != nullptr) {
                peak.turns =
                    Random(mixSeed(*restart, 0x746f6e65ULL, static_cast<std::uint64_t>(peak.band))).uniform();
            }
            const auto row = tones.turns.begin() + static_cast<std::ptrdiff_t>(t * bands);
            std::fill(row + peak.first, row + peak.last + 1, static_cast<float>(peak.turns));
            const PureTone pure = pureTone(logMel.subspan(t * bands, bands), peak);
            if (pure.amplitude > 0.0F) tones.pure[t].push_back(pure);
        }
    }
    return tones;
}

void ToneCarrier::advance(const CarriedTones& tones, std::size_t t,
                          std::span<std::complex<float>> bins) const {
    const float* const turns = tones.turns.data() + t * static_cast<std::size_t>(m_shape.bands);
    const auto unit = [](float value) {
        const double angle = 2.0 * std::numbers::pi * static_cast<double>(value);
        return std::complex<float>(static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)));
    };
    for (std::size_t k = 0; k < bins.size();) {
        const float here = turns[m_bandOfBin[k]];
        const std::size_t first = k;
        while (k < bins.size() && turns[m_bandOfBin[k]] == here) ++k;
        if (here == 0.0F) continue;
        const std::complex<float> factor = unit(here);
        for (std::size_t i = first; i < k; ++i)
            bins[i] = {bins[i].real() * factor.real() - bins[i].imag() * factor.imag(),
                       bins[i].real() * factor.imag() + bins[i].imag() * factor.real()};
    }
    const double binHz = static_cast<double>(m_shape.rate) / m_shape.stft.fftSize;
    for (const PureTone& tone : tones.pure[t]) {
        const std::complex<float> phase = unit(tone.turns);
        for (int k = tone.firstBin; k <= tone.lastBin; ++k) {
            // From the frame's beginning, its middle is half a turn away for every other bin.
            const double sign = k % 2 == 0 ? 1.0 : -1.0;
            const double lobe = sign * hannLobe(k - static_cast<double>(tone.hz) / binHz);
            bins[static_cast<std::size_t>(k)] = phase * (tone.amplitude * static_cast<float>(lobe));
        }
    }
}

}  // namespace smidgen
