#include "storage/blocks/word_search.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "storage/blocks/word_backlog.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kMostAtOnce = 1000;
constexpr std::size_t kMostHits = 10'000;
constexpr std::size_t kLongestText = 4096;
constexpr std::size_t kMostWords = 64;

/// Where words are looked up, and with what. A name says more than what stands somewhere in the text.
struct WordSource {
    const char* best;     ///< columns and source of the best rows
    const char* match;    ///< condition
    const char* passage;  ///< of one row
};
constexpr WordSource kIndexed{
    "SELECT w.rowid, bm25(words, 10.0, 5.0, 1.0, 1.0) AS score FROM words w CROSS JOIN block b ON b.key = "
    "w.rowid / 65536",
    "words MATCH ?",
    "SELECT path, anchor, snippet(words, -1, char(2), char(3), '…', 16) FROM words WHERE words MATCH ?1 AND "
    "rowid = ?2"};
/// What waits, in memory, for as long as a search lasts.
constexpr WordSource kWaiting{
    "SELECT w.rowid, bm25(waiting_words, 10.0, 5.0, 1.0, 1.0) AS score FROM temp.waiting_words w CROSS JOIN "
    "block b ON b.key = w.rowid / 65536",
    "waiting_words MATCH ?",
    "SELECT path, anchor, snippet(waiting_words, -1, char(2), char(3), '…', 16) FROM temp.waiting_words "
    "WHERE "
    "waiting_words MATCH ?1 AND rowid = ?2"};
constexpr const char* kMakeWaiting =
    "CREATE VIRTUAL TABLE temp.waiting_words USING fts5(title, tags, about, text, path UNINDEXED, anchor "
    "UNINDEXED, tokenize = 'smidgen_words')";
constexpr const char* kDropWaiting = "DROP TABLE IF EXISTS temp.waiting_words";

/// "word" with FTS5's quotes; `isBeginning` when longer words will do.
std::string quoted(std::string_view words, bool isBeginning) {
    std::string text = "\"";
    for (const char c : words) {
        if (c == '"') text += '"';
        text += c;
    }
    text += '"';
    if (isBeginning) text += '*';
    return text;
}

/// Is there anything but ASCII signs?
bool hasLetters(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

struct Term {
    std::string_view words;
    bool excluded = false;
    bool together = false;  ///< in quotes
};

/// Takes the next term off `text`.
Term nextTerm(std::string_view& text) {
    constexpr std::string_view kBlank = " \t\r\n";
    Term term;
    text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
    if (text.starts_with('-')) {
        term.excluded = true;
        text.remove_prefix(1);
    }
    term.together = text.starts_with('"');
    if (term.together) text.remove_prefix(1);
    const std::size_t end =
        std::min(term.together ? text.find('"') : text.find_first_of(" \t\r\n\""), text.size());
    term.words = text.substr(0, end);
    text.remove_prefix(std::min(term.together ? end + 1 : end, text.size()));
    return term;
}

/// Rows seen on earlier pages: hexadecimal differences, each ended by a point.
std::string writeMark(const std::vector<std::int64_t>& rows) {
    std::string mark;
    char digits[20];
    std::int64_t before = 0;
    for (const std::int64_t row : rows) {
        const auto end = std::to_chars(digits, digits + sizeof digits, row - before, 16).ptr;
        mark.append(digits, end).push_back('.');
        before = row;
    }
    return mark;
}

std::optional<std::vector<std::int64_t>> readMark(std::string_view mark) {
    std::vector<std::int64_t> rows;
    std::uint64_t before = 0;
    while (!mark.empty()) {
        std::int64_t difference = 0;
        const auto [end, code] = std::from_chars(mark.data(), mark.data() + mark.size(), difference, 16);
        const auto length = static_cast<std::size_t>(end - mark.data());
        if (code != std::errc() || length >= mark.size() || *end != '.' || rows.size() > kMostHits)
            return std::nullopt;
        before += static_cast<std::uint64_t>(difference);
        rows.push_back(static_cast<std::int64_t>(before));
        mark.remove_prefix(length + 1);
    }
    return rows;
}

struct Found {
    std::int64_t row;
    double score;
    const WordSource* source;
};

/// The best rows that are not in `seen`, one more than the page shows.
Result<std::vector<Found>> bestRows(Connection& connection, const WordSource& source, const Caller& caller,
                                    std::int64_t project, const WordQuery& query,
                                    const std::string& expression,
                                    const std::unordered_set<std::int64_t>& seen) {
    Conditions where;
    where.text(expression);
    where.add(source.match);
    addFilter(where, caller, project, query);
    if (!query.sections) where.add("w.rowid % 65536 = 0");
    Statement rows = connection.prepare(source.best + where.sql() + " ORDER BY score, w.rowid");
    where.bindTo(rows);
    std::vector<Found> found;
    while (found.size() <= query.limit) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) break;
        if (!seen.contains(rows.integer(0))) found.push_back({rows.integer(0), -rows.real(1), &source});
    }
    return found;
}

/// The words that wait, in a table that goes with it.
class WaitingWords {
 public:
    explicit WaitingWords(Connection& connection) : m_connection(connection) {}
    WaitingWords(const WaitingWords&) = delete;
    WaitingWords& operator=(const WaitingWords&) = delete;
    ~WaitingWords() {
        if (m_made) (void)m_connection.execute(kDropWaiting);
    }

    /// False when none wait.
    Result<bool> make(BlockTable& table, PackStore& packs) {
        auto from = wordsWaitFrom(m_connection);
        if (!from) return propagate(from);
        if (!*from) return false;
        m_made = true;
        if (auto made = m_connection.execute(kMakeWaiting); !made) return propagate(made);
        auto all = eachWaitingPassage(m_connection, table, packs, **from, SIZE_MAX / 4,
                                      [&](const Passage& passage) { return insert(passage); });
        if (!all) return propagate(all);
        return true;
    }

 private:
    Status insert(const Passage& passage) {
        return insertPassage(m_connection, passage,
                             "INSERT INTO temp.waiting_words(rowid, title, tags, about, text, path, anchor) "
                             "VALUES(?1,?2,?3,?4,?5,?6,?7)");
    }

    Connection& m_connection;
    bool m_made = false;
};

Result<WordHit> readHit(Connection& connection, BlockTable& table, const std::string& expression,
                        const Found& found) {
    WordHit hit;
    hit.score = found.score;
    hit.section = static_cast<std::size_t>(found.row % kPassagesPerBlock);
    {
        Statement passage = connection.use(found.source->passage);
        passage.bind(1, std::string_view(expression)).bind(2, found.row);
        auto row = passage.step();
        if (!row) return propagate(row);
        if (*row) {
            std::string_view path = passage.text(0);
            while (!path.empty()) {
                const std::size_t end = std::min(path.find('\n'), path.size());
                hit.path.emplace_back(path.substr(0, end));
                path.remove_prefix(std::min(end + 1, path.size()));
            }
            hit.anchor = passage.text(1);
            hit.snippet = passage.text(2);
        }
    }
    auto stored = table.findByKey(found.row / kPassagesPerBlock, false);
    if (!stored) return propagate(stored);
    if (*stored) hit.block = std::move((*stored)->block);
    return hit;
}

}  // namespace

std::string wordExpression(const std::string& text) {
    // A zero byte would end the expression.
    std::string clean = text;
    std::replace(clean.begin(), clean.end(), '\0', ' ');
    std::string wanted;
    std::string unwanted;
    std::string_view left = clean;
    for (std::size_t count = 0; count < kMostWords && !left.empty();) {
        const Term term = nextTerm(left);
        if (!hasLetters(term.words)) continue;
        std::string& list = term.excluded ? unwanted : wanted;
        // Side by side is "and"; written out, it would find nothing beside words of nothing but signs.
        if (!list.empty()) list += term.excluded ? " OR " : " ";
        list += quoted(term.words, !term.together && !term.excluded);
        ++count;
    }
    if (wanted.empty() || unwanted.empty()) return wanted;
    return "(" + wanted + ") NOT (" + unwanted + ")";
}

Result<WordPage> findWords(Connection& connection, BlockTable& table, PackStore& packs, const Caller& caller,
                           const WordQuery& query) {
    if (query.limit < 1 || query.limit > kMostAtOnce)
        return failure(ErrorCode::invalidArgument, "A search shows between 1 and 1000 hits at once.");
    if (query.text.size() > kLongestText)
        return failure(ErrorCode::invalidArgument, "That is too much to search for. Use a few words.");
    auto seen = readMark(query.after);
    if (!seen)
        return failure(ErrorCode::invalidArgument, "The search cannot go on from there. Start it anew.");
    WordPage page;
    auto project = table.projectKey(caller.project, false);
    if (!project) return propagate(project);
    const std::string expression = wordExpression(query.text);
    if (!*project || expression.empty()) return page;
    const std::unordered_set<std::int64_t> shown(seen->begin(), seen->end());
    auto found = bestRows(connection, kIndexed, caller, **project, query, expression, shown);
    if (!found) return propagate(found);
    WaitingWords waiting(connection);
    auto waits = waiting.make(table, packs);
    if (!waits) return propagate(waits);
    if (*waits) {
        auto more = bestRows(connection, kWaiting, caller, **project, query, expression, shown);
        if (!more) return propagate(more);
        const auto middle = found->insert(found->end(), more->begin(), more->end());
        std::inplace_merge(found->begin(), middle, found->end(),
                           [](const Found& x, const Found& y) { return x.score > y.score; });
        found->resize(std::min(found->size(), query.limit + 1));
    }
    const bool more = found->size() > query.limit;
    if (more) found->pop_back();
    for (const Found& each : *found) {
        auto hit = readHit(connection, table, expression, each);
        if (!hit) return propagate(hit);
        page.hits.push_back(std::move(*hit));
        seen->push_back(each.row);
    }
    if (more && seen->size() < kMostHits) page.next = writeMark(*seen);
    return page;
}

}  // namespace smidgen::storage
