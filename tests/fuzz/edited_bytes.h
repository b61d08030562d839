// Bytes for a parser, from what the fuzzer invents: anything at all, or a good file with changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace smidgen::fuzz {

/// Takes small numbers off the front of the fuzzer's bytes; zeros when there are none left.
class Choices {
 public:
    Choices(const std::uint8_t* bytes, std::size_t size) : m_left(bytes, size) {}

    std::uint8_t byte() {
        if (m_left.empty()) return 0;
        const std::uint8_t first = m_left.front();
        m_left = m_left.subspan(1);
        return first;
    }
    std::uint64_t number(int bytes) {
        std::uint64_t value = 0;
        for (int i = 0; i < bytes; ++i) value |= std::uint64_t{byte()} << (8 * i);
        return value;
    }
    /// The next `most` bytes, or as many as there are.
    std::span<const std::uint8_t> take(std::size_t most) {
        const auto first = m_left.first(most < m_left.size() ? most : m_left.size());
        m_left = m_left.subspan(first.size());
        return first;
    }
    [[nodiscard]] std::span<const std::uint8_t> rest() const { return m_left; }
    [[nodiscard]] bool atEnd() const { return m_left.empty(); }

 private:
    std::span<const std::uint8_t> m_left;
};

/// The good bytes with the changes that `changes` names, each of four bytes: place (three) and what is put
/// there. A place past the end cuts the file off (modulo its length).
inline std::vector<std::uint8_t> edited(std::vector<std::uint8_t> good, Choices changes) {
    constexpr std::uint64_t kCut = 0xF00000;
    while (!changes.atEnd() && !good.empty()) {
        const std::uint64_t place = changes.number(3);
        const std::uint8_t value = changes.byte();
        if (place >= kCut)
            good.resize(place % good.size());
        else
            good[place % good.size()] = value;
    }
    return good;
}

template <typename Byte>
std::vector<std::uint8_t> octets(std::span<const Byte> bytes) {
    const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    return {first, first + bytes.size()};
}

}  // namespace smidgen::fuzz
