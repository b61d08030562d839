// What the store keeps: blocks, their vectors, and who may touch them. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/blocks/block_id.h"
#include "storage/blocks/checksum.h"

namespace smidgen::storage {

/// The numbers are on disk.
enum class BlockClass : std::uint8_t {
    model = 0,
    codes = 1,
    preset = 2,
    cube = 3,
    take = 4,
    collection = 5,
    documentation = 6,
    state = 7,
    cache = 8,
    custom = 9
};

/// The numbers are on disk.
enum class BlockStatus : std::uint8_t {
    active = 0,
    archived = 1,  ///< kept, out of the way of listing
    deleted = 2    ///< in the trash: can be restored until it is purged
};

/// Bits of what a principal may do with a block. The numbers are on disk.
using Rights = std::uint8_t;
inline constexpr Rights kMayRead = 1;
inline constexpr Rights kMayWrite = 2;   ///< change, archive, link from it
inline constexpr Rights kMayRemove = 4;  ///< delete, restore, purge
inline constexpr Rights kMayShare = 8;   ///< into other projects, and change permissions
inline constexpr Rights kMayAll = 15;

/// `principal`: a caller's name, or "*" for everyone.
struct Permission {
    std::string principal;
    Rights rights = 0;
    auto operator<=>(const Permission&) const = default;
};

/// Who asks, and from which project (namespace). A caller sees the blocks of its project and those shared
/// into it.
struct Caller {
    std::string name;
    std::string project;
};

/// One embedding of a block. `space` names what the numbers mean ("descriptors", "takes-ball-12").
struct BlockVector {
    std::string space;
    std::vector<float> values;  ///< at most 65 536 vectors a block, 1 Mi values a vector
    bool operator==(const BlockVector&) const = default;
};

/// How often each store has changed a block (version vector, Parker et al. 1983); ascending by store.
using Lineage = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

struct Block {
    BlockId id;
    std::string name;  ///< 1 to 1024 bytes of UTF-8
    BlockClass kind = BlockClass::custom;
    std::string mimeType = "application/octet-stream";
    std::string metadata = "{}";          ///< a JSON object
    std::vector<std::string> tags;        ///< ascending, each once
    std::string project;                  ///< where it was made
    std::vector<std::string> sharedWith;  ///< other projects that see it, ascending
    std::string owner;                    ///< may do everything in its projects
    std::vector<Permission> permissions;  ///< ascending; none: everyone in its projects may do everything
    bool readOnly = false;                ///< nothing but this flag can be changed
    BlockStatus status = BlockStatus::active;
    std::uint64_t version = 0;  ///< 1 when made, +1 with each change
    std::int64_t created = 0;   ///< milliseconds since 1970, UTC
    std::int64_t updated = 0;
    std::int64_t accessed = 0;  ///< last read, 0 when never; may lag by a few seconds, as does the count
    std::uint64_t accessCount = 0;
    std::uint64_t contentSize = 0;  ///< bytes
    Checksum contentSum{};          ///< of the content as it was given
    Lineage lineage;
    std::int64_t key = 0;            ///< small, this store's own; vector i of the block has key × 65 536 + i
    std::uint64_t change = 0;        ///< place in the store's order of changes
    std::vector<std::byte> content;  ///< when asked for
    std::vector<BlockVector> vectors;  ///< when asked for
};

/// What a caller gives to make a block; the store adds the rest.
struct BlockDraft {
    std::string name;
    BlockClass kind = BlockClass::custom;
    std::string mimeType = "application/octet-stream";
    std::string metadata = "{}";
    std::vector<std::string> tags;
    std::vector<Permission> permissions;
    bool readOnly = false;
    std::vector<std::byte> content;
    std::vector<BlockVector> vectors;
    std::optional<BlockId> id;  ///< made when absent
};

/// What to change; the absent stays.
struct BlockEdit {
    std::optional<std::string> name;
    std::optional<std::string> mimeType;
    std::optional<std::string> metadata;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::vector<Permission>> permissions;
    std::optional<bool> readOnly;
    std::optional<std::vector<std::byte>> content;
    std::optional<std::vector<BlockVector>> vectors;
};

/// From one block to another: a take is "made-from" codes, codes "made-by" a model.
struct Link {
    BlockId source;
    BlockId target;
    std::string type;
    double weight = 1.0;
    bool operator==(const Link&) const = default;
};

/// The 64-bit name of a block's vector, for an index.
inline constexpr std::int64_t kVectorsPerBlock = 65'536;
[[nodiscard]] inline std::int64_t vectorKey(std::int64_t blockKey, std::size_t slot) {
    // A damaged key may be anything.
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(blockKey) * kVectorsPerBlock + slot);
}

}  // namespace smidgen::storage
