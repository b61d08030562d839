// Reading blocks of the store that others take them from.
#pragma once

#include "storage/blocks/store_core.h"
#include "storage/exchange/incoming.h"

namespace smidgen::storage {

/// The block with its vectors, not counted as an access. Nothing when it is not there or the caller may not
/// read it. Errors: unusableInput (damaged), io.
[[nodiscard]] Result<std::optional<StoredBlock>> readForSending(StoreCore& core, const Caller& caller,
                                                                const BlockId& id);
/// Its content, checked. Errors: unusableInput (damaged), io.
[[nodiscard]] Result<std::vector<std::byte>> contentForSending(StoreCore& core, const BlockId& id,
                                                               const Checksum& sum);
/// The row of a content that the block has now. Errors: notFound when it has another by now.
[[nodiscard]] Result<ContentRow> contentRowOf(Reader& reader, const BlockId& id, const Checksum& sum);

}  // namespace smidgen::storage
