// Reading and writing a file while its checksum is formed.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "engine/foundation/atomic_file.h"
#include "engine/foundation/result.h"

namespace smidgen::storage {

/// XXH3-128 of bytes in the order they come.
class StreamHash {
 public:
    static constexpr std::size_t kSize = 16;

    StreamHash();
    ~StreamHash();
    void add(std::span<const std::byte> bytes);
    [[nodiscard]] std::array<std::byte, kSize> digest() const;

 private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Collects small pieces for an AtomicFile. The first error stays; finish() tells.
class CheckedWriter {
 public:
    explicit CheckedWriter(AtomicFile& file) : m_file(file) { m_buffer.reserve(kBuffer); }

    void bytes(std::span<const std::byte> bytes);
    template <typename T>
    void number(T value) {
        static_assert(std::is_arithmetic_v<T>);
        bytes(std::as_bytes(std::span(&value, 1)));
    }
    template <typename T>
    void numbers(std::span<const T> values) {
        bytes(std::as_bytes(values));
    }
    /// Appends the checksum.
    [[nodiscard]] Status finish();

 private:
    static constexpr std::size_t kBuffer = 1U << 18U;
    void flush();

    AtomicFile& m_file;
    StreamHash m_hash;
    std::vector<std::byte> m_buffer;
    Status m_status;
};

/// Reads a regular file from front to back. False where the file ends or the system refuses; failed() tells
/// which.
class CheckedReader {
 public:
    /// Errors: notFound, io.
    [[nodiscard]] static Result<CheckedReader> open(const std::filesystem::path& path);
    CheckedReader(CheckedReader&& other) noexcept;
    CheckedReader& operator=(CheckedReader&&) = delete;
    ~CheckedReader();

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] bool bytes(std::span<std::byte> out);
    template <typename T>
    [[nodiscard]] bool number(T& value) {
        static_assert(std::is_arithmetic_v<T>);
        return bytes(std::as_writable_bytes(std::span(&value, 1)));
    }
    template <typename T>
    [[nodiscard]] bool numbers(std::span<T> values) {
        return bytes(std::as_writable_bytes(values));
    }
    /// Reads the checksum and compares; true when the file ends there.
    [[nodiscard]] bool finish();
    /// errno of a refused read, or 0.
    [[nodiscard]] int failed() const { return m_error; }

 private:
    CheckedReader() = default;
    [[nodiscard]] bool raw(std::span<std::byte> out);

    int m_descriptor = -1;
    int m_error = 0;
    std::uint64_t m_size = 0;
    std::unique_ptr<StreamHash> m_hash;
    std::vector<std::byte> m_buffer;
    std::size_t m_at = 0;
};

}  // namespace smidgen::storage
