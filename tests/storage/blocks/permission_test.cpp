// Projects, permissions, read-only, and the log of it all.
#include <gtest/gtest.h>

#include "storage/blocks/connection.h"
#include "storage/blocks/permission_rules.h"
#include "storage/blocks/store_core.h"
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

TEST(PermissionRules, FollowTheTable) {
    Block block;
    block.owner = "ada";
    block.project = "north";
    EXPECT_EQ(rightsOf({"ben", "north"}, block), kMayAll) << "no permissions: everyone in the project";
    EXPECT_EQ(rightsOf({"ada", "south"}, block), 0) << "projects are isolated, for the owner too";
    block.permissions = {{"*", kMayRead}, {"ben", kMayWrite}};
    EXPECT_EQ(rightsOf({"ada", "north"}, block), kMayAll);
    EXPECT_EQ(rightsOf({"ben", "north"}, block), kMayRead | kMayWrite);
    EXPECT_EQ(rightsOf({"cy", "north"}, block), kMayRead);
    block.sharedWith = {"south"};
    EXPECT_EQ(rightsOf({"cy", "south"}, block), kMayRead) << "permissions follow into the other project";
}

TEST(Permissions, OtherProjectsSeeABlockOnlyWhenItIsShared) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = putOne(*store, draft("kick"));
    putOne(*store, draft("theirs"), kSouth);
    EXPECT_EQ(codeOf(store->get(kSouth, id)), ErrorCode::notFound);
    EXPECT_EQ(store->list(kSouth, {})->blocks.size(), 1U);
    ASSERT_TRUE(store->apply(kAda, {ShareBlock{id, 0, "south", true}}));
    EXPECT_TRUE(store->get(kSouth, id));
    EXPECT_EQ(store->list(kSouth, {})->blocks.size(), 2U);
    ASSERT_TRUE(store->apply(kAda, {ShareBlock{id, 0, "south", false}}));
    EXPECT_EQ(codeOf(store->get(kSouth, id)), ErrorCode::notFound);
}

TEST(Permissions, AreAskedForByEveryOperation) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    BlockDraft guarded = draft("kick");
    guarded.permissions = {{"ben", kMayRead}};
    const BlockId id = putOne(*store, guarded);
    const BlockId other = putOne(*store, draft("other"));
    BlockEdit rename;
    rename.name = "mine";
    BlockEdit open;
    open.permissions = std::vector<Permission>{};
    EXPECT_TRUE(store->get(kBen, id));
    EXPECT_EQ(codeOf(store->edit(kBen, id, 0, rename)), ErrorCode::refused);
    EXPECT_EQ(codeOf(store->edit(kBen, id, 0, open)), ErrorCode::refused);
    EXPECT_EQ(codeOf(store->setStatus(kBen, id, BlockStatus::archived)), ErrorCode::refused);
    EXPECT_EQ(codeOf(store->setStatus(kBen, id, BlockStatus::deleted)), ErrorCode::refused);
    EXPECT_EQ(codeOf(store->apply(kBen, {ShareBlock{id, 0, "south", true}})), ErrorCode::refused);
    EXPECT_EQ(codeOf(store->apply(kBen, {LinkBlocks{{id, other, "from", 1}}})), ErrorCode::refused);
    EXPECT_TRUE(store->apply(kBen, {LinkBlocks{{other, id, "from", 1}}})) << "reading is enough for a target";
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::deleted));
    EXPECT_EQ(codeOf(store->purge(kBen, id)), ErrorCode::refused);
    EXPECT_EQ(codeOf(store->setStatus(kBen, id, BlockStatus::active)), ErrorCode::refused);
    EXPECT_TRUE(store->edit(kAda, id, 0, open));
    EXPECT_TRUE(store->edit(kBen, id, 0, rename));
}

TEST(Permissions, ABlockOneMayNotReadIsNotThere) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    BlockDraft guarded = draft("secret");
    guarded.permissions = {{"ada", kMayAll}};
    const BlockId id = putOne(*store, guarded);
    const BlockId derived = putOne(*store, draft("derived"));
    ASSERT_TRUE(store->apply(kAda, {LinkBlocks{{derived, id, "from", 1}}}));
    EXPECT_EQ(codeOf(store->get(kBen, id)), ErrorCode::notFound);
    EXPECT_EQ(codeOf(store->versions(kBen, id)), ErrorCode::notFound);
    EXPECT_EQ(codeOf(store->getVersion(kBen, id, 1)), ErrorCode::notFound);
    EXPECT_EQ(store->list(kBen, {})->blocks.size(), 1U);
    EXPECT_EQ(*store->count(kBen, {}), 1U);
    EXPECT_TRUE(store->linksFrom(kBen, derived)->empty());
    EXPECT_TRUE(store->provenance(kBen, derived)->empty());
    EXPECT_EQ(store->provenance(kAda, derived)->size(), 1U);
}

TEST(Permissions, AReadOnlyBlockRefusesByName) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    BlockDraft protectedDraft = draft("factory preset");
    protectedDraft.readOnly = true;
    const BlockId id = putOne(*store, protectedDraft);
    BlockEdit rename;
    rename.name = "mine";
    auto refused = store->edit(kAda, id, 0, rename);
    ASSERT_EQ(codeOf(refused), ErrorCode::refused);
    EXPECT_NE(refused.error().sentence.find("'factory preset'"), std::string::npos);
    EXPECT_NE(refused.error().sentence.find("read-only"), std::string::npos);
    EXPECT_EQ(codeOf(store->setStatus(kAda, id, BlockStatus::deleted)), ErrorCode::refused);
    BlockEdit unlock;
    unlock.readOnly = false;
    ASSERT_TRUE(store->edit(kAda, id, 0, unlock));
    EXPECT_TRUE(store->edit(kAda, id, 0, rename));
}

TEST(Audit, RecordsSuccessesAndRefusalsInAChain) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    BlockDraft guarded = draft("kick");
    guarded.permissions = {{"ben", kMayRead}, {"ada", kMayAll}};
    const BlockId id = putOne(*store, guarded);
    EXPECT_EQ(codeOf(store->setStatus(kBen, id, BlockStatus::deleted)), ErrorCode::refused);
    EXPECT_EQ(codeOf(store->get({"cy", "north"}, id)), ErrorCode::notFound);
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::archived));
    auto entries = store->audit(1);
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 4U);
    EXPECT_EQ((*entries)[0].action, AuditAction::create);
    EXPECT_EQ((*entries)[0].outcome, AuditOutcome::done);
    EXPECT_EQ((*entries)[0].caller, "ada@north");
    EXPECT_EQ((*entries)[0].block, id);
    EXPECT_EQ((*entries)[1].action, AuditAction::remove);
    EXPECT_EQ((*entries)[1].outcome, AuditOutcome::refused);
    EXPECT_EQ((*entries)[1].caller, "ben@north");
    EXPECT_EQ((*entries)[2].action, AuditAction::read);
    EXPECT_EQ((*entries)[2].caller, "cy@north");
    EXPECT_EQ((*entries)[3].action, AuditAction::archive);
    EXPECT_EQ((*entries)[3].version, 2U);
    Sha256 previous{};
    for (const AuditEntry& entry : *entries) {
        EXPECT_EQ(entry.hash, auditHash(previous, entry));
        previous = entry.hash;
    }
}

TEST(Audit, CannotBeChangedUnnoticed) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    for (int i = 0; i < 5; ++i) putOne(*store, draft("block " + std::to_string(i)));
    Connection& raw = store->core().writer->connection;
    const auto goOn = [] { return true; };
    EXPECT_EQ(*findBrokenAudit(raw, goOn), std::nullopt);
    EXPECT_FALSE(raw.execute("DELETE FROM audit WHERE seq = 2")) << "append-only";
    EXPECT_FALSE(raw.execute("UPDATE audit SET caller = 'eve@north' WHERE seq = 2"));
    ASSERT_TRUE(raw.execute("DROP TRIGGER audit_fixed; DROP TRIGGER audit_kept"));
    ASSERT_TRUE(raw.execute("UPDATE audit SET caller = 'eve@north' WHERE seq = 3"));
    EXPECT_EQ(*findBrokenAudit(raw, goOn), 3);
    ASSERT_TRUE(raw.execute("UPDATE audit SET caller = 'ada@north' WHERE seq = 3"));
    EXPECT_EQ(*findBrokenAudit(raw, goOn), std::nullopt);
    ASSERT_TRUE(raw.execute("DELETE FROM audit WHERE seq = 2"));
    EXPECT_EQ(*findBrokenAudit(raw, goOn), 2);
}

}  // namespace
}  // namespace smidgen::storage
