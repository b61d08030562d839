#include "engine/collections/collection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "engine/collections/findings.h"
#include "tests/collections/material.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using testing::mono;
using testing::strike;

class CollectionTest : public testing::FolderTest {
 protected:
    [[nodiscard]] Collection collect() const {
        return {"c1", "Schlagzeug & 太鼓 \"1\"", 1722470400123, scanAll().entries};
    }
    static void expectSame(const SoundEntry& a, const SoundEntry& b) {
        EXPECT_EQ(a.path, b.path);
        EXPECT_EQ(a.contentHash, b.contentHash);
        EXPECT_EQ(a.bytes, b.bytes);
        EXPECT_EQ(a.modifiedNs, b.modifiedNs);
        EXPECT_EQ(a.format.container, b.format.container);
        EXPECT_EQ(a.format.encoding, b.format.encoding);
        EXPECT_EQ(a.format.rate, b.format.rate);
        EXPECT_EQ(a.format.channels, b.format.channels);
        EXPECT_EQ(a.format.length, b.format.length);
        EXPECT_EQ(a.seconds, b.seconds);
        EXPECT_EQ(a.lufs, b.lufs);
        EXPECT_EQ(a.peakDb, b.peakDb);
        EXPECT_EQ(a.silenceShare, b.silenceShare);
        EXPECT_EQ(a.clippedShare, b.clippedShare);
        EXPECT_EQ(a.verdict, b.verdict);
        EXPECT_EQ(a.findings, b.findings);
        EXPECT_EQ(a.reason, b.reason);
        EXPECT_EQ(a.reasonWhenPresent, b.reasonWhenPresent);
        EXPECT_EQ(a.fingerprint, b.fingerprint);
        ASSERT_EQ(a.thumbnail.size(), b.thumbnail.size());
        for (std::size_t i = 0; i < a.thumbnail.size(); ++i) {
            EXPECT_EQ(a.thumbnail[i].low, b.thumbnail[i].low);
            EXPECT_EQ(a.thumbnail[i].high, b.thumbnail[i].high);
        }
    }
};

TEST_F(CollectionTest, JsonKeepsEverything) {
    write("größe 太鼓.wav", mono(strike(0.3, 1)), SampleDepth::int16);
    write("latin-gr\xf6\xdf.wav", mono(strike(0.3, 2)));
    write("silent.wav", mono(std::vector<float>(9000, 0.0F)));
    write("z.wav", mono(strike(0.3, 1)), SampleDepth::int24);
    writeBytes("empty.wav", "");
    const Collection before = collect();
    const auto after = collectionFromJson(toJson(before));
    ASSERT_TRUE(after) << after.error().detail;
    EXPECT_EQ(after->id, before.id);
    EXPECT_EQ(after->name, before.name);
    EXPECT_EQ(after->createdMs, before.createdMs);
    ASSERT_EQ(after->entries.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) expectSame(after->entries[i], before.entries[i]);
    EXPECT_EQ(toJson(*after), toJson(before));
    EXPECT_LT(toJson(before).size() / 5, 8000U);
}

TEST_F(CollectionTest, EveryFindingHasANameThatReadsBack) {
    Collection collection{"c", "n", 0, {}};
    for (int f = 0; f <= static_cast<int>(Finding::rateMismatch); ++f) {
        SoundEntry entry;
        entry.path = "/x" + std::to_string(f);
        entry.contentHash = std::string(32, 'a');
        entry.format.rate = 48000;
        entry.format.channels = 1;
        addFinding(entry, static_cast<Finding>(f), "because.");
        collection.entries.push_back(entry);
    }
    const auto after = collectionFromJson(toJson(collection));
    ASSERT_TRUE(after) << after.error().detail;
    for (std::size_t i = 0; i < collection.entries.size(); ++i)
        expectSame(after->entries[i], collection.entries[i]);
}

TEST_F(CollectionTest, NewerDamagedAndForeignTextsAreRefused) {
    write("a.wav", mono(strike(0.3, 1)));
    const std::string good = toJson(collect());
    const auto replaced = [&](const std::string& what, const std::string& with) {
        std::string text = good;
        const auto at = text.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        return text.replace(at, what.size(), with);
    };
    const auto newer = collectionFromJson(replaced("\"version\": 1", "\"version\": 7"));
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().code, ErrorCode::unusableInput);
    EXPECT_NE(newer.error().sentence.find("newer Smidgen"), std::string::npos);
    const std::string bad[] = {"",
                               "[]",
                               "nonsense",
                               good.substr(0, good.size() / 2),
                               std::string(100000, '['),
                               replaced("smidgen-collection", "other"),
                               replaced("\"findings\": []", "\"findings\": [\"haunted\"]"),
                               replaced("\"rate\": 48000", "\"rate\": -1"),
                               replaced("\"rate\": 48000", "\"rate\": 0"),
                               replaced("\"rate\": 48000", "\"rate\": \"fast\""),
                               replaced("\"silenceShare\": ", "\"silenceShare\": 1e9, \"x\": "),
                               replaced("\"thumbnail\": \"", "\"thumbnail\": \"AAAA"),
                               replaced("\"hash\": \"", "\"hash\": \"../"),
                               replaced("\"seconds\": ", "\"seconds\": null, \"x\": ")};
    for (const std::string& text : bad) {
        const auto collection = collectionFromJson(text);
        ASSERT_FALSE(collection) << text.substr(0, 200);
        EXPECT_EQ(collection.error().code, ErrorCode::unusableInput);
    }
}

TEST_F(CollectionTest, WhateverIsReadCanBeWrittenAndReadAgain) {
    write("a.wav", mono(strike(0.3, 1)));
    writeBytes("b.wav", "");
    const std::string good = toJson(collect());
    Random random(3);
    int accepted = 0;
    for (int i = 0; i < 3000; ++i) {
        std::string text = good;
        // Where numbers and names are, not in the long packed lists.
        for (std::uint64_t n = 1 + random.below(4); n > 0; --n) {
            const std::size_t at = random.below(text.size());
            if (text[at] != '"' || random.below(3) == 0) text[at] = static_cast<char>(random.bits());
        }
        if (random.below(5) == 0) text.erase(random.below(text.size()), random.below(40));
        const auto collection = collectionFromJson(text);
        if (!collection) {
            ASSERT_EQ(collection.error().code, ErrorCode::unusableInput);
            continue;
        }
        ++accepted;
        const std::string written = toJson(*collection);
        const auto again = collectionFromJson(written);
        ASSERT_TRUE(again) << again.error().detail;
        ASSERT_EQ(toJson(*again), written);
    }
    EXPECT_GT(accepted, 50);
}

TEST_F(CollectionTest, FilesThatGoAndComeBackAreWhatTheyWere) {
    std::vector<float> hot = strike(0.4, 1);
    for (float& x : hot) x = std::clamp(8.0F * x, -1.0F, 1.0F);
    write("hot.wav", mono(hot), SampleDepth::int16);
    write("ok.wav", mono(strike(0.3, 2)));
    fs::copy_file(folder / "ok.wav", folder / "ok copy.wav");
    Collection collection = collect();
    const Collection before = collection;
    EXPECT_FALSE(refreshMissing(collection));
    ASSERT_TRUE(hasFinding(before.entries[0], Finding::clipped));
    ASSERT_TRUE(hasFinding(before.entries[2], Finding::duplicate));

    fs::create_directory(folder / "away");
    for (const char* name : {"hot.wav", "ok copy.wav"}) fs::rename(folder / name, folder / "away" / name);
    EXPECT_TRUE(refreshMissing(collection));
    EXPECT_FALSE(refreshMissing(collection));
    EXPECT_EQ(collection.entries[0].verdict, Verdict::skipped);
    EXPECT_TRUE(hasFinding(collection.entries[0], Finding::missing));
    EXPECT_NE(collection.entries[0].reason.find("no longer at this place"), std::string::npos);
    // Its twin is the only one left, and so is used.
    EXPECT_TRUE(hasFinding(collection.entries[1], Finding::missing));
    EXPECT_EQ(collection.entries[2].verdict, Verdict::good);
    const auto stored = collectionFromJson(toJson(collection));
    ASSERT_TRUE(stored);
    collection = *stored;

    for (const char* name : {"hot.wav", "ok copy.wav"}) fs::rename(folder / "away" / name, folder / name);
    EXPECT_TRUE(refreshMissing(collection));
    for (std::size_t i = 0; i < 3; ++i) expectSame(collection.entries[i], before.entries[i]);
}

TEST_F(CollectionTest, OneOfTwoEqualSoundsGoesAloneAndTheOtherTakesItsPlace) {
    write("take 2.wav", mono(strike(0.3, 1)), SampleDepth::int16);
    write("take 10.wav", mono(strike(0.3, 1)), SampleDepth::int24);  // sounds the same
    fs::copy_file(folder / "take 2.wav", folder / "take 3.wav");
    write("take 11.wav", mono(strike(0.3, 2)));
    writeBytes("nothing 1.wav", "");
    writeBytes("nothing 2.wav", "");
    Collection collection = collect();
    const Collection before = collection;
    const auto at = [&](const std::string& name) -> const SoundEntry& {
        return *std::ranges::find(collection.entries, folder / name, &SoundEntry::path);
    };
    ASSERT_TRUE(hasFinding(at("take 3.wav"), Finding::duplicate));
    ASSERT_TRUE(hasFinding(at("take 10.wav"), Finding::nearDuplicate));

    const std::vector<SoundEntry> first{at("nothing 1.wav"), at("take 2.wav")};
    const std::vector<SoundId> ids{idOf(first[0]), idOf(first[1])};
    ASSERT_TRUE(removeSounds(collection, ids));
    ASSERT_EQ(collection.entries.size(), 4U);
    EXPECT_EQ(at("take 3.wav").verdict, Verdict::good);
    EXPECT_EQ(at("take 3.wav").reason, "");
    EXPECT_NE(at("take 10.wav").reason.find("'take 3.wav'"), std::string::npos) << at("take 10.wav").reason;
    EXPECT_TRUE(hasFinding(at("nothing 2.wav"), Finding::empty));
    const std::vector<SoundEntry> second{at("take 3.wav")};
    ASSERT_TRUE(removeSounds(collection, std::vector{idOf(second[0])}));
    EXPECT_EQ(at("take 10.wav").verdict, Verdict::good);

    const auto nothing = removeSounds(collection, ids);
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().code, ErrorCode::notFound);
    restoreSounds(collection, second);
    restoreSounds(collection, first);
    restoreSounds(collection, first);
    ASSERT_EQ(collection.entries.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i) expectSame(collection.entries[i], before.entries[i]);
}

TEST_F(CollectionTest, AnotherFileInThePlaceIsNotTakenForTheOldOne) {
    const fs::path path = write("a.wav", mono(strike(0.3, 1)));
    write("b.wav", mono(strike(0.3, 2)));
    Collection collection = collect();
    fs::copy_file(folder / "b.wav", path, fs::copy_options::overwrite_existing);  // same size, other bytes
    EXPECT_TRUE(refreshMissing(collection));
    EXPECT_TRUE(hasFinding(collection.entries[0], Finding::missing));
    EXPECT_NE(collection.entries[0].reason.find("scan again"), std::string::npos);
}

TEST_F(CollectionTest, TouchedFileKeepsItsVerdict) {
    const fs::path path = write("a.wav", mono(strike(0.3, 1)));
    Collection collection = collect();
    fs::last_write_time(path, fs::last_write_time(path) + std::chrono::hours(1));
    EXPECT_TRUE(refreshMissing(collection));  // the new date is worth storing
    EXPECT_EQ(collection.entries[0].verdict, Verdict::good);
    EXPECT_FALSE(refreshMissing(collection));
}

TEST_F(CollectionTest, RelinkTakesTheSameBytesOnly) {
    const fs::path path = write("a.wav", mono(strike(0.3, 1)));
    const fs::path other = write("b.wav", mono(strike(0.3, 2)));
    Collection collection = collect();
    const std::string hash = collection.entries[0].contentHash;
    fs::create_directory(folder / "new");
    fs::rename(path, folder / "new" / "renamed.wav");
    refreshMissing(collection);
    const auto wrong = relink(collection, hash, other);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::unusableInput);
    EXPECT_NE(wrong.error().sentence.find("'b.wav'"), std::string::npos);
    EXPECT_TRUE(hasFinding(collection.entries[0], Finding::missing));
    EXPECT_EQ(relink(collection, hash, folder / "gone.wav").error().code, ErrorCode::notFound);
    EXPECT_EQ(relink(collection, hash, folder).error().code, ErrorCode::unusableInput);
    EXPECT_EQ(relink(collection, "0123", other).error().code, ErrorCode::notFound);
    ASSERT_TRUE(relink(collection, hash, folder / "new" / "renamed.wav"));
    EXPECT_EQ(collection.entries[0].path, folder / "new" / "renamed.wav");
    EXPECT_EQ(collection.entries[0].verdict, Verdict::good);
    EXPECT_TRUE(collection.entries[0].reason.empty());
}

}  // namespace
}  // namespace smidgen
