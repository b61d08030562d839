// Little-endian bytes, written and read with every length checked.
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

using Bytes = std::vector<std::byte>;

/// Appends to `bytes`.
class NodeWriter {
 public:
    explicit NodeWriter(Bytes& bytes) : m_bytes(bytes) {}

    template <typename Integer>
    void integer(Integer value) {
        static_assert(std::is_integral_v<Integer>);
        for (std::size_t i = 0; i < sizeof(Integer); ++i)
            m_bytes.push_back(
                static_cast<std::byte>(static_cast<std::make_unsigned_t<Integer>>(value) >> (8 * i)));
    }
    void real(float value) { integer(std::bit_cast<std::uint32_t>(value)); }
    void raw(std::span<const std::byte> bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }
    void text(std::string_view text) { raw(std::as_bytes(std::span(text))); }

 private:
    Bytes& m_bytes;
};

/// Every read says whether there was enough; a failed one reads nothing.
class NodeReader {
 public:
    explicit NodeReader(std::span<const std::byte> bytes) : m_rest(bytes) {}

    template <typename Integer>
    [[nodiscard]] bool integer(Integer& value) {
        static_assert(std::is_integral_v<Integer>);
        if (m_rest.size() < sizeof(Integer)) return false;
        std::uint64_t bits = 0;
        for (std::size_t i = sizeof(Integer); i-- > 0;)
            bits = (bits << 8) | std::to_integer<std::uint64_t>(m_rest[i]);
        value = static_cast<Integer>(bits);
        m_rest = m_rest.subspan(sizeof(Integer));
        return true;
    }
    [[nodiscard]] bool real(float& value) {
        std::uint32_t bits = 0;
        if (!integer(bits)) return false;
        value = std::bit_cast<float>(bits);
        return true;
    }
    [[nodiscard]] bool raw(std::uint64_t size, std::span<const std::byte>& bytes) {
        if (m_rest.size() < size) return false;
        bytes = m_rest.first(static_cast<std::size_t>(size));
        m_rest = m_rest.subspan(static_cast<std::size_t>(size));
        return true;
    }
    [[nodiscard]] bool text(std::uint64_t size, std::string& text) {
        std::span<const std::byte> bytes;
        if (!raw(size, bytes)) return false;
        text.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return true;
    }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] std::size_t left() const { return m_rest.size(); }

 private:
    std::span<const std::byte> m_rest;
};

}  // namespace smidgen::storage
