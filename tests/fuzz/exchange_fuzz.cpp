// A library whose files were changed anywhere, as the source of a sync and of a transfer, and as what is to
// be repaired: the target is always sound, nothing of its own is touched, and a repaired library is sound.
//
// Input: a byte of choices (1: changes in the pack instead of the database, 2: repair instead of exchange),
// then the changes.
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/maintenance.h"
#include "storage/exchange/bridge.h"
#include "storage/exchange/sync.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;
namespace fs = std::filesystem;

const Caller kCaller{"ada", "north"};

StoreOptions quiet() {
    StoreOptions options;
    options.backgroundWork = false;
    return options;
}

/// In memory where the system has such a place; gone with the process.
struct Folder {
    explicit Folder(const char* name)
        : path((fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) /
               ("smidgen-fuzz-" + std::to_string(::getpid())) / name) {
        clear();
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path.parent_path(), ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    void clear() const {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    const fs::path path;
};

std::unique_ptr<BlockStore> openIn(const Folder& folder) {
    auto store = BlockStore::open(folder.path, quiet());
    if (store) return std::move(*store);
    fuzz::expectSentence(store.error());
    return nullptr;
}

BlockDraft draft(const std::string& name, std::size_t bytes) {
    BlockDraft made;
    made.name = name;
    made.kind = BlockClass::documentation;
    made.metadata = R"({"bpm": 120})";
    made.tags = {"drum"};
    made.vectors = {{"takes", {0.1F, 0.2F}}};
    made.content.resize(bytes);
    std::uint64_t state = 1;
    for (std::byte& byte : made.content) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        byte = static_cast<std::byte>(state >> 56);
    }
    return made;
}

struct Good {
    std::vector<std::uint8_t> database, pack;
    std::string packName;
    std::vector<BlockId> ids;
};

std::vector<std::uint8_t> bytesOf(const fs::path& file) {
    const std::string bytes = readWholeFile(file, 1U << 24U).value();
    return {bytes.begin(), bytes.end()};
}

Good makeGood(const Folder& folder) {
    Good good;
    {
        auto store = openIn(folder);
        expect(store != nullptr);
        expect(defineSpace(*store, {"takes", Space::hyperbolic(2), Chart::ball}).has_value());
        for (const std::size_t bytes : {0U, 900U, (1U << 20U) + 100U})
            good.ids.push_back(
                store->put(kCaller, draft("block of " + std::to_string(bytes), bytes)).value().id);
        BlockEdit edit;
        edit.name = "renamed";
        expect(store->edit(kCaller, good.ids[1], 0, edit).has_value());
        expect(store->apply(kCaller, {LinkBlocks{{good.ids[0], good.ids[1], "made-from", 1.0}}}).has_value());
        const BlockId gone = store->put(kCaller, draft("gone", 10)).value().id;
        expect(store->setStatus(kCaller, gone, BlockStatus::deleted).has_value());
        expect(store->purge(kCaller, gone).has_value());
    }
    good.database = bytesOf(folder.path / "store.db");
    for (const auto& entry : fs::directory_iterator(folder.path / "packs")) {
        good.packName = entry.path().filename().string();
        good.pack = bytesOf(entry.path());
    }
    return good;
}

void write(const fs::path& file, const std::vector<std::uint8_t>& bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    expect(stream.good());
}

void expectSound(BlockStore& store) {
    const auto report = verifyStore(store);
    expect(report.has_value() && report->isSound());
}

void exchange(const Good& good, const Folder& from, const Folder& to) {
    to.clear();
    auto target = openIn(to);
    expect(target != nullptr);
    const BlockId own = target->put(kCaller, draft("the target's own", 300)).value().id;
    auto source = openIn(from);
    if (source == nullptr) return;
    if (const auto report = verifyStore(*source); !report) fuzz::expectSentence(report.error());
    if (const auto synced = syncStores(*source, *target, kCaller); !synced)
        fuzz::expectSentence(synced.error());
    expectSound(*target);
    {
        BridgeOptions options;
        options.chunkBytes = 65'536;
        options.policy = ConflictPolicy::newestWins;
        Bridge bridge(*source, *target, kCaller, good.ids, options);
        if (const auto carried = bridge.wait(); !carried) fuzz::expectSentence(carried.error());
    }
    expectSound(*target);
    const auto kept = target->get(kCaller, own);
    expect(kept && kept->version == 1 && kept->name == "the target's own");
}

void repair(const Folder& folder) {
    const auto report = repairStore(folder.path, quiet());
    if (!report) {
        fuzz::expectSentence(report.error());
        return;
    }
    auto store = openIn(folder);
    expect(store != nullptr);
    expectSound(*store);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const Folder from("from");
    static const Folder to("to");
    static const Good good = makeGood(from);
    fuzz::Choices choices(bytes, size);
    const std::uint8_t flags = choices.byte();
    from.clear();
    fs::create_directories(from.path / "packs");
    const bool inPack = (flags & 1U) != 0;
    write(from.path / "store.db", inPack ? good.database : fuzz::edited(good.database, choices));
    write(from.path / "packs" / good.packName, inPack ? fuzz::edited(good.pack, choices) : good.pack);
    if ((flags & 2U) != 0)
        repair(from);
    else
        exchange(good, from, to);
    return 0;
}
