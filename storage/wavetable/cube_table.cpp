#include "storage/wavetable/cube_table.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <utility>

namespace smidgen::storage {
namespace {

constexpr std::array<char, 8> kMagic{'S', 'M', 'I', 'D', 'C', 'U', 'B', '1'};
constexpr std::size_t kEntrySize = 36;

std::string_view magicText() {
    return {kMagic.data(), kMagic.size()};
}

bool readLayout(NodeReader& reader, CubeLayout& layout) {
    bool whole = true;
    for (std::uint32_t& size : layout.size) whole = whole && reader.integer(size);
    for (std::string& axis : layout.axes) {
        std::uint16_t length = 0;
        whole = whole && reader.integer(length) && reader.text(length, axis);
    }
    return whole && checkLayout(layout).has_value();
}

bool readEntry(NodeReader& reader, const CubeLayout& layout, StoredNode& node, std::uint64_t& offset) {
    std::uint32_t index = 0;
    std::uint16_t rows = 0;
    std::uint16_t columns = 0;
    std::uint16_t channels = 0;
    std::uint8_t codec = 0;
    std::uint8_t zero = 0;
    float largest = 0;
    float rms = 0;
    const bool whole = reader.integer(index) && reader.integer(offset) && reader.integer(node.length) &&
                       reader.integer(rows) && reader.integer(columns) && reader.integer(channels) &&
                       reader.integer(codec) && reader.integer(zero) && reader.real(largest) &&
                       reader.real(rms);
    if (!whole || index >= layout.pointCount() || codec >= kCodecCount || zero != 0) return false;
    if (!isErrorValue(largest) || !isErrorValue(rms)) return false;
    node.point = layout.pointAt(index);
    node.header = {static_cast<Codec>(codec),
                   {rows, columns, channels},
                   {static_cast<double>(largest), static_cast<double>(rms)}};
    return checkShape(node.header.shape).has_value();
}

}  // namespace

tl::unexpected<Error> damagedCube(const std::string& name, const std::string& how) {
    return failure(ErrorCode::unusableInput,
                   "'" + name + "' is not a usable cube: " + how + ". Take it from a backup.");
}

Bytes composeCubeTable(const CubeLayout& layout, std::span<const StoredNode> nodes) {
    Bytes bytes;
    NodeWriter writer(bytes);
    writer.text(magicText());
    for (const std::uint32_t size : layout.size) writer.integer(size);
    for (const std::string& axis : layout.axes) {
        writer.integer(static_cast<std::uint16_t>(axis.size()));
        writer.text(axis);
    }
    writer.integer(static_cast<std::uint32_t>(nodes.size()));
    std::uint64_t offset = bytes.size() + nodes.size() * kEntrySize + sizeof(std::uint64_t);
    for (const StoredNode& node : nodes) {
        writer.integer(static_cast<std::uint32_t>(layout.indexOf(node.point)));
        writer.integer(offset);
        writer.integer(node.length);
        writer.integer(static_cast<std::uint16_t>(node.header.shape.rows));
        writer.integer(static_cast<std::uint16_t>(node.header.shape.columns));
        writer.integer(static_cast<std::uint16_t>(node.header.shape.channels));
        writer.integer(static_cast<std::uint8_t>(node.header.codec));
        writer.integer(std::uint8_t{0});
        writer.real(static_cast<float>(node.header.error.largest));
        writer.real(static_cast<float>(node.header.error.rms));
        offset += node.length;
    }
    writer.integer(static_cast<std::uint64_t>(XXH3_64bits(bytes.data(), bytes.size())));
    return bytes;
}

std::uint64_t cubeTableSize(std::span<const std::byte> head) {
    NodeReader reader(head);
    CubeLayout layout;
    std::string magic;
    std::uint32_t count = 0;
    if (!reader.text(kMagic.size(), magic) || !readLayout(reader, layout) || !reader.integer(count) ||
        count > layout.pointCount())
        return head.size();
    return head.size() - reader.left() + std::uint64_t{count} * kEntrySize + sizeof(std::uint64_t);
}

Result<CubeTable> parseCubeTable(std::span<const std::byte> bytes, std::uint64_t fileSize,
                                 const std::string& name) {
    NodeReader reader(bytes);
    CubeTable table;
    std::string magic;
    std::uint32_t count = 0;
    if (!reader.text(kMagic.size(), magic) || magic != magicText())
        return damagedCube(name, "it does not begin like one");
    if (!readLayout(reader, table.layout) || !reader.integer(count))
        return damagedCube(name, "its size or its axes are not possible");
    if (count > table.layout.pointCount() || count > reader.left() / kEntrySize)
        return damagedCube(name, "it claims more sounds than it can hold");
    const std::size_t tableSize = bytes.size() - reader.left() + count * kEntrySize;
    std::uint64_t expected = tableSize + sizeof(std::uint64_t);
    for (std::uint32_t i = 0; i < count; ++i) {
        StoredNode node;
        std::uint64_t offset = 0;
        if (!readEntry(reader, table.layout, node, offset))
            return damagedCube(name, "its table has an impossible entry");
        if (i > 0 && table.layout.indexOf(node.point) <= table.layout.indexOf(table.nodes.back().point))
            return damagedCube(name, "its table is not in order");
        if (offset != expected || offset > fileSize || node.length > fileSize - offset)
            return damagedCube(name, "its table points outside it");
        expected = offset + node.length;
        table.nodes.push_back(node);
        table.offsets.push_back(offset);
    }
    std::uint64_t checksum = 0;
    if (!reader.integer(checksum) || checksum != XXH3_64bits(bytes.data(), tableSize))
        return damagedCube(name, "the checksum of its table is wrong");
    if (expected != fileSize) return damagedCube(name, "it is not as long as its table says");
    table.end = expected;
    return table;
}

}  // namespace smidgen::storage
