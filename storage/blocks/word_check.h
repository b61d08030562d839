// Do the words that blocks are found by agree with the blocks?
#pragma once

#include "storage/blocks/row_check.h"

namespace smidgen::storage {

/// Makes every passage anew from its block and compares what is stored and what the index knows. Takes memory
/// in proportion to the words. Within one view of the store. Errors: io, cancelled when `goOn` says so; what
/// does not agree goes to `rows` as problems.
[[nodiscard]] Status checkWords(StoreCore& core, Reader& reader, RowCheck& rows,
                                const std::function<bool()>& goOn);

}  // namespace smidgen::storage
