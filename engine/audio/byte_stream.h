// The bytes of one open file, for decoders and encoders that read and write through callbacks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen {

/// A seekable view of a regular file: an optional prefix held in memory, then the file from some offset on.
/// The first system error is kept, since foreign decoders forget it. Not thread-safe.
class ByteStream {
 public:
    /// Errors: notFound, io, unusableInput (a folder, pipe or device).
    [[nodiscard]] static Result<std::unique_ptr<ByteStream>> openForReading(
        const std::filesystem::path& path);
    /// An existing file, from its first byte. Errors: notFound, io.
    [[nodiscard]] static Result<std::unique_ptr<ByteStream>> openForWriting(
        const std::filesystem::path& path);

    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;
    ~ByteStream();

    /// From now on the stream is `prefix` followed by the file without its first `skip` bytes. Rewinds.
    void present(std::vector<std::byte> prefix, std::int64_t skip);

    [[nodiscard]] std::int64_t length() const;
    [[nodiscard]] std::int64_t position() const { return m_position; }
    /// Clamped to the start; a place beyond the end is allowed, as in files.
    void seek(std::int64_t position);
    /// Returns the bytes read, fewer only at the end or after an error.
    std::int64_t read(std::span<std::byte> bytes);
    /// Reads at a place without moving the position.
    std::int64_t readAt(std::int64_t position, std::span<std::byte> bytes);
    /// After an error bytes are swallowed as if written, so that an encoder can end in order
    /// (libsndfile 1.2.0 leaks when it cannot): ask errorNumber(). Not for streams with a prefix.
    void write(std::span<const std::byte> bytes);
    /// Brings what was written to the disk. False after an error.
    bool sync();
    /// The errno of the first failed read or write; 0 if there was none.
    [[nodiscard]] int errorNumber() const { return m_error; }

 private:
    explicit ByteStream(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
    int m_error = 0;
    std::int64_t m_position = 0;
    std::int64_t m_fileLength = 0;
    std::int64_t m_skip = 0;
    std::vector<std::byte> m_prefix;
};

}  // namespace smidgen
