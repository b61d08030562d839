// Sound in memory: planar 32-bit float.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/foundation/units.h"

namespace smidgen {

/// `channelCount` × `length` samples, planar, full scale ±1, at `rate` Hz. A value: copies are deep.
struct AudioBuffer {
    AudioBuffer() = default;
    AudioBuffer(int count, Samples length, int sampleRate = kSampleRate)
        : rate(sampleRate),
          channels(static_cast<std::size_t>(count),
                   std::vector<float>(static_cast<std::size_t>(length.value))) {}

    [[nodiscard]] int channelCount() const { return static_cast<int>(channels.size()); }
    [[nodiscard]] Samples length() const {
        return Samples(channels.empty() ? 0 : static_cast<std::int64_t>(channels.front().size()));
    }
    [[nodiscard]] Seconds duration() const { return toSeconds(length(), rate); }
    [[nodiscard]] std::span<float> channel(int c) { return channels[static_cast<std::size_t>(c)]; }
    [[nodiscard]] std::span<const float> channel(int c) const {
        return channels[static_cast<std::size_t>(c)];
    }

    int rate = kSampleRate;
    std::vector<std::vector<float>> channels;  ///< every channel has the same length
};

/// Mid = (L+R)/2, side = (L−R)/2; a mono buffer has mid = itself and an empty side. More than two channels
/// are averaged into mid, with side from the first two.
struct MidSide {
    std::vector<float> mid;
    std::vector<float> side;
};
[[nodiscard]] MidSide toMidSide(const AudioBuffer& buffer);
[[nodiscard]] AudioBuffer fromMidSide(std::span<const float> mid, std::span<const float> side,
                                      int rate = kSampleRate);

}  // namespace smidgen
