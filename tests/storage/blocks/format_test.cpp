// The pieces that bytes on disk are made of.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "storage/blocks/block_id.h"
#include "storage/blocks/block_record.h"
#include "storage/blocks/byte_stream.h"
#include "storage/blocks/compression.h"
#include "storage/blocks/pack_store.h"
#include "storage/blocks/sha256.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::bytesOf;

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

std::span<const std::byte> textBytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

Block sample() {
    Block block;
    block.id = BlockId::make();
    block.name = "kick";
    block.kind = BlockClass::take;
    block.project = "north";
    block.owner = "ada";
    block.tags = {"drum", "low"};
    block.sharedWith = {"south"};
    block.permissions = {{"*", kMayRead}, {"ben", kMayAll}};
    block.version = 7;
    block.created = 1'700'000'000'000;
    block.updated = 1'700'000'000'001;
    block.contentSize = 9;
    block.lineage = {{3, 1}, {9, 6}};
    return block;
}

TEST(BlockIds, AscendStrictlyAndCarryTheTime) {
    const std::int64_t before = currentMilliseconds();
    BlockId last = BlockId::make();
    std::uint64_t milliseconds = 0;
    for (int i = 0; i < 6; ++i) milliseconds = (milliseconds << 8) | last.bytes[static_cast<std::size_t>(i)];
    EXPECT_GE(static_cast<std::int64_t>(milliseconds), before);
    for (int i = 0; i < 20'000; ++i) {
        const BlockId next = BlockId::make();
        ASSERT_GT(next, last);
        ASSERT_EQ(next.bytes[6] >> 4, 7) << "version";
        ASSERT_EQ(next.bytes[8] >> 6, 2) << "variant";
        last = next;
    }
}

TEST(BlockIds, ReadBackWhatTheyWrite) {
    const BlockId id = BlockId::make();
    EXPECT_EQ(BlockId::parse(id.text()), id);
    const auto known = BlockId::parse("018f3c5e-7b1a-7c3d-9e2f-0123456789ab");
    ASSERT_TRUE(known);
    EXPECT_EQ(known->text(), "018f3c5e-7b1a-7c3d-9e2f-0123456789ab");
    EXPECT_FALSE(BlockId::parse("018f3c5e-7b1a-7c3d-9e2f-0123456789a"));
    EXPECT_FALSE(BlockId::parse("018f3c5e-7b1a-7c3d-9e2f-0123456789ag"));
    EXPECT_FALSE(BlockId::parse("018f3c5e77b1a-7c3d-9e2f-0123456789ab"));
}

TEST(Sha256, AgreesWithTheStandardsExamples) {
    // FIPS 180-4 and NIST's example values.
    EXPECT_EQ(hex(sha256Of(textBytes("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256Of({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256Of(textBytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    const std::string million(1'000'000, 'a');
    EXPECT_EQ(hex(sha256Of(textBytes(million))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    // Every length around the borders of its pieces, both ways.
    for (std::size_t length = 0; length < 200; ++length) {
        const auto bytes = testing::bytesOf(length, length);
        EXPECT_EQ(sha256Of(bytes), portableSha256Of(bytes)) << length;
    }
}

TEST(Checksums, AgreeWithXxhashsOwn) {
    // XXH3_128bits of nothing, from the reference implementation's documentation.
    EXPECT_EQ(hex(checksumOf({})), "99aa06d3014798d86001c324468d497f");
}

TEST(Compression, PaysOrIsLeftOut) {
    const auto noise = bytesOf(100'000, 1);
    EXPECT_EQ(packWhenItPays(noise).codec, Compression::plain);
    EXPECT_EQ(packWhenItPays(bytesOf(16, 1, false)).codec, Compression::plain) << "too small to gain";
    const auto regular = bytesOf(100'000, 1, false);
    const Packed packed = packWhenItPays(regular);
    ASSERT_EQ(packed.codec, Compression::zstd);
    EXPECT_LT(packed.bytes.size(), regular.size() / 10);
    auto back = unpack(packed.codec, packed.bytes, regular.size());
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, regular);
}

TEST(Compression, RefusesWhatIsNotThatContent) {
    const auto regular = bytesOf(10'000, 1, false);
    const Packed packed = packWhenItPays(regular);
    EXPECT_EQ(testing::codeOf(unpack(packed.codec, packed.bytes, regular.size() + 1)),
              ErrorCode::unusableInput);
    EXPECT_EQ(testing::codeOf(unpack(Compression::zstd, std::span(packed.bytes).first(9), regular.size())),
              ErrorCode::unusableInput);
    EXPECT_EQ(testing::codeOf(unpack(Compression::zstd, {}, std::uint64_t{1} << 60)),
              ErrorCode::unusableInput);
    EXPECT_EQ(testing::codeOf(unpack(Compression::plain, regular, 5)), ErrorCode::unusableInput);
    // A frame of a few bytes that claims a tebibyte, which must not be allocated first.
    const std::array<std::uint8_t, 17> frame{0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0, 0, 0, 0,
                                             0,    1,    0,    0,    1,    0, 0, 0};
    EXPECT_EQ(
        testing::codeOf(unpack(Compression::zstd, std::as_bytes(std::span(frame)), std::uint64_t{1} << 40)),
        ErrorCode::unusableInput);
}

TEST(BlockRecords, ReadBackWhatTheyWrite) {
    const Block block = sample();
    ByteWriter out;
    writeRecord(block, out);
    auto back = readRecord(out.bytes());
    ASSERT_TRUE(back);
    ByteWriter again;
    writeRecord(*back, again);
    EXPECT_TRUE(std::ranges::equal(out.bytes(), again.bytes()));
    EXPECT_EQ(back->name, block.name);
    EXPECT_EQ(back->permissions, block.permissions);
    EXPECT_EQ(back->lineage, block.lineage);
}

TEST(BlockRecords, RefuseEveryTruncationAndSurviveEveryFlip) {
    ByteWriter out;
    writeRecord(sample(), out);
    const std::vector<std::byte> bytes(out.bytes().begin(), out.bytes().end());
    for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(readRecord(std::span(bytes).first(n))) << n;
    const Checksum sum = checksumOf(bytes);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto flipped = bytes;
        flipped[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
        const auto read = readRecord(flipped);
        EXPECT_TRUE(!read || recordSum(*read) != sum) << "bit " << bit;
    }
}

TEST(Vectors, ReadBackWhatTheyWrite) {
    const std::vector<BlockVector> vectors{{"descriptors", {1.0F, -0.0F, 3.5e-30F}}, {"takes", {2.0F}}};
    const auto bytes = writeVectors(vectors);
    auto back = readVectors(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, vectors);
    for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(readVectors(std::span(bytes).first(n))) << n;
}

TEST(PackFormat, SealsItsHeaders) {
    const PackRecord record{Compression::zstd, 5'000'000, 1'200'000, checksumOf(bytesOf(10, 3))};
    const auto header = recordHeader(record);
    ASSERT_EQ(header.size(), kPackRecordBytes);
    auto back = readRecordHeader(header);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->size, record.size);
    EXPECT_EQ(back->length, record.length);
    EXPECT_EQ(back->sum, record.sum);
    const auto file = packHeader(42);
    ASSERT_EQ(file.size(), kPackHeaderBytes);
    EXPECT_TRUE(checkPackHeader(file, 42));
    EXPECT_FALSE(checkPackHeader(file, 43));
    for (std::size_t bit = 0; bit < header.size() * 8; ++bit) {
        auto flipped = header;
        flipped[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
        EXPECT_FALSE(readRecordHeader(flipped)) << bit;
    }
    for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
        auto flipped = file;
        flipped[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
        EXPECT_FALSE(checkPackHeader(flipped, 42)) << bit;
    }
}

}  // namespace
}  // namespace smidgen::storage
