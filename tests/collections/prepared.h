// Sounds that went the whole way into a feature cache.
#pragma once

#include <string>
#include <vector>

#include "engine/collections/training_data.h"
#include "tests/collections/material.h"

namespace smidgen::testing {

class PreparedTest : public FolderTest {
 protected:
    /// `sounds` written to files, scanned and prepared.
    [[nodiscard]] FeatureCache::Batch prepared(const std::vector<AudioBuffer>& sounds,
                                               const FeatureSettings& settings = {}) const {
        std::filesystem::create_directory(folder / "s");
        for (std::size_t i = 0; i < sounds.size(); ++i) write("s/" + std::to_string(i) + ".wav", sounds[i]);
        const ScanReport report = scan(folder / "s");
        auto cache = *FeatureCache::open(folder / "cache");
        auto batch = cache.prepare(report.entries, settings, 1, {}, {});
        EXPECT_TRUE(batch);
        EXPECT_EQ(batch->sounds.size(), sounds.size());
        return *batch;
    }
    /// A steady sound whose every frame has its level in a band of its own, to tell where a crop came from.
    [[nodiscard]] static AudioBuffer tone(double hz, double seconds) { return mono(sine(hz, seconds, 0.3)); }
};

}  // namespace smidgen::testing
