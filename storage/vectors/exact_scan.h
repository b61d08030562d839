// Looking at every row: exact, at the speed of memory, and the fall-back of everything cleverer.
#pragma once

#include <span>

#include "storage/vectors/filter.h"
#include "storage/vectors/nearest_list.h"
#include "storage/vectors/query.h"
#include "storage/vectors/row_table.h"

namespace smidgen::storage {

struct ScanSpace {
    const RankShape& shape;
    const RankKernels& kernels;
};

/// Offers every living row in [from, to) that the filter allows to the list. Exact with respect to the stored
/// points: single precision only sorts out what RankBound proves to be too far.
void scanRows(const RowTable& rows, const ScanSpace& space, const Query& query, std::uint32_t from,
              std::uint32_t to, const Filter& filter, NearestList& nearest);

/// The same for a few named rows.
void scanSlots(const RowTable& rows, const Query& query, std::span<const std::uint32_t> slots,
               NearestList& nearest);

}  // namespace smidgen::storage
