// Losses of power: nothing acknowledged is missing, nothing is torn, and it always opens. By hand:
//     SMIDGEN_POWER_CUTS=10000 build/bin/test_blocks --gtest_filter=PowerCuts.*
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/recorded_disk.h"

namespace smidgen::storage {
namespace {

using testing::fingerprint;
using testing::openStore;
using testing::RecordedDisk;
using testing::scriptStep;
using testing::StoreFolder;

constexpr std::uint64_t kSteps = 80;

/// A run of the script on a recorded disk: every state it went through, and when.
struct Recorded {
    struct State {
        std::string seen;
        std::size_t acknowledged;  ///< events on the disk when it was acknowledged
    };
    std::vector<State> states;
};

Recorded play(RecordedDisk& disk, const std::filesystem::path& folder) {
    StoreOptions options = testing::quietOptions();
    options.files = &disk;
    Recorded run;
    run.states.push_back({"", 0});
    auto store = openStore(folder, options);
    run.states.push_back({fingerprint(*store), disk.eventCount()});
    std::vector<BlockId> ids;
    const auto remember = [&] { run.states.push_back({fingerprint(*store), disk.eventCount()}); };
    for (std::uint64_t i = 0; i < kSteps; ++i) {
        const Status done = scriptStep(*store, i, ids, remember);
        EXPECT_TRUE(done) << done.error().sentence << done.error().detail;
    }
    return run;
}

/// What is wrong with the store after power was lost before event `cut`; empty when nothing is.
std::string faultAfter(const RecordedDisk& disk, const Recorded& run, std::size_t cut, std::uint64_t seed,
                       const std::filesystem::path& from, const std::filesystem::path& image) {
    disk.writeImage(cut, seed, from, image);
    auto store = BlockStore::open(image, testing::quietOptions());
    if (!store) return "does not open: " + store.error().sentence + " " + store.error().detail;
    auto report = verifyStore(**store);
    if (!report) return "cannot be verified: " + report.error().sentence + " " + report.error().detail;
    if (!report->isSound()) return "is damaged: " + testing::problemsOf(*report);
    const std::string seen = fingerprint(**store);
    std::size_t acknowledged = 0;
    while (acknowledged + 1 < run.states.size() && run.states[acknowledged + 1].acknowledged <= cut)
        ++acknowledged;
    // What was under way may have arrived or not; nothing later can have.
    const std::size_t last = std::min(acknowledged + 1, run.states.size() - 1);
    for (std::size_t i = acknowledged; i <= last; ++i)
        if (run.states[i].seen == seen) return "";
    for (std::size_t i = 0; i < run.states.size(); ++i)
        if (run.states[i].seen == seen)
            return "is as it was at write " + std::to_string(i) + ", not " + std::to_string(acknowledged);
    return "is as it never was, after write " + std::to_string(acknowledged);
}

TEST(PowerCuts, LoseNothingThatWasAcknowledged) {
    StoreFolder folder, images;
    RecordedDisk disk;
    const Recorded run = play(disk, folder.path());
    ASSERT_GT(disk.eventCount(), 300U);
    Random random(2026);
    const std::uint64_t count = testing::rounds("SMIDGEN_POWER_CUTS", 200);
    for (std::uint64_t round = 0; round < count; ++round) {
        const std::size_t cut = static_cast<std::size_t>(random.below(disk.eventCount() + 1));
        const std::string fault = faultAfter(disk, run, cut, round, folder.path(), images.path());
        ASSERT_EQ(fault, "") << "round " << round << ", power lost before event " << cut;
    }
}

TEST(PowerCuts, AreFeltWhenSyncsAreLeftOut) {
    StoreFolder folder, images;
    RecordedDisk disk;
    testing::DiskFaults lying;
    lying.ignoreSyncs = true;
    disk.setFaults(lying);
    const Recorded run = play(disk, folder.path());
    Random random(2026);
    int faults = 0;
    for (std::uint64_t round = 0; round < 40; ++round) {
        const std::size_t cut = static_cast<std::size_t>(random.below(disk.eventCount() + 1));
        faults += faultAfter(disk, run, cut, round, folder.path(), images.path()).empty() ? 0 : 1;
    }
    EXPECT_GT(faults, 20) << "a simulator that finds nothing here would find nothing at all";
}

}  // namespace
}  // namespace smidgen::storage
