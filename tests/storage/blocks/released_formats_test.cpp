// A store of every released version, kept as it was written: each must open, be brought to the present
// format, and be whole. samples/versionN/ are never written anew.
#include <gtest/gtest.h>

#include "storage/blocks/maintenance.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::kAda;
using testing::kBen;
using testing::openStore;
using testing::StoreFolder;

TEST(ReleasedFormats, Version1OpensAndIsWhole) {
    StoreFolder folder;
    std::filesystem::copy(std::filesystem::path(SMIDGEN_SOURCE_DIR) / "tests/storage/blocks/samples/version1",
                          folder.path(), std::filesystem::copy_options::overwrite_existing);
    auto store = openStore(folder.path());
    ASSERT_TRUE(store);
    auto report = verifyStore(*store);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->isSound()) << report->problems.front().sentence;
    const auto kick = *BlockId::parse("018f3c5e-7b1a-7c3d-9e2f-0123456789ab");
    const auto preset = *BlockId::parse("018f3c5e-7b1a-7c3d-9e2f-0123456789ac");
    auto block = store->get(kAda, kick);
    ASSERT_TRUE(block) << block.error().sentence;
    EXPECT_EQ(block->name, "kick, renamed");
    EXPECT_EQ(block->version, 2U);
    EXPECT_EQ(block->tags, (std::vector<std::string>{"drum", "low"}));
    EXPECT_EQ(block->content, std::vector<std::byte>(3000, std::byte{7}));
    EXPECT_EQ(block->vectors, (std::vector<BlockVector>{{"takes", {0.5F, -1.0F}}}));
    EXPECT_EQ(store->getVersion(kAda, kick, 1)->name, "kick");
    EXPECT_EQ(*store->linksFrom(kAda, kick), (std::vector<Link>{{kick, preset, "made-from", 0.5}}));
    BlockEdit edit;
    edit.name = "mine";
    EXPECT_EQ(testing::codeOf(store->edit(kBen, preset, 0, edit)), ErrorCode::refused);
    EXPECT_EQ(testing::codeOf(store->get(kAda, *BlockId::parse("018f3c5e-7b1a-7c3d-9e2f-0123456789ad"))),
              ErrorCode::notFound);
    EXPECT_GE(store->audit(1)->size(), 8U);
}

}  // namespace
}  // namespace smidgen::storage
