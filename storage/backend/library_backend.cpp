#include "storage/backend/library_backend.h"

#include <algorithm>

namespace smidgen::storage {

Result<LikePage> LibraryBackend::searchLikeBlock(const Caller& caller, const std::string& space,
                                                 const BlockId& id, LikeQuery query, std::size_t k,
                                                 const std::string& page) {
    auto block = get(caller, id, {true, false});
    if (!block) return propagate(block);
    const auto vector = std::find_if(block->vectors.begin(), block->vectors.end(),
                                     [&](const BlockVector& each) { return each.space == space; });
    if (vector == block->vectors.end())
        return failure(ErrorCode::notFound,
                       "'" + block->name + "' has no vector in the space '" + space + "'.");
    query.without.push_back(id);
    return searchLike(caller, space, vector->values, query, k, page);
}

}  // namespace smidgen::storage
