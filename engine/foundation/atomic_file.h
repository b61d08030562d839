// Write beside, fsync, rename: a file is either the old one or the whole new one, never a torn one.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "engine/foundation/result.h"

namespace smidgen {

/// A file under construction. The target appears only in commit(); destroying it uncommitted leaves nothing.
/// Not thread-safe; one writer per object.
class AtomicFile {
 public:
    /// Creates `<target's folder>/.<name>.<random>.part`. Errors: io (folder missing, no permission, disk
    /// full).
    [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& target);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();

    /// Where a library that opens files by name may write. Do not keep it after commit().
    [[nodiscard]] const std::filesystem::path& partPath() const { return m_part; }
    /// Appends bytes. Errors: io (with "disk full" said in words).
    [[nodiscard]] Status write(std::span<const std::byte> bytes);
    /// fsync, rename over the target, fsync the folder. Errors: io; the old target is then still there.
    [[nodiscard]] Status commit();
    /// Rename without fsync, for caches that check themselves when they are read: after a power loss the file
    /// may be torn, which commit() prevents at the cost of waiting for the disk. Errors: io.
    [[nodiscard]] Status commitWithoutSync();

 private:
    AtomicFile() = default;
    void discard() noexcept;
    std::filesystem::path m_target;
    std::filesystem::path m_part;
    int m_descriptor = -1;
};

/// Removes part files in `folder` whose writer no longer runs: what a crash left behind.
void removeStaleParts(const std::filesystem::path& folder);

/// The whole of `text` as file `target`, atomically.
[[nodiscard]] Status writeFileAtomically(const std::filesystem::path& target, std::string_view text);

/// The whole file. Errors: notFound, io, unusableInput when larger than `maxBytes`.
[[nodiscard]] Result<std::string> readWholeFile(const std::filesystem::path& path, std::size_t maxBytes);

/// A path as UTF-8, for sentences and JSON.
[[nodiscard]] std::string displayName(const std::filesystem::path& path);

/// The sentence for errno after an operation on a file: "No space is left on the disk …", "You may not write
/// to …".
[[nodiscard]] tl::unexpected<Error> systemFailure(int errorNumber, std::string_view action,
                                                  const std::filesystem::path& path);

}  // namespace smidgen
