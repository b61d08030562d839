// Stream, little-endian: 0 "SWN1" · 4 codec (1 byte) · 5 zero (1) · 6 channels (2) · 8 rows (2) · 10 columns
// (2) · 12 largest error, 16 rms error (float) · 20 length of the payload (4) · 24 length of the metadata (4)
// · 28 xxh3-64 of everything but these 8 bytes (8) · 36 payload · metadata.
#include "storage/wavetable/codec.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <utility>

#include "storage/wavetable/payload.h"

namespace smidgen::storage {
namespace {

constexpr std::array<char, 4> kMagic{'S', 'W', 'N', '1'};
constexpr std::size_t kChecksumAt = 28;
constexpr std::size_t kHeaderSize = 36;
constexpr std::array<std::string_view, kCodecCount> kNames{"exact",    "quantised",        "cosine transform",
                                                           "spectrum", "Gaussian mixture", "wavelet"};

struct RawHeader {
    StreamHeader header;
    std::uint32_t payloadLength = 0;
    std::uint32_t metadataLength = 0;
    std::uint64_t checksum = 0;
};

std::uint64_t checksumOf(std::span<const std::byte> stream) {
    const std::uint64_t head = XXH3_64bits(stream.data(), kChecksumAt);
    return XXH3_64bits_withSeed(stream.data() + kHeaderSize, stream.size() - kHeaderSize, head);
}

tl::unexpected<Error> damaged(const std::string& how) {
    return failure(ErrorCode::unusableInput,
                   "A stored sound of the cube is damaged: " + how + ". Take it from a backup.");
}

/// Never below the value itself.
float roundedUp(double value) {
    const auto rounded = static_cast<float>(value);
    return rounded < value ? std::nextafter(rounded, INFINITY) : rounded;
}

Bytes assembled(Codec codec, const Node& node, const MeasuredError& error,
                std::span<const std::byte> payload) {
    Bytes stream;
    stream.reserve(kHeaderSize + payload.size() + node.metadata.size());
    NodeWriter writer(stream);
    writer.text({kMagic.data(), kMagic.size()});
    writer.integer(static_cast<std::uint8_t>(codec));
    writer.integer(std::uint8_t{0});
    writer.integer(static_cast<std::uint16_t>(node.shape.channels));
    writer.integer(static_cast<std::uint16_t>(node.shape.rows));
    writer.integer(static_cast<std::uint16_t>(node.shape.columns));
    writer.real(roundedUp(error.largest));
    writer.real(roundedUp(error.rms));
    writer.integer(static_cast<std::uint32_t>(payload.size()));
    writer.integer(static_cast<std::uint32_t>(node.metadata.size()));
    writer.integer(std::uint64_t{0});
    writer.raw(payload);
    writer.text(node.metadata);
    sealStream(stream);
    return stream;
}

Result<RawHeader> parseHeader(std::span<const std::byte> stream) {
    NodeReader reader(stream);
    RawHeader raw;
    std::string magic;
    std::uint8_t codec = 0;
    std::uint8_t zero = 0;
    std::uint16_t channels = 0;
    std::uint16_t rows = 0;
    std::uint16_t columns = 0;
    float largest = 0;
    float rms = 0;
    const bool whole = reader.text(kMagic.size(), magic) && reader.integer(codec) && reader.integer(zero) &&
                       reader.integer(channels) && reader.integer(rows) && reader.integer(columns) &&
                       reader.real(largest) && reader.real(rms) && reader.integer(raw.payloadLength) &&
                       reader.integer(raw.metadataLength) && reader.integer(raw.checksum);
    if (!whole) return damaged("it is too short");
    if (!std::equal(magic.begin(), magic.end(), kMagic.begin())) return damaged("it does not begin like one");
    if (codec >= kCodecCount || zero != 0) return damaged("its codec is not known to this version");
    raw.header.codec = static_cast<Codec>(codec);
    raw.header.shape = {rows, columns, channels};
    if (!checkShape(raw.header.shape)) return damaged("its size is not possible");
    if (!isErrorValue(largest) || !isErrorValue(rms)) return damaged("its error is not a number");
    raw.header.error = {static_cast<double>(largest), static_cast<double>(rms)};
    return raw;
}

std::optional<Bytes> payloadOf(Codec codec, const Node& node, const ErrorLimit& limit, SearchEffort effort) {
    switch (codec) {
        case Codec::exact:
            return encodeExact(node);
        case Codec::quantised:
            return encodeQuantised(node, limit);
        case Codec::dct:
            return encodeDct(node, limit);
        case Codec::fft:
            return encodeFft(node, limit);
        case Codec::gaussian:
            return encodeGaussian(node, limit, effort);
        case Codec::wavelet:
            return encodeWavelet(node, limit);
    }
    return std::nullopt;
}

bool decodePayload(Codec codec, std::span<const std::byte> payload, const NodeShape& shape, float* out) {
    switch (codec) {
        case Codec::exact:
            return decodeExact(payload, shape, out);
        case Codec::quantised:
            return decodeQuantised(payload, shape, out);
        case Codec::dct:
            return decodeDct(payload, shape, out);
        case Codec::fft:
            return decodeFft(payload, shape, out);
        case Codec::gaussian:
            return decodeGaussian(payload, shape, out);
        case Codec::wavelet:
            return decodeWavelet(payload, shape, out);
    }
    return false;
}

/// With what the decoder makes of it measured; nothing when that is too far away.
std::optional<EncodedNode> tried(Codec codec, const Node& node, const ErrorLimit& limit,
                                 SearchEffort effort = SearchEffort::quick) {
    const auto payload = payloadOf(codec, node, limit, effort);
    if (!payload) return std::nullopt;
    std::vector<float> decoded(node.shape.count());
    if (!decodePayload(codec, *payload, node.shape, decoded.data())) return std::nullopt;
    const MeasuredError error = measureError(node.floats(), decoded);
    if (!error.within(limit)) return std::nullopt;
    return EncodedNode{{codec, node.shape, error}, assembled(codec, node, error, *payload), {}};
}

std::optional<EncodedNode> smallest(const Node& node, const ErrorLimit& limit, std::optional<Codec> without) {
    std::optional<EncodedNode> best;
    for (std::size_t c = 0; c < kCodecCount; ++c) {
        const auto codec = static_cast<Codec>(c);
        if (codec == without) continue;
        auto encoded = tried(codec, node, limit);
        if (encoded && (!best || encoded->stream.size() < best->stream.size())) best = std::move(encoded);
    }
    return best;
}

Result<EncodedNode> encodeChecked(const Node& node, const EncodeRequest& request) {
    const bool finite = allFinite(node.floats());
    if (!finite || request.codec == Codec::exact) {
        auto encoded = tried(Codec::exact, node, {});
        if (!encoded) return failure(ErrorCode::internal, "A sound of the cube could not be encoded.");
        if (request.codec != Codec::exact)
            encoded->note = "The node holds values that are not numbers, so it was kept exactly.";
        return std::move(*encoded);
    }
    if (request.codec) {
        if (auto encoded = tried(*request.codec, node, request.limit, SearchEffort::thorough))
            return std::move(*encoded);
    }
    auto best = smallest(node, request.limit, request.codec);
    if (!best) return failure(ErrorCode::internal, "A sound of the cube could not be encoded.");
    if (request.codec)
        best->note = "The codec asked for (" + std::string(codecName(*request.codec)) +
                     ") cannot keep to the error asked for here, so the node was kept with another (" +
                     std::string(codecName(best->header.codec)) + ").";
    return std::move(*best);
}

}  // namespace

std::string_view codecName(Codec codec) {
    return kNames[static_cast<std::size_t>(codec)];
}

Result<EncodedNode> encodeNode(const Node& node, const EncodeRequest& request) {
    if (auto checked = checkShape(node.shape); !checked) return propagate(checked);
    if (!(request.limit.largest >= 0) || !(request.limit.rms >= 0))
        return failure(ErrorCode::invalidArgument, "The largest error to allow must be 0 or more.");
    if (node.metadata.size() > kMostMetadata)
        return failure(ErrorCode::invalidArgument, "A node's metadata may not be longer than 16 MiB.");
    try {
        return encodeChecked(node, request);
    } catch (const std::bad_alloc&) {
        return outOfMemory(4 * node.shape.bytes());
    }
}

Result<StreamHeader> readStreamHeader(std::span<const std::byte> stream) {
    auto raw = parseHeader(stream);
    if (!raw) return propagate(raw);
    return raw->header;
}

Result<NodePointer> decodeNode(std::span<const std::byte> stream, std::size_t mostFloats) {
    auto raw = parseHeader(stream);
    if (!raw) return propagate(raw);
    const StreamHeader& header = raw->header;
    const std::uint64_t promised = std::uint64_t{kHeaderSize} + raw->payloadLength + raw->metadataLength;
    if (promised != stream.size()) return damaged("it is not as long as it says");
    if (checksumOf(stream) != raw->checksum) return damaged("its checksum is wrong");
    if (header.shape.count() > mostFloats)
        return damaged("it would have more values than are allowed here (" + shapeText(header.shape) + ")");
    const auto payload = stream.subspan(kHeaderSize, raw->payloadLength);
    const auto metadata = stream.subspan(kHeaderSize + raw->payloadLength);
    try {
        auto values = allocateFloats(header.shape.count());
        if (!values) return outOfMemory(header.shape.bytes());
        if (!decodePayload(header.codec, payload, header.shape, values.get()))
            return damaged("what it holds is not what its codec writes");
        if (header.codec != Codec::exact && !allFinite({values.get(), header.shape.count()}))
            return damaged("it holds values that are not numbers");
        return std::make_shared<const Node>(
            Node{header.shape, std::move(values),
                 std::string(reinterpret_cast<const char*>(metadata.data()), metadata.size())});
    } catch (const std::bad_alloc&) {
        return outOfMemory(4 * header.shape.bytes());
    }
}

void sealStream(std::span<std::byte> stream) {
    if (stream.size() < kHeaderSize) return;
    const std::uint64_t checksum = checksumOf(stream);
    for (std::size_t i = 0; i < sizeof(checksum); ++i)
        stream[kChecksumAt + i] = static_cast<std::byte>(checksum >> (8 * i));
}

}  // namespace smidgen::storage
