// The vectors of one named space in memory, in step with the store.
#pragma once

#include <filesystem>
#include <optional>
#include <unordered_map>

#include "storage/blocks/reader_pool.h"
#include "storage/blocks/vector_spaces.h"
#include "storage/vectors/vector_index.h"

namespace smidgen::storage {

/// Where a store's history stands: the number of its last change, and the hash of that entry in the audit
/// log, by which two histories of equal length are told apart.
struct HistoryMark {
    std::uint64_t change = 0;
    std::uint64_t hash = 0;
    bool operator==(const HistoryMark&) const = default;
};

/// Of the view that the reader has; of an earlier change when `change` is given. Errors: notFound when there
/// is no such change.
[[nodiscard]] Result<HistoryMark> historyMark(Connection& connection,
                                              std::optional<std::uint64_t> change = std::nullopt);

/// Searching is thread-safe; everything that changes it needs it alone.
class SpaceIndex {
 public:
    SpaceIndex(VectorSpace space, const IndexOptions& options)
        : m_space(std::move(space)), m_index(m_space.space, options) {}

    /// Takes over the newest cache file in `folder` that is whole and of this store's history. False when
    /// there is none.
    [[nodiscard]] bool load(const std::filesystem::path& folder, Connection& connection);
    /// Writes the cache file, in place of earlier ones. Nothing happens when it is there already. Errors: io.
    [[nodiscard]] Status save(const std::filesystem::path& folder);

    /// Takes in what has changed up to the view that `reader` has; everything, when it is empty. Errors: io.
    [[nodiscard]] Status follow(Reader& reader);
    /// Up to which change it is in step.
    [[nodiscard]] const HistoryMark& mark() const { return m_mark; }

    /// One past the block's last slot that may have a vector here.
    [[nodiscard]] std::size_t slotEnd(std::int64_t block) const;
    [[nodiscard]] const VectorSpace& space() const { return m_space; }
    [[nodiscard]] const VectorIndex& index() const { return m_index; }

 private:
    [[nodiscard]] Status fill(Reader& reader);
    [[nodiscard]] Status takeIn(Reader& reader, const BlockChange& change);
    void forget(std::int64_t block);
    [[nodiscard]] Status add(std::uint64_t key, std::span<const float> values);
    [[nodiscard]] std::string filePrefix() const;

    VectorSpace m_space;
    VectorIndex m_index;
    HistoryMark m_mark;
    HistoryMark m_saved;
    std::unordered_map<std::int64_t, std::uint32_t> m_slotEnds;  ///< by block
};

}  // namespace smidgen::storage
