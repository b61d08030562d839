#include "storage/blocks/block_record.h"

#include <algorithm>
#include <cmath>

#include "storage/blocks/byte_stream.h"
#include "storage/blocks/json_scan.h"

namespace smidgen::storage {
namespace {

constexpr std::uint8_t kRecordVersion = 1;
constexpr std::size_t kLongestName = 1024;
constexpr std::size_t kLongestMetadata = 16 << 20;
constexpr std::size_t kMostValues = 1 << 20;
constexpr std::size_t kMostTags = 1024;

tl::unexpected<Error> damagedRecord() {
    return failure(ErrorCode::unusableInput,
                   "A block's record is damaged. Run a repair, or restore a backup.");
}

tl::unexpected<Error> unfit(const std::string& name, const std::string& reason) {
    return failure(ErrorCode::invalidArgument, "'" + name + "' cannot be kept: " + reason + ".");
}

template <typename T>
void sortOnce(std::vector<T>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// Block and BlockDraft name these fields alike.
template <typename Fields>
Status check(const Fields& block) {
    if (block.name.empty()) return failure(ErrorCode::invalidArgument, "A block needs a name.");
    if (block.name.size() > kLongestName) return unfit(block.name, "its name is longer than 1024 bytes");
    if (block.mimeType.size() > kLongestName)
        return unfit(block.name, "its MIME type is longer than 1024 bytes");
    if (block.metadata.size() > kLongestMetadata)
        return unfit(block.name, "its metadata is longer than 16 MiB");
    const std::size_t first = block.metadata.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || block.metadata[first] != '{' || !isJson(block.metadata))
        return unfit(block.name, "its metadata is not a JSON object");
    if (block.tags.size() > kMostTags) return unfit(block.name, "it has more than 1024 tags");
    for (const std::string& tag : block.tags)
        if (tag.empty() || tag.size() > kLongestName || tag.find('\n') != std::string::npos)
            return unfit(block.name, "a tag is empty, longer than 1024 bytes or has a line break");
    for (const Permission& permission : block.permissions)
        if (permission.principal.empty() || (permission.rights & ~kMayAll) != 0)
            return unfit(block.name, "a permission names nobody or a right that does not exist");
    if (block.vectors.size() > static_cast<std::size_t>(kVectorsPerBlock))
        return unfit(block.name, "it has more than 65536 vectors");
    for (const BlockVector& vector : block.vectors) {
        if (vector.space.empty() || vector.space.size() > kLongestName)
            return unfit(block.name, "a vector does not say which space it lies in");
        if (vector.values.empty() || vector.values.size() > kMostValues)
            return unfit(block.name, "a vector has no values or more than 1048576");
        if (!std::all_of(vector.values.begin(), vector.values.end(),
                         [](float v) { return std::isfinite(v); }))
            return unfit(block.name, "a vector has a value that is not a number");
    }
    return {};
}

}  // namespace

Status checkFields(const Block& block) {
    return check(block);
}

Status checkFields(const BlockDraft& draft) {
    return check(draft);
}

void writeRecord(const Block& block, ByteWriter& out) {
    out.u8(kRecordVersion);
    out.fixed(block.id.bytes);
    out.u64(block.version);
    out.u8(static_cast<std::uint8_t>(block.kind));
    out.u8(static_cast<std::uint8_t>(block.status));
    out.u8(block.readOnly ? 1 : 0);
    out.u64(static_cast<std::uint64_t>(block.created));
    out.u64(static_cast<std::uint64_t>(block.updated));
    out.u64(block.contentSize);
    out.fixed(block.contentSum);
    for (const std::string* text :
         {&block.name, &block.mimeType, &block.metadata, &block.project, &block.owner})
        out.text(*text);
    for (const auto* list : {&block.tags, &block.sharedWith}) {
        out.u32(static_cast<std::uint32_t>(list->size()));
        for (const std::string& text : *list) out.text(text);
    }
    out.u32(static_cast<std::uint32_t>(block.permissions.size()));
    for (const Permission& permission : block.permissions) {
        out.text(permission.principal);
        out.u8(permission.rights);
    }
    out.u32(static_cast<std::uint32_t>(block.lineage.size()));
    for (const auto& [store, count] : block.lineage) {
        out.u64(store);
        out.u64(count);
    }
}

Checksum recordSum(const Block& block) {
    thread_local ByteWriter buffer;
    buffer.clear();
    writeRecord(block, buffer);
    return checksumOf(buffer.bytes());
}

Result<Block> readRecord(std::span<const std::byte> bytes) {
    ByteReader in(bytes);
    Block block;
    if (in.u8() != kRecordVersion) return damagedRecord();
    in.fixed(block.id.bytes);
    block.version = in.u64();
    const std::uint8_t kind = in.u8(), status = in.u8(), readOnly = in.u8();
    if (kind > static_cast<std::uint8_t>(BlockClass::custom) ||
        status > static_cast<std::uint8_t>(BlockStatus::deleted) || readOnly > 1)
        return damagedRecord();
    block.kind = static_cast<BlockClass>(kind);
    block.status = static_cast<BlockStatus>(status);
    block.readOnly = readOnly == 1;
    block.created = static_cast<std::int64_t>(in.u64());
    block.updated = static_cast<std::int64_t>(in.u64());
    block.contentSize = in.u64();
    in.fixed(block.contentSum);
    for (std::string* text : {&block.name, &block.mimeType, &block.metadata, &block.project, &block.owner})
        *text = in.text();
    for (auto* list : {&block.tags, &block.sharedWith}) {
        const std::size_t n = in.count(4);
        for (std::size_t i = 0; i < n; ++i) list->push_back(in.text());
    }
    const std::size_t permissions = in.count(5);
    for (std::size_t i = 0; i < permissions; ++i) {
        std::string principal = in.text();
        block.permissions.push_back({std::move(principal), in.u8()});
    }
    const std::size_t stores = in.count(16);
    for (std::size_t i = 0; i < stores; ++i) {
        const std::uint64_t store = in.u64();
        block.lineage.emplace_back(store, in.u64());
    }
    if (!in.atEnd()) return damagedRecord();
    return block;
}

std::vector<std::byte> vectorBytes(const BlockVector& vector) {
    ByteWriter out;
    for (const float value : vector.values) out.u32(std::bit_cast<std::uint32_t>(value));
    return out.take();
}

Checksum vectorSum(std::int64_t key, std::string_view space, std::span<const std::byte> values) {
    thread_local ByteWriter buffer;
    buffer.clear();
    buffer.u64(static_cast<std::uint64_t>(key));
    buffer.text(space);
    buffer.raw(values);
    return checksumOf(buffer.bytes());
}

std::vector<std::byte> writeVectors(const std::vector<BlockVector>& vectors) {
    ByteWriter out;
    out.u32(static_cast<std::uint32_t>(vectors.size()));
    for (const BlockVector& vector : vectors) {
        out.text(vector.space);
        out.sized(vectorBytes(vector));
    }
    return out.take();
}

Result<std::vector<BlockVector>> readVectors(std::span<const std::byte> bytes) {
    ByteReader in(bytes);
    std::vector<BlockVector> vectors(in.count(8));
    for (BlockVector& vector : vectors) {
        vector.space = in.text();
        const auto values = in.sized();
        if (values.size() % 4 != 0) return damagedRecord();
        ByteReader numbers(values);
        vector.values.resize(values.size() / 4);
        for (float& value : vector.values) value = std::bit_cast<float>(numbers.u32());
    }
    if (!in.atEnd()) return damagedRecord();
    return vectors;
}

void normalise(Block& block) {
    sortOnce(block.tags);
    sortOnce(block.sharedWith);
    sortOnce(block.permissions);
    auto& list = block.permissions;
    for (std::size_t i = 1; i < list.size();) {
        if (list[i].principal != list[i - 1].principal) {
            ++i;
            continue;
        }
        list[i - 1].rights = static_cast<Rights>(list[i - 1].rights | list[i].rights);
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

}  // namespace smidgen::storage
