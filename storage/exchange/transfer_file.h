// A content on its way from one store to another: the part that has arrived, in a file of the target's
// folder, so that a transfer goes on where it was broken off.
//
//     file:  "SMIDPART" | u32 1 | u32 chunk bytes | block id 16 | content sum 16 | u8 codec | 7 × 0
//            | u64 content size | u64 stored size | u64 sum of the 72 bytes before
//     chunk: stored bytes (all chunks but the last of the same size) | checksum 16 of u64 number and bytes
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "storage/blocks/block_id.h"
#include "storage/blocks/file_system.h"
#include "storage/blocks/pack_store.h"

namespace smidgen::storage {

struct TransferHeader {
    BlockId block;
    PackRecord record;  ///< codec, sizes and sum as in the source
    std::uint32_t chunkBytes = 1 << 20;
};

/// Not thread-safe. Held by one process at a time.
class TransferFile {
 public:
    /// Goes on with the file of that block, or begins a new one when there is none, when it is for another
    /// content, or when its header is damaged. Chunks after the first damaged one are forgotten. Errors: io,
    /// conflict (another process is at it).
    [[nodiscard]] static Result<TransferFile> open(FileSystem& files, const std::filesystem::path& folder,
                                                   const TransferHeader& header);

    [[nodiscard]] std::uint64_t chunks() const;
    /// Chunks that have arrived, from the first on without a gap.
    [[nodiscard]] std::uint64_t arrived() const { return m_arrived; }
    [[nodiscard]] std::uint64_t bytesOfChunk(std::uint64_t number) const;
    [[nodiscard]] std::uint64_t bytesArrived() const;
    [[nodiscard]] bool isWhole() const { return m_arrived == chunks(); }

    /// The next chunk. Errors: io.
    [[nodiscard]] Status append(std::span<const std::byte> bytes);
    /// All stored bytes. Errors: unusableInput (damaged since), io.
    [[nodiscard]] Result<std::vector<std::byte>> read();
    /// The file goes.
    [[nodiscard]] Status remove();

 private:
    TransferFile(FileSystem& files, std::filesystem::path path, TransferHeader header)
        : m_files(&files), m_path(std::move(path)), m_header(header) {}
    [[nodiscard]] Status begin(bool& fresh);
    [[nodiscard]] Result<std::vector<std::byte>> readChunk(std::uint64_t number);
    [[nodiscard]] std::uint64_t placeOf(std::uint64_t number) const;

    FileSystem* m_files;
    std::filesystem::path m_path;
    TransferHeader m_header;
    std::unique_ptr<File> m_file;
    std::uint64_t m_arrived = 0;
};

/// The header of a transfer that was broken off. Errors: notFound, unusableInput, io.
[[nodiscard]] Result<TransferHeader> readTransferHeader(FileSystem& files, const std::filesystem::path& path);
[[nodiscard]] std::filesystem::path transferFolderOf(const std::filesystem::path& store);
[[nodiscard]] std::filesystem::path transferPathOf(const std::filesystem::path& store, const BlockId& block);

}  // namespace smidgen::storage
