// The bytes of a feature cache file.
//
//     "SMDGFEAT"  version u32  0 u32
//     segments    each frames × bands binary16, in blocks of 64 frames
//     index       see feature_index.cpp
//     tail        index offset u64, index bytes u64, xxh3-64 of the index u64, "SMDGDONE"
//
// All numbers little-endian. Every block has its xxh3-64 in the index, so damage anywhere is seen.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/collections/augmentation.h"
#include "engine/foundation/atomic_file.h"
#include "engine/foundation/result.h"

namespace smidgen {

inline constexpr std::int64_t kBlockFrames = 64;

/// A run of frames made in one go; `offset` 0: all of it lies at the floor and takes no room.
struct FeatureSegment {
    std::int64_t cleanStart = 0;  ///< frame of the clean rendering it begins at
    std::int64_t start = 0;       ///< in this rendering
    std::int64_t frames = 0;
    std::uint64_t offset = 0;
    std::vector<std::uint64_t> checksums;  ///< a block each
};

struct FeatureRendering {
    std::int64_t frames = 0;
    std::vector<FeatureSegment> segments;
    AugmentationAmounts amounts;  ///< of the first segment
};

struct FeatureIndex {
    std::string contentHash;
    std::string settingsHash;
    std::uint32_t bands = 0;
    std::uint32_t channels = 0;
    std::uint32_t variants = 0;                      ///< including the clean one
    std::vector<FeatureRendering> renderings;        ///< channel-major
    std::vector<std::vector<std::uint64_t>> active;  ///< per channel: a bit a frame of the clean rendering

    [[nodiscard]] const FeatureRendering& rendering(std::size_t channel, std::size_t variant) const {
        return renderings[channel * variants + variant];
    }
};

[[nodiscard]] std::string toBytes(const FeatureIndex& index);
/// Errors: unusableInput for anything that does not describe `dataBytes` of segments exactly.
[[nodiscard]] Result<FeatureIndex> indexFromBytes(std::string_view bytes, std::uint64_t dataEnd);

/// Writes segments as they come; the index last.
class FeatureFileWriter {
 public:
    [[nodiscard]] static Result<FeatureFileWriter> create(const std::filesystem::path& target);
    /// values: frames × bands. Fills offset and checksums of `segment`. Errors: io.
    [[nodiscard]] Status writeSegment(FeatureSegment& segment, std::span<const float> values,
                                      std::size_t bands);
    [[nodiscard]] Status finish(const FeatureIndex& index);
    [[nodiscard]] std::int64_t bytesWritten() const { return static_cast<std::int64_t>(m_offset); }

 private:
    explicit FeatureFileWriter(AtomicFile file) : m_file(std::move(file)) {}
    [[nodiscard]] Status append(std::span<const std::byte> bytes);
    AtomicFile m_file;
    std::uint64_t m_offset = 0;
    std::vector<std::uint16_t> m_halves;
};

/// Reads and checks the index and every block. Errors: notFound, io, unusableInput (damaged or foreign).
[[nodiscard]] Result<FeatureIndex> readFeatureFile(int descriptor);

/// pread until `bytes` is full. Errors: errno, 0 at the end of the file.
[[nodiscard]] tl::expected<void, int> readFully(int descriptor, std::span<std::byte> bytes,
                                                std::uint64_t offset);

}  // namespace smidgen
