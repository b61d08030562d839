// Any bytes at all as what stands in a block's row: its record, its vectors, its metadata, its packed
// content. What is accepted is written as the same bytes.
//
// Input: a byte that chooses what (and, odd, changes of a good one), then the bytes.
#include <algorithm>
#include <string>

#include "storage/blocks/block_record.h"
#include "storage/blocks/block_table.h"
#include "storage/blocks/byte_stream.h"
#include "storage/blocks/compression.h"
#include "storage/blocks/word_table.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

Block goodBlock() {
    Block block;
    block.name = "take";
    block.metadata = R"({"bpm": 120, "tags": ["a", 1.5e3], "where": {"path": "x"}})";
    block.tags = {"drum", "loop"};
    block.project = "north";
    block.sharedWith = {"south"};
    block.owner = "ada";
    block.permissions = {{"*", kMayRead}, {"ben", kMayAll}};
    block.lineage = {{1, 2}, {3, 4}};
    block.vectors = {{"takes", {1.0F, 2.0F}}, {"more", {3.0F}}};
    return block;
}

bool sameBytes(std::span<const std::byte> a, std::span<const std::byte> b) {
    return std::ranges::equal(a, b);
}

void refused(const Error& error) {
    expect(error.code == ErrorCode::unusableInput);
    fuzz::expectSentence(error);
}

void tryRecord(std::span<const std::byte> bytes) {
    const auto block = readRecord(bytes);
    if (!block) return refused(block.error());
    ByteWriter out;
    writeRecord(*block, out);
    expect(sameBytes(out.bytes(), bytes));
    Block tidy = *block;
    normalise(tidy);
    (void)checkFields(tidy);
    (void)passageOf(tidy);
    (void)sectionPassagesOf(tidy, bytes);
}

void tryVectors(std::span<const std::byte> bytes) {
    const auto vectors = readVectors(bytes);
    if (!vectors) return refused(vectors.error());
    expect(sameBytes(writeVectors(*vectors), bytes));
}

void tryMetadata(std::span<const std::byte> bytes) {
    Block block = goodBlock();
    block.metadata.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (const auto fit = checkFields(block); !fit) {
        expect(fit.error().code == ErrorCode::invalidArgument);
        fuzz::expectSentence(fit.error());
    }
    (void)passageOf(block);
}

void tryContent(std::span<const std::byte> bytes, bool compressed) {
    // A size that a caller's row might name: the first three bytes.
    ByteReader in(bytes);
    const std::uint64_t size = in.number(3);
    const auto stored = in.raw(bytes.size() > 3 ? bytes.size() - 3 : 0);
    const auto content = unpack(compressed ? Compression::zstd : Compression::plain, stored, size);
    if (!content) return refused(content.error());
    expect(content->size() == size);
    if (!compressed) expect(sameBytes(*content, stored));
    const Packed again = packWhenItPays(*content);
    if (again.codec == Compression::plain) return;
    const auto twice = unpack(again.codec, again.bytes, size);
    expect(twice && *twice == *content);
}

std::vector<std::uint8_t> goodBytes(int what) {
    const Block block = goodBlock();
    ByteWriter out;
    switch (what) {
        case 0:
            writeRecord(block, out);
            break;
        case 1:
            out.raw(writeVectors(block.vectors));
            break;
        case 2:
            out.raw(std::as_bytes(std::span(block.metadata)));
            break;
        case 3: {
            std::vector<std::byte> content(4000);
            for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::byte>(i / 60);
            out.number(content.size(), 3);
            out.raw(packWhenItPays(content).bytes);
            break;
        }
        default:
            out.number(5, 3);
            out.raw(std::as_bytes(std::span("hello").first(5)));
    }
    return fuzz::octets(out.bytes());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    fuzz::Choices choices(bytes, size);
    const std::uint8_t first = choices.byte();
    const int what = first / 2 % 5;
    const auto rest = choices.rest();
    const std::vector<std::uint8_t> given = first % 2 == 1
                                                ? fuzz::edited(goodBytes(what), choices)
                                                : std::vector<std::uint8_t>(rest.begin(), rest.end());
    const auto input = std::as_bytes(std::span(given));
    switch (what) {
        case 0:
            tryRecord(input);
            break;
        case 1:
            tryVectors(input);
            break;
        case 2:
            tryMetadata(input);
            break;
        default:
            tryContent(input, what == 3);
    }
    (void)lineageOf(input);
    return 0;
}
