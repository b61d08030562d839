// A node as bytes: five codecs and a wavelet, one meaning of error for all of them.
#pragma once

#include <optional>
#include <string_view>

#include "storage/wavetable/error_limit.h"
#include "storage/wavetable/node.h"
#include "storage/wavetable/node_bytes.h"

namespace smidgen::storage {

inline constexpr std::size_t kMostMetadata = std::size_t{16} << 20;

enum class Codec : std::uint8_t {
    exact = 0,      ///< byte planes under Zstandard; every bit comes back
    quantised = 1,  ///< one step for all values, Lorenzo prediction
    dct = 2,        ///< 8 × 8 cosine transform with a dead zone
    fft = 3,        ///< the strong bins of each row's spectrum; for cycles
    gaussian = 4,   ///< at most eight Gaussians by least squares; the search may miss some that overlap
    wavelet = 5     ///< biorthogonal 9/7 wavelet with a dead zone
};
inline constexpr std::size_t kCodecCount = 6;

[[nodiscard]] std::string_view codecName(Codec codec);

struct EncodeRequest {
    std::optional<Codec> codec;      ///< nothing: the smallest by trying them, the mixture only quickly
    ErrorLimit limit{.largest = 0};  ///< by default nothing may be lost
};

/// The first bytes of every stream say what it is.
struct StreamHeader {
    Codec codec = Codec::exact;
    NodeShape shape;
    MeasuredError error;  ///< measured on the decoder's own output when the node was encoded
};

struct EncodedNode {
    StreamHeader header;
    Bytes stream;  ///< complete: header, payload, metadata, checksum
    std::string
        note;  ///< empty, or a sentence: which codec was asked for, why it could not be, what was taken

    /// Bytes of the values over bytes of the stream.
    [[nodiscard]] double ratio() const {
        return static_cast<double>(header.shape.bytes()) / static_cast<double>(stream.size());
    }
};

/// Encodes, decodes what came out, and measures; what does not keep to the limit is never returned. A codec
/// that cannot keep to it gives way to the best that can, which `note` says. Values that are not numbers are
/// kept by Codec::exact. Deterministic. Any thread. Errors: invalidArgument (a negative or undefined limit),
/// outOfMemory.
[[nodiscard]] Result<EncodedNode> encodeNode(const Node& node, const EncodeRequest& request);

/// Reads a stream's header; whether the rest is whole only decodeNode can tell.
/// Errors: unusableInput (no node's stream, or a damaged header).
[[nodiscard]] Result<StreamHeader> readStreamHeader(std::span<const std::byte> stream);

/// Errors: unusableInput (damaged, or more than `mostFloats` values), outOfMemory.
[[nodiscard]] Result<NodePointer> decodeNode(std::span<const std::byte> stream,
                                             std::size_t mostFloats = kMostNodeFloats);

/// Makes the checksum of a stream right again after its bytes were changed on purpose; for tests that
/// want to reach what lies behind it. Nothing for a stream that is too short to have one.
void sealStream(std::span<std::byte> stream);

}  // namespace smidgen::storage
