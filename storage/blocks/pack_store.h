// Large contents, in append-only files beside the database.
//
//     file:    "SMIDPACK" | u32 1 | u64 name | u32 0 | u64 sum of the 24 bytes before
//     record:  "SMIDREC\n" | u8 codec | 7 × 0 | u64 content size | u64 stored size | content sum 16
//              | u64 sum of the 48 bytes before | stored bytes
//
// Little-endian; a header's sum is the first half of its checksum. A record is written and synced before the
// row that names it is committed, so that a row never points at bytes that are not there. Bytes that no row
// names are left behind by writes that were not committed; they do no harm and go when the pack is compacted.
// Each process appends to a pack of its own, which it holds locked.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "storage/blocks/checksum.h"
#include "storage/blocks/compression.h"
#include "storage/blocks/file_system.h"

namespace smidgen::storage {

/// Where a content lies.
struct PackPlace {
    std::uint64_t pack = 0;    ///< name of the file
    std::uint64_t offset = 0;  ///< of the record
    std::uint64_t length = 0;  ///< of the stored bytes
    bool operator==(const PackPlace&) const = default;
};

struct PackRecord {
    Compression codec = Compression::plain;
    std::uint64_t size = 0;    ///< of the content
    std::uint64_t length = 0;  ///< of the stored bytes
    Checksum sum{};            ///< of the content
};

inline constexpr std::uint64_t kPackHeaderBytes = 32;
inline constexpr std::uint64_t kPackRecordBytes = 56;

[[nodiscard]] std::vector<std::byte> packHeader(std::uint64_t name);
/// Errors: unusableInput when it is not the header of that pack.
[[nodiscard]] Status checkPackHeader(std::span<const std::byte> bytes, std::uint64_t name);
[[nodiscard]] std::vector<std::byte> recordHeader(const PackRecord& record);
/// Errors: unusableInput.
[[nodiscard]] Result<PackRecord> readRecordHeader(std::span<const std::byte> bytes);

/// Thread-safe.
class PackStore {
 public:
    /// `folder` is made at the first append. A pack that grows beyond `packBytes` is followed by another.
    PackStore(FileSystem& files, std::filesystem::path folder, std::uint64_t packBytes);

    /// A place in a pack that no compaction touches while `hold` lives: until its row is committed.
    struct Appended {
        PackPlace place;
        std::shared_ptr<File> hold;
    };
    /// Durable when it returns. Errors: io (disk full: nothing is lost, try again).
    [[nodiscard]] Result<Appended> append(const PackRecord& record, std::span<const std::byte> stored);
    /// The content. Errors: notFound (no such pack), unusableInput (damaged), io, outOfMemory.
    [[nodiscard]] Result<std::vector<std::byte>> read(const PackPlace& place, const PackRecord& expected);
    /// Stored bytes of a record, from `offset` within them: for copying piece by piece.
    [[nodiscard]] Status readStored(const PackPlace& place, std::uint64_t offset, std::span<std::byte> out);

    /// Errors: notFound, unusableInput, io.
    [[nodiscard]] Status checkHeader(std::uint64_t pack);

    struct PackFile {
        std::uint64_t name = 0;
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] Result<std::vector<PackFile>> list();
    /// Takes a pack for this call's holder alone: nobody appends to it any more. Nothing while another
    /// process appends to it or an append to it is not committed yet.
    [[nodiscard]] Result<std::shared_ptr<File>> retire(std::uint64_t pack);
    /// Removes a retired pack that no row names any more.
    [[nodiscard]] Status remove(std::uint64_t pack);
    [[nodiscard]] std::filesystem::path pathOf(std::uint64_t pack) const;

 private:
    struct Open {
        std::uint64_t name = 0;
        std::uint64_t end = 0;
        std::shared_ptr<File> file;
    };
    [[nodiscard]] Status openForAppending();
    [[nodiscard]] Result<bool> adopt(const PackFile& pack);
    [[nodiscard]] Result<std::shared_ptr<File>> reader(std::uint64_t pack);

    FileSystem& m_files;
    std::filesystem::path m_folder;
    std::uint64_t m_packBytes;
    std::mutex m_appending;
    std::optional<Open> m_current;
    std::mutex m_reading;
    std::map<std::uint64_t, std::shared_ptr<File>> m_readers;
};

}  // namespace smidgen::storage
