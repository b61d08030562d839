// The map of a real library: what stands on it, in which order, and that it stays as the library changes.
#include "engine/workstation/sound_map.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/audio/audio_reader.h"
#include "engine/library/code_shelf.h"
#include "engine/library/library.h"
#include "engine/library/sound_index.h"
#include "engine/workstation/item_marks.h"
#include "engine/workstation/map_cache.h"
#include "engine/workstation/presets.h"
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

TEST_F(SoundMapTest, HoldsPresetsByTheirTakesAndCodesOnceTheyWereHeard) {
    const TakeId rain = addTake("elec_blip", "Rain");
    Workstation& station = *m_station;
    Library& library = station.items();
    const auto saved = savePreset(station, "Caves/Dark", library.take(rain)->recipe);
    ASSERT_TRUE(saved);
    Recipe other;
    other.variation = 0.3;
    ASSERT_TRUE(savePreset(station, "Never used", other));
    CodesRecord record;
    record.name = "Bent bell";
    record.modelName = "Wood";
    record.seconds = 0.5;
    const auto codes = addCodes(library, record, "{}", "{}");
    ASSERT_TRUE(codes);

    auto made = map();
    EXPECT_EQ(made->items.size(), 8U) << "six sounds, a take and its preset";
    EXPECT_EQ(made->placeless, 2U) << "a preset that nobody used, and codes that nobody heard";
    const MapItem* preset = named(*made, "Caves/Dark");
    ASSERT_NE(preset, nullptr);
    EXPECT_EQ(preset->kind, ItemKind::preset);
    EXPECT_EQ(preset->take, rain);
    EXPECT_EQ(preset->model, "Rain");
    EXPECT_NE(preset->thumbnail, nullptr);
    const DiscPoint dark = preset->place;
    const auto take = std::ranges::find(made->items, rain, &MapItem::id);
    EXPECT_LT(storage::discDistance(take->place, dark), 0.5) << "beside its take";
    std::set<std::pair<double, double>> places;
    for (const MapItem& item : made->items) places.emplace(item.place.real(), item.place.imag());
    EXPECT_EQ(places.size(), 8U) << "nothing lies on something else";
    // Several of one take stand around it, apart from each other.
    for (const char* name : {"Second", "Third", "Fourth"})
        ASSERT_TRUE(savePreset(station, name, library.take(rain)->recipe));
    made = map();
    places.clear();
    for (const MapItem& item : made->items) places.emplace(item.place.real(), item.place.imag());
    EXPECT_EQ(places.size(), 11U);
    for (const MapItem& item : made->items) EXPECT_LT(std::abs(item.place), 1.0);
    for (const auto& each : library.presets())
        if (each->name == "Second" || each->name == "Third" || each->name == "Fourth") {
            ASSERT_TRUE(trashPreset(station, each->id));
        }

    const auto hearAs = [&](const std::string& sample) {
        const auto sound = readAudioAtInternalRate(kSamples + sample + ".flac");
        ASSERT_TRUE(sound);
        const auto state = codesState(library, *codes);
        ASSERT_TRUE(state);
        ASSERT_TRUE(keepHeard(library, *codes, state->edits, hear(toMidSide(*sound).mid)));
    };
    hearAs("elec_wood");
    made = map();
    ASSERT_EQ(made->items.size(), 9U);
    EXPECT_EQ(made->placeless, 1U);
    const MapItem* bell = named(*made, "Bent bell");
    ASSERT_NE(bell, nullptr);
    EXPECT_EQ(bell->kind, ItemKind::codes);
    EXPECT_EQ(bell->id, *codes);
    EXPECT_EQ(bell->model, "Wood");
    EXPECT_EQ(bell->seconds, 0.5);
    EXPECT_EQ(named(*made, "Caves/Dark")->place, dark) << "what was there stays";
    const DiscPoint first = bell->place;
    const auto found = [&](const std::string& query) {
        const auto shown = foundOnMap(station, *made, query);
        EXPECT_TRUE(shown);
        return shown ? std::ranges::count(*shown, true) : -1;
    };
    EXPECT_EQ(found("kind:codes"), 1);
    EXPECT_EQ(found("kind:preset"), 1);
    EXPECT_EQ(found("model:Wood"), 1);
    EXPECT_EQ(found("model:Rain"), 2) << "the take and the preset";

    // Edited, they stay until they are heard; then only they move.
    ASSERT_TRUE(saveCodeEdits(library, *codes, "{\"other\": 1}"));
    made = map();
    EXPECT_EQ(named(*made, "Bent bell")->place, first);
    hearAs("drum_cymbal_closed");
    const auto moved = map();
    EXPECT_NE(named(*moved, "Bent bell")->place, first);
    for (const MapItem& item : made->items)
        if (item.id != *codes) {
            EXPECT_EQ(item.place, named(*moved, item.name)->place) << item.name;
        }

    ASSERT_TRUE(station.trashTake(rain));
    ASSERT_TRUE(trashCodes(library, *codes));
    const auto fewer = map();
    EXPECT_EQ(fewer->items.size(), 6U);
    EXPECT_EQ(fewer->placeless, 2U) << "the presets, without a take that stands for them";
}

TEST_F(SoundMapTest, StarsAndTagsOfPresetsAndCodesAreTheirOwn) {
    Workstation& station = *m_station;
    addTake("elec_blip", "Rain");
    const auto preset = savePreset(station, "Dark", station.takes().front()->recipe);
    ASSERT_TRUE(preset);
    CodesRecord record;
    record.name = "Bent bell";
    const auto codes = addCodes(station.items(), record, "{}", "{}");
    ASSERT_TRUE(codes);
    for (const ItemName& item :
         {ItemName{ItemKind::preset, (*preset)->id}, ItemName{ItemKind::codes, *codes}}) {
        ASSERT_TRUE(setMarks(station, item, {true, {"wet"}}));
        EXPECT_EQ(marksOf(station, item), (ItemMarks{true, {"wet"}}));
    }
    ASSERT_TRUE(tagPreset(station, (*preset)->id, {"wet", "slow"}));
    EXPECT_EQ(marksOf(station, {ItemKind::preset, (*preset)->id}), (ItemMarks{true, {"slow", "wet"}}))
        << "a star is no tag to be written over";
    const auto found = station.find({"is:starred tag:wet", {}, false, 10, 0});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->items.size(), 2U);
    const auto made = map();
    EXPECT_TRUE(named(*made, "Dark")->starred);
    EXPECT_EQ(named(*made, "Dark")->tags, (std::vector<std::string>{"slow", "wet"}));
    EXPECT_EQ(setMarks(station, {ItemKind::cube, "x"}, {}).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(setMarks(station, {ItemKind::codes, "x"}, {}).error().code, ErrorCode::notFound);
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
