// The embedded back-end: the conformance tests, and what is its own.
#include "storage/backend/embedded_backend.h"

#include <gtest/gtest.h>

#include <fstream>

#include "storage/blocks/maintenance.h"
#include "storage/blocks/store_core.h"
#include "storage/blocks/verification.h"
#include "tests/storage/backend/conformance.h"
#include "tests/storage/blocks/fault_script.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::draft;
using testing::kAda;
using testing::StoreFolder;

EmbeddedOptions quiet() {
    EmbeddedOptions options;
    options.store = testing::quietOptions();
    options.index.background = false;
    return options;
}

std::unique_ptr<EmbeddedBackend> openBackend(const std::filesystem::path& folder,
                                             const EmbeddedOptions& options = quiet()) {
    auto backend = EmbeddedBackend::open(folder, options);
    EXPECT_TRUE(backend) << (backend ? "" : backend.error().sentence);
    return backend ? std::move(*backend) : nullptr;
}

EmbeddedOptions withWorkers() {
    EmbeddedOptions options;
    options.index.graphFrom = 64;
    return options;
}

EmbeddedOptions withoutCaches() {
    EmbeddedOptions options = quiet();
    options.keepIndexes = false;
    return options;
}

INSTANTIATE_TEST_SUITE_P(
    Embedded, Conformance,
    ::testing::Values(BackendUnderTest{"Quiet", [](const auto& folder) { return openBackend(folder); }},
                      BackendUnderTest{"WithWorkersAndGraph",
                                       [](const auto& folder) { return openBackend(folder, withWorkers()); }},
                      BackendUnderTest{
                          "WithoutCaches",
                          [](const auto& folder) { return openBackend(folder, withoutCaches()); }}),
    nameOf);

std::vector<BlockId> fill(LibraryBackend& backend, std::size_t count, std::uint64_t seed = 1) {
    EXPECT_TRUE(backend.defineSpace({"ball", Space::hyperbolic(3), Chart::tangent}));
    Random random(seed);
    std::vector<Operation> batch;
    std::vector<BlockId> ids;
    for (std::size_t i = 0; i < count; ++i) {
        BlockDraft made = draft("n" + std::to_string(i));
        made.id = BlockId::make();
        made.vectors = {{"ball",
                         {static_cast<float>(random.normal()), static_cast<float>(random.normal()),
                          static_cast<float>(random.normal())}}};
        ids.push_back(*made.id);
        batch.emplace_back(PutBlock{std::move(made)});
    }
    EXPECT_TRUE(backend.putBatch(kAda, batch));
    return ids;
}

std::vector<BlockId> nearest(LibraryBackend& backend, std::size_t k = 10) {
    auto page = backend.searchLike(kAda, "ball", std::vector<float>{0.1F, 0.2F, 0.3F}, {}, k, "");
    EXPECT_TRUE(page) << (page ? "" : page.error().sentence);
    std::vector<BlockId> ids;
    if (page)
        for (const LikeHit& hit : page->hits) ids.push_back(hit.block.id);
    return ids;
}

std::vector<std::filesystem::path> cachesOf(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "index", code))
        files.push_back(entry.path());
    return files;
}

TEST(EmbeddedBackend, KeepsItsIndexAsACacheAndTakesInWhatCameSince) {
    StoreFolder folder;
    std::vector<BlockId> ids;
    {
        auto backend = openBackend(folder.path());
        ids = fill(*backend, 100);
        nearest(*backend);
    }
    const auto caches = cachesOf(folder.path());
    ASSERT_EQ(caches.size(), 1U);
    {
        // Changed by one that knows nothing of the index.
        auto store = testing::openStore(folder.path());
        BlockEdit edit;
        edit.vectors = std::vector<BlockVector>{{"ball", {0.1F, 0.2F, 0.3F}}};
        ASSERT_TRUE(store->edit(kAda, ids[50], 0, edit));
        ASSERT_TRUE(store->setStatus(kAda, ids[51], BlockStatus::deleted));
        ASSERT_TRUE(store->purge(kAda, ids[51]));
    }
    {
        auto backend = openBackend(folder.path());
        EXPECT_EQ(nearest(*backend).front(), ids[50]);
        EXPECT_EQ(nearest(*backend, 1000).size(), 99U);
    }
    const auto later = cachesOf(folder.path());
    ASSERT_EQ(later.size(), 1U) << "the old one is gone";
    EXPECT_NE(later, caches);
    auto backend = openBackend(folder.path());
    EXPECT_EQ(nearest(*backend).front(), ids[50]);
    backend.reset();
    EXPECT_EQ(cachesOf(folder.path()), later) << "nothing new to write";
}

TEST(EmbeddedBackend, TrustsNoCacheThatIsDamagedOrAnothers) {
    StoreFolder folder, other;
    std::vector<BlockId> expected;
    {
        auto backend = openBackend(folder.path());
        fill(*backend, 100);
        expected = nearest(*backend);
        auto foreign = openBackend(other.path());
        fill(*foreign, 100, 2);
        nearest(*foreign);
    }
    const auto cache = cachesOf(folder.path()).at(0);
    std::string whole;
    {
        std::ifstream in(cache, std::ios::binary);
        whole.assign(std::istreambuf_iterator<char>(in), {});
    }
    Random random(4);
    for (int round = 0; round < 60; ++round) {
        std::string damaged = whole;
        if (round % 3 == 0)
            damaged.resize(random.below(damaged.size()));
        else
            damaged[random.below(damaged.size())] ^= static_cast<char>(1 << random.below(8));
        std::ofstream(cache, std::ios::binary) << damaged;
        EmbeddedOptions options = quiet();
        options.keepIndexes = false;
        EXPECT_EQ(nearest(*openBackend(folder.path(), options)), expected) << round;
    }
    // Of the same space and length of history, from another library.
    std::filesystem::remove(cache);
    const auto foreign = cachesOf(other.path()).at(0);
    std::filesystem::copy_file(foreign, cache.parent_path() / foreign.filename());
    EmbeddedOptions options = quiet();
    options.keepIndexes = false;
    EXPECT_EQ(nearest(*openBackend(folder.path(), options)), expected);
}

TEST(EmbeddedBackend, ForgetsTheFutureOfALibraryThatWentBack) {
    StoreFolder folder;
    std::vector<BlockId> ids;
    {
        auto backend = openBackend(folder.path());
        ids = fill(*backend, 20);
        nearest(*backend);
        ASSERT_TRUE(backupStore(backend->store(), folder.path() / "backup"));
        for (int i = 0; i < 20; ++i)
            ASSERT_TRUE(backend->erase(kAda, ids[static_cast<std::size_t>(i)], EraseWay::forGood, 0));
        fill(*backend, 7, 9);
        EXPECT_EQ(nearest(*backend, 100).size(), 7U);
    }
    // A person puts the backup's database in the place of the other; the cache of the later state stays.
    std::filesystem::copy_file(databaseOf(folder.path() / "backup"), databaseOf(folder.path()),
                               std::filesystem::copy_options::overwrite_existing);
    auto backend = openBackend(folder.path());
    EXPECT_EQ(nearest(*backend, 100).size(), 20U);
}

TEST(EmbeddedBackend, AnswersFromAReadOnlyLibrary) {
    StoreFolder folder;
    std::vector<BlockId> expected;
    {
        auto backend = openBackend(folder.path(), withoutCaches());
        fill(*backend, 30);
        expected = nearest(*backend);
    }
    EmbeddedOptions options = quiet();
    options.store.readOnly = true;
    {
        auto backend = openBackend(folder.path(), options);
        EXPECT_FALSE(backend->capabilities().writable);
        EXPECT_EQ(nearest(*backend), expected);
        EXPECT_EQ(codeOf(backend->defineSpace({"x", Space::hyperbolic(2)})), ErrorCode::refused);
    }
    EXPECT_TRUE(cachesOf(folder.path()).empty());
}

TEST(EmbeddedBackend, SearchesInexactlyWhenItIsAskedTo) {
    StoreFolder folder;
    EmbeddedOptions options = quiet();
    options.index.graphFrom = 100;
    auto backend = openBackend(folder.path(), options);
    const auto ids = fill(*backend, 2000);
    const auto exact = nearest(*backend, 10);
    LikeQuery query;
    query.exact = false;
    auto page = backend->searchLike(kAda, "ball", std::vector<float>{0.1F, 0.2F, 0.3F}, query, 10, "");
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->next.empty());
    std::size_t same = 0;
    for (const LikeHit& hit : page->hits)
        same += std::count(exact.begin(), exact.end(), hit.block.id) > 0 ? 1 : 0;
    EXPECT_GE(same, 9U);
}

TEST(EmbeddedBackend, SeesWhatAnotherProcessWrites) {
    StoreFolder folder;
    auto here = openBackend(folder.path());
    auto there = openBackend(folder.path());
    const auto ids = fill(*here, 10);
    EXPECT_EQ(nearest(*there).size(), 10U);
    ASSERT_TRUE(there->erase(kAda, ids[0], EraseWay::forGood, 0));
    EXPECT_EQ(nearest(*here).size(), 9U);
    auto report = verifyStore(here->store());
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->isSound()) << testing::problemsOf(*report);
}

}  // namespace
}  // namespace smidgen::storage
