// Help texts as read-only blocks with sections.
#include "storage/blocks/documentation.h"

#include <gtest/gtest.h>

#include "storage/blocks/verification.h"
#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::kAda;
using testing::kBen;
using testing::kSouth;
using testing::openStore;
using testing::StoreFolder;

constexpr const char* kHandbook =
    "How to use it.\n\n# Training\nChoose sounds.\n\n## When it stops\nContinue from the checkpoint.\n\n"
    "# Export\nWAV or FLAC.\n";

BlockId put(BlockStore& store, const std::string& name, const std::string& text,
            const Caller& caller = kAda) {
    auto receipt = putDocumentation(store, caller, {name, text, "{}", {"help"}});
    EXPECT_TRUE(receipt) << (receipt ? "" : receipt.error().sentence);
    return receipt ? receipt->id : BlockId{};
}

TEST(Documentation, IsListedBySection) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = put(*store, "Handbook", kHandbook);
    auto sections = sectionsOf(*store, kBen, id);
    ASSERT_TRUE(sections);
    ASSERT_EQ(sections->size(), 4U);
    EXPECT_EQ((*sections)[0].level, 0);
    EXPECT_EQ((*sections)[2].path, (std::vector<std::string>{"Training", "When it stops"}));
    EXPECT_EQ((*sections)[2].number, 3U);
    std::string whole;
    for (const DocumentationSection& section : *sections) whole += section.markdown;
    EXPECT_EQ(whole, kHandbook);
    EXPECT_EQ(sectionAt(*store, kAda, id, "export")->markdown, "# Export\nWAV or FLAC.\n");
    EXPECT_EQ(codeOf(sectionAt(*store, kAda, id, "import")), ErrorCode::notFound);
    EXPECT_EQ(codeOf(sectionsOf(*store, kSouth, id)), ErrorCode::notFound);
    EXPECT_EQ(codeOf(sectionsOf(*store, kAda, testing::putOne(*store, testing::draft("take", 9)))),
              ErrorCode::unusableInput);
}

TEST(Documentation, IsFoundByItsSections) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    put(*store, "Handbook", kHandbook);
    put(*store, "Other", "# Export\nNothing here.");
    auto page = searchDocumentation(*store, kAda, "checkp");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 1U);
    EXPECT_EQ(page->hits[0].anchor, "when-it-stops");
    EXPECT_EQ(page->hits[0].section, 3U);
    page = searchDocumentation(*store, kAda, "export", 1);
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 1U);
    const BlockId first = page->hits[0].block.id;
    page = searchDocumentation(*store, kAda, "export", 1, page->next);
    ASSERT_EQ(page->hits.size(), 1U);
    EXPECT_NE(page->hits[0].block.id, first);
    EXPECT_EQ(searchDocumentation(*store, kSouth, "export")->hits.size(), 0U);
}

TEST(Documentation, IsReadOnlyAndBroughtUpToDateByName) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = put(*store, "Handbook", kHandbook);
    BlockEdit edit;
    edit.name = "mine";
    auto refused = store->edit(kAda, id, 0, edit);
    EXPECT_EQ(codeOf(refused), ErrorCode::refused);
    EXPECT_NE(refused.error().sentence.find("Handbook"), std::string::npos);
    EXPECT_EQ(put(*store, "Handbook", kHandbook), id);
    EXPECT_EQ(store->get(kAda, id)->version, 1U) << "nothing to change";
    EXPECT_EQ(put(*store, "Handbook", "# New\ntext"), id);
    auto block = store->get(kAda, id);
    EXPECT_TRUE(block->readOnly);
    EXPECT_GT(block->version, 1U);
    EXPECT_EQ(searchDocumentation(*store, kAda, "checkpoint")->hits.size(), 0U);
    EXPECT_EQ(searchDocumentation(*store, kAda, "new text")->hits.size(), 1U);
    EXPECT_NE(put(*store, "Handbook", "# South", kSouth), id) << "each project has its own";
    EXPECT_NE(put(*store, "Hand", "# Part of the name"), id);
    EXPECT_EQ(codeOf(putDocumentation(*store, kAda, {"bytes", "\xff", "{}", {}})),
              ErrorCode::invalidArgument);
    auto report = verifyStore(*store);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->isSound()) << testing::problemsOf(*report);
}

TEST(Documentation, LargeEnoughForAPackIsSearchedAndVerified) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    Random random(1);
    std::string text;
    for (int i = 0; i < 4000; ++i) {
        text += "# Section " + std::to_string(i) + "\n";
        for (int w = 0; w < 60; ++w) text += std::to_string(random.bits()) + " ";
        text += "\n";
    }
    const BlockId id = put(*store, "Long", text);
    EXPECT_EQ(sectionsOf(*store, kAda, id)->size(), 4000U);
    EXPECT_EQ(searchDocumentation(*store, kAda, "\"section 3999\"")->hits.size(), 1U);
    auto report = verifyStore(*store);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->isSound()) << testing::problemsOf(*report);
}

}  // namespace
}  // namespace smidgen::storage
