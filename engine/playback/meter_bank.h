// Peak, RMS, momentary loudness and clip latch of what goes out or comes in. Private to engine/playback.
#pragma once

#include <array>
#include <atomic>

#include "engine/playback/meters.h"

namespace smidgen {

/// ITU-R BS.1770-4 K-weighting for one channel: a high shelf, then a high pass. The standard tabulates the
/// coefficients for 48 kHz only; for other rates they are derived from the same analogue prototypes through
/// the bilinear transform (shelf: 1681.97 Hz, +4 dB, Q 0.7072; high pass: 38.14 Hz, Q 0.5003), which gives
/// the tabulated values at 48 kHz.
class KWeighting {
 public:
    struct Biquad {
        double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;  ///< a0 = 1
        double z1 = 0, z2 = 0;                          ///< transposed direct form II
        double process(double x) noexcept;
    };

    explicit KWeighting(double rate = 48000) noexcept;
    double process(double x) noexcept { return m_highPass.process(m_shelf.process(x)); }
    /// Clears states too small to be heard, before they become denormal.
    void flush() noexcept;
    [[nodiscard]] const Biquad& shelf() const noexcept { return m_shelf; }
    [[nodiscard]] const Biquad& highPass() const noexcept { return m_highPass; }

 private:
    Biquad m_shelf;
    Biquad m_highPass;
};

/// process() runs on the audio thread; it neither allocates nor locks. read() and resetClip() run on any one
/// other thread. Windows are rectangular and move in steps of 10 ms.
class MeterBank {
 public:
    void prepare(int rate) noexcept;  ///< while no callback runs
    void process(const float* left, const float* right, int frames) noexcept;
    [[nodiscard]] Meters read() noexcept;
    void resetClip() noexcept { m_clipped.store(false); }

 private:
    static constexpr int kRmsSteps = 30;        ///< 300 ms
    static constexpr int kMomentarySteps = 40;  ///< 400 ms
    struct Step {
        double square[2] = {0, 0};
        double weighted = 0;
    };
    void finishStep() noexcept;

    KWeighting m_weighting[2];
    std::array<Step, kMomentarySteps> m_steps{};
    int m_nextStep = 0;
    int m_stepFrames = 480;
    int m_framesInStep = 0;
    Step m_step;

    std::atomic<float> m_peak[2] = {0, 0};
    std::atomic<float> m_meanSquare[2] = {0, 0};
    std::atomic<float> m_weightedMeanSquare{0};  ///< summed over both channels
    std::atomic<bool> m_clipped{false};
};

}  // namespace smidgen
