// What lies between the stream's header and its metadata: one pair of functions a codec.
#pragma once

#include <optional>

#include "storage/wavetable/error_limit.h"
#include "storage/wavetable/gaussian_search.h"
#include "storage/wavetable/node.h"
#include "storage/wavetable/node_bytes.h"

namespace smidgen::storage {

// Encoders take finite values and give nothing when they cannot keep to the limit (encodeExact always can,
// and takes any values). Decoders write shape.count() values and give false for bytes that no encoder writes.
[[nodiscard]] Bytes encodeExact(const Node& node);
[[nodiscard]] std::optional<Bytes> encodeQuantised(const Node& node, const ErrorLimit& limit);
[[nodiscard]] std::optional<Bytes> encodeDct(const Node& node, const ErrorLimit& limit);
[[nodiscard]] std::optional<Bytes> encodeFft(const Node& node, const ErrorLimit& limit);
[[nodiscard]] std::optional<Bytes> encodeGaussian(const Node& node, const ErrorLimit& limit,
                                                  SearchEffort effort);
[[nodiscard]] std::optional<Bytes> encodeWavelet(const Node& node, const ErrorLimit& limit);

[[nodiscard]] bool decodeExact(std::span<const std::byte> payload, const NodeShape& shape, float* out);
[[nodiscard]] bool decodeQuantised(std::span<const std::byte> payload, const NodeShape& shape, float* out);
[[nodiscard]] bool decodeDct(std::span<const std::byte> payload, const NodeShape& shape, float* out);
[[nodiscard]] bool decodeFft(std::span<const std::byte> payload, const NodeShape& shape, float* out);
[[nodiscard]] bool decodeGaussian(std::span<const std::byte> payload, const NodeShape& shape, float* out);
[[nodiscard]] bool decodeWavelet(std::span<const std::byte> payload, const NodeShape& shape, float* out);

}  // namespace smidgen::storage
