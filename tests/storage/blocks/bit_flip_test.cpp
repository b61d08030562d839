// Flipped bits and cut files: found, or without harm. By hand: SMIDGEN_BIT_FLIPS=10000
#include <gtest/gtest.h>

#include <fstream>

#include "tests/storage/blocks/fault_script.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

using testing::draft;
using testing::fingerprint;
using testing::kAda;
using testing::scriptStep;
using testing::StoreFolder;

/// A store as a crash leaves it: with a log beside the database.
std::string leaveBehind(const fs::path& from, const fs::path& to) {
    auto store = testing::openStore(from);
    std::vector<BlockId> ids;
    for (std::uint64_t i = 0; i < 48; ++i) EXPECT_TRUE(scriptStep(*store, i, ids));
    EXPECT_TRUE(store->put(kAda, draft("large", (1 << 20) + 77, 5)));
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    fs::remove(to / "store.db-shm");
    return fingerprint(*store);
}

void damage(const fs::path& file, Random& random) {
    const std::uint64_t size = fs::file_size(file);
    if (random.below(8) == 0) {
        fs::resize_file(file, random.below(size));
        return;
    }
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    const auto at = static_cast<std::streamoff>(random.below(size));
    stream.seekg(at);
    const int byte = stream.get();
    stream.seekp(at);
    stream.put(static_cast<char>(byte ^ (1 << random.below(8))));
}

TEST(BitFlips, AreFoundOrDoNoHarm) {
    StoreFolder origin, crashed, folder;
    const std::string whole = leaveBehind(origin.path(), crashed.path());
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(crashed.path()))
        if (entry.is_regular_file() && entry.file_size() > 0)
            files.push_back(fs::relative(entry.path(), crashed.path()));
    ASSERT_GE(files.size(), 3U) << "database, log, pack";
    Random random(8);
    int found = 0;
    const std::uint64_t count = testing::rounds("SMIDGEN_BIT_FLIPS", 120);
    for (std::uint64_t round = 0; round < count; ++round) {
        fs::remove_all(folder.path());
        fs::copy(crashed.path(), folder.path(), fs::copy_options::recursive);
        const fs::path file = files[round % files.size()];
        damage(folder.path() / file, random);
        auto store = BlockStore::open(folder.path(), testing::quietOptions());
        if (!store) {
            ++found;
            continue;
        }
        auto report = verifyStore(**store);
        if (!report || !report->isSound() || report->logWasTorn) {
            ++found;
            continue;
        }
        ASSERT_EQ(fingerprint(**store), whole) << "round " << round << " in " << file;
    }
    EXPECT_GT(found, static_cast<int>(count / 4));
}

}  // namespace
}  // namespace smidgen::storage
