#include "storage/blocks/word_check.h"

#include "storage/blocks/content_table.h"
#include "storage/blocks/word_table.h"

namespace smidgen::storage {
namespace {

/// Tables in memory, for as long as the check lasts.
constexpr const char* kMakeTables = R"sql(
CREATE VIRTUAL TABLE temp.words_anew USING fts5(
    title, tags, about, text, content = '', tokenize = 'smidgen_words');
CREATE VIRTUAL TABLE temp.words_expected USING fts5vocab(temp, words_anew, instance);
CREATE VIRTUAL TABLE temp.words_present USING fts5vocab(main, words, instance);
)sql";
constexpr const char* kDropTables =
    "DROP TABLE IF EXISTS temp.words_expected; DROP TABLE IF EXISTS temp.words_present;"
    "DROP TABLE IF EXISTS temp.words_anew";

class WordCheck {
 public:
    WordCheck(StoreCore& core, Reader& reader, RowCheck& rows, const std::function<bool()>& goOn)
        : m_core(core), m_reader(reader), m_rows(rows), m_goOn(goOn) {}

    Status run() {
        if (auto made = connection().execute(kMakeTables); !made) return made;
        Status outcome = passages();
        if (outcome) outcome = index();
        const Status dropped = connection().execute(kDropTables);
        return outcome ? dropped : outcome;
    }

 private:
    Connection& connection() { return m_reader.connection; }

    Status passages() {
        auto waiting = wordsWaitFrom(connection());
        if (!waiting) return propagate(waiting);
        m_waitFrom = *waiting;
        std::vector<std::int64_t> keys;
        {
            Statement rows = connection().use("SELECT key FROM block ORDER BY key");
            for (;;) {
                auto row = rows.step();
                if (!row) return propagate(row);
                if (!*row) break;
                keys.push_back(rows.integer(0));
            }
        }
        for (const std::int64_t key : keys) {
            if (!m_goOn()) return failure(ErrorCode::cancelled, "The check was stopped.");
            if (auto done = block(key); !done) return done;
        }
        auto count = connection().integerOf("SELECT count(*) FROM words");
        if (!count) return propagate(count);
        if (count->value_or(0) != m_passages) m_rows.problem("There are words that no block has.");
        return {};
    }

    /// A block that is damaged itself is no concern of this check.
    Status block(std::int64_t key) {
        auto stored = m_reader.blocks.findByKey(key, false);
        if (!stored) return endsCheck(stored.error()) ? propagate(stored) : skip(key);
        if (!*stored) return {};
        const Block& block = (*stored)->block;
        std::vector<Passage> expected;
        const bool waits = m_waitFrom && key >= *m_waitFrom;
        if (!waits) expected.push_back(passageOf(block));
        if (!waits && block.kind == BlockClass::documentation && (*stored)->content) {
            auto content = readContent(connection(), m_core.packs, *(*stored)->content, block.contentSum);
            if (!content) return endsCheck(content.error()) ? propagate(content) : skip(key);
            for (Passage& section : sectionPassagesOf(block, *content))
                expected.push_back(std::move(section));
        }
        auto present = presentPassages(key);
        if (!present) return propagate(present);
        if (*present != expected)
            m_rows.problem("'" + block.name + "' cannot be found by its words.", block.id);
        m_passages += static_cast<std::int64_t>(present->size());
        for (const Passage& passage : expected)
            if (auto done = addAnew(passage); !done) return done;
        return {};
    }

    /// Takes what is there for what should be there.
    Status skip(std::int64_t key) {
        auto present = presentPassages(key);
        if (!present) return propagate(present);
        m_passages += static_cast<std::int64_t>(present->size());
        for (const Passage& passage : *present)
            if (auto done = addAnew(passage); !done) return done;
        return {};
    }

    Result<std::vector<Passage>> presentPassages(std::int64_t key) {
        Statement rows = connection().use(
            "SELECT rowid, title, tags, about, text, path, anchor FROM words WHERE rowid >= ?1 AND rowid < "
            "?2 "
            "ORDER BY rowid");
        rows.bind(1, key * kPassagesPerBlock).bind(2, (key + 1) * kPassagesPerBlock);
        std::vector<Passage> passages;
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) return passages;
            const auto text = [&](int column) { return std::string(rows.text(column)); };
            passages.push_back({rows.integer(0), text(1), text(2), text(3), text(4), text(5), text(6)});
        }
    }

    Status addAnew(const Passage& passage) {
        Statement insert = connection().use(
            "INSERT INTO temp.words_anew(rowid, title, tags, about, text) VALUES(?1,?2,?3,?4,?5)");
        insert.bind(1, passage.row)
            .bind(2, std::string_view(passage.title))
            .bind(3, std::string_view(passage.tags))
            .bind(4, std::string_view(passage.about))
            .bind(5, std::string_view(passage.text));
        return insert.run();
    }

    /// Both sides come in the same order.
    Status index() {
        Statement expected = connection().use("SELECT term, doc, col, offset FROM temp.words_expected");
        Statement present = connection().use("SELECT term, doc, col, offset FROM temp.words_present");
        for (std::uint64_t count = 0;; ++count) {
            auto a = expected.step();
            if (!a) return propagate(a);
            auto b = present.step();
            if (!b) return propagate(b);
            const bool same =
                *a == *b &&
                (!*a || (expected.text(0) == present.text(0) && expected.integer(1) == present.integer(1) &&
                         expected.text(2) == present.text(2) && expected.integer(3) == present.integer(3)));
            if (!same) {
                m_rows.problem("The index of words is damaged or out of step. A repair makes it anew.");
                return {};
            }
            if (!*a) return {};
            if (count % 65'536 == 0 && !m_goOn())
                return failure(ErrorCode::cancelled, "The check was stopped.");
        }
    }

    StoreCore& m_core;
    Reader& m_reader;
    RowCheck& m_rows;
    const std::function<bool()>& m_goOn;
    std::int64_t m_passages = 0;
    std::optional<std::int64_t> m_waitFrom;  ///< blocks from here on have no words yet
};

}  // namespace

Status checkWords(StoreCore& core, Reader& reader, RowCheck& rows, const std::function<bool()>& goOn) {
    return WordCheck(core, reader, rows, goOn).run();
}

}  // namespace smidgen::storage
