// Any bytes at all as a node's stream, with its checksum made right, so that every codec's decoder is
// reached. What is accepted comes back the same once it is encoded exactly.
//
// Input: a byte that chooses a codec (modulo six) and where the stream comes from: the bytes as they are;
// changes of a good stream; or a shape (three bytes) and numbers, put into planes as an encoder would, so
// that what lies behind the compression is reached.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "storage/wavetable/block_grid.h"
#include "storage/wavetable/codec.h"
#include "storage/wavetable/integer_planes.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

constexpr std::size_t kMostFloats = std::size_t{1} << 16;

/// What the codec takes without giving way to another.
Bytes goodStream(Codec codec) {
    const NodeShape shape{16, 24, 2};
    std::vector<float> values(shape.count());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double row = static_cast<double>(i / shape.rowCount()) - 7.0;
        const double column = static_cast<double>(i % shape.rowCount() / shape.channels) - 11.0;
        values[i] = static_cast<float>(std::exp(-(row * row + column * column) / 40.0));
    }
    const auto node = makeNode(shape, values, "{}");
    const auto encoded = encodeNode(**node, {codec, {.largest = codec == Codec::exact ? 0.0 : 0.01}});
    expect(encoded && encoded->header.codec == codec);
    return encoded->stream;
}

Bytes bytesFrom(const std::vector<std::uint8_t>& bytes) {
    const auto given = std::as_bytes(std::span(bytes));
    return {given.begin(), given.end()};
}

Bytes composed(Codec codec, fuzz::Choices& choices) {
    const NodeShape shape{1U + choices.byte() % 40U, 1U + choices.byte() % 40U, 1U + choices.byte() % 3U};
    Bytes payload;
    NodeWriter writer(payload);
    if (codec == Codec::exact)
        writer.integer(choices.byte());
    else
        writer.integer(static_cast<std::int16_t>(choices.number(2)));
    const std::size_t count = codec == Codec::dct ? BlockGrid(shape).blocks() * kBlockSize : shape.count();
    std::vector<std::uint32_t> numbers(count);
    const int width = 1 + choices.byte() % 4;
    for (std::uint32_t& number : numbers) number = static_cast<std::uint32_t>(choices.number(width));
    writePlanes(numbers, payload);

    Bytes stream;
    NodeWriter header(stream);
    header.text("SWN1");
    header.integer(static_cast<std::uint8_t>(codec));
    header.integer(std::uint8_t{0});
    header.integer(static_cast<std::uint16_t>(shape.channels));
    header.integer(static_cast<std::uint16_t>(shape.rows));
    header.integer(static_cast<std::uint16_t>(shape.columns));
    header.real(0.5F);
    header.real(0.5F);
    header.integer(static_cast<std::uint32_t>(payload.size()));
    header.integer(std::uint32_t{0});
    header.integer(std::uint64_t{0});
    header.raw(payload);
    return stream;
}

Bytes streamFrom(fuzz::Choices& choices) {
    static const std::vector<Bytes> good = [] {
        std::vector<Bytes> streams;
        for (std::size_t c = 0; c < kCodecCount; ++c) streams.push_back(goodStream(static_cast<Codec>(c)));
        return streams;
    }();
    const std::uint8_t first = choices.byte();
    const std::size_t number = first % kCodecCount;
    const auto codec = static_cast<Codec>(number);
    Bytes stream;
    switch (first / kCodecCount % 3) {
        case 0:
            stream = bytesFrom({choices.rest().begin(), choices.rest().end()});
            break;
        case 1:
            stream = bytesFrom(fuzz::edited(fuzz::octets(std::span<const std::byte>(good[number])), choices));
            break;
        default:
            stream = codec == Codec::gaussian ? good[number] : composed(codec, choices);
            // A mixture is not compressed: its numbers are changed where they lie.
            if (codec == Codec::gaussian)
                for (std::size_t at = 36; at < stream.size() && !choices.atEnd(); ++at)
                    stream[at] = static_cast<std::byte>(choices.byte());
    }
    sealStream(stream);
    return stream;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    fuzz::Choices choices(bytes, size);
    const Bytes stream = streamFrom(choices);
    const auto header = readStreamHeader(stream);
    const auto node = decodeNode(stream, kMostFloats);
    if (!header) {
        expect(!node && header.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(header.error());
        return 0;
    }
    if (!node) {
        expect(node.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(node.error());
        return 0;
    }
    expect((*node)->shape == header->shape && (*node)->shape.count() <= kMostFloats);
    expect(header->codec == Codec::exact || allFinite((*node)->floats()));
    const auto again = encodeNode(**node, {Codec::exact, {.largest = 0}});
    expect(again.has_value());
    const auto twice = decodeNode(again->stream);
    expect(twice && std::memcmp((*node)->values.get(), (*twice)->values.get(), (*node)->shape.bytes()) == 0);
    expect((*twice)->metadata == (*node)->metadata);
    return 0;
}
