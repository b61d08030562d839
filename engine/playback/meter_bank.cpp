#include "engine/playback/meter_bank.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace smidgen {
namespace {

constexpr double kInaudible = 1e-30;

void raise(std::atomic<float>& highest, float value) noexcept {
    float seen = highest.load(std::memory_order_relaxed);
    while (value > seen && !highest.compare_exchange_weak(seen, value)) {
    }
}

float decibels(double power) {
    return power > 1e-12 ? static_cast<float>(10.0 * std::log10(power)) : -120.0F;
}

void flushState(KWeighting::Biquad& filter) noexcept {
    if (std::abs(filter.z1) < kInaudible) filter.z1 = 0;
    if (std::abs(filter.z2) < kInaudible) filter.z2 = 0;
}

}  // namespace

double KWeighting::Biquad::process(double x) noexcept {
    const double y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    return y;
}

// Prototype parameters after B. De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement"
// (AES 145, 2018), which match the table of BS.1770-4 at 48 kHz.
KWeighting::KWeighting(double rate) noexcept {
    {
        const double k = std::tan(std::numbers::pi * 1681.974450955533 / rate);
        const double q = 0.7071752369554196;
        const double high = std::pow(10.0, 3.999843853973347 / 20.0);
        const double band = std::pow(high, 0.4996667741545416);
        const double a0 = 1.0 + k / q + k * k;
        m_shelf.b0 = (high + band * k / q + k * k) / a0;
        m_shelf.b1 = 2.0 * (k * k - high) / a0;
        m_shelf.b2 = (high - band * k / q + k * k) / a0;
        m_shelf.a1 = 2.0 * (k * k - 1.0) / a0;
        m_shelf.a2 = (1.0 - k / q + k * k) / a0;
    }
    {
        const double k = std::tan(std::numbers::pi * 38.13547087602444 / rate);
        const double q = 0.5003270373238773;
        const double a0 = 1.0 + k / q + k * k;
        m_highPass.b0 = 1.0;
        m_highPass.b1 = -2.0;
        m_highPass.b2 = 1.0;
        m_highPass.a1 = 2.0 * (k * k - 1.0) / a0;
        m_highPass.a2 = (1.0 - k / q + k * k) / a0;
    }
}

void KWeighting::flush() noexcept {
    flushState(m_shelf);
    flushState(m_highPass);
}

void MeterBank::prepare(int rate) noexcept {
    for (auto& weighting : m_weighting) weighting = KWeighting(rate);
    m_steps.fill({});
    m_step = {};
    m_nextStep = 0;
    m_framesInStep = 0;
    m_stepFrames = std::max(1, (rate + 50) / 100);
    for (int c = 0; c < 2; ++c) {
        m_peak[c].store(0);
        m_meanSquare[c].store(0);
    }
    m_weightedMeanSquare.store(0);
}

void MeterBank::process(const float* left, const float* right, int frames) noexcept {
    float peak[2] = {0, 0};
    for (int i = 0; i < frames; ++i) {
        const float sample[2] = {left[i], right[i]};
        for (int c = 0; c < 2; ++c) {
            peak[c] = std::max(peak[c], std::abs(sample[c]));
            const double weighted = m_weighting[c].process(sample[c]);
            m_step.square[c] += static_cast<double>(sample[c]) * sample[c];
            m_step.weighted += weighted * weighted;
        }
        if (++m_framesInStep == m_stepFrames) finishStep();
    }
    for (int c = 0; c < 2; ++c) raise(m_peak[c], peak[c]);
    if (peak[0] > 1.0F || peak[1] > 1.0F) m_clipped.store(true);
}

void MeterBank::finishStep() noexcept {
    for (auto& weighting : m_weighting) weighting.flush();
    m_steps[static_cast<std::size_t>(m_nextStep)] = m_step;
    double square[2] = {0, 0};
    double weighted = 0;
    for (int age = 0; age < kMomentarySteps; ++age) {
        const auto& step =
            m_steps[static_cast<std::size_t>((m_nextStep - age + kMomentarySteps) % kMomentarySteps)];
        weighted += step.weighted;
        if (age < kRmsSteps)
            for (int c = 0; c < 2; ++c) square[c] += step.square[c];
    }
    for (int c = 0; c < 2; ++c)
        m_meanSquare[c].store(static_cast<float>(square[c] / (kRmsSteps * m_stepFrames)));
    m_weightedMeanSquare.store(static_cast<float>(weighted / (kMomentarySteps * m_stepFrames)));
    m_nextStep = (m_nextStep + 1) % kMomentarySteps;
    m_framesInStep = 0;
    m_step = {};
}

Meters MeterBank::read() noexcept {
    Meters meters;
    for (int c = 0; c < 2; ++c) {
        const double peak = m_peak[c].exchange(0);
        meters.peakDb[c] = decibels(peak * peak);
        meters.rmsDb[c] = decibels(m_meanSquare[c].load());
    }
    // BS.1770-4, equation 2: −0.691 + 10 log10 of the summed mean squares; left and right weigh 1.
    const double weighted = m_weightedMeanSquare.load();
    meters.momentaryLufs = std::max(-120.0F, decibels(weighted) - (weighted > 1e-12 ? 0.691F : 0.0F));
    meters.clipped = m_clipped.load();
    return meters;
}

}  // namespace smidgen
