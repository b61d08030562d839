// Finding blocks, and sections of documentation, by words.
#pragma once

#include <string>
#include <vector>

#include "storage/blocks/block_filter.h"
#include "storage/blocks/block_table.h"

namespace smidgen::storage {

class PackStore;

/// `text` as a person types it: every word has to occur in the same block (name, tags, texts of the metadata)
/// or the same section; a word is also found as the beginning of a longer one; "words in quotes" stand
/// together as they are; -word must not occur. Case and diacritics make no difference. Signs mean nothing
/// else, so nothing that is typed is an error; a text without words finds nothing.
struct WordQuery : BlockFilter {
    std::string text;        ///< at most 4096 bytes; of its words the first 64 count
    bool sections = true;    ///< sections of documentation, too
    std::size_t limit = 20;  ///< 1 to 1000
    std::string after;       ///< WordPage::next of the page before; empty for the first
};

/// What was found: a block, or a section of one.
struct WordHit {
    Block block;                    ///< without content and vectors
    double score = 0.0;             ///< BM25 (Robertson & Zaragoza 2009); more is better
    std::size_t section = 0;        ///< 0: the block itself; else its section, counted from 1
    std::vector<std::string> path;  ///< headings that the section stands under, outermost first, with its own
    std::string anchor;             ///< of the section
    std::string snippet;  ///< about 16 words around what was found, which stands between kFound marks
};

/// Around what was found in a snippet; characters that no text has.
inline constexpr char kFoundBegin = '\x02';
inline constexpr char kFoundEnd = '\x03';

/// Best first; equals in order of making. Going from page to page shows every hit once, whatever is added or
/// changed meanwhile; the pages end after 10 000 hits.
struct WordPage {
    std::vector<WordHit> hits;
    std::string next;  ///< empty on the last page
};

/// Errors: invalidArgument (limit, length, page mark), io, unusableInput when the store is damaged.
/// What waits to be indexed (word_backlog.h) is found, too; `packs`: where the contents are.
[[nodiscard]] Result<WordPage> findWords(Connection& connection, BlockTable& table, PackStore& packs,
                                         const Caller& caller, const WordQuery& query);

/// `text` in FTS5's language; empty when it has no word to look for.
[[nodiscard]] std::string wordExpression(const std::string& text);

}  // namespace smidgen::storage
