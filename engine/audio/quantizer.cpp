#include "engine/audio/quantizer.h"

#include <algorithm>
#include <cmath>

namespace smidgen {

Quantizer::Quantizer(int bits, bool dither, std::uint64_t seed)
    : m_shift(32 - bits), m_scale(std::ldexp(1.0, bits - 1)), m_dither(dither), m_random(seed) {}

void Quantizer::quantize(std::span<const float> samples, std::vector<std::int32_t>& output) {
    output.reserve(output.size() + samples.size());
    for (const float sample : samples) {
        double value = static_cast<double>(sample) * m_scale;
        if (m_dither) {
            const std::uint64_t bits = m_random.bits();
            value += (static_cast<double>(bits >> 32U) - static_cast<double>(bits & 0xFFFFFFFFU)) * 0x1.0p-32;
        }
        const double level = std::clamp(std::nearbyint(value), -m_scale, m_scale - 1.0);
        output.push_back(static_cast<std::int32_t>(level) * (std::int32_t{1} << m_shift));
    }
}

}  // namespace smidgen
