// What is held of blocks that were read must be what the database says, whoever changed it.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "engine/foundation/random.h"
#include "storage/blocks/store_core.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::draft;
using testing::kAda;
using testing::kBen;
using testing::kSouth;
using testing::putOne;

class BlockCaches : public ::testing::Test {
 protected:
    /// The folder as another process has it open: nothing is shared but the disk.
    [[nodiscard]] std::unique_ptr<BlockStore> another(std::size_t cacheBytes = std::size_t{1} << 20) {
        StoreOptions options = testing::quietOptions();
        options.cacheBytes = cacheBytes;
        return testing::openStore(m_folder.path(), options);
    }
    static BlockId put(BlockStore& store, const std::string& name) {
        BlockDraft made = draft(name);
        made.vectors = {{"takes", {1.0F, 2.0F}}};
        return putOne(store, std::move(made));
    }
    static void rename(BlockStore& store, const BlockId& id, const std::string& name) {
        BlockEdit edit;
        edit.name = name;
        ASSERT_TRUE(store.edit(kAda, id, 0, edit).has_value());
    }
    /// Three times, so that what is held is asked, too.
    static void expectName(BlockStore& store, const BlockId& id, const std::string& name) {
        for (int i = 0; i < 3; ++i) {
            auto block = store.get(kAda, id);
            ASSERT_TRUE(block.has_value());
            ASSERT_EQ(name, block->name);
        }
    }

    testing::StoreFolder m_folder;
};

TEST_F(BlockCaches, AChangeIsSeenAtOnceByWhoMadeItAndByOthers) {
    const auto first = another(), second = another();
    const BlockId id = put(*first, "one");
    expectName(*first, id, "one");
    expectName(*second, id, "one");
    rename(*first, id, "two");
    expectName(*second, id, "two");
    expectName(*first, id, "two");
    rename(*second, id, "three");
    expectName(*first, id, "three");
    ASSERT_TRUE(first->setStatus(kAda, id, BlockStatus::deleted).has_value());
    for (int i = 0; i < 2; ++i) EXPECT_EQ(BlockStatus::deleted, second->get(kAda, id)->status);
    ASSERT_TRUE(first->purge(kAda, id).has_value());
    EXPECT_EQ(ErrorCode::notFound, codeOf(second->get(kAda, id)));
    EXPECT_EQ(ErrorCode::notFound, codeOf(first->get(kAda, id)));
}

TEST_F(BlockCaches, RightsAreAskedOfEveryCaller) {
    const auto first = another(), second = another();
    const BlockId id = put(*first, "secret");
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(second->get(kBen, id).has_value());
        EXPECT_FALSE(second->get(kSouth, id).has_value());
    }
    BlockEdit edit;
    edit.permissions = {{"ada", kMayAll}};
    ASSERT_TRUE(first->edit(kAda, id, 1, edit).has_value());
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(second->get(kBen, id).has_value());
        EXPECT_TRUE(second->get(kAda, id).has_value());
    }
}

TEST_F(BlockCaches, PartsAreThoseAskedFor) {
    const auto store = another();
    BlockDraft whole = draft("whole", 5000);
    whole.vectors = {{"takes", {3.0F}}};
    const BlockId id = putOne(*store, std::move(whole));
    for (int i = 0; i < 3; ++i)
        for (const bool vectors : {false, true})
            for (const bool content : {false, true}) {
                auto block = store->get(kAda, id, {vectors, content});
                ASSERT_TRUE(block.has_value());
                EXPECT_EQ(vectors ? 1U : 0U, block->vectors.size());
                EXPECT_EQ(content ? 5000U : 0U, block->content.size());
                EXPECT_EQ(5000U, block->contentSize);
            }
}

TEST_F(BlockCaches, EveryReadIsCountedOnce) {
    const auto first = another(), second = another();
    const BlockId id = put(*first, "read");
    std::uint64_t reads = 0;
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 4; ++i) EXPECT_EQ(reads++, first->get(kAda, id)->accessCount);
        // Written down, which changes no block.
        ASSERT_TRUE(first->core().flushAccess().has_value());
    }
    EXPECT_EQ(reads, second->get(kAda, id)->accessCount);
}

TEST_F(BlockCaches, RandomChangesFromTwoSidesAreNeverMissed) {
    for (const std::size_t cacheBytes : {std::size_t{1} << 20, std::size_t{6000}, std::size_t{0}}) {
        const std::unique_ptr<BlockStore> stores[] = {another(cacheBytes), another(cacheBytes)};
        Random random(cacheBytes + 3);
        std::map<BlockId, std::string> names;
        std::vector<BlockId> ids;
        for (int step = 0; step < 600; ++step) {
            BlockStore& store = *stores[random.below(2)];
            const std::string name = "step " + std::to_string(step);
            if (ids.size() < 5 || random.below(8) == 0) {
                ids.push_back(put(store, name));
                names[ids.back()] = name;
            } else if (const BlockId id = ids[random.below(ids.size())]; random.below(3) == 0) {
                ASSERT_NO_FATAL_FAILURE(rename(store, id, name));
                names[id] = name;
            } else {
                ASSERT_NO_FATAL_FAILURE(expectName(store, id, names[id])) << step;
            }
        }
    }
}

TEST_F(BlockCaches, MoreChangesThanAreFollowedOneByOne) {
    const auto first = another(), second = another();
    std::vector<Operation> many;
    for (int i = 0; i < 1500; ++i) {
        many.emplace_back(PutBlock{draft("block " + std::to_string(i))});
    }
    auto receipts = first->apply(kAda, many);
    ASSERT_TRUE(receipts.has_value());
    for (const std::size_t i : {0, 700, 1499})
        expectName(*second, (*receipts)[i].id, "block " + std::to_string(i));
    std::vector<Operation> edits;
    for (const Receipt& receipt : *receipts) {
        BlockEdit edit;
        edit.name = "again";
        edits.emplace_back(EditBlock{receipt.id, 1, std::move(edit)});
    }
    ASSERT_TRUE(first->apply(kAda, edits).has_value());
    for (const std::size_t i : {0, 700, 1499}) expectName(*second, (*receipts)[i].id, "again");
}

/// A reader never goes back behind what it, or who told it, has seen.
TEST_F(BlockCaches, ReadersBesideAWriterSeeVersionsAscend) {
    const auto writer = another(), reader = another();
    const BlockId id = put(*writer, "0");
    std::atomic<std::uint64_t> acknowledged{1};
    std::atomic<bool> stop{false};
    std::vector<std::jthread> threads;
    std::atomic<int> backwards{0}, reads{0};
    for (BlockStore* store : {writer.get(), reader.get(), reader.get()})
        threads.emplace_back([&, store] {
            while (!stop) {
                const std::uint64_t known = acknowledged;
                auto block = store->get(kAda, id);
                ++reads;
                if (!block || block->version < known || block->name != std::to_string(block->version - 1))
                    ++backwards;
            }
        });
    for (int i = 1; i <= 60 || reads < 300; ++i) {
        BlockEdit edit;
        edit.name = std::to_string(i);
        const auto done = writer->edit(kAda, id, 0, edit);
        ASSERT_TRUE(done.has_value());
        acknowledged = static_cast<std::uint64_t>(i) + 1;
    }
    stop = true;
    threads.clear();
    EXPECT_EQ(0, backwards);
}

}  // namespace
}  // namespace smidgen::storage
