// Little-endian writing and bounds-checked reading: the one way this room turns values into bytes.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smidgen::storage {

/// Appends to a buffer it owns. Lengths are written as 32 bits before what they measure.
class ByteWriter {
 public:
    void number(std::uint64_t value, int byteCount) {
        for (int i = 0; i < byteCount; ++i) m_bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
    }
    void u8(std::uint8_t value) { m_bytes.push_back(static_cast<std::byte>(value)); }
    void u32(std::uint32_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void f64(double value) { number(std::bit_cast<std::uint64_t>(value), 8); }
    void raw(std::span<const std::byte> bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }
    void sized(std::span<const std::byte> bytes) {
        u32(static_cast<std::uint32_t>(bytes.size()));
        raw(bytes);
    }
    void text(std::string_view text) { sized(std::as_bytes(std::span(text))); }
    template <std::size_t n>
    void fixed(const std::array<std::uint8_t, n>& bytes) {
        raw(std::as_bytes(std::span(bytes)));
    }
    void clear() { m_bytes.clear(); }
    [[nodiscard]] std::span<const std::byte> bytes() const { return m_bytes; }
    [[nodiscard]] std::vector<std::byte> take() { return std::move(m_bytes); }

 private:
    std::vector<std::byte> m_bytes;
};

/// Reads what a ByteWriter wrote. Past the end every read gives zeros or nothing and `good()` turns false for
/// good: check it once, after the last field.
class ByteReader {
 public:
    explicit ByteReader(std::span<const std::byte> bytes) : m_left(bytes) {}

    [[nodiscard]] std::uint64_t number(int byteCount) {
        const auto bytes = raw(static_cast<std::size_t>(byteCount));
        std::uint64_t value = 0;
        for (std::size_t i = bytes.size(); i-- > 0;)
            value = (value << 8) | std::to_integer<std::uint64_t>(bytes[i]);
        return value;
    }
    [[nodiscard]] std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    [[nodiscard]] std::uint64_t u64() { return number(8); }
    [[nodiscard]] double f64() { return std::bit_cast<double>(number(8)); }
    [[nodiscard]] std::span<const std::byte> raw(std::size_t count) {
        if (!m_good || count > m_left.size()) {
            m_good = false;
            return {};
        }
        const auto bytes = m_left.first(count);
        m_left = m_left.subspan(count);
        return bytes;
    }
    [[nodiscard]] std::span<const std::byte> sized() { return raw(u32()); }
    [[nodiscard]] std::string text() {
        const auto bytes = sized();
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    template <std::size_t n>
    void fixed(std::array<std::uint8_t, n>& out) {
        const auto bytes = raw(n);
        if (bytes.size() == n) std::memcpy(out.data(), bytes.data(), n);
    }
    /// A count of things that take at least `smallest` bytes each; false `good()` when they cannot fit.
    [[nodiscard]] std::size_t count(std::size_t smallest) {
        const std::size_t n = u32();
        if (n * smallest > m_left.size()) m_good = false;
        return m_good ? n : 0;
    }
    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] bool atEnd() const { return m_good && m_left.empty(); }

 private:
    std::span<const std::byte> m_left;
    bool m_good = true;
};

}  // namespace smidgen::storage
