// Any bytes at all as a node's stream, with its checksum made right, so that every codec's decoder is
// reached.
#include <cstdint>
#include <vector>

#include "storage/wavetable/codec.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace smidgen;
    using namespace smidgen::storage;
    const auto given = std::as_bytes(std::span(bytes, size));
    Bytes stream(given.begin(), given.end());
    sealStream(stream);
    const auto header = readStreamHeader(stream);
    const auto node = decodeNode(stream, std::size_t{1} << 16);
    if (!header) {
        fuzz::expect(!node && header.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(header.error());
        return 0;
    }
    if (!node) {
        fuzz::expect(node.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(node.error());
        return 0;
    }
    fuzz::expect((*node)->shape == header->shape && (*node)->shape.count() <= std::size_t{1} << 16);
    fuzz::expect(header->codec == Codec::exact || allFinite((*node)->floats()));
    const auto again = encodeNode(**node, {Codec::exact, {.largest = 0}});
    fuzz::expect(again.has_value());
    const auto twice = decodeNode(again->stream);
    fuzz::expect(twice && measureError((*node)->floats(), (*twice)->floats()).largest == 0);
    fuzz::expect((*twice)->metadata == (*node)->metadata);
    return 0;
}
