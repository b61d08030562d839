// What a library stands on, whichever database that is: blocks with vectors, found by id, by what they are,
// by words, and by likeness.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "storage/blocks/block_store.h"
#include "storage/blocks/latency.h"
#include "storage/blocks/vector_spaces.h"

namespace smidgen::storage {

/// What to look for besides likeness.
struct LikeQuery : BlockFilter {
    std::vector<BlockId> without;  ///< never these: the block that the others are to be like
    bool exact = true;             ///< false: may miss some where that is much faster; then there is one page
};

struct LikeHit {
    Block block;            ///< without content and vectors
    std::size_t slot = 0;   ///< which of the block's vectors is the nearest
    double distance = 0.0;  ///< in the space's own measure
};

/// Nearest first, each block once, by its nearest vector in that space; equals in order of making.
struct LikePage {
    std::vector<LikeHit> hits;
    std::string next;  ///< empty on the last page
};

enum class EraseWay {
    trash,   ///< can be restored
    forGood  ///< with its history, whether it was in the trash or not
};

struct SpaceStatistics {
    std::string name;
    std::uint64_t vectors = 0;
    std::uint64_t bytes = 0;    ///< of memory
    std::uint64_t indexed = 0;  ///< vectors that an index covers; the others are scanned
    double recall = 1.0;        ///< part of the ten nearest that inexact searches find; when it was measured
};

struct BackendStatistics {
    std::uint64_t blocks = 0;
    std::uint64_t bytes = 0;  ///< on the disk
    LatencySummary puts, gets, scans, wordSearches, likeSearches;
    std::uint64_t pendingChanges = 0;  ///< that the vectors' indexes have not taken in yet
    std::vector<SpaceStatistics> spaces;
};

/// What a caller can count on.
struct BackendCapabilities {
    std::string name;           ///< "SQLite"
    bool writable = true;       ///< opened for writing
    bool transactions = true;   ///< a batch is all or nothing, blocks and vectors
    bool words = true;          ///< searchWords
    bool likeness = true;       ///< searchLike
    bool exactFilters = true;   ///< filters of searchLike keep back nothing that fits
    bool manyProcesses = true;  ///< several may use it at once
    bool versions = true;       ///< superseded versions can be read
    std::size_t mostVectorNumbers = 1 << 20;
};

/// Thread-safe. Every call names its caller; blocks that it may not read are not there for it. A success of a
/// write is on the disk, and every search that begins afterwards sees it; a search sees a batch whole or not
/// at all. Errors are those of BlockStore unless said otherwise. No exceptions. Each back-end passes the
/// conformance tests (tests/storage/backend/conformance.cpp).
class LibraryBackend {
 public:
    virtual ~LibraryBackend() = default;

    /// All of the operations, or none.
    [[nodiscard]] virtual Result<std::vector<Receipt>> putBatch(const Caller& caller,
                                                                const std::vector<Operation>& operations) = 0;
    [[nodiscard]] virtual Result<Block> get(const Caller& caller, const BlockId& id, BlockParts parts) = 0;
    /// `expected`: as in the operations; 0: whatever version it has.
    [[nodiscard]] virtual Result<Receipt> erase(const Caller& caller, const BlockId& id, EraseWay way,
                                                std::uint64_t expected) = 0;
    [[nodiscard]] virtual Result<BlockPage> scan(const Caller& caller, const BlockQuery& query) = 0;
    [[nodiscard]] virtual Result<ChangePage> changesSince(std::uint64_t since, std::size_t limit) = 0;
    [[nodiscard]] virtual Result<WordPage> searchWords(const Caller& caller, const WordQuery& query) = 0;

    /// See storage/blocks/vector_spaces.h.
    [[nodiscard]] virtual Status defineSpace(const VectorSpace& space) = 0;
    [[nodiscard]] virtual Result<std::vector<VectorSpace>> spaces() = 0;
    /// The `k` (1 to 1000) blocks nearest to `point`, numbers in the chart of the space. `page`:
    /// LikePage::next of the page before, empty for the first; every block that stays where it is comes once.
    /// Errors: notFound (no such space), invalidArgument (point, k, page mark), unusableInput, io.
    [[nodiscard]] virtual Result<LikePage> searchLike(const Caller& caller, const std::string& space,
                                                      std::span<const float> point, const LikeQuery& query,
                                                      std::size_t k, const std::string& page) = 0;

    /// `measure`: recall, too, which costs as much as some searches.
    [[nodiscard]] virtual Result<BackendStatistics> stats(bool measure) = 0;
    [[nodiscard]] virtual BackendCapabilities capabilities() const = 0;

    /// As searchLike, for the first vector of that space that a block has; the block itself is left out.
    /// Errors: also notFound when the block is not there or has no vector of that space.
    [[nodiscard]] Result<LikePage> searchLikeBlock(const Caller& caller, const std::string& space,
                                                   const BlockId& block, LikeQuery query, std::size_t k,
                                                   const std::string& page);
};

}  // namespace smidgen::storage
