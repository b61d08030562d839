#include "engine/audio/audio_buffer.h"

#include <algorithm>

namespace smidgen {

MidSide toMidSide(const AudioBuffer& buffer) {
    MidSide result;
    if (buffer.channels.empty()) return result;
    if (buffer.channelCount() == 1) {
        result.mid = buffer.channels.front();
        return result;
    }
    const auto left = buffer.channel(0);
    const auto right = buffer.channel(1);
    result.mid.resize(left.size());
    result.side.resize(left.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
        result.side[i] = 0.5F * (left[i] - right[i]);
        float sum = left[i] + right[i];
        for (std::size_t c = 2; c < buffer.channels.size(); ++c) sum += buffer.channels[c][i];
        result.mid[i] = sum / static_cast<float>(buffer.channelCount());
    }
    return result;
}

AudioBuffer fromMidSide(std::span<const float> mid, std::span<const float> side, int rate) {
    AudioBuffer buffer;
    buffer.rate = rate;
    if (side.empty()) {
        buffer.channels.emplace_back(mid.begin(), mid.end());
        return buffer;
    }
    const std::size_t length = std::min(mid.size(), side.size());
    buffer.channels.assign(2, std::vector<float>(length));
    for (std::size_t i = 0; i < length; ++i) {
        buffer.channels[0][i] = mid[i] + side[i];
        buffer.channels[1][i] = mid[i] - side[i];
    }
    return buffer;
}

}  // namespace smidgen
