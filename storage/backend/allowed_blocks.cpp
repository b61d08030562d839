#include "storage/backend/allowed_blocks.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kKept = 8;

Result<std::shared_ptr<const AllowedBlocks>> ask(Reader& reader, const Caller& caller,
                                                 const LikeQuery& query) {
    auto allowed = std::make_shared<AllowedBlocks>();
    auto blocks = reader.connection.integerOf("SELECT count(*) FROM block");
    if (!blocks) return propagate(blocks);
    allowed->blocks = static_cast<std::uint64_t>(blocks->value_or(0));
    auto project = reader.blocks.projectKey(caller.project, false);
    if (!project) return propagate(project);
    if (!*project) return allowed;
    Conditions where;
    addFilter(where, caller, **project, query);
    Statement rows = reader.connection.prepare("SELECT b.key, b.id FROM block b" + where.sql());
    where.bindTo(rows);
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return allowed;
        BlockId id;
        id.bytes = rows.bytes<16>(1);
        if (std::find(query.without.begin(), query.without.end(), id) != query.without.end()) continue;
        const auto bit = static_cast<std::uint64_t>(rows.integer(0));
        if (bit / 64 >= allowed->words.size()) allowed->words.resize(bit / 64 + 1);
        allowed->words[bit / 64] |= std::uint64_t{1} << (bit % 64);
        ++allowed->count;
    }
}

}  // namespace

Filter filterOf(std::shared_ptr<const AllowedBlocks> allowed) {
    const double part = static_cast<double>(allowed->count) /
                        static_cast<double>(std::max<std::uint64_t>(allowed->blocks, 1));
    return Filter::matching(
        [allowed = std::move(allowed)](std::uint64_t key) {
            return allowed->allows(static_cast<std::int64_t>(key / kVectorsPerBlock));
        },
        std::max(part, 1e-9));
}

Result<std::shared_ptr<const AllowedBlocks>> AllowedBlocksCache::find(Reader& reader, std::uint64_t change,
                                                                      const Caller& caller,
                                                                      const LikeQuery& query) {
    {
        const std::lock_guard lock(m_mutex);
        for (auto known = m_known.begin(); known != m_known.end(); ++known) {
            if (known->change != change || known->caller.name != caller.name ||
                known->caller.project != caller.project || known->without != query.without ||
                known->filter != static_cast<const BlockFilter&>(query))
                continue;
            m_known.splice(m_known.begin(), m_known, known);
            return m_known.front().allowed;
        }
    }
    auto allowed = ask(reader, caller, query);
    if (!allowed) return allowed;
    const std::lock_guard lock(m_mutex);
    m_known.push_front({change, caller, query, query.without, *allowed});
    if (m_known.size() > kKept) m_known.pop_back();
    return allowed;
}

}  // namespace smidgen::storage
