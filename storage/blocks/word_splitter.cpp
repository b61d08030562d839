#include "storage/blocks/word_splitter.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace smidgen::storage {
namespace {

using TokenSink = int (*)(void*, int, const char*, int, int, int);

/// First and last characters of what is cut into characters, ascending.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 14> kWithoutSpaces{{
    {0x0E00, 0x0EFF},    // Thai, Lao
    {0x1000, 0x109F},    // Burmese
    {0x1780, 0x17FF},    // Khmer
    {0x2E80, 0x2FDF},    // radicals
    {0x3005, 0x3007},    // ideographic iteration mark, closing mark, zero
    {0x3031, 0x3035},    // vertical iteration marks
    {0x3041, 0x309F},    // Hiragana
    {0x30A1, 0x30FF},    // Katakana
    {0x3105, 0x312F},    // Bopomofo
    {0x31F0, 0x31FF},    // small Katakana
    {0x3400, 0x4DBF},    // ideographs
    {0x4E00, 0x9FFF},    // ideographs
    {0xF900, 0xFAFF},    // compatibility ideographs
    {0x20000, 0x3FFFF},  // ideographs of the further planes
}};

bool standsAlone(std::uint32_t character) {
    const auto after =
        std::upper_bound(kWithoutSpaces.begin(), kWithoutSpaces.end(), character,
                         [](std::uint32_t value, const auto& range) { return value < range.first; });
    return after != kWithoutSpaces.begin() && character <= (after - 1)->second;
}

/// The character at the beginning of `text`, not empty, and its length in bytes. A byte that is no UTF-8
/// counts as a character of its own, 0.
std::pair<std::uint32_t, int> firstCharacter(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t lead = byte(0);
    const int length = lead < 0x80   ? 1
                       : lead < 0xC2 ? 0
                       : lead < 0xE0 ? 2
                       : lead < 0xF0 ? 3
                       : lead < 0xF5 ? 4
                                     : 0;
    if (length == 1) return {lead, 1};
    if (length == 0 || static_cast<std::size_t>(length) > text.size()) return {0, 1};
    std::uint32_t character = lead & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const std::uint32_t next = byte(static_cast<std::size_t>(i));
        if ((next & 0xC0U) != 0x80) return {0, 1};
        character = (character << 6) | (next & 0x3FU);
    }
    return {character, length};
}

/// Letters that SQLite's folding leaves with their marks, and without them.
constexpr std::array<std::pair<std::uint16_t, std::uint16_t>, 19> kMarked{{
    {0x0390, 0x03B9}, {0x03AC, 0x03B1}, {0x03AD, 0x03B5}, {0x03AE, 0x03B7}, {0x03AF, 0x03B9},
    {0x03B0, 0x03C5}, {0x03C2, 0x03C3}, {0x03CA, 0x03B9}, {0x03CB, 0x03C5}, {0x03CC, 0x03BF},
    {0x03CD, 0x03C5}, {0x03CE, 0x03C9}, {0x0439, 0x0438}, {0x0450, 0x0435}, {0x0451, 0x0435},
    {0x0453, 0x0433}, {0x0457, 0x0456}, {0x045D, 0x0438}, {0x045E, 0x0443},
}};

/// Takes the marks off Greek and Cyrillic letters: all of two bytes, before and after.
void unmark(std::string& word) {
    for (std::size_t i = 0; i + 1 < word.size(); ++i) {
        const auto lead = static_cast<unsigned char>(word[i]);
        if (lead < 0xCE || lead > 0xD1) continue;
        const auto letter = static_cast<std::uint16_t>(((lead & 0x1F) << 6) | (word[i + 1] & 0x3F));
        const auto* const marked =
            std::lower_bound(kMarked.begin(), kMarked.end(), letter,
                             [](const auto& each, std::uint16_t value) { return each.first < value; });
        if (marked == kMarked.end() || marked->first != letter) continue;
        word[i] = static_cast<char>(0xC0 | (marked->second >> 6));
        word[i + 1] = static_cast<char>(0x80 | (marked->second & 0x3F));
    }
}

/// Passes words on as if they came from the whole text.
struct Shifted {
    TokenSink sink;
    void* context;
    int by;
    std::string word;
};

int passOn(void* context, int flags, const char* token, int length, int from, int to) {
    auto& shifted = *static_cast<Shifted*>(context);
    try {
        shifted.word.assign(token, static_cast<std::size_t>(length));
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    }
    unmark(shifted.word);
    return shifted.sink(shifted.context, flags, shifted.word.data(), length, from + shifted.by,
                        to + shifted.by);
}

/// SQLite's own cutter for scripts with spaces, and how to reach it.
struct Splitter {
    fts5_tokenizer methods{};
    Fts5Tokenizer* inner = nullptr;
};

int createSplitter(void* api, const char**, int, Fts5Tokenizer** made) {
    auto* fts = static_cast<fts5_api*>(api);
    auto* splitter = new (std::nothrow) Splitter;
    if (splitter == nullptr) return SQLITE_NOMEM;
    void* context = nullptr;
    int code = fts->xFindTokenizer(fts, "unicode61", &context, &splitter->methods);
    std::array<const char*, 4> options{"remove_diacritics", "2", "categories", "L* N* M* Co"};
    if (code == SQLITE_OK)
        code = splitter->methods.xCreate(context, options.data(), static_cast<int>(options.size()),
                                         &splitter->inner);
    if (code != SQLITE_OK) {
        delete splitter;
        return code;
    }
    *made = reinterpret_cast<Fts5Tokenizer*>(splitter);
    return SQLITE_OK;
}

void deleteSplitter(Fts5Tokenizer* made) {
    auto* splitter = reinterpret_cast<Splitter*>(made);
    splitter->methods.xDelete(splitter->inner);
    delete splitter;
}

bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// For every ASCII character what stands for it in a word; 0 when it stands in none.
constexpr std::array<char, 128> kPlain = [] {
    std::array<char, 128> plain{};
    for (char c = '0'; c <= '9'; ++c) plain[static_cast<std::size_t>(c)] = c;
    for (char c = 'a'; c <= 'z'; ++c) {
        plain[static_cast<std::size_t>(c)] = c;
        plain[static_cast<std::size_t>(c - 'a' + 'A')] = c;
    }
    return plain;
}();

/// Words of ASCII: the same as SQLite's own cutter finds, for a fraction of the time.
int splitPlain(std::string_view text, void* context, TokenSink sink) {
    std::string word;
    const std::size_t size = text.size();
    for (std::size_t at = 0; at < size;) {
        while (at < size && kPlain[static_cast<std::size_t>(text[at])] == 0) ++at;
        const std::size_t from = at;
        while (at < size && kPlain[static_cast<std::size_t>(text[at])] != 0) ++at;
        if (at == from) break;
        word.assign(text, from, at - from);
        for (char& c : word) c = kPlain[static_cast<std::size_t>(c)];
        const int code = sink(context, 0, word.data(), static_cast<int>(word.size()), static_cast<int>(from),
                              static_cast<int>(at));
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

int split(Fts5Tokenizer* made, void* context, int flags, const char* data, int size, TokenSink sink) {
    auto& splitter = *reinterpret_cast<Splitter*>(made);
    if (data == nullptr || size <= 0) return SQLITE_OK;
    const std::string_view text(data, static_cast<std::size_t>(size));
    if (isPlain(text)) {
        try {
            return splitPlain(text, context, sink);
        } catch (const std::bad_alloc&) {
            return SQLITE_NOMEM;
        }
    }
    const auto pass = [&](int from, int to) {
        if (from == to) return SQLITE_OK;
        Shifted shifted{sink, context, from, {}};
        return splitter.methods.xTokenize(splitter.inner, &shifted, flags, data + from, to - from, passOn);
    };
    int from = 0;
    for (int at = 0; at < size;) {
        const auto [character, length] = firstCharacter(text.substr(static_cast<std::size_t>(at)));
        if (standsAlone(character)) {
            if (const int code = pass(from, at); code != SQLITE_OK) return code;
            if (const int code = sink(context, 0, data + at, length, at, at + length); code != SQLITE_OK)
                return code;
            from = at + length;
        }
        at += length;
    }
    return pass(from, size);
}

}  // namespace

Status addWordSplitter(sqlite3* database) {
    fts5_api* fts = nullptr;
    sqlite3_stmt* ask = nullptr;
    if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &ask, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(ask, 1, &fts, "fts5_api_ptr", nullptr);
        sqlite3_step(ask);
    }
    sqlite3_finalize(ask);
    fts5_tokenizer methods{createSplitter, deleteSplitter, split};
    if (fts == nullptr || fts->xCreateTokenizer(fts, "smidgen_words", fts, &methods, nullptr) != SQLITE_OK)
        return failure(ErrorCode::internal,
                       "This SQLite cannot search by words. Install one that was built with FTS5.");
    return {};
}

}  // namespace smidgen::storage
