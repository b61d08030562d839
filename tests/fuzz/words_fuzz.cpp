// Any text at all as Markdown, as words to be indexed, and as what a person types to find them: nothing that
// is typed is an error, and what was indexed as a title is found by it.
//
// Input: the length of the question (one byte), the question, then the text.
#include <algorithm>
#include <string>

#include "storage/blocks/connection.h"
#include "storage/blocks/markdown_sections.h"
#include "storage/blocks/schema.h"
#include "storage/blocks/word_search.h"
#include "storage/blocks/word_table.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

Connection openTables() {
    auto connection = Connection::open(":memory:", OpenMode::readWrite);
    expect(connection.has_value() && prepareSchema(*connection).has_value());
    return std::move(*connection);
}

void cut(const std::string& text) {
    std::size_t covered = 0;
    const char* end = text.data();
    for (const MarkdownSection& section : cutMarkdown(text, 40)) {
        expect(section.level >= 0 && section.level <= 6);
        // In order, within the text, and never twice.
        expect(section.markdown.data() >= end &&
               section.markdown.data() + section.markdown.size() <= text.data() + text.size());
        end = section.markdown.data() + section.markdown.size();
        covered += section.markdown.size();
        (void)plainText(section);
    }
    expect(covered <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static Connection connection = openTables();
    fuzz::Choices choices(bytes, size);
    const auto asked = choices.take(choices.byte());
    const std::string question(asked.begin(), asked.end());
    const std::string text(choices.rest().begin(), choices.rest().end());
    cut(text);

    Block block;
    block.key = 7;
    block.kind = BlockClass::documentation;
    block.name = question;
    block.tags = {"one", "two"};
    auto transaction = WriteTransaction::begin(connection);
    expect(transaction.has_value());
    expect(insertWords(connection, block, std::as_bytes(std::span(text))).has_value());
    const std::string expression = wordExpression(question);
    if (!expression.empty()) {
        Statement find = connection.use(
            "SELECT rowid, bm25(words), snippet(words, -1, char(2), char(3), '…', 16) FROM words WHERE words "
            "MATCH ?1");
        find.bind(1, std::string_view(expression));
        for (;;) {
            auto row = find.step();
            expect(row.has_value());
            if (!*row) break;
            expect(find.integer(0) / kPassagesPerBlock == 7);
        }
    }
    expect(eraseWords(connection, 7).has_value());
    auto left = connection.integerOf("SELECT count(*) FROM words");
    expect(left && left->value_or(-1) == 0);
    return 0;
}
