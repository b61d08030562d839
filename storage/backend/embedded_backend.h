// The back-end that comes with the program: a folder with a SQLite database, its packs, and the indexes of
// its vectors as cache files.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "storage/backend/allowed_blocks.h"
#include "storage/backend/space_index.h"

namespace smidgen::storage {

struct EmbeddedOptions {
    StoreOptions store;
    IndexOptions index;
    bool keepIndexes = true;  ///< writes the indexes down when it closes, to be there at once the next time
};

/// Indexes are filled when a space is first searched, from its cache file
/// (`index/<space>-<change>-<history>.vectors`) where that is whole and of this store's history, else from
/// the vectors themselves; each search first takes in what has changed, by this process or another, and
/// answers for one moment of the store. Searches wait only while changes are taken in.
class EmbeddedBackend final : public LibraryBackend {
 public:
    /// Errors: as BlockStore::open.
    [[nodiscard]] static Result<std::unique_ptr<EmbeddedBackend>> open(const std::filesystem::path& folder,
                                                                       const EmbeddedOptions& options = {});
    ~EmbeddedBackend() override;

    [[nodiscard]] Result<std::vector<Receipt>> putBatch(const Caller& caller,
                                                        const std::vector<Operation>& operations) override;
    [[nodiscard]] Result<Block> get(const Caller& caller, const BlockId& id, BlockParts parts) override;
    [[nodiscard]] Result<Receipt> erase(const Caller& caller, const BlockId& id, EraseWay way,
                                        std::uint64_t expected) override;
    [[nodiscard]] Result<BlockPage> scan(const Caller& caller, const BlockQuery& query) override;
    [[nodiscard]] Result<ChangePage> changesSince(std::uint64_t since, std::size_t limit) override;
    [[nodiscard]] Result<WordPage> searchWords(const Caller& caller, const WordQuery& query) override;
    [[nodiscard]] Status defineSpace(const VectorSpace& space) override;
    [[nodiscard]] Result<std::vector<VectorSpace>> spaces() override;
    [[nodiscard]] Result<LikePage> searchLike(const Caller& caller, const std::string& space,
                                              std::span<const float> point, const LikeQuery& query,
                                              std::size_t k, const std::string& page) override;
    [[nodiscard]] Result<BackendStatistics> stats(bool measure) override;
    [[nodiscard]] BackendCapabilities capabilities() const override;

    /// Writes down the indexes as they are. Errors: io.
    [[nodiscard]] Status saveIndexes();
    /// For what only this back-end has: messages, synchronisation, maintenance.
    [[nodiscard]] BlockStore& store() { return *m_store; }

 private:
    /// An index and who may use it: searches share it, taking in changes has it alone.
    struct Guarded {
        Guarded(const VectorSpace& space, const IndexOptions& options) : index(space, options) {}
        std::shared_mutex mutex;
        SpaceIndex index;
        bool opened = false;  ///< the cache file was looked for
    };

    EmbeddedBackend(std::unique_ptr<BlockStore> store, const EmbeddedOptions& options)
        : m_store(std::move(store)), m_options(options) {}
    [[nodiscard]] Result<std::shared_ptr<Guarded>> indexOf(Connection& connection, const std::string& space);
    /// What the search needs, made for one view of the store.
    struct LikeSearch;
    [[nodiscard]] Result<LikePage> searchIn(Reader& reader, const SpaceIndex& index,
                                            const LikeSearch& search);
    [[nodiscard]] std::filesystem::path indexFolder() const;

    std::unique_ptr<BlockStore> m_store;
    EmbeddedOptions m_options;
    std::mutex m_mutex;  ///< the map only
    std::map<std::string, std::shared_ptr<Guarded>> m_indexes;
    AllowedBlocksCache m_allowed;
    LatencyHistogram m_likeSearches;
};

}  // namespace smidgen::storage
