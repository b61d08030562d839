#include "engine/foundation/thread_share.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace smidgen {
namespace {

TEST(ThreadShare, AllThatComputeShareTheCores) {
    ThreadShare::setMost(6);
    {
        const ThreadShare one;
        EXPECT_EQ(6, one.threads());
        {
            const ThreadShare two, three;
            EXPECT_EQ(2, one.threads());
            EXPECT_EQ(2, three.threads());
            std::vector<std::unique_ptr<ThreadShare>> many;
            for (int i = 0; i < 9; ++i) many.push_back(std::make_unique<ThreadShare>());
            EXPECT_EQ(1, one.threads());
        }
        EXPECT_EQ(6, one.threads());
    }
    ThreadShare::setMost(0);
    EXPECT_EQ(std::max(1, static_cast<int>(std::thread::hardware_concurrency())), ThreadShare().threads());
}

TEST(ThreadShare, EveryPartIsDoneOnce) {
    for (const int parts : {0, 1, 2, 17}) {
        std::vector<std::atomic<int>> done(20);
        ThreadShare::run(parts, [&](int part) { ++done[static_cast<std::size_t>(part)]; });
        for (int part = 0; part < 20; ++part)
            EXPECT_EQ(part < parts ? 1 : 0, done[static_cast<std::size_t>(part)]) << part << " of " << parts;
    }
}

}  // namespace
}  // namespace smidgen
