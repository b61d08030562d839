// Which blocks a search by likeness may show: asked of the database once, and kept until something changes.
#pragma once

#include <algorithm>
#include <list>
#include <memory>
#include <mutex>

#include "storage/backend/library_backend.h"
#include "storage/blocks/reader_pool.h"
#include "storage/vectors/filter.h"

namespace smidgen::storage {

/// A bit for every block's key.
struct AllowedBlocks {
    std::vector<std::uint64_t> words;
    std::uint64_t count = 0;   ///< bits that are set
    std::uint64_t blocks = 0;  ///< in the store

    [[nodiscard]] bool allows(std::int64_t block) const {
        const auto bit = static_cast<std::uint64_t>(block);
        return bit / 64 < words.size() && ((words[bit / 64] >> (bit % 64)) & 1U) != 0;
    }
};

/// A filter of vectors by their blocks; shares ownership of the bits.
[[nodiscard]] Filter filterOf(std::shared_ptr<const AllowedBlocks> allowed);

/// The last few answers. Thread-safe.
class AllowedBlocksCache {
 public:
    /// In the view that `reader` has, which stands at `change`. Errors: io.
    [[nodiscard]] Result<std::shared_ptr<const AllowedBlocks>> find(Reader& reader, std::uint64_t change,
                                                                    const Caller& caller,
                                                                    const LikeQuery& query);

 private:
    struct Known {
        std::uint64_t change;
        Caller caller;
        BlockFilter filter;
        std::vector<BlockId> without;
        std::shared_ptr<const AllowedBlocks> allowed;
    };
    std::mutex m_mutex;
    std::list<Known> m_known;  ///< the last used first
};

}  // namespace smidgen::storage
