// Payload: one byte, 0 for the values' bits as they are, 1 for their Lorenzo residuals; then the planes of
// integer_planes.h. Bits are first made to count upwards with the value, so that near values are near
// numbers.
#include <bit>

#include "storage/wavetable/codec_loops.h"
#include "storage/wavetable/integer_planes.h"
#include "storage/wavetable/payload.h"

namespace smidgen::storage {
namespace {

enum class Form : std::uint8_t { plain = 0, predicted = 1 };

std::uint32_t ordered(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

float fromOrdered(std::uint32_t number) {
    return std::bit_cast<float>((number & 0x80000000U) != 0 ? number & 0x7FFFFFFFU : ~number);
}

}  // namespace

Bytes encodeExact(const Node& node) {
    const auto values = node.floats();
    const std::size_t row = node.shape.rowCount();
    std::vector<std::uint32_t> numbers(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) numbers[i] = std::bit_cast<std::uint32_t>(values[i]);
    Bytes plain{static_cast<std::byte>(Form::plain)};
    writePlanes(numbers, plain);

    std::vector<std::int32_t> steps(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) steps[i] = static_cast<std::int32_t>(ordered(values[i]));
    for (std::size_t r = 0; r < node.shape.rows; ++r)
        lorenzoRow(steps.data() + r * row, r > 0 ? steps.data() + (r - 1) * row : nullptr,
                   numbers.data() + r * row, node.shape.channels, row);
    Bytes predicted{static_cast<std::byte>(Form::predicted)};
    writePlanes(numbers, predicted);
    return predicted.size() < plain.size() ? predicted : plain;
}

bool decodeExact(std::span<const std::byte> payload, const NodeShape& shape, float* out) {
    NodeReader reader(payload);
    std::uint8_t form = 0;
    if (!reader.integer(form) || form > static_cast<std::uint8_t>(Form::predicted)) return false;
    std::vector<std::uint32_t> numbers(shape.count());
    if (!readPlanes(reader, numbers) || !reader.atEnd()) return false;
    if (form == static_cast<std::uint8_t>(Form::plain)) {
        for (std::size_t i = 0; i < numbers.size(); ++i) out[i] = std::bit_cast<float>(numbers[i]);
        return true;
    }
    const std::size_t row = shape.rowCount();
    std::vector<std::int32_t> steps(numbers.size());
    for (std::size_t r = 0; r < shape.rows; ++r)
        lorenzoRestoreRow(numbers.data() + r * row, r > 0 ? steps.data() + (r - 1) * row : nullptr,
                          steps.data() + r * row, shape.channels, row);
    for (std::size_t i = 0; i < steps.size(); ++i) out[i] = fromOrdered(static_cast<std::uint32_t>(steps[i]));
    return true;
}

}  // namespace smidgen::storage
