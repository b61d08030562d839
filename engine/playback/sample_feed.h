// Random access to a sound as stereo frames at the device rate. Private to engine/playback.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// Used by one thread at a time. Mono is given on both sides; of more than two channels the first two.
class SampleFeed {
 public:
    virtual ~SampleFeed() = default;
    [[nodiscard]] virtual int rate() const = 0;             ///< Hz
    [[nodiscard]] virtual std::int64_t length() const = 0;  ///< frames
    /// Writes up to `frames` frames from `start` on; fewer only at the end. Cheapest in one run from start to
    /// end.
    [[nodiscard]] virtual Result<int> read(std::int64_t start, float* left, float* right, int frames) = 0;
};

/// Errors: as AudioReader::open.
[[nodiscard]] Result<std::unique_ptr<SampleFeed>> openFileFeed(const std::filesystem::path& path);
[[nodiscard]] std::unique_ptr<SampleFeed> makeBufferFeed(std::shared_ptr<const AudioBuffer> buffer);
/// `feed` itself when it is at `rate` already. Any start gives the samples a run from zero would give, to
/// within float rounding.
[[nodiscard]] std::unique_ptr<SampleFeed> makeFeedAtRate(std::unique_ptr<SampleFeed> feed, int rate);

}  // namespace smidgen
