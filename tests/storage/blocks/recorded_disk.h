// A disk that remembers every write, loses power afterwards wherever a test likes, and fails on demand. It
// lies under SQLite (as a file layer of its own) and under the room's other files alike; what is written also
// goes to real files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "storage/blocks/file_system.h"

namespace smidgen::storage::testing {

enum class DiskEventKind { create, write, truncate, sync, remove, syncFolder, rename };

struct DiskEvent {
    DiskEventKind kind = DiskEventKind::write;
    std::string path;              ///< of the folder for syncFolder
    std::uint64_t offset = 0;      ///< new size for truncate
    std::vector<std::byte> bytes;  ///< of a write
    std::string newPath;           ///< of a rename
    bool synced = false;           ///< remove: the folder was synced with it
};

/// What the next calls will do. A call is any access to a file: open, read, write, sync, size, remove, …
struct DiskFaults {
    std::int64_t failCall = -1;   ///< this call from now on fails (0: the next)
    bool failForEver = false;     ///< and all calls after it
    std::int64_t spaceLeft = -1;  ///< bytes by which files may still grow; -1: no limit
    bool ignoreSyncs = false;     ///< syncs are not recorded: what a disk does that lies
};

/// Thread-safe. One at a time in a process: SQLite's layers are global.
class RecordedDisk final : public FileSystem {
 public:
    RecordedDisk();
    ~RecordedDisk() override;
    RecordedDisk(const RecordedDisk&) = delete;
    RecordedDisk& operator=(const RecordedDisk&) = delete;

    void setFaults(const DiskFaults& faults);
    [[nodiscard]] std::int64_t calls() const;
    void setRecording(bool on);
    [[nodiscard]] std::size_t eventCount() const;
    /// What the disk may hold after power is lost before event `cut`: everything synced, and of the rest a
    /// part chosen by `seed`: writes dropped, in another order, torn at sectors of 512 bytes. Written to
    /// `target`, for files under `root`.
    void writeImage(std::size_t cut, std::uint64_t seed, const std::filesystem::path& root,
                    const std::filesystem::path& target) const;

    // Asked by the file layers before each call; the kind of refusal, if any.
    enum class Verdict { go, ioError, full };
    [[nodiscard]] Verdict judge(std::uint64_t growth = 0);
    void record(DiskEvent event);

    Result<std::unique_ptr<File>> open(const std::filesystem::path& path, FileUse use) override;
    bool canWrite(const std::filesystem::path& path) override;
    Status syncFolder(const std::filesystem::path& folder) override;
    Status remove(const std::filesystem::path& path) override;
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
    Status createFolder(const std::filesystem::path& folder) override;
    std::string sqliteLayer() const override { return "smidgen-recorded"; }

 private:
    mutable std::mutex m_mutex;
    DiskFaults m_faults;
    std::int64_t m_calls = 0;
    std::int64_t m_faultBase = 0;
    bool m_recording = true;
    std::vector<DiskEvent> m_events;
};

/// SQLite's side of it; `disk` must live until it is taken away.
void installRecordedLayer(RecordedDisk& disk);
void removeRecordedLayer();

}  // namespace smidgen::storage::testing
