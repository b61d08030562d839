// Finding blocks by words.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <set>

#include "storage/blocks/maintenance.h"
#include "storage/blocks/markdown_sections.h"
#include "storage/blocks/store_core.h"
#include "storage/blocks/verification.h"
#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::draft;
using testing::kAda;
using testing::kBen;
using testing::kSouth;
using testing::openStore;
using testing::putOne;
using testing::StoreFolder;

std::vector<std::string> namesOf(const Result<WordPage>& page) {
    std::vector<std::string> names;
    EXPECT_TRUE(page) << (page ? "" : page.error().sentence + page.error().detail);
    if (page)
        for (const WordHit& hit : page->hits) names.push_back(hit.block.name);
    return names;
}

WordQuery words(const std::string& text) {
    WordQuery query;
    query.text = text;
    return query;
}

std::vector<std::string> found(BlockStore& store, const std::string& text, const Caller& caller = kAda) {
    auto names = namesOf(store.searchWords(caller, words(text)));
    std::sort(names.begin(), names.end());
    return names;
}

using Names = std::vector<std::string>;

BlockDraft named(const std::string& name, std::vector<std::string> tags = {}, std::string metadata = "{}") {
    BlockDraft made = draft(name);
    made.tags = std::move(tags);
    made.metadata = std::move(metadata);
    return made;
}

BlockDraft markdown(const std::string& name, const std::string& text) {
    BlockDraft made = named(name);
    made.kind = BlockClass::documentation;
    made.mimeType = "text/markdown";
    const auto bytes = std::as_bytes(std::span(text));
    made.content.assign(bytes.begin(), bytes.end());
    return made;
}

std::string problems(BlockStore& store) {
    auto report = verifyStore(store);
    return report ? testing::problemsOf(*report) : report.error().sentence + report.error().detail;
}

TEST(Words, AreFoundInNamesTagsAndTextsOfTheMetadata) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    putOne(*store, named("Warm kick"));
    putOne(*store, named("two", {"drum", "low end"}));
    putOne(*store, named("three", {}, R"({"made with": {"plugin": "Vintage Reverb", "years": [1968, 7]}})"));
    EXPECT_EQ(found(*store, "kick"), Names{"Warm kick"});
    EXPECT_EQ(found(*store, "KICK warm"), Names{"Warm kick"}) << "in any order and case";
    EXPECT_EQ(found(*store, "end drum"), Names{"two"});
    EXPECT_EQ(found(*store, "reverb 1968"), Names{"three"});
    EXPECT_EQ(found(*store, "plugin"), Names{}) << "keys are not texts";
    EXPECT_EQ(found(*store, "warm drum"), Names{}) << "all words in one block";
    EXPECT_EQ(found(*store, ""), Names{});
}

TEST(Words, AreFoundByTheirBeginnings) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    putOne(*store, named("drums, looped"));
    putOne(*store, named("humdrum"));
    for (const char* text : {"d", "dr", "drum lo", "loop"})
        EXPECT_EQ(found(*store, text), Names{"drums, looped"}) << text;
    EXPECT_EQ(found(*store, "\"drum\""), Names{}) << "quotes ask for whole words";
    EXPECT_EQ(found(*store, "\"drums looped\""), Names{"drums, looped"});
    EXPECT_EQ(found(*store, "\"looped drums\""), Names{});
    EXPECT_EQ(found(*store, "drum -looped"), Names{});
    EXPECT_EQ(found(*store, "drum -loop"), Names{"drums, looped"}) << "only the whole word is kept out";
}

TEST(Words, OfAnyScriptAreFoundWithoutTheirDiacritics) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    for (const char* name :
         {"Café Müller", "Cafe\u0301 (decomposed)", "Гроза над рекой", "Ηχώ", "雨の東京タワー", "สวัสดีครับ",
          "हिन्दी गीत", "צליל עמוק", "صوت عميق", "한국어 소리"})
        putOne(*store, named(name));
    EXPECT_EQ(found(*store, "cafe").size(), 2U);
    EXPECT_EQ(found(*store, "café müll"), Names{"Café Müller"});
    EXPECT_EQ(found(*store, "гроз"), Names{"Гроза над рекой"});
    EXPECT_EQ(found(*store, "ηχω"), Names{"Ηχώ"});
    EXPECT_EQ(found(*store, "東京"), Names{"雨の東京タワー"}) << "in the middle of a run without spaces";
    EXPECT_EQ(found(*store, "京東"), Names{});
    EXPECT_EQ(found(*store, "タワ"), Names{"雨の東京タワー"});
    EXPECT_EQ(found(*store, "ครับ"), Names{"สวัสดีครับ"});
    EXPECT_EQ(found(*store, "हिन्दी"), Names{"हिन्दी गीत"});
    EXPECT_EQ(found(*store, "עמוק"), Names{"צליל עמוק"});
    EXPECT_EQ(found(*store, "عمي"), Names{"صوت عميق"});
    EXPECT_EQ(found(*store, "소리"), Names{"한국어 소리"});
}

TEST(Words, OfAnyShapeAreNeverAnError) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    putOne(*store, named("plain AND simple"));
    for (const std::string& text : {std::string("AND"),
                                    std::string("OR NOT"),
                                    std::string("NEAR(plain simple, 2)"),
                                    std::string("title:plain"),
                                    std::string("^plain"),
                                    std::string("\"plain"),
                                    std::string("plain\"\""),
                                    std::string("'; DROP TABLE words; --"),
                                    std::string("(plain"),
                                    std::string("plain)"),
                                    std::string("{title} : x"),
                                    std::string("*"),
                                    std::string("**plain*"),
                                    std::string("- -- ---"),
                                    std::string("—"),
                                    std::string("— plain"),
                                    std::string("-plain"),
                                    std::string("a\0b", 3),
                                    std::string("\xff\xfe plain"),
                                    std::string("\xE6\x9D"),
                                    std::string(4096, '"'),
                                    std::string(4096, 'x'),
                                    std::string("plain+simple"),
                                    std::string("col-plain"),
                                    std::string("\"\" plain")}) {
        auto page = store->searchWords(kAda, words(text));
        EXPECT_TRUE(page) << text << ": " << (page ? "" : page.error().detail);
    }
    EXPECT_EQ(found(*store, "AND"), Names{"plain AND simple"}) << "a word like any other";
    EXPECT_EQ(found(*store, "— plain"), Names{"plain AND simple"});
    EXPECT_EQ(found(*store, "(plain)"), Names{"plain AND simple"});
    Random random(5);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(12); i > 0; --i)
            text += random.below(3) == 0 ? static_cast<char>(random.bits())
                                         : "\"*-^:(){}+ NEAROT"[random.below(17)];
        auto page = store->searchWords(kAda, words(text));
        ASSERT_TRUE(page) << text << ": " << page.error().detail;
    }
    EXPECT_EQ(codeOf(store->searchWords(kAda, words(std::string(5000, 'x')))), ErrorCode::invalidArgument);
    WordQuery badPage = words("plain");
    for (const char* mark : {"x", "1", "fffffffffffffffffff.", "1..", "-"}) {
        badPage.after = mark;
        EXPECT_EQ(codeOf(store->searchWords(kAda, badPage)), ErrorCode::invalidArgument) << mark;
    }
}

TEST(Words, ShowOnlyWhatTheCallerMayReadAndAsksFor) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId open = putOne(*store, named("bell open", {"metal"}));
    BlockDraft hidden = named("bell hidden");
    hidden.permissions = {{"eve", kMayRead}};
    putOne(*store, hidden);
    putOne(*store, named("bell southern"), kSouth);
    BlockDraft model = named("bell model");
    model.kind = BlockClass::model;
    const BlockId modelId = putOne(*store, model);
    EXPECT_EQ(found(*store, "bell"), (Names{"bell hidden", "bell model", "bell open"}));
    EXPECT_EQ(found(*store, "bell", kBen), (Names{"bell model", "bell open"}));
    EXPECT_EQ(found(*store, "bell", kSouth), Names{"bell southern"});
    ASSERT_TRUE(store->apply(kAda, {ShareBlock{open, 0, "south", true}}));
    EXPECT_EQ(found(*store, "bell", kSouth), (Names{"bell open", "bell southern"}));
    ASSERT_TRUE(store->setStatus(kAda, modelId, BlockStatus::deleted));
    EXPECT_EQ(found(*store, "bell", kBen), Names{"bell open"});
    WordQuery trash = words("bell");
    trash.statuses = {BlockStatus::deleted};
    EXPECT_EQ(namesOf(store->searchWords(kAda, trash)), Names{"bell model"});
    WordQuery filtered = words("bell");
    filtered.tags = {"metal"};
    EXPECT_EQ(namesOf(store->searchWords(kAda, filtered)), Names{"bell open"});
    filtered = words("bell");
    filtered.madeIn = "south";
    EXPECT_EQ(namesOf(store->searchWords(kSouth, filtered)), Names{"bell southern"});
}

TEST(Words, FollowEveryChange) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = putOne(*store, named("first", {"tagged"}));
    BlockEdit edit;
    edit.name = "second";
    edit.tags = std::vector<std::string>{"other"};
    ASSERT_TRUE(store->edit(kAda, id, 0, edit));
    EXPECT_EQ(found(*store, "first"), Names{});
    EXPECT_EQ(found(*store, "tagged"), Names{});
    EXPECT_EQ(found(*store, "second other"), Names{"second"});
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::deleted));
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::active));
    EXPECT_EQ(found(*store, "second"), Names{"second"});
    std::vector<Operation> failing;
    failing.emplace_back(PutBlock{named("never")});
    failing.emplace_back(PurgeBlock{id, 0});
    EXPECT_EQ(codeOf(store->apply(kAda, failing)), ErrorCode::refused);
    EXPECT_EQ(found(*store, "never"), Names{}) << "of the same transaction";
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::deleted));
    ASSERT_TRUE(store->purge(kAda, id));
    WordQuery everywhere = words("second");
    everywhere.statuses.clear();
    EXPECT_EQ(namesOf(store->searchWords(kAda, everywhere)), Names{});
    EXPECT_EQ(problems(*store), "");
}

TEST(Words, AreRankedAndPagedWithoutGapsWhileOthersWrite) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    for (int i = 0; i < 50; ++i)
        putOne(*store, named(i % 5 == 0 ? "glass" : "long name with glass in it", {}, R"({"of": "glass"})"));
    WordQuery query = words("glass");
    query.limit = 7;
    std::set<BlockId> seen;
    int pages = 0;
    for (;;) {
        auto page = store->searchWords(kAda, query);
        ASSERT_TRUE(page) << page.error().sentence;
        for (const WordHit& hit : page->hits) {
            EXPECT_TRUE(pages > 0 || hit.block.name == "glass") << "the short name says more";
        }
        for (const WordHit& hit : page->hits) EXPECT_TRUE(seen.insert(hit.block.id).second) << "twice";
        ++pages;
        if (page->next.empty()) break;
        query.after = page->next;
        // Changes all scores, and moves what was seen.
        for (int i = 0; i < 3; ++i) putOne(*store, named("something else"));
        BlockEdit edit;
        edit.metadata = R"({"now": "glass glass glass"})";
        ASSERT_TRUE(store->edit(kAda, *seen.begin(), 0, edit));
    }
    EXPECT_EQ(seen.size(), 50U);
    EXPECT_EQ(pages, 8);
}

TEST(Words, OfDocumentationAreFoundBySection) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = putOne(*store, markdown("Handbook",
                                               "Before all.\n\n# Saving\nKeeps a *model*.\n\n## As a file\n"
                                               "A [sound](x.md) is written.\n\n# Loading\nReads a model.\n"));
    auto page = store->searchWords(kAda, words("model keeps"));
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 1U);
    EXPECT_EQ(page->hits[0].block.id, id);
    EXPECT_EQ(page->hits[0].section, 2U);
    EXPECT_EQ(page->hits[0].anchor, "saving");
    EXPECT_EQ(page->hits[0].snippet, "\x02Keeps\x03 a \x02model\x03.");
    page = store->searchWords(kAda, words("sound written"));
    ASSERT_EQ(page->hits.size(), 1U);
    EXPECT_EQ(page->hits[0].path, (Names{"Saving", "As a file"}));
    EXPECT_EQ(store->searchWords(kAda, words("model"))->hits.size(), 2U);
    EXPECT_EQ(store->searchWords(kAda, words("handbook"))->hits.front().section, 0U);
    WordQuery blocksOnly = words("model");
    blocksOnly.sections = false;
    EXPECT_EQ(store->searchWords(kAda, blocksOnly)->hits.size(), 0U);
    BlockEdit edit;
    const std::string shorter = "# Only\nThis.";
    const auto bytes = std::as_bytes(std::span(shorter));
    edit.content.emplace(bytes.begin(), bytes.end());
    ASSERT_TRUE(store->edit(kAda, id, 0, edit));
    EXPECT_EQ(store->searchWords(kAda, words("model"))->hits.size(), 0U);
    EXPECT_EQ(store->searchWords(kAda, words("only"))->hits.size(), 1U);
    EXPECT_EQ(problems(*store), "");
}

void fillWords(BlockStore& store) {
    for (int i = 0; i < 20; ++i) putOne(store, named("block " + std::to_string(i), {"tag"}));
    putOne(store, markdown("Manual", "# One\nalpha beta\n# Two\ngamma"));
}

TEST(Words, OutOfStepAreNoticedAndRepaired) {
    for (const char* sql :
         {"DELETE FROM words WHERE rowid = 2 * 65536", "DELETE FROM words WHERE rowid = 21 * 65536 + 2",
          "UPDATE words SET title = 'other' WHERE rowid = 2 * 65536",
          "UPDATE words SET anchor = 'other' WHERE rowid = 21 * 65536 + 1",
          "INSERT INTO words(rowid, title) VALUES(99 * 65536, 'stray')",
          "INSERT INTO words(rowid, title) VALUES(3 * 65536 + 9, 'stray')", "DELETE FROM words"}) {
        StoreFolder folder;
        {
            auto store = openStore(folder.path());
            fillWords(*store);
            EXPECT_EQ(problems(*store), "");
        }
        {
            auto raw = Connection::open(databaseOf(folder.path()), OpenMode::readWrite);
            ASSERT_TRUE(raw);
            const Status done = raw->execute(sql);
            ASSERT_TRUE(done) << sql << done.error().detail;
        }
        {
            auto store = openStore(folder.path());
            EXPECT_NE(problems(*store), "") << sql;
        }
        auto report = repairStore(folder.path(), testing::quietOptions());
        ASSERT_TRUE(report) << report.error().sentence;
        EXPECT_TRUE(report->lost.empty());
        auto store = openStore(folder.path());
        EXPECT_EQ(problems(*store), "") << sql;
        EXPECT_EQ(found(*store, "block").size(), 20U) << sql;
        EXPECT_EQ(store->searchWords(kAda, words("gamma"))->hits.size(), 1U) << sql;
    }
}

TEST(Words, ThatOnlyTheIndexHasWrongAreNoticed) {
    StoreFolder folder;
    {
        auto store = openStore(folder.path());
        fillWords(*store);
    }
    {
        auto table = Connection::open(databaseOf(folder.path()), OpenMode::readWrite);
        ASSERT_TRUE(table);
        ASSERT_TRUE(table->execute("UPDATE words SET title = 'other' WHERE rowid = 2 * 65536"));
    }
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(databaseOf(folder.path()).c_str(), &raw), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(raw, "UPDATE words_content SET c0 = 'block 1' WHERE id = 131072", nullptr, nullptr,
                           nullptr),
              SQLITE_OK);
    sqlite3_close(raw);
    auto store = openStore(folder.path());
    EXPECT_EQ(problems(*store), "The index of words is damaged or out of step. A repair makes it anew.\n");
}

TEST(Words, OfAReadOnlyLibraryAreFoundAndVerified) {
    StoreFolder folder;
    {
        auto store = openStore(folder.path());
        fillWords(*store);
    }
    StoreOptions options = testing::quietOptions();
    options.readOnly = true;
    auto store = openStore(folder.path(), options);
    EXPECT_EQ(found(*store, "block").size(), 20U);
    EXPECT_EQ(problems(*store), "");
}

TEST(Markdown, IsCutByItsHeadings) {
    const auto sections = cutMarkdown(
        "\xEF\xBB\xBF# A #\ntext\n```\n# not one\n```\nUnder\n-----\nmore\n### Deep\n## A\n####### "
        "seven\n#none\n- item\n---\n"
        "    # code\n");
    ASSERT_EQ(sections.size(), 4U);
    EXPECT_EQ(sections[0].heading, "A");
    EXPECT_EQ(sections[1].heading, "Under");
    EXPECT_EQ(sections[1].level, 2);
    EXPECT_EQ(plainText(sections[1]), "more");
    EXPECT_EQ(sections[2].path, (Names{"A", "Under", "Deep"}));
    EXPECT_EQ(sections[3].path, (Names{"A", "A"}));
    EXPECT_EQ(sections[3].anchor, "a-1");
    EXPECT_EQ(cutMarkdown("").size(), 0U);
    EXPECT_EQ(cutMarkdown("no heading").size(), 1U);
    EXPECT_EQ(cutMarkdown("# a\n# b\n# c\n", 2).size(), 2U);
    std::size_t bytes = 0;
    const std::string text = "x\n# a\ny\n\nb\n===\nz";
    for (const MarkdownSection& section : cutMarkdown(text)) bytes += section.markdown.size();
    EXPECT_EQ(bytes, text.size()) << "nothing is lost between sections";
}

TEST(Markdown, OfAnyBytesIsCut) {
    Random random(3);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(80); i > 0; --i)
            text += "#`~=-[]()!* \n\nab\xC3"[random.below(18)];
        std::size_t bytes = 0;
        for (const MarkdownSection& section : cutMarkdown(text)) {
            bytes += section.markdown.size();
            EXPECT_LE(plainText(section).size(), section.markdown.size());
        }
        EXPECT_LE(bytes, text.size());
    }
}

}  // namespace
}  // namespace smidgen::storage
