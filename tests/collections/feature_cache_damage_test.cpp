#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "engine/collections/feature_cache.h"
#include "engine/foundation/atomic_file.h"
#include "tests/collections/material.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using testing::mono;
using testing::strike;

class FeatureCacheDamageTest : public testing::FolderTest {
 protected:
    void SetUp() override {
        FolderTest::SetUp();
        cacheFolder = folder / "cache";
    }
    [[nodiscard]] SoundEntry sound(const std::string& name, std::uint64_t seed, double seconds = 0.4) const {
        return scan(write(name, mono(strike(seconds, seed)))).entries.front();
    }
    [[nodiscard]] static std::vector<float> all(const SoundFeatures& sound, int variant) {
        std::vector<float> values(static_cast<std::size_t>(sound.frames(0, variant).value) * kMelBands);
        EXPECT_TRUE(sound.read(0, variant, Frames(0), values));
        return values;
    }
    [[nodiscard]] std::vector<fs::path> cacheFiles() const {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(cacheFolder)) files.push_back(entry.path());
        return files;
    }
    fs::path cacheFolder;
};

TEST_F(FeatureCacheDamageTest, AnyFlippedByteIsNoticedAndTheFileMadeAgain) {
    const SoundEntry entry = sound("a.wav", 1);
    FeatureSettings settings;
    settings.variants = 1;
    auto cache = *FeatureCache::open(cacheFolder);
    const std::vector<float> expected = all(*cache.features(entry, settings), 1);
    const fs::path file = cacheFiles().front();
    const std::string good = *readWholeFile(file, 1 << 26);
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < good.size(); at += good.size() / 40 + 1) places.push_back(at);
    for (std::size_t at = 0; at < 16; ++at) places.push_back(at);
    for (std::size_t back = 1; back <= 400; back += 7) places.push_back(good.size() - back);
    const std::vector<SoundEntry> entries{entry};
    for (const std::size_t at : places) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        writeBytes("cache/" + file.filename().string(), bad);
        const auto batch = cache.prepare(entries, settings, 1, {}, {});
        ASSERT_TRUE(batch) << at;
        EXPECT_EQ(batch->madeNow, 1) << at;
        ASSERT_EQ(all(batch->sounds[0], 1), expected);
        EXPECT_EQ(*readWholeFile(file, 1 << 26), good);
    }
}

TEST_F(FeatureCacheDamageTest, CutGrownAndForeignFilesAreMadeAgain) {
    const SoundEntry entry = sound("a.wav", 1), other = sound("b.wav", 2);
    auto cache = *FeatureCache::open(cacheFolder);
    ASSERT_TRUE(cache.features(entry, {}));
    const fs::path file = cacheFiles().front();
    const std::string good = *readWholeFile(file, 1 << 26);
    ASSERT_TRUE(cache.features(other, {}));
    std::string foreign;
    for (const fs::path& path : cacheFiles())
        if (path != file) foreign = *readWholeFile(path, 1 << 26);
    const std::vector<SoundEntry> entries{entry};
    for (const std::string& bad :
         {std::string(), good.substr(0, 10), good.substr(0, good.size() / 2), good.substr(0, good.size() - 1),
          good + "x", foreign, std::string(100000, '\0')}) {
        writeBytes("cache/" + file.filename().string(), bad);
        const auto batch = cache.prepare(entries, {}, 1, {}, {});
        ASSERT_TRUE(batch);
        EXPECT_EQ(batch->madeNow, 1);
        EXPECT_EQ(*readWholeFile(file, 1 << 26), good);
    }
}

TEST_F(FeatureCacheDamageTest, DamageWhileInUseIsAnErrorAndTheFileGoes) {
    const SoundEntry entry = sound("a.wav", 1);
    auto cache = *FeatureCache::open(cacheFolder);
    const SoundFeatures features = *cache.features(entry, {});
    const fs::path file = cacheFiles().front();
    {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(5000);
        stream.put('!');
    }
    std::vector<float> crop(10 * kMelBands);
    const auto read = features.read(0, 0, Frames(15), crop);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::io);
    EXPECT_NE(read.error().sentence.find("made anew"), std::string::npos);
    EXPECT_TRUE(cacheFiles().empty());
}

TEST_F(FeatureCacheDamageTest, LeastRecentlyUsedFilesGoFirstAndNoneInUse) {
    std::vector<SoundEntry> entries;
    for (std::uint64_t i = 0; i < 5; ++i) entries.push_back(sound(std::to_string(i) + ".wav", i + 1));
    std::int64_t bytes = 0;
    {
        auto cache = *FeatureCache::open(cacheFolder, 0);
        ASSERT_TRUE(cache.prepare(std::span(entries).first(4), {}, 1, {}, {}));
        bytes = static_cast<std::int64_t>(fs::file_size(cacheFiles().front()));
    }
    const auto pathOf = [&](std::size_t i) {
        for (const fs::path& path : cacheFiles())
            if (path.filename().native().starts_with(entries[i].contentHash)) return path;
        return fs::path();
    };
    // 0 was used longest ago, then 1 …
    for (std::size_t i = 0; i < 4; ++i)
        fs::last_write_time(pathOf(i), fs::file_time_type::clock::now() - std::chrono::hours(10 - i));
    auto cache = *FeatureCache::open(cacheFolder, 3 * bytes + bytes / 2);
    EXPECT_TRUE(pathOf(0).empty());
    EXPECT_EQ(cacheFiles().size(), 3U);
    const SoundFeatures held = *cache.features(entries[1], {});  // used now, and kept open
    ASSERT_TRUE(cache.features(entries[4], {}));
    EXPECT_TRUE(pathOf(2).empty());
    EXPECT_FALSE(pathOf(1).empty());
    // A limit that only files in use break is broken rather than pulling them away.
    auto tiny = *FeatureCache::open(cacheFolder, 1);
    EXPECT_EQ(cacheFiles(), std::vector{pathOf(1)});
    std::vector<float> crop(10 * kMelBands);
    EXPECT_TRUE(held.read(0, 0, Frames(0), crop));
}

TEST_F(FeatureCacheDamageTest, PartsOfADeadProcessAreSweptUpOthersAreNot) {
    fs::create_directory(cacheFolder);
    writeBytes("cache/.abc.features.1-0.part", "old");
    writeBytes("cache/.def.features.2-0.part", "being written");
    writeBytes("cache/notes.txt", "somebody else's");
    fs::last_write_time(cacheFolder / ".abc.features.1-0.part",
                        fs::file_time_type::clock::now() - std::chrono::hours(48));
    ASSERT_TRUE(FeatureCache::open(cacheFolder, 1));
    EXPECT_EQ(cacheFiles().size(), 2U);
    EXPECT_FALSE(fs::exists(cacheFolder / ".abc.features.1-0.part"));
}

TEST_F(FeatureCacheDamageTest, FolderThatCannotBeWrittenIsASentence) {
    writeBytes("file", "x");
    const auto cache = FeatureCache::open(folder / "file" / "cache");
    ASSERT_FALSE(cache);
    EXPECT_NE(cache.error().sentence.find("cache"), std::string::npos);
}

TEST_F(FeatureCacheDamageTest, FullDiskEndsThePreparationWithItsReason) {
    const std::vector<SoundEntry> entries{sound("a.wav", 1, 5.0), sound("b.wav", 2, 5.0)};
    auto cache = *FeatureCache::open(cacheFolder);
    // A process may not write files beyond this size: what write() says then is not ENOSPC, but it fails as
    // late.
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{20000, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto batch = cache.prepare(entries, {}, 1, {}, {});
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, previous);
    ASSERT_FALSE(batch);
    EXPECT_EQ(batch.error().code, ErrorCode::io);
    EXPECT_TRUE(cacheFiles().empty());
}

TEST_F(FeatureCacheDamageTest, TwoProcessesMakeTheSameFilesAtOnce) {
    std::vector<SoundEntry> entries;
    for (std::uint64_t i = 0; i < 4; ++i) entries.push_back(sound(std::to_string(i) + ".wav", i + 1));
    FeatureSettings settings;
    settings.variants = 2;
    const auto prepare = [&] {
        auto cache = FeatureCache::open(cacheFolder);
        auto batch = cache->prepare(entries, settings, 1, {}, {});
        return batch && batch->sounds.size() == entries.size();
    };
    const pid_t child = ::fork();
    if (child == 0) ::_exit(prepare() ? 0 : 1);
    EXPECT_TRUE(prepare());
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    EXPECT_EQ(cacheFiles().size(), entries.size());
    auto cache = FeatureCache::open(cacheFolder);
    EXPECT_EQ(cache->prepare(entries, settings, 2, {}, {})->madeNow, 0);
}

}  // namespace
}  // namespace smidgen
