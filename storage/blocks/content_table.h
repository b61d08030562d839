// Contents: small ones in the database, large ones in packs.
#pragma once

#include "storage/blocks/connection.h"
#include "storage/blocks/pack_store.h"

namespace smidgen::storage {

/// Contents of this many bytes and more go into packs, by their stored size.
inline constexpr std::size_t kPackedFrom = 1 << 20;

/// A content made ready on the caller's thread: compressed, summed and, when large, already durable in a
/// pack. Refers to `content`, which must live as long.
struct PreparedContent {
    PackRecord record;
    std::vector<std::byte> packed;     ///< stored bytes, unless plain
    std::span<const std::byte> plain;  ///< stored bytes, when plain
    std::optional<PackPlace> place;
    std::shared_ptr<File> hold;  ///< keeps the pack until the row is committed
    [[nodiscard]] std::span<const std::byte> stored() const {
        return record.codec == Compression::plain ? plain : std::span<const std::byte>(packed);
    }
};

[[nodiscard]] Result<PreparedContent> prepareContent(PackStore& packs, std::span<const std::byte> content);

/// A content's row without its bytes.
struct ContentRow {
    std::int64_t key = 0;
    PackRecord record;
    std::optional<PackPlace> place;
};

/// Its key. Within a write transaction.
[[nodiscard]] Result<std::int64_t> insertContent(Connection& connection, const PreparedContent& content);
/// Errors: unusableInput when the row is missing or damaged.
[[nodiscard]] Result<ContentRow> findContent(Connection& connection, std::int64_t key);
/// The content, checked against `sum`. Errors: unusableInput when damaged.
[[nodiscard]] Result<std::vector<std::byte>> readContent(Connection& connection, PackStore& packs,
                                                         std::int64_t key, const Checksum& sum);
/// `bytes.size()` of the stored bytes from `offset`.
[[nodiscard]] Status readStoredContent(Connection& connection, PackStore& packs, const ContentRow& row,
                                       std::uint64_t offset, std::span<std::byte> bytes);

}  // namespace smidgen::storage
