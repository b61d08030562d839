#include <algorithm>

#include "storage/blocks/byte_stream.h"
#include "storage/blocks/pack_store.h"

namespace smidgen::storage {
namespace {

constexpr std::string_view kFileMagic = "SMIDPACK";
constexpr std::string_view kRecordMagic = "SMIDREC\n";
constexpr std::uint32_t kPackVersion = 1;

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text));
}

void seal(ByteWriter& out) {
    const Checksum sum = checksumOf(out.bytes());
    out.raw(std::as_bytes(std::span(sum)).first(8));
}

bool isSealed(std::span<const std::byte> bytes) {
    const Checksum sum = checksumOf(bytes.first(bytes.size() - 8));
    const auto expected = std::as_bytes(std::span(sum)).first(8);
    return std::equal(expected.begin(), expected.end(), bytes.end() - 8);
}

bool startsWith(std::span<const std::byte> bytes, std::string_view magic) {
    return std::equal(magic.begin(), magic.end(), bytes.begin(),
                      [](char c, std::byte b) { return static_cast<std::byte>(c) == b; });
}

tl::unexpected<Error> damaged(const char* what) {
    return failure(ErrorCode::unusableInput,
                   std::string(what) + " of a pack file is damaged. Run a repair, or restore a backup.");
}

}  // namespace

std::vector<std::byte> packHeader(std::uint64_t name) {
    ByteWriter out;
    out.raw(bytesOf(kFileMagic));
    out.u32(kPackVersion);
    out.u64(name);
    out.u32(0);
    seal(out);
    return out.take();
}

Status checkPackHeader(std::span<const std::byte> bytes, std::uint64_t name) {
    if (bytes.size() != kPackHeaderBytes || !startsWith(bytes, kFileMagic) || !isSealed(bytes))
        return damaged("The beginning");
    ByteReader in(bytes.subspan(kFileMagic.size()));
    if (in.u32() != kPackVersion)
        return failure(ErrorCode::unusableInput,
                       "A pack file was written by a later version of Smidgen. Update Smidgen to open it.");
    if (in.u64() != name) return damaged("The name");
    return {};
}

std::vector<std::byte> recordHeader(const PackRecord& record) {
    ByteWriter out;
    out.raw(bytesOf(kRecordMagic));
    out.number(static_cast<std::uint64_t>(record.codec), 8);
    out.u64(record.size);
    out.u64(record.length);
    out.fixed(record.sum);
    seal(out);
    return out.take();
}

Result<PackRecord> readRecordHeader(std::span<const std::byte> bytes) {
    if (bytes.size() != kPackRecordBytes || !startsWith(bytes, kRecordMagic) || !isSealed(bytes))
        return damaged("A record");
    ByteReader in(bytes.subspan(kRecordMagic.size()));
    PackRecord record;
    const std::uint64_t codec = in.u64();
    if (codec > static_cast<std::uint64_t>(Compression::zstd)) return damaged("A record");
    record.codec = static_cast<Compression>(codec);
    record.size = in.u64();
    record.length = in.u64();
    in.fixed(record.sum);
    return record;
}

}  // namespace smidgen::storage
