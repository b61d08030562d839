// The few file operations beside SQLite's own. A seam: tests put a disk behind it that loses power or fails
// on demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "engine/foundation/result.h"

namespace smidgen::storage {

/// An open file. Reading is thread-safe; writing is for one thread.
class File {
 public:
    virtual ~File() = default;
    [[nodiscard]] virtual Result<std::uint64_t> size() = 0;
    /// All of `out`. Errors: io, unusableInput when the file ends before.
    [[nodiscard]] virtual Status readAt(std::uint64_t offset, std::span<std::byte> out) = 0;
    [[nodiscard]] virtual Status writeAt(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
    /// What was written survives a loss of power from here on.
    [[nodiscard]] virtual Status sync() = 0;
    /// Takes the file for this object alone, among all processes that ask; false when another has it. Given
    /// back when the object goes or its process dies.
    [[nodiscard]] virtual Result<bool> tryLock() = 0;
};

enum class FileUse { read, write, create };

/// Thread-safe.
class FileSystem {
 public:
    virtual ~FileSystem() = default;
    /// create: refuses a file that exists. Errors: notFound, io.
    [[nodiscard]] virtual Result<std::unique_ptr<File>> open(const std::filesystem::path& path,
                                                             FileUse use) = 0;
    /// False for what exists and cannot be written to. Does not open it: closing it again would drop SQLite's
    /// locks.
    [[nodiscard]] virtual bool canWrite(const std::filesystem::path& path) = 0;
    /// Names created, renamed or removed in the folder survive a loss of power from here on.
    [[nodiscard]] virtual Status syncFolder(const std::filesystem::path& folder) = 0;
    /// Nothing happens when it is not there.
    [[nodiscard]] virtual Status remove(const std::filesystem::path& path) = 0;
    [[nodiscard]] virtual Status rename(const std::filesystem::path& from,
                                        const std::filesystem::path& to) = 0;
    [[nodiscard]] virtual Status createFolder(const std::filesystem::path& folder) = 0;
    /// Name of the SQLite file layer that belongs to the same disk; empty for the system's.
    [[nodiscard]] virtual std::string sqliteLayer() const = 0;
};

/// The machine's own.
[[nodiscard]] FileSystem& systemFiles();

}  // namespace smidgen::storage
