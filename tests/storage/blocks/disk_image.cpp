// What a recorded disk may hold after a loss of power.
#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

#include "engine/foundation/random.h"
#include "tests/storage/blocks/recorded_disk.h"

namespace smidgen::storage::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSector = 512;

/// A file as far as it is certain, and what may or may not have reached the disk since.
struct FileState {
    std::vector<std::byte> certain;
    std::vector<const DiskEvent*> pending;
    bool nameIsCertain = false;
};

struct Name {
    std::optional<FileState> present;
    std::optional<FileState> removed;  ///< a removal that may not have reached the disk
};

void apply(std::vector<std::byte>& bytes, const DiskEvent& event) {
    if (event.kind == DiskEventKind::truncate) {
        bytes.resize(static_cast<std::size_t>(event.offset));
        return;
    }
    const std::size_t end = static_cast<std::size_t>(event.offset) + event.bytes.size();
    if (bytes.size() < end) bytes.resize(end);
    std::copy(event.bytes.begin(), event.bytes.end(),
              bytes.begin() + static_cast<std::ptrdiff_t>(event.offset));
}

/// Only some sectors of a write.
void applyTorn(std::vector<std::byte>& bytes, const DiskEvent& event, Random& random) {
    const bool prefix = random.below(2) == 0;
    const std::size_t keep = static_cast<std::size_t>(random.below(event.bytes.size() / kSector + 1));
    for (std::size_t at = 0, sector = 0; at < event.bytes.size(); ++sector) {
        const std::size_t next =
            std::min(event.bytes.size(), (event.offset + at) / kSector * kSector + kSector - event.offset);
        if (prefix ? sector < keep : random.below(2) == 0) {
            const DiskEvent part{DiskEventKind::write,
                                 {},
                                 event.offset + at,
                                 {event.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                  event.bytes.begin() + static_cast<std::ptrdiff_t>(next)},
                                 {},
                                 false};
            apply(bytes, part);
        }
        at = next;
    }
}

std::vector<std::byte> afterLoss(const FileState& file, Random& random) {
    std::vector<std::byte> bytes = file.certain;
    std::vector<const DiskEvent*> pending = file.pending;
    // The whole range of disks: those that keep all, those that keep nothing, those that shuffle.
    const std::uint64_t mood = random.below(4);
    if (mood == 0) return bytes;
    if (mood >= 2)
        for (std::size_t i = pending.size(); i > 1; --i) std::swap(pending[i - 1], pending[random.below(i)]);
    for (const DiskEvent* event : pending) {
        if (mood >= 2 && random.below(3) == 0) continue;
        if (mood == 3 && event->kind == DiskEventKind::write && random.below(3) == 0)
            applyTorn(bytes, *event, random);
        else
            apply(bytes, *event);
    }
    return bytes;
}

void settle(FileState& file) {
    for (const DiskEvent* event : file.pending) apply(file.certain, *event);
    file.pending.clear();
}

std::string folderOf(const std::string& path) {
    return fs::path(path).parent_path().string();
}

/// Plays events up to the cut.
std::map<std::string, Name> play(const std::vector<DiskEvent>& events, std::size_t cut) {
    std::map<std::string, Name> names;
    for (std::size_t i = 0; i < cut; ++i) {
        const DiskEvent& event = events[i];
        if (event.kind == DiskEventKind::syncFolder) {
            for (auto& [path, name] : names) {
                if (folderOf(path) != event.path) continue;
                if (name.present) name.present->nameIsCertain = true;
                name.removed.reset();
            }
            continue;
        }
        Name& name = names[event.path];
        switch (event.kind) {
            case DiskEventKind::create:
                name.present = FileState{};
                break;
            case DiskEventKind::write:
            case DiskEventKind::truncate:
                if (!name.present) name.present = FileState{};
                name.present->pending.push_back(&event);
                break;
            case DiskEventKind::sync:
                if (!name.present) break;
                settle(*name.present);
                // SQLite syncs the folder with the first sync of a file it made; packs ask for it themselves.
                if (!event.path.ends_with(".pack")) {
                    name.present->nameIsCertain = true;
                    name.removed.reset();
                }
                break;
            case DiskEventKind::remove:
                if (name.present && name.present->nameIsCertain && !event.synced) name.removed = name.present;
                name.present.reset();
                break;
            case DiskEventKind::rename: {
                Name& to = names[event.newPath];
                to.present = names[event.path].present;
                names[event.path].present.reset();
                break;
            }
            case DiskEventKind::syncFolder:
                break;
        }
    }
    return names;
}

}  // namespace

void RecordedDisk::writeImage(std::size_t cut, std::uint64_t seed, const fs::path& root,
                              const fs::path& target) const {
    const std::lock_guard lock(m_mutex);
    Random random(seed);
    fs::remove_all(target);
    fs::create_directories(target / "packs");
    for (auto& [path, name] : play(m_events, cut)) {
        const std::string relative = fs::path(path).lexically_relative(root).string();
        if (relative.starts_with("..")) continue;
        std::optional<FileState> survivor;
        if (name.present && (name.present->nameIsCertain || random.below(2) == 0))
            survivor = name.present;
        else if (name.removed && random.below(2) == 0)
            survivor = name.removed;
        if (!survivor) continue;
        const std::vector<std::byte> bytes = afterLoss(*survivor, random);
        std::ofstream out(target / relative, std::ios::binary);
        out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
}

}  // namespace smidgen::storage::testing
