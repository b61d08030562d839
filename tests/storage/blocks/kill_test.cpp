// Processes killed in the middle of whatever they do. By hand: SMIDGEN_KILLS=10000
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "tests/storage/blocks/fault_script.h"

namespace smidgen::storage {
namespace {

using testing::fingerprint;
using testing::scriptStep;
using testing::StoreFolder;

/// What the child saw after a write was acknowledged.
using Seen = Checksum;

Seen seenIn(BlockStore& store) {
    const std::string text = fingerprint(store);
    return checksumOf(std::as_bytes(std::span(text)));
}

/// Plays the script and tells the pipe each state: before the write's acknowledgement nobody can have relied
/// on it.
[[noreturn]] void child(const std::filesystem::path& folder, int pipe) {
    auto store = BlockStore::open(folder, testing::quietOptions());
    if (!store) ::_exit(1);
    const auto tell = [&] {
        const Seen seen = seenIn(**store);
        if (::write(pipe, seen.data(), seen.size()) != static_cast<ssize_t>(seen.size())) ::_exit(2);
    };
    tell();
    std::vector<BlockId> ids;
    for (std::uint64_t i = 0;; ++i)
        if (!scriptStep(**store, i, ids, tell)) ::_exit(3);
}

/// Waits for that many states, then a moment that differs each time, and kills.
std::vector<Seen> killAfter(pid_t process, int pipe, std::size_t states, std::uint64_t moment) {
    std::vector<Seen> all;
    Seen seen{};
    while (all.size() < states && ::read(pipe, seen.data(), seen.size()) == static_cast<ssize_t>(seen.size()))
        all.push_back(seen);
    // Part of an operation, without sleeping: the clock decides nothing, only this process's pace does.
    Random random(moment);
    std::uint64_t spun = 0;
    for (std::uint64_t i = random.below(200'000); i > 0; --i) spun ^= random.bits();
    EXPECT_NE(spun + 1, 0U);
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    while (::read(pipe, seen.data(), seen.size()) == static_cast<ssize_t>(seen.size())) all.push_back(seen);
    return all;
}

TEST(Kills, LoseNothingThatWasAcknowledged) {
    const std::uint64_t count = testing::rounds("SMIDGEN_KILLS", 15);
    for (std::uint64_t round = 0; round < count; ++round) {
        StoreFolder folder;
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe(ends.data()), 0);
        const pid_t process = ::fork();
        ASSERT_GE(process, 0);
        if (process == 0) {
            ::close(ends[0]);
            child(folder.path(), ends[1]);
        }
        ::close(ends[1]);
        const std::vector<Seen> states = killAfter(process, ends[0], 1 + (round * 5) % 40, round);
        ::close(ends[0]);
        auto store = BlockStore::open(folder.path(), testing::quietOptions());
        ASSERT_TRUE(store) << store.error().sentence << store.error().detail;
        auto report = verifyStore(**store);
        ASSERT_TRUE(report);
        ASSERT_TRUE(report->isSound()) << "round " << round << ": " << testing::problemsOf(*report);
        ASSERT_FALSE(states.empty());
        const Seen now = seenIn(**store);
        if (now == states.back()) continue;
        // One more write may have arrived that the child could not tell of; no earlier state may have come
        // back.
        for (std::size_t i = 0; i + 1 < states.size(); ++i)
            ASSERT_NE(now, states[i])
                << "round " << round << " went back to state " << i << " of " << states.size();
    }
}

}  // namespace
}  // namespace smidgen::storage
