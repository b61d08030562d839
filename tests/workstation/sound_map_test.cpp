// The map of a real library: what stands on it, in which order, and that it stays as the library changes.
#include "engine/workstation/sound_map.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/audio/audio_reader.h"
#include "engine/library/library.h"
#include "engine/workstation/map_cache.h"
#include "engine/workstation/workstation.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

const std::string kSamples = "/usr/share/sonic-pi/samples/";

class SoundMapTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-map-" + std::to_string(::getpid()));
        fs::remove_all(m_folder);
        copy({"drum_bass_hard", "drum_bass_soft", "drum_cowbell", "drum_cymbal_closed", "drum_snare_hard",
              "drum_snare_soft"});
        open();
        m_station->wait(m_station->importSounds({m_folder / "sounds"}, "drums"));
    }
    void TearDown() override {
        m_station.reset();
        fs::remove_all(m_folder);
    }
    void open() {
        m_station.reset();
        Workstation::Options options;
        options.library = m_folder / "library";
        options.device = models::DeviceChoice::cpu;
        options.threads = 1;
        auto opened = Workstation::open(options);
        ASSERT_TRUE(opened) << opened.error().sentence;
        m_station = std::move(*opened);
    }
    void copy(std::initializer_list<std::string> names) const {
        fs::create_directories(m_folder / "sounds");
        for (const std::string& name : names)
            fs::copy_file(kSamples + name + ".flac", m_folder / "sounds" / (name + ".flac"));
    }
    TakeId addTake(const std::string& sample, const std::string& model) const {
        const auto sound = readAudioAtInternalRate(kSamples + sample + ".flac");
        EXPECT_TRUE(sound) << (sound ? "" : sound.error().sentence);
        Recipe recipe;
        recipe.modelName = model;
        auto take = m_station->items().addTake(*sound, {-20, -1, -1}, recipe);
        EXPECT_TRUE(take) << (take ? "" : take.error().sentence);
        return take ? (*take)->id : TakeId();
    }
    [[nodiscard]] std::shared_ptr<const SoundMap> map() const {
        auto made = soundMapOf(*m_station);
        EXPECT_TRUE(made) << (made ? "" : made.error().sentence);
        return made ? *made : std::make_shared<const SoundMap>();
    }
    [[nodiscard]] static const MapItem* named(const SoundMap& map, const std::string& name) {
        const auto found = std::ranges::find(map.items, name, &MapItem::name);
        return found == map.items.end() ? nullptr : &*found;
    }
    [[nodiscard]] fs::path cache() const {
        for (const auto& entry : fs::directory_iterator(m_folder / "library" / "cache" / "map"))
            return entry.path();
        return {};
    }

    fs::path m_folder;
    std::unique_ptr<Workstation> m_station;
};

TEST_F(SoundMapTest, HoldsSoundsAndTakesOfTwoModelsInOrder) {
    const TakeId rain = addTake("elec_blip", "Rain");
    const TakeId wood = addTake("elec_wood", "Wood");
    ASSERT_TRUE(m_station->starTake(wood, true));
    ASSERT_TRUE(m_station->tagTake(rain, {"wet"}));
    const auto made = map();
    ASSERT_EQ(made->items.size(), 8U);
    EXPECT_TRUE(made->laidAnew);
    EXPECT_TRUE(std::ranges::is_sorted(made->items, [](const MapItem& a, const MapItem& b) {
        return std::pair(a.kind, a.id) < std::pair(b.kind, b.id);
    }));
    std::set<std::pair<double, double>> places;
    for (const MapItem& item : made->items) {
        EXPECT_LT(std::abs(item.place), 1.0);
        places.emplace(item.place.real(), item.place.imag());
        EXPECT_TRUE(fs::exists(item.file)) << item.name;
        EXPECT_GT(item.seconds, 0);
        EXPECT_NE(item.thumbnail, nullptr);
    }
    EXPECT_EQ(places.size(), 8U) << "nothing lies on something else";
    const MapItem* cowbell = named(*made, "drum cowbell");
    if (cowbell == nullptr) cowbell = named(*made, "drum_cowbell");
    ASSERT_NE(cowbell, nullptr);
    EXPECT_EQ(cowbell->collection, "drums");
    EXPECT_EQ(cowbell->collectionId, m_station->collections().front()->collection.id);
    for (const MapItem& item : made->items) {
        if (item.kind != ItemKind::take) continue;
        EXPECT_EQ(item.model, item.id == rain ? "Rain" : "Wood");
        EXPECT_EQ(item.starred, item.id == wood);
        EXPECT_EQ(item.tags, item.id == rain ? std::vector<std::string>{"wet"} : std::vector<std::string>());
    }
}

TEST_F(SoundMapTest, QueriesFindByKindModelAndWords) {
    addTake("elec_blip", "Rain");
    addTake("elec_wood", "Wood");
    const auto made = map();
    const auto count = [&](const std::string& query) {
        const auto found = foundOnMap(*m_station, *made, query);
        EXPECT_TRUE(found) << (found ? "" : found.error().sentence);
        EXPECT_EQ(found->size(), made->items.size());
        return std::ranges::count(*found, true);
    };
    EXPECT_EQ(count(""), 8);
    EXPECT_EQ(count("kind:take"), 2);
    EXPECT_EQ(count("model:Wood"), 1);
    EXPECT_EQ(count("snare kind:sound"), 2);
    EXPECT_EQ(count("kind:model"), 0);
    const auto wrong = foundOnMap(*m_station, *made, "loudness>1");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::invalidArgument);
}

TEST_F(SoundMapTest, WhatWasThereStaysWhenThingsComeAreRenamedAndGo) {
    const TakeId first = addTake("elec_blip", "Rain");
    const auto before = map();
    ASSERT_EQ(before->items.size(), 7U);
    const auto placeOf = [](const SoundMap& map, const std::string& id) -> std::optional<DiscPoint> {
        const auto found = std::ranges::find(map.items, id, &MapItem::id);
        if (found == map.items.end()) return std::nullopt;
        return found->place;
    };
    const auto unmoved = [&](const SoundMap& now) {
        for (const MapItem& item : now.items)
            if (const auto at = placeOf(*before, item.id)) {
                EXPECT_EQ(*at, item.place) << item.name;
            }
    };

    const TakeId second = addTake("elec_wood", "Wood");
    const auto more = map();
    EXPECT_EQ(more->items.size(), 8U);
    EXPECT_FALSE(more->laidAnew);
    EXPECT_TRUE(placeOf(*more, second));
    unmoved(*more);

    ASSERT_TRUE(m_station->renameTake(first, "a drop"));
    const auto renamed = map();
    EXPECT_NE(named(*renamed, "a drop"), nullptr);
    unmoved(*renamed);

    ASSERT_TRUE(m_station->trashTake(first));
    const auto fewer = map();
    EXPECT_EQ(fewer->items.size(), 7U);
    EXPECT_FALSE(placeOf(*fewer, first));
    unmoved(*fewer);

    // Opened again, and by a library that never held the map in memory.
    open();
    const auto again = map();
    ASSERT_EQ(again->items.size(), 7U);
    EXPECT_FALSE(again->laidAnew);
    unmoved(*again);

    // More that is new than was known: everything finds its place anew.
    copy({"elec_bell", "elec_blip2", "elec_bong", "elec_chime", "elec_ping", "elec_plip", "elec_pop",
          "elec_beep", "elec_twang", "elec_twip"});
    const CollectionId drums = m_station->collections().front()->collection.id;
    m_station->wait(m_station->importSounds({m_folder / "sounds"}, {}, drums));
    const auto anew = map();
    EXPECT_EQ(anew->items.size(), 17U);
    EXPECT_TRUE(anew->laidAnew);
}

TEST_F(SoundMapTest, ARestoredTakeStandsOnTheMapAgain) {
    const TakeId take = addTake("elec_blip", "Rain");
    ASSERT_EQ(map()->items.size(), 7U);
    ASSERT_TRUE(m_station->trashTake(take));
    ASSERT_EQ(map()->items.size(), 6U);
    ASSERT_TRUE(m_station->restoreTake(take));
    EXPECT_EQ(map()->items.size(), 7U);
}

TEST_F(SoundMapTest, ADamagedCacheIsThrownAwayAndWrittenAnew) {
    const auto before = map();
    const fs::path file = cache();
    ASSERT_EQ(readKnownPlaces(file).size(), 6U);
    for (const std::string& damage : {std::string("smidgen-map 1\n0.5 x sound:1\nend\n"), std::string(),
                                      std::string("smidgen-map 2\nend\n"), std::string(3000, '\xff'),
                                      std::string("smidgen-map 1\n2 2 sound:1\nend\n")}) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << damage;
        EXPECT_TRUE(readKnownPlaces(file).empty());
        const auto made = map();
        EXPECT_EQ(made->items.size(), 6U);
        EXPECT_TRUE(made->laidAnew);
        // The same library is laid out the same way.
        for (std::size_t i = 0; i < made->items.size(); ++i)
            EXPECT_EQ(before->items[i].place, made->items[i].place);
        EXPECT_EQ(readKnownPlaces(file).size(), 6U);
    }
}

TEST_F(SoundMapTest, ACancelledMapIsNoMap) {
    CancelToken cancel;
    cancel.cancel();
    const auto made = soundMapOf(*m_station, cancel);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::cancelled);
}

TEST(MapCache, KeepsPlacesToTheBitAndForgetsWhatWasCutShort) {
    const fs::path folder = fs::temp_directory_path() / ("smidgen-places-" + std::to_string(::getpid()));
    const fs::path file = folder / "deep" / "a.places";
    KnownPlaces places{{"sound:a", {0.1, -1.0 / 3}}, {"take:b with spaces", {-0.995, 1e-17}}};
    ASSERT_TRUE(writeKnownPlaces(file, places));
    EXPECT_EQ(readKnownPlaces(file), places);
    const auto whole = fs::file_size(file);
    for (std::uintmax_t bytes = 0; bytes + 1 < whole; bytes += 5) {
        ASSERT_TRUE(writeKnownPlaces(file, places));
        fs::resize_file(file, bytes);
        EXPECT_TRUE(readKnownPlaces(file).empty()) << bytes << " bytes";
    }
    EXPECT_TRUE(readKnownPlaces(folder / "nothing").empty());
    fs::remove_all(folder);
}

TEST(MapWords, AreThoseOfHalfOfTheNames) {
    EXPECT_EQ(commonWords({"Rain heavy 01", "rain light 02", "rain_light 3"}), "rain light");
    EXPECT_EQ(commonWords({"a 1", "a 2"}), "") << "single letters are no words";
    EXPECT_EQ(commonWords({"kick", "snare", "hat"}), "");
    EXPECT_EQ(commonWords({}), "");
    EXPECT_EQ(commonWords({"Ölung 1", "Ölung 2"}), "Ölung");
}

}  // namespace
}  // namespace smidgen
