// Recursive and finite filters, in double precision where they feed back.
#pragma once

#include <cmath>
#include <numbers>
#include <span>

#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

/// State variable filter that may be retuned at any sample (Zavalishin, The Art of VA Filter Design, 2012).
class StateVariableFilter {
 public:
    /// cutoff in Hz (clamped to 5…22000), q ≥ 0.5.
    void tune(double cutoff, double q);
    struct Outputs {
        double low, band, high;  ///< band has gain 1 at the cutoff
    };
    Outputs process(double input) {
        const double v3 = input - m_second;
        const double v1 = m_a1 * m_first + m_a2 * v3;
        const double v2 = m_second + m_a2 * m_first + m_a3 * v3;
        m_first = calm(2 * v1 - m_first);
        m_second = calm(2 * v2 - m_second);
        return {v2, m_damping * v1, input - m_damping * v1 - v2};
    }

 private:
    static double calm(double state) { return std::abs(state) < 1e-30 ? 0 : state; }
    double m_a1 = 1, m_a2 = 0, m_a3 = 0, m_damping = 1;
    double m_first = 0, m_second = 0;
};

/// Second-order sections after R. Bristow-Johnson's Audio EQ Cookbook.
struct Biquad {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
    double s1 = 0, s2 = 0;

    [[nodiscard]] static Biquad lowPass(double frequency, double q = std::numbers::sqrt2 / 2);
    [[nodiscard]] static Biquad highPass(double frequency, double q = std::numbers::sqrt2 / 2);
    [[nodiscard]] static Biquad bandPass(double frequency, double q);  ///< gain 1 at the centre
    [[nodiscard]] static Biquad peak(double frequency, double q, double gainDb);
    [[nodiscard]] static Biquad lowShelf(double frequency, double gainDb);
    [[nodiscard]] static Biquad highShelf(double frequency, double gainDb);
    /// Two poles, gain 1 at 0 Hz: a formant in cascade (Klatt 1980).
    [[nodiscard]] static Biquad formant(double frequency, double bandwidth);

    double process(double input) {
        const double output = b0 * input + s1;
        s1 = b1 * input - a1 * output + s2;
        s2 = b2 * input - a2 * output;
        if (std::abs(s1) < 1e-30) s1 = 0;
        if (std::abs(s2) < 1e-30) s2 = 0;
        return output;
    }
    void apply(std::span<float> signal);
};

/// Tilts the spectrum by `decibelsPerOctave` between 20 Hz and 20 kHz with gain 1 near 1 kHz: first-order
/// sections whose poles and zeros are spread evenly over the octaves (Smith & Smith 2016). −6…6.
class SpectralTilt {
 public:
    explicit SpectralTilt(double decibelsPerOctave);
    double process(double input) {
        double value = input * m_gain;
        for (Section& section : m_sections) {
            const double output =
                section.b0 * value + section.b1 * section.input - section.a1 * section.output;
            section.input = value;
            section.output = std::abs(output) < 1e-30 ? 0 : output;
            value = output;
        }
        return value;
    }
    void apply(std::span<float> signal);

 private:
    static constexpr int kSections = 8;
    struct Section {
        double b0 = 1, b1 = 0, a1 = 0;
        double input = 0, output = 0;
    };
    Section m_sections[kSections];
    double m_gain = 1;
};

/// First order, gain 1 at 0 Hz.
class OnePole {
 public:
    explicit OnePole(double cutoff) : m_keep(std::exp(-2 * std::numbers::pi * cutoff / kRate)) {}
    double process(double input) {
        m_state = input + m_keep * (m_state - input);
        if (std::abs(m_state) < 1e-30) m_state = 0;
        return m_state;
    }

 private:
    double m_keep;
    double m_state = 0;
};

/// Linear-phase low-pass, −6 dB at `cutoff`, `stopDb` down beyond cutoff ± width / 2 (windowed sinc after
/// Kaiser 1974); frequencies as fractions of the rate. An odd number of taps.
[[nodiscard]] std::vector<float> lowPassTaps(double cutoff, double width, double stopDb);
/// The signal filtered by an odd number of taps, without delay.
[[nodiscard]] Signal convolve(std::span<const float> signal, std::span<const float> taps);
/// `factor` times as many samples, images below −80 dB; and back.
[[nodiscard]] Signal upsample(std::span<const float> signal, int factor);
[[nodiscard]] Signal downsample(std::span<const float> signal, int factor);

}  // namespace smidgen::synthesis
