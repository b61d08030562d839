// A look at a file's structure before any decoder sees it: is it sound, and can it hold what it promises?
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/audio/byte_stream.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// Rates outside are refused as absurd, in hertz.
inline constexpr int kLowestRate = 1000;
inline constexpr int kHighestRate = 768000;

enum class Container { wave, aiff, flac, ogg, mpeg };

struct SoundProbe {
    Container container = Container::wave;
    /// The sound begins here (after an ID3v2 tag, for one).
    std::int64_t start = 0;
    /// To be put before the sound: a frame count for an MPEG stream that lacks one, or a mended header; else
    /// empty.
    std::vector<std::byte> prefix;
    /// Ogg: the samples on the last page, where it and the one before it say so.
    std::optional<std::int64_t> lastPageSamples;
    /// False when the length is counted by us or unknown: an earlier end is then no damage.
    bool lengthIsPromised = true;
};

/// Errors: unusableInput (empty, not sound, a known kind that is not read, a header that is hostile or
/// promises more bytes than there are), io.
[[nodiscard]] Result<SoundProbe> probeSound(ByteStream& stream, const std::filesystem::path& name);

/// The check of a WAV, RF64 or AIFF file's chunks, whose outer header begins at `probe.start`. Mends the
/// header of a WAV that was never finished.
[[nodiscard]] Status checkChunks(ByteStream& stream, SoundProbe& probe, const std::filesystem::path& name);

/// The sentence for a file with less in it than promised.
[[nodiscard]] tl::unexpected<Error> brokenPromise(const std::filesystem::path& name, double promisedBytes,
                                                  std::int64_t presentBytes);
/// The sentences for impossible header fields.
[[nodiscard]] tl::unexpected<Error> absurdChannels(const std::filesystem::path& name, std::int64_t channels);
[[nodiscard]] tl::unexpected<Error> absurdRate(const std::filesystem::path& name, double rate);

}  // namespace smidgen
