#include "engine/library/finder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/audio/audio_writer.h"
#include "engine/foundation/random.h"
#include "engine/library/code_shelf.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/preset_takes.h"
#include "engine/library/sound_index.h"
#include "storage/blocks/block_store.h"
#include "storage/blocks/documentation.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

AudioBuffer mono(std::vector<float> signal) {
    AudioBuffer audio(0, Samples(0));
    audio.channels.push_back(std::move(signal));
    return audio;
}

/// A falling sine, as a drum's.
std::vector<float> kick(double hz, double seconds = 0.6) {
    std::vector<float> signal(static_cast<std::size_t>(seconds * 48000));
    double phase = 0;
    for (std::size_t i = 0; i < signal.size(); ++i) {
        const double t = static_cast<double>(i) / 48000;
        phase += 2 * std::numbers::pi * hz * (1 + 2 * std::exp(-40 * t)) / 48000;
        signal[i] = static_cast<float>(0.8 * std::exp(-9 * t) * std::sin(phase));
    }
    return signal;
}

std::vector<float> hiss(std::uint64_t seed, double seconds = 1.0) {
    Random random(seed);
    std::vector<float> signal(static_cast<std::size_t>(seconds * 48000));
    for (float& value : signal) value = static_cast<float>(0.1 * random.normal());
    return signal;
}

class FinderTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-finder-" + std::to_string(::getpid()));
        fs::remove_all(m_folder);
        fs::create_directories(m_folder / "sounds");
        auto opened = Library::open(m_folder / "library");
        ASSERT_TRUE(opened) << opened.error().sentence;
        m_library = std::move(*opened);
        for (int i = 0; i < 4; ++i) write("kick_" + std::to_string(i), kick(45 + 3 * i));
        for (int i = 0; i < 4; ++i) write("hiss_" + std::to_string(i), hiss(static_cast<std::uint64_t>(i)));
        write("silence", std::vector<float>(48000));
        // A kick eleven seconds into hiss.
        std::vector<float> hidden = hiss(9, 20);
        std::fill(hidden.begin() + 11 * 48000, hidden.begin() + 13 * 48000, 0.0F);
        const auto drum = kick(48);
        std::copy(drum.begin(), drum.end(), hidden.begin() + 11 * 48000 + 2400);
        write("hidden", hidden);
        addCollection("Drums");
    }
    void TearDown() override {
        m_library.reset();
        fs::remove_all(m_folder);
    }
    void write(const std::string& name, const std::vector<float>& signal) {
        WriteOptions options;
        options.profile.depth = SampleDepth::float32;
        ASSERT_TRUE(writeAudio(mono(signal), file(name), options));
    }
    [[nodiscard]] fs::path file(const std::string& name) const {
        return m_folder / "sounds" / (name + ".wav");
    }
    void addCollection(const std::string& name) {
        const std::vector<fs::path> paths{m_folder / "sounds"};
        auto report = scanSounds(paths);
        ASSERT_TRUE(report);
        Collection collection;
        collection.id = Library::newId();
        collection.name = name;
        collection.entries = std::move(report->entries);
        m_collection = collection.id;
        ASSERT_TRUE(m_library->putCollection(collection));
    }
    TakeId addTake(std::uint64_t seed, const std::vector<float>& signal) {
        Recipe recipe;
        recipe.modelName = "Rain";
        recipe.seed = seed;
        auto take = m_library->addTake(mono(signal), {-20, -1, -1}, recipe);
        EXPECT_TRUE(take);
        return (*take)->id;
    }
    /// Codes of that name; their edits are only a text here.
    CodesId addCodes(const std::string& name, bool ofTake = false) {
        CodesRecord record;
        record.name = name;
        record.modelName = "Rain";
        record.seconds = 0.6;
        record.ofTake = ofTake;
        auto id = smidgen::addCodes(*m_library, record, "{}", "{}");
        EXPECT_TRUE(id) << (id ? "" : id.error().sentence);
        return id ? *id : CodesId();
    }
    /// What they decode to is that.
    void sounds(const CodesId& id, const std::vector<float>& signal) {
        const auto state = codesState(*m_library, id);
        ASSERT_TRUE(state);
        ASSERT_TRUE(keepHeard(*m_library, id, state->edits, hear(signal)));
    }
    /// A take's recipe under a name, with other sliders when `bright` is given.
    PresetId addPreset(const std::string& name, const Recipe& recipe) {
        PresetRecord record;
        record.name = name;
        record.recipe = recipe;
        auto preset = m_library->addPreset(std::move(record));
        EXPECT_TRUE(preset);
        return (*preset)->id;
    }
    std::vector<std::string> found(FindRequest request) {
        auto items = find(*m_library, request);
        EXPECT_TRUE(items) << items.error().sentence;
        std::vector<std::string> names;
        for (const FoundItem& item : items->items) names.push_back(item.name);
        m_more = items->more;
        return names;
    }
    static FindRequest like(const fs::path& what, const std::string& text = {}) {
        FindRequest request;
        request.like = what.string();
        request.text = text;
        return request;
    }
    static FindRequest words(const std::string& text) {
        FindRequest request;
        request.text = text;
        return request;
    }

    fs::path m_folder;
    std::unique_ptr<Library> m_library;
    CollectionId m_collection;
    bool m_more = false;
};

TEST_F(FinderTest, KicksComeFirstWhereAKickIsAskedFor) {
    const fs::path strange = m_folder / "strange.wav";
    WriteOptions options;
    ASSERT_TRUE(writeAudio(mono(kick(50)), strange, options));
    const auto names = found(like(strange));
    ASSERT_EQ(names.size(), 9U) << "silence is like nothing";
    for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(names[i].starts_with("kick_")) << names[i];
    EXPECT_EQ(found(like(file("hiss_2"))).front(), "hiss_2");
    EXPECT_EQ(find(*m_library, like(file("hiss_2")))->items.front().distance, 0.0);
    EXPECT_EQ(find(*m_library, like(file("kick_1")))->items.front().collection, "Drums");
}

TEST_F(FinderTest, PagesAreOneListCutUp) {
    FindRequest request = like(file("kick_0"));
    const auto whole = found(request);
    std::vector<std::string> together;
    request.limit = 4;
    for (request.offset = 0; request.offset < whole.size(); request.offset += request.limit) {
        for (const std::string& name : found(request)) together.push_back(name);
        EXPECT_EQ(m_more, request.offset + request.limit < whole.size());
    }
    EXPECT_EQ(together, whole);
}

TEST_F(FinderTest, AStretchWithinALongSoundIsFoundWithItsPlace) {
    FindRequest request = like(file("kick_1"));
    request.stretches = true;
    const auto items = find(*m_library, request);
    ASSERT_TRUE(items);
    ASSERT_EQ(items->items.size(), 1U) << "short sounds have no stretches";
    EXPECT_EQ(items->items.front().name, "hidden");
    EXPECT_NEAR(*items->items.front().startSeconds, 10.0, 0.5);
}

TEST_F(FinderTest, TakesAreFoundAndAreLikeSounds) {
    const TakeId drum = addTake(1, kick(47)), wind = addTake(2, hiss(77));
    EXPECT_EQ(found(like(file("kick_1"), "kind:take")), (std::vector<std::string>{"Rain 1", "Rain 2"}));
    const auto likeTake = found(like(drum));
    EXPECT_TRUE(likeTake.front().starts_with("kick_"));
    EXPECT_EQ(std::ranges::count(likeTake, "Rain 1"), 0) << "a take is not like itself";
    EXPECT_EQ(found(like("Rain 2", "kind:sound")).front().substr(0, 5), "hiss_");
    ASSERT_TRUE(m_library->changeTake(wind, [](TakeRecord& take) { take.trashed = true; }));
    EXPECT_EQ(found(like(file("kick_1"), "kind:take")), std::vector<std::string>{"Rain 1"});
    ASSERT_TRUE(m_library->changeTake(wind, [](TakeRecord& take) { take.trashed = false; }));
    EXPECT_EQ(found(like(file("hiss_1"), "kind:take")), (std::vector<std::string>{"Rain 2", "Rain 1"}));
}

TEST_F(FinderTest, FiltersHoldForLikenessWordsAndLists) {
    const TakeId id = addTake(1, kick(47));
    ASSERT_TRUE(m_library->changeTake(id, [](TakeRecord& take) {
        take.starred = true;
        take.tags = {"wet"};
    }));
    addTake(2, hiss(5));
    EXPECT_EQ(found(like(file("kick_1"), "kind:sound seconds>5")), std::vector<std::string>{"hidden"});
    EXPECT_EQ(found(like(file("hiss_1"), "is:starred")), std::vector<std::string>{"Rain 1"});
    EXPECT_EQ(found(like(file("hiss_1"), "kick kind:sound")).size(), 4U) << "words have to stand in the name";
    EXPECT_EQ(found(words("tag:wet")), std::vector<std::string>{"Rain 1"});
    EXPECT_EQ(found(words("kind:take")), (std::vector<std::string>{"Rain 2", "Rain 1"})) << "newest first";
    EXPECT_EQ(found(words("rain tag:wet")), std::vector<std::string>{"Rain 1"});
    EXPECT_EQ(found(words("model:Rain seconds<0.8")), std::vector<std::string>{"Rain 1"});
    EXPECT_TRUE(found(words("model:Snow")).empty());
}

TEST_F(FinderTest, WordsFindNamesAndHelp) {
    ASSERT_TRUE(hearCollections(*m_library, 1));
    EXPECT_EQ(found(words("kick 2")), std::vector<std::string>{"kick_2"});
    EXPECT_EQ(found(words("drums kind:collection")), std::vector<std::string>{"Drums"});
    storage::Documentation help;
    help.name = "Rooms";
    help.markdown = "# Rooms\nSpace.\n\n## Echo\nA wall answers late.\n";
    ASSERT_TRUE(storage::putDocumentation(m_library->store(), m_library->caller(), help));
    const auto items = find(*m_library, words("answers kind:help"));
    ASSERT_TRUE(items);
    ASSERT_EQ(items->items.size(), 1U);
    EXPECT_EQ(items->items.front().name, "Echo");
    EXPECT_NE(items->items.front().snippet.find("wall"), std::string::npos);
}

TEST_F(FinderTest, WordsBesideLikenessMeanWhatTheyMeanAlone) {
    EXPECT_EQ(found(like(file("kick_1"), "-kick kind:sound")).size(), 5U);
    EXPECT_EQ(found(like(file("kick_1"), "\"kick_2\"")), std::vector<std::string>{"kick_2"});
    EXPECT_TRUE(found(like(file("kick_1"), "\"kick 2\"")).empty());
    EXPECT_EQ(found(words("hiss kind:sound")).size(), 4U) << "also when nobody has asked for likeness before";
}

TEST_F(FinderTest, TheNewestOfANameIsMeantAndASoundByItsHash) {
    addTake(1, kick(47));
    addTake(1, hiss(3));
    EXPECT_TRUE(found(like("Rain 1", "kind:sound")).front().starts_with("hiss_"));
    const auto entry = m_library->collections().front()->entries.front();
    const auto items = find(*m_library, like(entry.contentHash));
    ASSERT_TRUE(items);
    EXPECT_NE(items->items.front().id, entry.contentHash) << "a sound is not like itself";
}

TEST_F(FinderTest, TwoProgramsThatListenAtOnceFindEachSoundOnce) {
    auto other = Library::open(m_folder / "library");
    ASSERT_TRUE(other);
    ASSERT_TRUE(find(**other, words("kick")));  // reads what has been heard: all, by now
    addCollection("Again");
    write("kick_9", kick(60));
    addCollection("More");
    ASSERT_TRUE(hearCollections(*m_library, 1));
    ASSERT_TRUE(hearCollections(**other, 1));
    EXPECT_EQ(found(words("kick_9")).size(), 1U);
    EXPECT_EQ(found(like(file("kick_9"), "kick")).size(), 5U);
}

TEST_F(FinderTest, WhatLeftItsCollectionIsNotFound) {
    EXPECT_EQ(found(like(file("kick_1"))).size(), 9U);
    ASSERT_TRUE(m_library->removeCollection(m_collection));
    EXPECT_TRUE(found(like(file("kick_1"))).empty());
    ASSERT_TRUE(m_library->restoreCollection(m_collection));
    EXPECT_EQ(found(like(file("kick_1"))).size(), 9U);
}

TEST_F(FinderTest, CodesAreLikeWhatTheyDecodeTo) {
    const CodesId drum = addCodes("Bent drum"), wind = addCodes("Bent wind"), unheard = addCodes("Quiet");
    addCodes("Of a take", true);
    sounds(drum, kick(47));
    sounds(wind, hiss(77));
    EXPECT_EQ(found(like(file("kick_1"), "kind:codes")),
              (std::vector<std::string>{"Bent drum", "Bent wind"}));
    EXPECT_EQ(found(words("kind:codes model:Rain")).size(), 3U) << "what a take was made of is none of them";
    EXPECT_TRUE(found(like(drum)).front().starts_with("kick_"));
    EXPECT_EQ(std::ranges::count(found(like(drum)), "Bent drum"), 0) << "nothing is like itself";
    EXPECT_EQ(found(like("Bent wind", "kind:sound")).front().substr(0, 5), "hiss_");
    EXPECT_EQ(find(*m_library, like(file("kick_1"), "kind:codes"))->items.front().id, drum);
    const auto missing = find(*m_library, like(unheard));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    EXPECT_NE(missing.error().sentence.find("not been listened to"), std::string::npos);
    sounds(unheard, std::vector<float>(48000));
    const auto silent = find(*m_library, like(unheard));
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code, ErrorCode::unusableInput);
    ASSERT_TRUE(trashCodes(*m_library, drum));
    EXPECT_EQ(found(like(file("kick_1"), "kind:codes")), std::vector<std::string>{"Bent wind"});
}

TEST_F(FinderTest, CodesAreHeardAnewWhenTheirEditsChangeAndNotWhenTheirNameDoes) {
    const CodesId first = addCodes("First"), second = addCodes("Second");
    const auto unheard = [&] {
        std::vector<std::string> names;
        auto records = unheardCodes(*m_library);
        EXPECT_TRUE(records);
        for (const CodesRecord& record : *records) names.push_back(record.name);
        return names;
    };
    EXPECT_EQ(unheard(), (std::vector<std::string>{"Second", "First"}));
    const std::string before = codesState(*m_library, first)->edits;
    sounds(first, kick(47));
    EXPECT_EQ(unheard(), std::vector<std::string>{"Second"});
    EXPECT_EQ(codesIn(*m_library)->front().name, "Second") << "to be heard is no change";
    ASSERT_TRUE(renameCodes(*m_library, first, "Other"));
    EXPECT_EQ(unheard(), std::vector<std::string>{"Second"});
    EXPECT_EQ(codesIn(*m_library)->front().name, "Other");
    ASSERT_TRUE(saveCodeEdits(*m_library, first, "{\"other\": 1}"));
    EXPECT_EQ(unheard(), (std::vector<std::string>{"Other", "Second"}));
    EXPECT_EQ(found(like(file("kick_1"), "kind:codes")), std::vector<std::string>{"Other"})
        << "until then it is found by what it was";
    // Somebody who has heard the edits of before comes too late.
    ASSERT_TRUE(keepHeard(*m_library, first, before, hear(hiss(3))));
    EXPECT_EQ(unheard(), (std::vector<std::string>{"Other", "Second"}));
    sounds(first, hiss(3));
    EXPECT_EQ(unheard(), std::vector<std::string>{"Second"});
    EXPECT_TRUE(found(like(first, "kind:sound")).front().starts_with("hiss_"));
    EXPECT_EQ(keepHeard(*m_library, "no such", before, {}).error().code, ErrorCode::notFound);
}

TEST_F(FinderTest, APresetIsLikeTheTakeItWasSavedFromElseOneMadeWithIt) {
    const TakeId drum = addTake(1, kick(47));
    addTake(2, hiss(77));
    const Recipe saved = m_library->take(drum)->recipe;
    const PresetId exact = addPreset("Caves/Drum", saved);
    Recipe bright = saved;
    bright.sliders[Attribute::brightness] = 0.9;
    const PresetId unused = addPreset("Bright", bright);
    auto likeDrum = find(*m_library, like(file("kick_1"), "kind:preset"));
    ASSERT_TRUE(likeDrum);
    ASSERT_EQ(likeDrum->items.size(), 1U);
    EXPECT_EQ(likeDrum->items.front().id, exact);
    EXPECT_EQ(found(like(file("kick_1"), "kind:preset kind:take")),
              (std::vector<std::string>{"Rain 1", "Caves/Drum", "Rain 2"}))
        << "right after its take";
    EXPECT_EQ(found(like(drum, "kind:preset")), std::vector<std::string>{"Caves/Drum"});
    const auto likePreset = found(like("Caves/Drum"));
    EXPECT_EQ(likePreset.front(), "Rain 1");
    EXPECT_EQ(std::ranges::count(likePreset, "Caves/Drum"), 0) << "a preset is not like itself";
    const auto nothing = find(*m_library, like(unused));
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().code, ErrorCode::unusableInput);
    EXPECT_NE(nothing.error().sentence.find("Generate one"), std::string::npos);

    // Tags are the preset's own, not its take's.
    ASSERT_TRUE(m_library->changePreset(exact, [](PresetRecord& preset) { preset.tags = {"wet"}; }));
    EXPECT_EQ(found(like(file("kick_1"), "tag:wet")), std::vector<std::string>{"Caves/Drum"});
    EXPECT_EQ(found(like(file("kick_1"), "caves kind:preset")), std::vector<std::string>{"Caves/Drum"});
    EXPECT_TRUE(found(like(file("kick_1"), "tag:dry kind:preset")).empty());

    // A take is made with the other; the first of its model stands for it.
    Recipe used = bright;
    used.seed = 9;
    used.modelId = "another";
    ASSERT_TRUE(m_library->addTake(mono(kick(50)), {-20, -1, -1}, used));
    EXPECT_TRUE(found(like(unused, "kind:sound")).front().starts_with("kick_"));
    used.modelId = bright.modelId;
    ASSERT_TRUE(m_library->addTake(mono(hiss(12)), {-20, -1, -1}, used));
    EXPECT_TRUE(found(like(unused, "kind:sound")).front().starts_with("hiss_")) << "rather of its own model";
    const auto takes = takesOfPresets(*m_library);
    EXPECT_EQ(takes.at(exact), drum);
    ASSERT_EQ(takes.size(), 2U);
    for (const auto& take : m_library->takes())
        ASSERT_TRUE(m_library->changeTake(take->id, [](TakeRecord& record) { record.trashed = true; }));
    EXPECT_TRUE(takesOfPresets(*m_library).empty()) << "what lies in the trash stands for nothing";
}

TEST_F(FinderTest, PagesOfPresetsAndCodesAreOneListCutUp) {
    const Recipe recipe = m_library->take(addTake(1, kick(47)))->recipe;
    for (int i = 0; i < 3; ++i) addPreset("P" + std::to_string(i), recipe);
    for (int i = 0; i < 3; ++i) sounds(addCodes("C" + std::to_string(i)), kick(50 + i));
    FindRequest request = like(file("kick_0"));
    const auto whole = found(request);
    ASSERT_EQ(whole.size(), 9U + 1 + 3 + 3);
    std::vector<std::string> together;
    request.limit = 3;
    for (request.offset = 0; request.offset < whole.size(); request.offset += request.limit)
        for (const std::string& name : found(request)) together.push_back(name);
    EXPECT_EQ(together, whole);
}

TEST_F(FinderTest, ASoundIsHeardOnceAndWhatWasHeardStaysAfterACancel) {
    CancelToken cancel;
    const auto report = hearCollections(*m_library, 1, cancel, [&](int done, int) {
        if (done == 3) cancel.cancel();
    });
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::cancelled);
    const auto rest = hearCollections(*m_library, 1);
    ASSERT_TRUE(rest);
    EXPECT_EQ(rest->heard, 6);
    EXPECT_EQ(hearCollections(*m_library, 1)->heard, 0);
}

TEST_F(FinderTest, ALostFileIsASentenceAndStopsNoOther) {
    ASSERT_EQ(m_library->collections().size(), 1U);  // read before it is lost
    fs::remove(file("kick_3"));
    const auto report = hearCollections(*m_library, 2);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->problems.size(), 1U);
    EXPECT_EQ(report->heard, 8);
    const auto missing = find(*m_library, like("no such thing"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    const auto silent = find(*m_library, like(file("silence")));
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code, ErrorCode::unusableInput);
}

}  // namespace
}  // namespace smidgen
