#include "storage/blocks/block_query.h"

#include <charconv>

namespace smidgen::storage {
namespace {

constexpr std::size_t kMostAtOnce = 10'000;

const char* columnOf(SortBy sortBy) {
    switch (sortBy) {
        case SortBy::updated:
            return "b.updated";
        case SortBy::name:
            return "b.name";
        case SortBy::size:
            return "b.size";
        case SortBy::created:
            break;
    }
    return "b.created";
}

/// Where a page ended: the last block's key and what it was sorted by. Written "<key>:<value>".
struct PageMark {
    std::int64_t key = 0;
    std::int64_t number = 0;
    std::string text;

    [[nodiscard]] static std::string write(const Block& block, SortBy sortBy) {
        const std::string key = std::to_string(block.key) + ":";
        switch (sortBy) {
            case SortBy::updated:
                return key + std::to_string(block.updated);
            case SortBy::name:
                return key + block.name;
            case SortBy::size:
                return key + std::to_string(block.contentSize);
            case SortBy::created:
                break;
        }
        return key + std::to_string(block.created);
    }

    [[nodiscard]] static std::optional<PageMark> read(const std::string& mark, SortBy sortBy) {
        const std::size_t colon = mark.find(':');
        if (colon == std::string::npos) return std::nullopt;
        PageMark page;
        page.text = mark.substr(colon + 1);
        if (!readNumber(mark.substr(0, colon), page.key)) return std::nullopt;
        if (sortBy != SortBy::name && !readNumber(page.text, page.number)) return std::nullopt;
        return page;
    }

 private:
    static bool readNumber(const std::string& text, std::int64_t& number) {
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
        return code == std::errc() && end == text.data() + text.size();
    }
};

}  // namespace

Result<BlockPage> listBlocks(Connection& connection, BlockTable& table, const Caller& caller,
                             const BlockQuery& query) {
    if (query.limit < 1 || query.limit > kMostAtOnce)
        return failure(ErrorCode::invalidArgument, "A list shows between 1 and 10000 blocks at once.");
    BlockPage page;
    auto project = table.projectKey(caller.project, false);
    if (!project) return propagate(project);
    if (!*project) return page;
    Conditions where;
    addFilter(where, caller, **project, query);
    const std::string column = columnOf(query.sortBy);
    const char* order = query.descending ? " DESC" : " ASC";
    if (!query.after.empty()) {
        auto mark = PageMark::read(query.after, query.sortBy);
        if (!mark)
            return failure(ErrorCode::invalidArgument, "The list cannot go on from there. Start it anew.");
        where.add("(" + column + ", b.key) " + (query.descending ? "<" : ">") + " (?, ?)");
        if (query.sortBy == SortBy::name)
            where.text(mark->text);
        else
            where.number(mark->number);
        where.number(mark->key);
    }
    // One more than asked, to know whether another page follows. Only keys are sorted: whole rows would be
    // copied.
    const std::string sql =
        std::string("SELECT ") + kBlockColumns + " FROM block b WHERE b.key IN (SELECT b.key" +
        " FROM block b" + where.sql() + " ORDER BY " + column + order + ", b.key" + order + " LIMIT " +
        std::to_string(query.limit + 1) + ") ORDER BY " + column + order + ", b.key" + order;
    Statement rows = connection.prepare(sql);
    where.bindTo(rows);
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return page;
        if (page.blocks.size() == query.limit) {
            page.next = PageMark::write(page.blocks.back(), query.sortBy);
            return page;
        }
        auto stored = table.read(rows);
        if (!stored) return propagate(stored);
        page.blocks.push_back(std::move(stored->block));
    }
}

Result<std::uint64_t> countBlocks(Connection& connection, BlockTable& table, const Caller& caller,
                                  const BlockQuery& query) {
    auto project = table.projectKey(caller.project, false);
    if (!project) return propagate(project);
    if (!*project) return 0;
    Conditions where;
    addFilter(where, caller, **project, query);
    Statement count = connection.prepare("SELECT count(*) FROM block b" + where.sql());
    where.bindTo(count);
    auto row = count.step();
    if (!row) return propagate(row);
    return static_cast<std::uint64_t>(count.integer(0));
}

}  // namespace smidgen::storage
