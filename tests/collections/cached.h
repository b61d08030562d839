// Features of one sound, for the tests of the cache.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/collections/feature_cache.h"
#include "tests/collections/material.h"

namespace smidgen::testing {

class CachedTest : public FolderTest {
 protected:
    void SetUp() override {
        FolderTest::SetUp();
        std::filesystem::create_directory(folder / "sounds");
        cacheFolder = folder / "cache";
    }
    [[nodiscard]] SoundEntry sound(const std::string& name, const AudioBuffer& buffer) const {
        return scan(write("sounds/" + name, buffer)).entries.front();
    }
    [[nodiscard]] FeatureCache cache(std::int64_t maxBytes = 0) const {
        return *FeatureCache::open(cacheFolder, maxBytes);
    }
    [[nodiscard]] SoundFeatures features(const SoundEntry& entry,
                                         const FeatureSettings& settings = {}) const {
        auto made = cache().features(entry, settings);
        EXPECT_TRUE(made) << (made ? "" : made.error().sentence);
        return *made;
    }
    [[nodiscard]] static std::vector<float> all(const SoundFeatures& sound, int channel = 0,
                                                int variant = 0) {
        std::vector<float> values(static_cast<std::size_t>(sound.frames(channel, variant).value) * kMelBands);
        EXPECT_TRUE(sound.read(channel, variant, Frames(0), values));
        return values;
    }
    [[nodiscard]] std::vector<std::filesystem::path> cacheFiles() const {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(cacheFolder))
            files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        return files;
    }
    /// binary16 keeps eleven digits: half a step below 16 is 2^-8. Values below `floor` count as equal.
    static void expectNear(std::span<const float> actual, std::span<const float> expected,
                           float floor = kLogMelFloor) {
        ASSERT_EQ(actual.size(), expected.size());
        float worst = 0;
        for (std::size_t i = 0; i < actual.size(); ++i)
            worst = std::max(worst, std::abs(std::max(actual[i], floor) - std::max(expected[i], floor)));
        EXPECT_LE(worst, 0.0045F);
    }
    std::filesystem::path cacheFolder;
};

inline FeatureSettings augmented(int variants, std::uint64_t seed = 5) {
    FeatureSettings settings;
    settings.variants = variants;
    settings.seed = seed;
    return settings;
}

}  // namespace smidgen::testing
