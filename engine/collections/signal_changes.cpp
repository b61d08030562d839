#include "engine/collections/signal_changes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr int kAllPasses = 4;
constexpr double kTiltLowestHz = 15.625;
constexpr int kTiltSections = 12;  ///< octaves up to 32 kHz, whose lower flank is heard
constexpr double kTiltPivotHz = 1000.0;

/// b0 + b1/z over 1 + a1/z.
struct Section {
    float b0 = 1, b1 = 0, a1 = 0;
};

/// The analogue shelf (1 + s/zero)/(1 + s/pole), matched in magnitude at 0 Hz, at half the rate and at
/// `matchHz`, so that the bilinear transform's warping does not bend the slope. zeroHz ≠ poleHz.
Section shelf(double zeroHz, double poleHz, double matchHz, double rate) {
    const auto power = [&](double hz) {
        return (1 + std::pow(hz / zeroHz, 2)) / (1 + std::pow(hz / poleHz, 2));
    };
    // With Ω = tan(πf/rate), |H|² = (1 + nΩ²)/(1 + dΩ²).
    const double top = power(rate / 2), match = power(matchHz);
    const double warped = std::pow(std::tan(std::numbers::pi * matchHz / rate), 2);
    const double d = (match - 1) / (warped * (top - match));
    const double zero = std::sqrt(top * d), pole = std::sqrt(d);
    return {static_cast<float>((1 + zero) / (1 + pole)), static_cast<float>((1 - zero) / (1 + pole)),
            static_cast<float>((1 - pole) / (1 + pole))};
}

double gainAt(const Section& section, double hz, double rate) {
    const std::complex<double> unit = std::polar(1.0, -2.0 * std::numbers::pi * hz / rate);
    return std::abs((static_cast<double>(section.b0) + static_cast<double>(section.b1) * unit) /
                    (1.0 + static_cast<double>(section.a1) * unit));
}

/// Transposed direct form II, all sections on a sample before the next one.
template <std::size_t Count>
void filter(std::span<float> signal, const std::array<Section, Count>& sections) {
    std::array<float, Count> state{};
    for (float& sample : signal) {
        float x = sample;
        for (std::size_t i = 0; i < Count; ++i) {
            const Section& s = sections[i];
            const float y = s.b0 * x + state[i];
            state[i] = s.b1 * x - s.a1 * y;
            x = y;
        }
        sample = x;
    }
}

double meanPower(std::span<const float> signal) {
    double sum = 0;
    for (const float x : signal) sum += static_cast<double>(x) * static_cast<double>(x);
    return signal.empty() ? 0 : sum / static_cast<double>(signal.size());
}

/// Unit variance to within 1e-9; the sum of four uniform numbers.
float nearlyNormal(Random& random) {
    constexpr float kScale = 1.0F / 37837.227F;  // √(4 · (2^32 − 1) / 12)
    const std::uint64_t bits = random.bits();
    const auto part = [bits](int shift) { return static_cast<std::int32_t>((bits >> shift) & 0xffffU); };
    return static_cast<float>(part(0) + part(16) + part(32) + part(48) - 131070) * kScale;
}

}  // namespace

void applyAllPass(std::span<float> signal, double cornerHz, double rate) {
    const double t = std::tan(std::numbers::pi * std::min(cornerHz / rate, 0.49));
    const auto a = static_cast<float>((t - 1) / (t + 1));
    std::array<Section, kAllPasses> sections;
    sections.fill({a, 1.0F, a});
    filter(signal, sections);
}

void applyTilt(std::span<float> signal, double dbPerOctave, double rate) {
    if (dbPerOctave == 0) return;
    const double slope = dbPerOctave / (20.0 * std::log10(2.0));
    std::array<Section, kTiltSections> sections;
    double gain = 1;
    for (int i = 0; i < kTiltSections; ++i) {
        const double centre = std::ldexp(kTiltLowestHz, i);
        Section& section = sections[static_cast<std::size_t>(i)];
        section = shelf(centre * std::exp2(-slope / 2), centre * std::exp2(slope / 2),
                        std::min(centre, rate / 4), rate);
        gain *= gainAt(section, kTiltPivotHz, rate);
    }
    sections.front().b0 /= static_cast<float>(gain);
    sections.front().b1 /= static_cast<float>(gain);
    filter(signal, sections);
}

void addNoise(std::span<float> signal, double snrDb, std::uint64_t seed) {
    const double power = meanPower(signal);
    if (power <= 0) return;
    Random random(seed);
    std::vector<float> noise(signal.size());
    for (float& x : noise) x = nearlyNormal(random);
    const double noisePower = meanPower(noise);
    if (noisePower <= 0) return;
    const auto gain = static_cast<float>(std::sqrt(power / noisePower * std::pow(10.0, -snrDb / 10.0)));
    for (std::size_t i = 0; i < signal.size(); ++i) signal[i] += gain * noise[i];
}

void addRoom(std::span<float> signal, double seconds, std::uint64_t seed, double rate) {
    constexpr std::size_t kLines = 8;
    constexpr double kReverberantShare = 0.5;
    constexpr std::size_t kBlock = 64;
    // Longest path of a room of that decay, kept between a closet's and a hall's.
    const double longest = std::clamp(seconds / 12.0, 0.008, 0.045) * rate;
    struct Line {
        std::vector<float> ring;
        std::size_t at = 0;
        float decay = 0, in = 0, out = 0;
    };
    Random random(seed);
    std::array<Line, kLines> lines;
    double passPower = 0;
    for (std::size_t i = 0; i < kLines; ++i) {
        // Spread over 0.3…1 of the longest path, each drawn within its eighth so that none coincide.
        const double place = (static_cast<double>(i) + random.uniform(0.1, 0.9)) / kLines;
        const auto length = static_cast<std::size_t>(longest * std::pow(0.3, 1.0 - place));
        Line& line = lines[i];
        line.ring.assign(std::max(length, kBlock), 0.0F);
        const double passes = static_cast<double>(line.ring.size()) / (seconds * rate);
        line.decay = static_cast<float>(std::pow(10.0, -3.0 * passes));
        line.in = (random.bits() >> 63) != 0 ? 1.0F : -1.0F;
        line.out = (random.bits() >> 63) != 0 ? 1.0F : -1.0F;
        passPower += std::pow(10.0, -6.0 * passes) / kLines;
    }
    // Unit energy in, spread over the lines, leaves as Σ passPower^k: a geometric series.
    const auto wet = static_cast<float>(std::sqrt(kReverberantShare * (1.0 - passPower) / passPower));
    const auto spread = static_cast<float>(1.0 / std::sqrt(static_cast<double>(kLines)));
    std::array<std::array<float, kBlock>, kLines> arriving;
    std::array<float, kBlock> sum;
    for (std::size_t start = 0; start < signal.size(); start += kBlock) {
        // No line is shorter than a block, so what arrives in it is known before it begins.
        const std::size_t count = std::min(kBlock, signal.size() - start);
        sum.fill(0.0F);
        for (std::size_t l = 0; l < kLines; ++l) {
            const Line& line = lines[l];
            const std::size_t head = std::min(count, line.ring.size() - line.at);
            for (std::size_t i = 0; i < head; ++i) arriving[l][i] = line.decay * line.ring[line.at + i];
            for (std::size_t i = head; i < count; ++i) arriving[l][i] = line.decay * line.ring[i - head];
            for (std::size_t i = 0; i < count; ++i) sum[i] += arriving[l][i];
        }
        std::array<float, kBlock> direct;
        std::copy_n(signal.data() + start, count, direct.data());
        for (std::size_t l = 0; l < kLines; ++l) {
            Line& line = lines[l];
            for (std::size_t i = 0; i < count; ++i) signal[start + i] += wet * line.out * arriving[l][i];
            std::array<float, kBlock> leaving;
            for (std::size_t i = 0; i < count; ++i)
                leaving[i] = spread * line.in * direct[i] + arriving[l][i] - 2.0F / kLines * sum[i];
            const std::size_t head = std::min(count, line.ring.size() - line.at);
            std::copy_n(leaving.data(), head, line.ring.data() + line.at);
            std::copy_n(leaving.data() + head, count - head, line.ring.data());
            line.at = (line.at + count) % line.ring.size();
        }
    }
}

}  // namespace smidgen
