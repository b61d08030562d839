#include "storage/blocks/word_table.h"

#include "storage/blocks/block_table.h"
#include "storage/blocks/json_scan.h"
#include "storage/blocks/markdown_sections.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kLongestAbout = 64 << 10;

/// The texts and numbers of metadata, not its keys.
std::string aboutOf(const std::string& metadata) {
    std::string words;
    if (metadata == "{}") return words;
    eachJsonValue(metadata, [&](std::string_view value) {
        if (words.size() + value.size() >= kLongestAbout) return false;
        if (!words.empty()) words += ' ';
        words += value;
        return true;
    });
    return words;
}

Status eraseRows(Connection& connection, std::int64_t from, std::int64_t to) {
    Statement erase = connection.use("DELETE FROM words WHERE rowid >= ?1 AND rowid < ?2");
    erase.bind(1, from).bind(2, to);
    return erase.run();
}

Status insertSections(Connection& connection, const Block& block, std::span<const std::byte> content) {
    for (const Passage& passage : sectionPassagesOf(block, content))
        if (auto done = insertPassage(connection, passage); !done) return done;
    return {};
}

}  // namespace

Passage passageOf(const Block& block) {
    Passage passage;
    passage.row = block.key * kPassagesPerBlock;
    passage.title = block.name;
    passage.tags = joinTags(block.tags);
    passage.about = aboutOf(block.metadata);
    return passage;
}

std::vector<Passage> sectionPassagesOf(const Block& block, std::span<const std::byte> content) {
    std::vector<Passage> passages;
    if (block.kind != BlockClass::documentation) return passages;
    const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
    if (!isUtf8(text)) return passages;
    for (const MarkdownSection& section : cutMarkdown(text)) {
        Passage passage;
        passage.row = block.key * kPassagesPerBlock + static_cast<std::int64_t>(passages.size()) + 1;
        passage.title = section.heading;
        passage.text = plainText(section);
        for (const std::string& heading : section.path)
            passage.path += (passage.path.empty() ? "" : "\n") + heading;
        passage.anchor = section.anchor;
        passages.push_back(std::move(passage));
    }
    return passages;
}

Result<std::optional<std::int64_t>> wordsWaitFrom(Connection& connection) {
    return connection.integerOf("SELECT value FROM meta WHERE name = 'words_from'");
}

Status insertPassage(Connection& connection, const Passage& passage, const char* sql) {
    Statement insert = connection.use(sql);
    insert.bind(1, passage.row)
        .bind(2, std::string_view(passage.title))
        .bind(3, std::string_view(passage.tags))
        .bind(4, std::string_view(passage.about))
        .bind(5, std::string_view(passage.text))
        .bind(6, std::string_view(passage.path))
        .bind(7, std::string_view(passage.anchor));
    return insert.run();
}

Status insertWords(Connection& connection, const Block& block, std::span<const std::byte> content) {
    if (auto done = insertPassage(connection, passageOf(block)); !done) return done;
    return insertSections(connection, block, content);
}

Status replaceWords(Connection& connection, const Block& before, const Block& after,
                    const std::optional<std::span<const std::byte>>& content) {
    const std::int64_t own = after.key * kPassagesPerBlock;
    if (before.name != after.name || before.tags != after.tags || before.metadata != after.metadata) {
        if (auto done = eraseRows(connection, own, own + 1); !done) return done;
        if (auto done = insertPassage(connection, passageOf(after)); !done) return done;
    }
    if (!content || after.kind != BlockClass::documentation) return {};
    if (auto done = eraseRows(connection, own + 1, own + kPassagesPerBlock); !done) return done;
    return insertSections(connection, after, *content);
}

Status eraseWords(Connection& connection, std::int64_t block) {
    return eraseRows(connection, block * kPassagesPerBlock, (block + 1) * kPassagesPerBlock);
}

}  // namespace smidgen::storage
