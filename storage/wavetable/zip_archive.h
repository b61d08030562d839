// ZIP archives as NumPy writes them: entries stored or deflated, no encryption, below 4 GiB.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "storage/wavetable/node_bytes.h"

namespace smidgen::storage {

struct ZipEntry {
    std::string name;
    bool deflated = false;
    std::uint32_t checksum = 0;  ///< CRC-32
    std::uint64_t packedSize = 0;
    std::uint64_t size = 0;
    std::uint64_t dataAt = 0;  ///< from the start of the archive
};

/// An archive in memory, which must outlive it.
class ZipReader {
 public:
    /// Reads the directory. Errors: unusableInput: not an archive, damaged, split, encrypted, of 4 GiB or
    /// more, entries that overlap, a name twice, more in an entry than deflate can pack so small, or more
    /// than `mostBytes` in all. `name` is for the sentence.
    [[nodiscard]] static Result<ZipReader> open(std::span<const std::byte> archive, std::uint64_t mostBytes,
                                                const std::string& name);

    [[nodiscard]] const std::vector<ZipEntry>& entries() const { return m_entries; }
    /// Unpacked, its length and checksum verified. Errors: unusableInput, outOfMemory.
    [[nodiscard]] Result<Bytes> read(const ZipEntry& entry) const;

 private:
    ZipReader(std::span<const std::byte> archive, std::string name)
        : m_archive(archive), m_name(std::move(name)) {}
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& how) const;
    [[nodiscard]] Status readDirectory(std::uint64_t mostBytes);
    [[nodiscard]] Status readEntry(NodeReader& directory, ZipEntry& entry) const;

    std::span<const std::byte> m_archive;
    std::string m_name;
    std::vector<ZipEntry> m_entries;
};

/// Writes entries one after the other to `sink`; the same entries give the same bytes (all dated 1 January
/// 1980).
class ZipWriter {
 public:
    using Sink = std::function<Status(std::span<const std::byte>)>;
    ZipWriter(Sink sink, bool deflate) : m_sink(std::move(sink)), m_deflate(deflate) {}

    /// Errors: the sink's; invalidArgument when the archive would reach 4 GiB or 65535 entries; outOfMemory.
    [[nodiscard]] Status add(const std::string& name, std::span<const std::byte> content);
    /// The directory. Nothing may be added afterwards.
    [[nodiscard]] Status finish();

 private:
    [[nodiscard]] Status write(std::span<const std::byte> bytes);

    Sink m_sink;
    bool m_deflate;
    std::uint64_t m_written = 0;
    Bytes m_directory;
    std::size_t m_entries = 0;
};

}  // namespace smidgen::storage
