// Another library beside ours: looked into without a mark, heard, and brought over piece by piece.
#include "engine/workstation/other_library.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <map>

#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "engine/workstation/library_care.h"
#include "engine/workstation/other_library_items.h"
#include "engine/workstation/workstation.h"
#include "tests/library/library_things.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using testing::addCube;
using testing::addModel;
using testing::addTake;
using testing::isWhole;
using testing::LibraryFolder;
using testing::ramp;

/// Every file below a folder: size and when it was changed, to the nanosecond.
std::map<std::string, std::pair<std::uintmax_t, std::int64_t>> filesBelow(const fs::path& folder) {
    std::map<std::string, std::pair<std::uintmax_t, std::int64_t>> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        struct stat now {};
        if (::stat(entry.path().c_str(), &now) != 0 || !entry.is_regular_file()) {
            files[entry.path().string()] = {0, 0};
            continue;
        }
        files[entry.path().string()] = {entry.file_size(),
                                        now.st_mtim.tv_sec * 1'000'000'000LL + now.st_mtim.tv_nsec};
    }
    return files;
}

class OtherLibraryTest : public ::testing::Test {
 protected:
    void SetUp() override { openStation(); }
    void openStation() {
        Workstation::Options options;
        options.library = m_hereFolder.path();
        options.device = models::DeviceChoice::cpu;
        options.threads = 1;
        auto opened = Workstation::open(options);
        ASSERT_TRUE(opened) << opened.error().sentence;
        m_station = std::move(*opened);
    }
    [[nodiscard]] Library& here() const { return m_station->items(); }
    /// A take that both have.
    TakeId sharedTake(const AudioBuffer& audio = ramp()) {
        const TakeId id = addTake(here(), audio);
        share(ItemKind::take, id);
        return id;
    }
    void share(ItemKind kind, const std::string& id) {
        static_cast<void>(m_thereFolder.open());
        const auto sent = sendInto(*m_station, there(), {{kind, id}});
        ASSERT_TRUE(sent) << sent.error().sentence;
        ASSERT_TRUE(sent->problems.empty());
    }
    static void rename(Library& library, const TakeId& take, const std::string& name) {
        ASSERT_TRUE(library.changeTake(take, [&](TakeRecord& record) { record.name = name; }));
    }
    [[nodiscard]] const fs::path& there() const { return m_thereFolder.path(); }
    OtherLibrary look() {
        auto other = lookInto(*m_station, there());
        EXPECT_TRUE(other) << (other ? "" : other.error().sentence);
        return other ? std::move(*other) : OtherLibrary();
    }
    static const OtherItem& itemOf(const OtherLibrary& other, const std::string& id) {
        for (const OtherItem& item : other.items)
            if (item.shown().id == id) return item;
        throw std::runtime_error("no item " + id);
    }
    Brought bring(const std::vector<BringChoice>& choices, const CancelToken& cancel = {},
                  const std::function<void(const SendingState&)>& progress = {}) {
        auto brought = bringChosen(*m_station, there(), choices, cancel, progress);
        EXPECT_TRUE(brought) << (brought ? "" : brought.error().sentence);
        return brought ? std::move(*brought) : Brought();
    }
    [[nodiscard]] std::string errorOf(const fs::path& folder, ErrorCode code) {
        const auto other = lookInto(*m_station, folder);
        EXPECT_FALSE(other);
        if (other) return {};
        EXPECT_EQ(other.error().code, code) << other.error().sentence;
        return other.error().sentence;
    }

    LibraryFolder m_hereFolder, m_thereFolder;
    std::unique_ptr<Workstation> m_station;
};

TEST_F(OtherLibraryTest, EveryItemIsShownWithHowItStands) {
    const TakeId same = sharedTake(), newerHere = sharedTake(), newerThere = sharedTake(),
                 both = sharedTake(), alike = sharedTake(), gone = sharedTake();
    const TakeId onlyHere = addTake(here());
    TakeId onlyThere;
    CubeId cube;
    ModelId model;
    {
        const auto library = m_thereFolder.open();
        onlyThere = addTake(*library);
        cube = addCube(*library, "Roof");
        model = addModel(*library, "Rain on tin");
        rename(*library, newerThere, "new there");
        rename(*library, both, "theirs");
        rename(*library, alike, "the same");
        const TakeId trashed = addTake(*library);
        ASSERT_TRUE(library->changeTake(trashed, [](TakeRecord& take) { take.trashed = true; }));
    }
    rename(here(), newerHere, "new here");
    rename(here(), both, "ours");
    rename(here(), alike, "the same");
    ASSERT_TRUE(m_station->trashTake(gone));
    ASSERT_TRUE(m_station->purgeTake(gone));

    const OtherLibrary other = look();
    EXPECT_TRUE(other.writable);
    EXPECT_TRUE(other.problems.empty());
    EXPECT_EQ(other.items.size(), 10U) << "and not what lies in their trash";
    const std::pair<std::string, Standing> expected[] = {
        {same, Standing::same},          {newerHere, Standing::newerHere}, {newerThere, Standing::newerThere},
        {both, Standing::changedOnBoth}, {alike, Standing::same},          {gone, Standing::removedHere},
        {onlyHere, Standing::onlyHere},  {onlyThere, Standing::onlyThere}, {cube, Standing::onlyThere},
        {model, Standing::onlyThere}};
    for (const auto& [id, standing] : expected)
        EXPECT_EQ(itemOf(other, id).standing, standing) << "item " << id;
    const OtherItem& conflict = itemOf(other, both);
    EXPECT_EQ(conflict.theirs->name, "theirs");
    EXPECT_EQ(conflict.ours->name, "ours");
    EXPECT_TRUE(conflict.differences.name);
    EXPECT_FALSE(conflict.differences.content || conflict.differences.marks || conflict.differences.trash);
    EXPECT_NEAR(conflict.theirs->seconds, 0.1, 1e-9);
    EXPECT_EQ(conflict.theirs->wave.size(), 128U);
    EXPECT_EQ(itemOf(other, model).kind, ItemKind::model);

    const auto matching = [&](const std::string& text) {
        const auto filter = OtherItemFilter::parse(text);
        EXPECT_TRUE(filter);
        return std::ranges::count_if(other.items,
                                     [&](const OtherItem& item) { return filter->matches(item); });
    };
    EXPECT_EQ(matching(""), 10);
    EXPECT_EQ(matching("kind:take"), 8);
    EXPECT_EQ(matching("TIN"), 1);
    EXPECT_EQ(matching("ours"), 1) << "by what it is called here, too";
    EXPECT_EQ(matching("kind:take seconds>1"), 0);
    EXPECT_EQ(matching("seconds<1"), 8);
    EXPECT_FALSE(OtherItemFilter::parse("weight<3"));
}

TEST_F(OtherLibraryTest, NothingIsWrittenThere) {
    const TakeId both = sharedTake();
    TakeId take;
    {
        const auto library = m_thereFolder.open();
        take = addTake(*library);
        addModel(*library, "Rain");
        rename(*library, both, "theirs");
    }
    rename(here(), both, "ours");
    const auto before = filesBelow(there());
    const OtherLibrary other = look();
    EXPECT_TRUE(soundOf(*m_station, other, itemOf(other, take), ItemSide::theirs));
    std::vector<BringChoice> all;
    for (const OtherItem& item : other.items) all.push_back({item.block, Settling::keepBoth});
    EXPECT_EQ(bring(all).added.size(), 3U);
    EXPECT_EQ(before, filesBelow(there()));
    EXPECT_TRUE(isWhole(here()));
}

TEST_F(OtherLibraryTest, OnlyWhatIsChosenComes) {
    const TakeId shared = sharedTake();
    TakeId first, second;
    {
        const auto library = m_thereFolder.open();
        first = addTake(*library);
        second = addTake(*library, ramp(0.5F));
        rename(*library, shared, "renamed there");
    }
    const OtherLibrary other = look();
    std::vector<Topic> told;
    m_station->setListener([&](const Event& event) { told.push_back(event.topic); });
    const Brought brought = bring({{itemOf(other, second).block}, {itemOf(other, shared).block}});
    EXPECT_NE(std::ranges::find(told, Topic::takes), told.end()) << "the window hears of it";
    EXPECT_EQ(brought.added, (std::vector<ItemName>{{ItemKind::take, second}}));
    EXPECT_EQ(brought.updated, 1U);
    EXPECT_TRUE(brought.problems.empty() && !brought.stopped);
    EXPECT_FALSE(here().take(first));
    EXPECT_EQ(here().take(shared)->name, "renamed there");
    EXPECT_EQ(*readWholeFile(here().take(second)->file, 1 << 20),
              *readWholeFile(there() / "takes" / (second + ".wav"), 1 << 20));
    EXPECT_EQ(itemOf(look(), second).standing, Standing::same);
    EXPECT_EQ(bring({{itemOf(other, second).block}}).same, 1U);

    ASSERT_TRUE(trashBrought(*m_station, brought.added));
    EXPECT_TRUE(here().take(second)->trashed);
    ASSERT_TRUE(restoreBrought(*m_station, brought.added));
    EXPECT_FALSE(here().take(second)->trashed);
    m_station->setListener({});
}

TEST_F(OtherLibraryTest, EachConflictIsSettledAsItIsChosen) {
    const TakeId leave = sharedTake(), ours = sharedTake(), theirs = sharedTake(), both = sharedTake();
    {
        const auto library = m_thereFolder.open();
        for (const TakeId& id : {leave, ours, theirs, both}) rename(*library, id, "their " + id);
    }
    for (const TakeId& id : {leave, ours, theirs, both}) rename(here(), id, "our " + id);
    const OtherLibrary other = look();
    const Brought brought = bring({{itemOf(other, leave).block, Settling::leave},
                                   {itemOf(other, ours).block, Settling::keepOurs},
                                   {itemOf(other, theirs).block, Settling::takeTheirs},
                                   {itemOf(other, both).block, Settling::keepBoth}});
    EXPECT_EQ(brought.left, 1U);
    EXPECT_EQ(brought.settled, 3U);
    ASSERT_EQ(brought.added.size(), 1U);
    EXPECT_EQ(here().take(leave)->name, "our " + leave);
    EXPECT_EQ(here().take(ours)->name, "our " + ours);
    EXPECT_EQ(here().take(theirs)->name, "their " + theirs);
    EXPECT_EQ(here().take(both)->name, "our " + both);
    EXPECT_EQ(here().take(brought.added[0].id)->name, "their " + both + " (other version)");
    const OtherLibrary again = look();
    EXPECT_EQ(itemOf(again, leave).standing, Standing::changedOnBoth) << "what was left is asked again";
    EXPECT_EQ(itemOf(again, ours).standing, Standing::newerHere);
    EXPECT_EQ(itemOf(again, both).standing, Standing::newerHere);
    EXPECT_TRUE(isWhole(here()));
}

TEST_F(OtherLibraryTest, TheirWeightsInPlaceOfOursLoseNeither) {
    const ModelId id = addModel(here(), "Rain");
    share(ItemKind::model, id);
    const auto trainOn = [&](Library& library, std::byte value) {
        testing::writeModel(library.modelFile(id), id, "Rain", value);
        ASSERT_TRUE(library.addModel(id));
    };
    trainOn(*m_thereFolder.open(), std::byte{7});
    trainOn(here(), std::byte{9});
    const auto ours = *readWholeFile(here().modelFile(id), 1 << 20);
    const auto theirs = *readWholeFile(there() / "models" / (id + ".safetensors"), 1 << 20);
    ASSERT_NE(ours, theirs);
    const OtherLibrary other = look();
    EXPECT_EQ(itemOf(other, id).standing, Standing::changedOnBoth);
    EXPECT_TRUE(itemOf(other, id).differences.content);
    const Brought brought = bring({{itemOf(other, id).block, Settling::takeTheirs}});
    EXPECT_EQ(brought.settled, 1U) << (brought.problems.empty() ? "" : brought.problems[0]);
    ASSERT_EQ(brought.added.size(), 1U);
    EXPECT_EQ(*readWholeFile((*here().findModel(id))->file, 1 << 20), theirs);
    const auto kept = here().findModel(brought.added[0].id);
    ASSERT_TRUE(kept);
    EXPECT_EQ(*readWholeFile((*kept)->file, 1 << 20), ours);
    EXPECT_EQ((*kept)->name, "Rain (other version)");
    EXPECT_TRUE(isWhole(here()));
    EXPECT_EQ(itemOf(look(), id).standing, Standing::newerHere);
}

TEST_F(OtherLibraryTest, WhatWasRemovedForGoodHereComesAsNew) {
    const TakeId id = sharedTake();
    ASSERT_TRUE(m_station->trashTake(id));
    ASSERT_TRUE(m_station->purgeTake(id));
    const OtherLibrary other = look();
    ASSERT_EQ(itemOf(other, id).standing, Standing::removedHere);
    const Brought brought = bring({{itemOf(other, id).block}});
    ASSERT_EQ(brought.added.size(), 1U);
    const auto take = here().take(brought.added[0].id);
    ASSERT_TRUE(take);
    EXPECT_NE(take->id, id);
    EXPECT_EQ(*readWholeFile(take->file, 1 << 20),
              *readWholeFile(there() / "takes" / (id + ".wav"), 1 << 20));
    EXPECT_TRUE(isWhole(here()));
}

TEST_F(OtherLibraryTest, OneThatAnotherProgramHasOpenIsReadAsItIs) {
    const auto library = m_thereFolder.open();
    const TakeId first = addTake(*library);
    EXPECT_EQ(itemOf(look(), first).standing, Standing::onlyThere) << "still in the log of their store";
    const TakeId second = addTake(*library);
    const OtherLibrary other = look();
    EXPECT_EQ(bring({{itemOf(other, second).block}}).added.size(), 1U);
    rename(*library, first, "they go on");
    EXPECT_EQ(library->take(first)->name, "they go on");
    EXPECT_TRUE(isWhole(*library));
}

/// Rights that root does not heed: as another user, when the tests run as root.
class PlainUser {
 public:
    PlainUser() {
        if (::geteuid() == 0 && ::seteuid(65534) != 0) std::abort();
    }
    ~PlainUser() {
        if (::getuid() == 0 && ::seteuid(0) != 0) std::abort();
    }
};

TEST(OtherLibraryRights, AFolderThatCannotBeWrittenToIsLookedIntoAllTheSame) {
    const PlainUser user;
    const LibraryFolder hereFolder, thereFolder;
    Workstation::Options options;
    options.library = hereFolder.path();
    options.device = models::DeviceChoice::cpu;
    auto station = Workstation::open(options);
    ASSERT_TRUE(station) << station.error().sentence;
    const TakeId take = addTake(*thereFolder.open());
    const auto chmodAll = [&](fs::perms file, fs::perms folder) {
        fs::permissions(thereFolder.path(), fs::perms::owner_all);
        for (const auto& entry : fs::recursive_directory_iterator(thereFolder.path()))
            fs::permissions(entry.path(), entry.is_directory() ? fs::perms::owner_all : file);
        std::vector<fs::path> folders{thereFolder.path()};
        for (const auto& entry : fs::recursive_directory_iterator(thereFolder.path()))
            if (entry.is_directory()) folders.push_back(entry.path());
        for (auto path = folders.rbegin(); path != folders.rend(); ++path) fs::permissions(*path, folder);
    };
    chmodAll(fs::perms::owner_read, fs::perms::owner_read | fs::perms::owner_exec);
    const auto other = lookInto(**station, thereFolder.path());
    ASSERT_TRUE(other) << other.error().sentence;
    EXPECT_FALSE(other->writable);
    ASSERT_EQ(other->items.size(), 1U);
    const auto brought = bringChosen(**station, thereFolder.path(), {{other->items[0].block}});
    ASSERT_TRUE(brought) << brought.error().sentence;
    EXPECT_EQ(brought->added.size(), 1U);
    EXPECT_TRUE((*station)->take(take));
    EXPECT_FALSE(sendInto(**station, thereFolder.path(), {{ItemKind::take, take}})) << "it says no";

    fs::permissions(thereFolder.path(), fs::perms::none);
    const auto closed = lookInto(**station, thereFolder.path());
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().code, ErrorCode::io);
    EXPECT_NE(closed.error().sentence.find(thereFolder.path().filename()), std::string::npos);
    chmodAll(fs::perms::owner_read | fs::perms::owner_write, fs::perms::owner_all);
}

TEST_F(OtherLibraryTest, WhatIsNoOtherLibraryIsSaid) {
    EXPECT_NE(errorOf(m_hereFolder.path(), ErrorCode::invalidArgument).find("worked in"), std::string::npos);
    EXPECT_NE(errorOf(there(), ErrorCode::notFound).find("is not there"), std::string::npos);
    fs::create_directories(there());
    EXPECT_NE(errorOf(there(), ErrorCode::notFound).find("no library"), std::string::npos);
    static_cast<void>(m_thereFolder.open());
    ASSERT_TRUE(writeFileAtomically(there() / "library.json", "{\"smidgen_library\": 99}"));
    EXPECT_NE(errorOf(there(), ErrorCode::unusableInput).find("newer Smidgen"), std::string::npos);
    ASSERT_TRUE(writeFileAtomically(there() / "library.json", "{\"smidgen_library\": 1}"));
    fs::remove_all(there() / "store");
    EXPECT_NE(errorOf(there(), ErrorCode::unusableInput).find("older Smidgen"), std::string::npos);
    EXPECT_FALSE(fs::exists(there() / "store")) << "it is not brought up to date behind their back";
    const fs::path copy = there() / "copy";
    fs::copy(m_hereFolder.path(), copy, fs::copy_options::recursive);
    EXPECT_NE(errorOf(copy, ErrorCode::invalidArgument).find("copy"), std::string::npos);
    EXPECT_FALSE(bringChosen(*m_station, copy, {}));
    // A backup, however, is a library of its own from then on.
    const auto backedUp = backUpLibrary(*m_station, there() / "backup");
    ASSERT_TRUE(backedUp) << backedUp.error().sentence;
    EXPECT_TRUE(lookInto(*m_station, there() / "backup"));
}

TEST_F(OtherLibraryTest, WhatIsDamagedThereIsSaidAndTheRestComes) {
    TakeId bad, good;
    {
        const auto library = m_thereFolder.open();
        bad = addTake(*library);
        good = addTake(*library, ramp(0.5F));
    }
    std::fstream(there() / "takes" / (bad + ".wav"), std::ios::in | std::ios::out | std::ios::binary)
        .seekp(9000)
        .put('x');
    const OtherLibrary other = look();
    const Brought brought = bring({{itemOf(other, bad).block}, {itemOf(other, good).block}});
    ASSERT_EQ(brought.problems.size(), 1U);
    EXPECT_NE(brought.problems[0].find("damaged"), std::string::npos) << brought.problems[0];
    EXPECT_EQ(brought.added, (std::vector<ItemName>{{ItemKind::take, good}}));
    EXPECT_FALSE(here().take(bad));
    fs::remove(there() / "takes" / (bad + ".wav"));
    const auto sound = soundOf(*m_station, other, itemOf(other, bad), ItemSide::theirs);
    ASSERT_FALSE(sound);
    EXPECT_NE(sound.error().sentence.find("not there any more"), std::string::npos);
    EXPECT_TRUE(isWhole(here()));
}

TEST_F(OtherLibraryTest, StoppedItKeepsWhatHasComeAndGoesOn) {
    TakeId small, large;
    {
        const auto library = m_thereFolder.open();
        small = addTake(*library);
        large = addTake(*library, ramp(1.0F, std::int64_t{5} * 262'144));
    }
    const OtherLibrary other = look();
    const std::vector<BringChoice> both{{itemOf(other, small).block}, {itemOf(other, large).block}};
    const CancelToken cancel;
    const Brought stopped = bring(both, cancel, [&](const SendingState& state) {
        if (state.itemsDone == 1 && state.bytesDone > 0) cancel.cancel();
    });
    ASSERT_TRUE(stopped.stopped);
    EXPECT_EQ(stopped.stopped->code, ErrorCode::cancelled);
    EXPECT_EQ(stopped.added, (std::vector<ItemName>{{ItemKind::take, small}}));
    EXPECT_FALSE(here().take(large));
    std::size_t done = 0;
    const Brought rest = bring(both, {}, [&](const SendingState& state) { done = state.itemsDone; });
    EXPECT_EQ(rest.added, (std::vector<ItemName>{{ItemKind::take, large}}));
    EXPECT_EQ(rest.same, 1U);
    EXPECT_EQ(done, 2U);
    EXPECT_TRUE(isWhole(here()));
    cancel.cancel();
    EXPECT_FALSE(lookInto(*m_station, there(), cancel));
}

TEST_F(OtherLibraryTest, AFullDiskIsSaidAndLosesNothing) {
    TakeId large;
    {
        const auto library = m_thereFolder.open();
        large = addTake(*library, ramp(1.0F, std::int64_t{8} * 262'144));
    }
    const OtherLibrary other = look();
    const TakeId mine = addTake(here());
    // No file may grow beyond it: to a program the same as a disk without room.
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto ignored = ::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = rlim_t{4} << 20;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const Brought full = bring({{itemOf(other, large).block}});
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, ignored);
    ASSERT_TRUE(full.stopped);
    EXPECT_EQ(full.stopped->code, ErrorCode::io);
    EXPECT_FALSE(full.stopped->sentence.empty());
    EXPECT_FALSE(here().take(large));
    EXPECT_TRUE(here().take(mine));
    EXPECT_EQ(bring({{itemOf(other, large).block}}).added.size(), 1U) << "with room again, it comes";
    EXPECT_TRUE(isWhole(here()));
}

TEST_F(OtherLibraryTest, BothSidesOfAConflictAreHeard) {
    const TakeId id = sharedTake();
    testing::writeSound(m_hereFolder.path() / "sounds" / "a.wav");
    {
        const auto library = m_thereFolder.open();
        rename(*library, id, "theirs");
        testing::addCollection(*library, m_hereFolder.path() / "sounds" / "a.wav");
    }
    rename(here(), id, "ours");
    const OtherLibrary other = look();
    const auto theirs = soundOf(*m_station, other, itemOf(other, id), ItemSide::theirs);
    const auto ours = soundOf(*m_station, other, itemOf(other, id), ItemSide::ours);
    ASSERT_TRUE(theirs && ours);
    EXPECT_EQ(theirs->file, there() / "takes" / (id + ".wav"));
    EXPECT_EQ(ours->file, m_hereFolder.path() / "takes" / (id + ".wav"));
    EXPECT_EQ(theirs->wave.size(), 128U);
    const auto collection = std::ranges::find_if(
        other.items, [](const OtherItem& item) { return item.kind == ItemKind::collection; });
    ASSERT_NE(collection, other.items.end());
    ASSERT_TRUE(collection->theirs->collection);
    EXPECT_EQ(collection->theirs->collection->entries.size(), 1U) << "its sounds are known one by one";
    const auto first = soundOf(*m_station, other, *collection, ItemSide::theirs);
    ASSERT_TRUE(first) << first.error().sentence;
    EXPECT_EQ(first->file, m_hereFolder.path() / "sounds" / "a.wav");
    EXPECT_FALSE(soundOf(*m_station, other, *collection, ItemSide::ours)) << "it is theirs alone";
}

}  // namespace
}  // namespace smidgen
