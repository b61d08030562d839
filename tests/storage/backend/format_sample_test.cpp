// A library of format 1, kept as it was written then: what reads it today must read the same. Made by
// SMIDGEN_WRITE_SAMPLE=FOLDER test_backend --gtest_filter='FormatSample.*'.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "storage/backend/embedded_backend.h"
#include "storage/blocks/documentation.h"
#include "storage/blocks/maintenance.h"
#include "storage/blocks/operation_runner.h"
#include "storage/blocks/store_core.h"
#include "storage/messages/message_queues.h"
#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;
using testing::codeOf;
using testing::kAda;
using testing::kBen;
using testing::kSouth;

BlockId idOf(int number) {
    return *BlockId::parse("018f3c5e-7b1a-7c3d-9e2f-00000000000" + std::to_string(number));
}

BlockDraft take(int number, const std::string& name) {
    BlockDraft made = testing::draft(name, 300, static_cast<std::uint64_t>(number));
    made.id = idOf(number);
    return made;
}

EmbeddedOptions quiet() {
    EmbeddedOptions options;
    options.store = testing::quietOptions();
    options.index.background = false;
    return options;
}

/// A content that lies in a pack although it is small.
void putPacked(BlockStore& store, BlockDraft made) {
    const std::vector<std::byte> bytes = testing::bytesOf(500, 9);
    std::vector<Operation> one;
    made.content = bytes;
    one.emplace_back(PutBlock{std::move(made)});
    auto prepared = prepareOperations(store.core().packs, one);
    ASSERT_TRUE(prepared);
    PreparedContent& content = *prepared->contents[0];
    auto appended = store.core().packs.append(content.record, content.stored());
    ASSERT_TRUE(appended);
    content.place = appended->place;
    content.hold = appended->hold;
    const Status written =
        store.core().write({[&](Writer& writer) -> Status {
                                auto done = runOperations(writer, kAda, store.core().replica, *prepared);
                                if (!done) return propagate(done);
                                return {};
                            },
                            nullptr});
    ASSERT_TRUE(written) << written.error().sentence;
}

void write(const fs::path& folder) {
    auto backend = EmbeddedBackend::open(folder, quiet());
    ASSERT_TRUE(backend);
    BlockStore& store = (*backend)->store();
    ASSERT_TRUE(defineSpace(store, {"ball", Space::hyperbolic(3, 0.5), Chart::tangent}));
    BlockDraft first = take(1, "Kick");
    first.tags = {"drum", "low"};
    first.metadata = R"({"bpm": 120, "made with": "hands"})";
    first.vectors = {{"ball", {1.0F, 0.5F, -0.25F}}, {"descriptors", {3.5F, 7.0F}}};
    first.permissions = {{"ben", kMayRead}};
    BlockDraft second = take(2, "Model");
    second.kind = BlockClass::model;
    second.content = testing::bytesOf(20'000, 2, false);
    ASSERT_TRUE(store.apply(kAda, {PutBlock{first}, PutBlock{second}, PutBlock{take(3, "Archived")},
                                   PutBlock{take(4, "In the trash")}, PutBlock{take(5, "Purged")}}));
    putPacked(store, take(6, "Packed"));
    BlockEdit edit;
    edit.name = "Kick, later";
    edit.content = testing::bytesOf(200, 11);
    ASSERT_TRUE(store.apply(
        kAda, {EditBlock{idOf(1), 1, edit}, SetStatus{idOf(3), 0, BlockStatus::archived},
               SetStatus{idOf(4), 0, BlockStatus::deleted}, SetStatus{idOf(5), 0, BlockStatus::deleted},
               PurgeBlock{idOf(5), 0}, ShareBlock{idOf(2), 0, "south", true},
               LinkBlocks{{idOf(1), idOf(2), "made-by", 0.75}}}));
    ASSERT_TRUE(putDocumentation(store, kAda, {"Handbook", "# Training\nChoose sounds.\n", "{}", {}}));
    MessageQueues queues(store, {}, [] { return currentMilliseconds(); });
    ASSERT_TRUE(queues.open(kBen, "decoder"));
    ASSERT_TRUE(queues.send(kAda, "decoder", {"codes", testing::bytesOf(20, 4), {idOf(2)}, ""}));
}

void expectSample(const fs::path& folder) {
    auto backend = EmbeddedBackend::open(folder, quiet());
    ASSERT_TRUE(backend) << backend.error().sentence << backend.error().detail;
    BlockStore& store = (*backend)->store();
    auto report = verifyStore(store);
    ASSERT_TRUE(report) << report.error().sentence;
    EXPECT_TRUE(report->isSound()) << testing::problemsOf(*report);
    EXPECT_EQ(report->blocks, 6U);
    auto kick = store.get(kAda, idOf(1));
    ASSERT_TRUE(kick) << kick.error().sentence;
    EXPECT_EQ(kick->name, "Kick, later");
    EXPECT_EQ(kick->tags, (std::vector<std::string>{"drum", "low"}));
    EXPECT_EQ(kick->metadata, R"({"bpm": 120, "made with": "hands"})");
    EXPECT_EQ(kick->vectors,
              (std::vector<BlockVector>{{"ball", {1.0F, 0.5F, -0.25F}}, {"descriptors", {3.5F, 7.0F}}}));
    EXPECT_EQ(kick->permissions, (std::vector<Permission>{{"ben", kMayRead}}));
    EXPECT_EQ(kick->content, testing::bytesOf(200, 11));
    EXPECT_EQ(store.getVersion(kAda, idOf(1), 1)->name, "Kick");
    EXPECT_EQ(store.getVersion(kAda, idOf(1), 1)->content, testing::bytesOf(300, 1));
    EXPECT_EQ(store.get(kSouth, idOf(2))->content, testing::bytesOf(20'000, 2, false));
    EXPECT_EQ(store.get(kAda, idOf(3))->status, BlockStatus::archived);
    EXPECT_EQ(store.get(kAda, idOf(4))->status, BlockStatus::deleted);
    EXPECT_EQ(codeOf(store.get(kAda, idOf(5))), ErrorCode::notFound);
    EXPECT_EQ(store.get(kAda, idOf(6))->content, testing::bytesOf(500, 9));
    EXPECT_EQ(*store.linksFrom(kAda, idOf(1)), (std::vector<Link>{{idOf(1), idOf(2), "made-by", 0.75}}));
    EXPECT_EQ(store.audit(1)->size(), 14U);
    auto found = searchDocumentation(store, kAda, "choos");
    ASSERT_EQ(found->hits.size(), 1U);
    EXPECT_EQ(found->hits[0].anchor, "training");
    auto spaces = definedSpaces(store);
    ASSERT_EQ(spaces->size(), 1U);
    EXPECT_EQ((*spaces)[0], (VectorSpace{"ball", Space::hyperbolic(3, 0.5), Chart::tangent}));
    auto like = (*backend)->searchLike(kAda, "ball", std::vector<float>{1, 0.5F, -0.25F}, {}, 3, "");
    ASSERT_EQ(like->hits.size(), 1U);
    EXPECT_EQ(like->hits[0].block.id, idOf(1));
    // The message is older than they are kept by default.
    MessageLimits limits;
    limits.keptFor = INT64_MAX / 4;
    Reading reading;
    reading.reader = "test";
    auto messages = MessageQueues(store, limits).receive(kBen, "decoder", reading);
    ASSERT_TRUE(messages) << messages.error().sentence;
    ASSERT_EQ(messages->size(), 1U);
    EXPECT_EQ((*messages)[0].message.body, testing::bytesOf(20, 4));
    EXPECT_EQ((*messages)[0].message.blocks, std::vector<BlockId>{idOf(2)});
    // And it can be written to.
    testing::putOne(store, testing::draft("new"));
    EXPECT_TRUE(verifyStore(store)->isSound());
}

TEST(FormatSample, WrittenTodayIsReadToday) {
    testing::StoreFolder folder;
    const char* where = std::getenv("SMIDGEN_WRITE_SAMPLE");
    const fs::path target = where != nullptr ? fs::path(where) : folder.path() / "sample";
    write(target);
    if (where == nullptr) expectSample(target);
}

TEST(FormatSample, OfFormatOneIsReadAsItWasWritten) {
    testing::StoreFolder folder;
    const fs::path copy = folder.path() / "copy";
    fs::copy(fs::path(SMIDGEN_SOURCE_DIR) / "tests/storage/backend/format_1", copy,
             fs::copy_options::recursive);
    for (const auto& entry : fs::recursive_directory_iterator(copy))
        fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add);
    expectSample(copy);
}

/// A sample once read as an empty library ("no such block"): its store.db had been copied without its log.
TEST(FormatSample, IsWholeOnlyWhenTheLibraryWasClosedOrItsLogCameAlong) {
    testing::StoreFolder folder;
    const fs::path open = folder.path() / "open";
    const auto copyOf = [&](const char* name, bool withLog) {
        const fs::path copy = folder.path() / name;
        fs::create_directories(copy);
        fs::copy_file(databaseOf(open), databaseOf(copy));
        if (withLog) fs::copy_file(logOf(open), logOf(copy));
        return copy;
    };
    {
        auto store = testing::openStore(open);
        testing::putOne(*store, take(1, "Kick"));
        EXPECT_EQ(codeOf(testing::openStore(copyOf("without", false))->get(kAda, idOf(1))),
                  ErrorCode::notFound);
        EXPECT_TRUE(testing::openStore(copyOf("with", true))->get(kAda, idOf(1)));
        ASSERT_TRUE(backupStore(*store, folder.path() / "backup"));
        EXPECT_TRUE(testing::openStore(folder.path() / "backup")->get(kAda, idOf(1)));
    }
    EXPECT_TRUE(testing::openStore(copyOf("closed", false))->get(kAda, idOf(1)));
}

}  // namespace
}  // namespace smidgen::storage
