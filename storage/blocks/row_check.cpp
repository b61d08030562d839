#include "storage/blocks/row_check.h"

#include "storage/blocks/content_table.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kMostProblems = 1000;
constexpr std::size_t kBlocksAtOnce = 256;
constexpr std::size_t kContentsAtOnce = 32;

/// Up to `limit` keys after `last`.
Result<std::vector<std::int64_t>> keysAfter(Connection& connection, const char* sql, std::int64_t last,
                                            std::size_t limit) {
    Statement rows = connection.use(sql);
    rows.bind(1, last).bind(2, static_cast<std::int64_t>(limit));
    std::vector<std::int64_t> keys;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return keys;
        keys.push_back(rows.integer(0));
    }
}

tl::unexpected<Error> stopped() {
    return failure(ErrorCode::cancelled, "The check was stopped.");
}

}  // namespace

bool endsCheck(const Error& error) {
    return error.code != ErrorCode::unusableInput && error.code != ErrorCode::notFound;
}

void RowCheck::problem(std::string sentence, const BlockId& block) {
    if (m_report.problems.size() < kMostProblems) m_report.problems.push_back({std::move(sentence), block});
}

Result<bool> RowCheck::checkBlocks(std::int64_t& last) {
    auto keys = keysAfter(m_reader.connection, "SELECT key FROM block WHERE key > ?1 ORDER BY key LIMIT ?2",
                          last, kBlocksAtOnce);
    if (!keys) return propagate(keys);
    for (const std::int64_t key : *keys) {
        last = key;
        if (auto checked = checkBlock(key); !checked) return propagate(checked);
    }
    if (!m_pace(0)) return stopped();
    return keys->size() == kBlocksAtOnce;
}

Status RowCheck::checkBlock(std::int64_t key) {
    auto stored = m_reader.blocks.findByKey(key, true);
    if (!stored) {
        if (endsCheck(stored.error())) return propagate(stored);
        // Its content is not to be taken for an orphan as well.
        Statement content = m_reader.connection.use("SELECT content FROM block WHERE key = ?1");
        content.bind(1, key);
        if (auto row = content.step(); row && *row) m_namedContents.insert(content.integer(0));
        problem(stored.error().sentence);
        return {};
    }
    if (!*stored) return {};
    ++m_report.blocks;
    m_report.vectors += (*stored)->block.vectors.size();
    return checkReferences(**stored);
}

Status RowCheck::checkReferences(const StoredBlock& stored) {
    const Block& block = stored.block;
    auto byId = m_reader.blocks.find(block.id, false);
    if (!byId && endsCheck(byId.error())) return propagate(byId);
    if (!byId || !*byId || (*byId)->block.key != block.key)
        problem("'" + block.name + "' cannot be found by its id.", block.id);
    m_tags += block.tags.size();
    for (const std::string& tag : block.tags) {
        Statement find = m_reader.connection.use("SELECT 1 FROM tag WHERE tag = ?1 AND block = ?2");
        find.bind(1, std::string_view(tag)).bind(2, block.key);
        auto row = find.step();
        if (!row) return propagate(row);
        if (!*row) problem("'" + block.name + "' cannot be found by its tag '" + tag + "'.", block.id);
    }
    {
        Statement entry = m_reader.connection.use("SELECT block, version FROM audit WHERE seq = ?1");
        entry.bind(1, static_cast<std::int64_t>(block.change));
        auto row = entry.step();
        if (!row) return propagate(row);
        if (!*row || entry.bytes<16>(0) != block.id.bytes ||
            static_cast<std::uint64_t>(entry.integer(1)) != block.version)
            problem("The last change to '" + block.name + "' is not in the log.", block.id);
    }
    if (!stored.content) {
        if (block.contentSize != 0) problem("The content of '" + block.name + "' is missing.", block.id);
        return {};
    }
    m_namedContents.insert(*stored.content);
    auto content = findContent(m_reader.connection, *stored.content);
    if (!content && endsCheck(content.error())) return propagate(content);
    if (!content || content->record.sum != block.contentSum || content->record.size != block.contentSize)
        problem("The content of '" + block.name + "' is missing or another's.", block.id);
    return {};
}

Result<bool> RowCheck::checkContents(std::int64_t& last) {
    auto keys = keysAfter(m_reader.connection, "SELECT key FROM content WHERE key > ?1 ORDER BY key LIMIT ?2",
                          last, kContentsAtOnce);
    if (!keys) return propagate(keys);
    for (const std::int64_t key : *keys) {
        last = key;
        auto row = findContent(m_reader.connection, key);
        Result<std::vector<std::byte>> content = std::vector<std::byte>();
        if (row) content = readContent(m_reader.connection, m_core.packs, key, row->record.sum);
        const Error* error = !row ? &row.error() : !content ? &content.error() : nullptr;
        if (error != nullptr) {
            if (endsCheck(*error)) return tl::unexpected<Error>(*error);
            problem(error->sentence);
            continue;
        }
        ++m_report.contents;
        m_report.bytes += content->size();
        if (!m_pace(content->size())) return stopped();
    }
    return keys->size() == kContentsAtOnce;
}

}  // namespace smidgen::storage
