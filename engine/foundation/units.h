// Units as types: audio samples, codec or STFT frames, and seconds never mix by accident.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace smidgen {

/// The one internal sample rate, in hertz. Files are resampled to it once, on the way in.
inline constexpr int kSampleRate = 48000;

template <typename Tag, typename Rep>
struct Quantity {
    Rep value{};

    constexpr Quantity() = default;
    constexpr explicit Quantity(Rep v) : value(v) {}
    constexpr auto operator<=>(const Quantity&) const = default;
    constexpr Quantity operator+(Quantity o) const { return Quantity(value + o.value); }
    constexpr Quantity operator-(Quantity o) const { return Quantity(value - o.value); }
    constexpr Quantity& operator+=(Quantity o) {
        value += o.value;
        return *this;
    }
    constexpr Quantity& operator-=(Quantity o) {
        value -= o.value;
        return *this;
    }
    constexpr Quantity operator*(Rep k) const { return Quantity(value * k); }
};

using Samples = Quantity<struct SamplesTag, std::int64_t>;  ///< per channel
using Frames = Quantity<struct FramesTag, std::int64_t>;    ///< STFT or latent frames
using Seconds = Quantity<struct SecondsTag, double>;

[[nodiscard]] constexpr Seconds toSeconds(Samples samples, double rate = kSampleRate) {
    return Seconds(static_cast<double>(samples.value) / rate);
}
[[nodiscard]] inline Samples toSamples(Seconds seconds, double rate = kSampleRate) {
    return Samples(std::llround(seconds.value * rate));
}

}  // namespace smidgen
