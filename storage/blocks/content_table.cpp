#include "storage/blocks/content_table.h"

#include <algorithm>

namespace smidgen::storage {
namespace {

tl::unexpected<Error> damagedContent(std::string detail) {
    return failure(ErrorCode::unusableInput,
                   "The content of a block is damaged. Run a repair, or restore a backup.",
                   std::move(detail));
}

constexpr const char* kColumns = "SELECT codec, size, sum, pack, place, length FROM content WHERE key = ?1";

}  // namespace

Result<PreparedContent> prepareContent(PackStore& packs, std::span<const std::byte> content) {
    PreparedContent prepared;
    Packed packed = packWhenItPays(content);
    prepared.packed = std::move(packed.bytes);
    prepared.plain = content;
    prepared.record.codec = packed.codec;
    prepared.record.size = content.size();
    prepared.record.sum = checksumOf(content);
    prepared.record.length = prepared.stored().size();
    if (prepared.record.length >= kPackedFrom) {
        auto appended = packs.append(prepared.record, prepared.stored());
        if (!appended) return propagate(appended);
        prepared.place = appended->place;
        prepared.hold = std::move(appended->hold);
    }
    return prepared;
}

Result<std::int64_t> insertContent(Connection& connection, const PreparedContent& content) {
    Statement insert = connection.use(
        "INSERT INTO content(codec, size, sum, pack, place, length, data) VALUES(?1,?2,?3,?4,?5,?6,?7)");
    insert.bind(1, static_cast<std::int64_t>(content.record.codec))
        .bind(2, static_cast<std::int64_t>(content.record.size))
        .bind(3, content.record.sum);
    if (content.place) {
        insert.bind(4, static_cast<std::int64_t>(content.place->pack))
            .bind(5, static_cast<std::int64_t>(content.place->offset))
            .bind(6, static_cast<std::int64_t>(content.place->length));
    } else {
        insert.bind(7, content.stored());
    }
    if (auto done = insert.run(); !done) return propagate(done);
    return connection.lastKey();
}

Result<ContentRow> findContent(Connection& connection, std::int64_t key) {
    Statement find = connection.use(kColumns);
    find.bind(1, key);
    auto row = find.step();
    if (!row) return propagate(row);
    if (!*row) return damagedContent("content row " + std::to_string(key) + " is missing");
    ContentRow content;
    content.key = key;
    if (find.integer(0) < 0 || find.integer(0) > static_cast<std::int64_t>(Compression::zstd))
        return damagedContent("codec of content row " + std::to_string(key));
    if (find.integer(1) < 0 || find.integer(5) < 0)
        return damagedContent("size of content row " + std::to_string(key));
    content.record.codec = static_cast<Compression>(find.integer(0));
    content.record.size = static_cast<std::uint64_t>(find.integer(1));
    content.record.sum = find.bytes<16>(2);
    if (!find.isNull(3)) {
        content.place = PackPlace{static_cast<std::uint64_t>(find.integer(3)),
                                  static_cast<std::uint64_t>(find.integer(4)),
                                  static_cast<std::uint64_t>(find.integer(5))};
        content.record.length = content.place->length;
        return content;
    }
    find.reset();
    Statement length = connection.use("SELECT length(data) FROM content WHERE key = ?1");
    length.bind(1, key);
    row = length.step();
    if (!row) return propagate(row);
    content.record.length = static_cast<std::uint64_t>(length.integer(0));
    return content;
}

Result<std::vector<std::byte>> readContent(Connection& connection, PackStore& packs, std::int64_t key,
                                           const Checksum& sum) {
    auto row = findContent(connection, key);
    if (!row) return propagate(row);
    if (row->record.sum != sum) return damagedContent("content row " + std::to_string(key) + " is another's");
    if (row->place) return packs.read(*row->place, row->record);
    Statement find = connection.use("SELECT data FROM content WHERE key = ?1");
    find.bind(1, key);
    auto found = find.step();
    if (!found) return propagate(found);
    auto content = unpack(row->record.codec, find.blob(0), row->record.size);
    if (!content) return content;
    if (checksumOf(*content) != sum) return damagedContent("sum of content row " + std::to_string(key));
    return content;
}

Status readStoredContent(Connection& connection, PackStore& packs, const ContentRow& row,
                         std::uint64_t offset, std::span<std::byte> bytes) {
    if (row.place) return packs.readStored(*row.place, offset, bytes);
    Statement find = connection.use("SELECT substr(data, ?2, ?3) FROM content WHERE key = ?1");
    find.bind(1, row.key)
        .bind(2, static_cast<std::int64_t>(offset + 1))
        .bind(3, static_cast<std::int64_t>(bytes.size()));
    auto found = find.step();
    if (!found) return propagate(found);
    const auto data = *found ? find.blob(0) : std::span<const std::byte>();
    if (data.size() != bytes.size())
        return damagedContent("content row " + std::to_string(row.key) + " is shorter");
    std::copy(data.begin(), data.end(), bytes.begin());
    return {};
}

}  // namespace smidgen::storage
