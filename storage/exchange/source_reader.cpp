#include "storage/exchange/source_reader.h"

#include "storage/blocks/permission_rules.h"

namespace smidgen::storage {

Result<std::optional<StoredBlock>> readForSending(StoreCore& core, const Caller& caller, const BlockId& id) {
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    auto stored = (*reader)->blocks.find(id, true);
    if (!stored) return propagate(stored);
    if (*stored && !maySee(caller, (*stored)->block)) return std::nullopt;
    return stored;
}

Result<ContentRow> contentRowOf(Reader& reader, const BlockId& id, const Checksum& sum) {
    auto stored = reader.blocks.find(id, false);
    if (!stored) return propagate(stored);
    if (!*stored || !(*stored)->content || (*stored)->block.contentSum != sum)
        return failure(ErrorCode::notFound, "The block was changed while it was being sent. Send it again.",
                       "block " + id.text());
    return findContent(reader.connection, *(*stored)->content);
}

Result<std::vector<std::byte>> contentForSending(StoreCore& core, const BlockId& id, const Checksum& sum) {
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    const auto once = [&]() -> Result<std::vector<std::byte>> {
        auto transaction = ReadTransaction::begin((*reader)->connection);
        if (!transaction) return propagate(transaction);
        auto row = contentRowOf(**reader, id, sum);
        if (!row) return propagate(row);
        return readContent((*reader)->connection, core.packs, row->key, sum);
    };
    auto content = once();
    // Its pack may have been compacted meanwhile: then the row names another now.
    if (!content && content.error().code == ErrorCode::notFound) content = once();
    return content;
}

}  // namespace smidgen::storage
