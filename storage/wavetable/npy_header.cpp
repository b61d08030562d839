#include "storage/wavetable/npy_header.h"

#include <array>
#include <charconv>

namespace smidgen::storage {
namespace {

constexpr std::size_t kMostDimensions = 32;

/// The few forms of Python's literals that NumPy writes.
class Literals {
 public:
    explicit Literals(std::string_view text) : m_rest(text) {}

    bool take(char c) {
        skipSpace();
        if (m_rest.empty() || m_rest.front() != c) return false;
        m_rest.remove_prefix(1);
        return true;
    }
    bool string(std::string_view& text) {
        skipSpace();
        if (m_rest.empty() || (m_rest.front() != '\'' && m_rest.front() != '"')) return false;
        const std::size_t end = m_rest.find(m_rest.front(), 1);
        if (end == std::string_view::npos) return false;
        text = m_rest.substr(1, end - 1);
        m_rest.remove_prefix(end + 1);
        return text.find('\\') == std::string_view::npos;
    }
    bool boolean(bool& value) {
        skipSpace();
        for (const bool candidate : {true, false}) {
            const std::string_view word = candidate ? "True" : "False";
            if (!m_rest.starts_with(word)) continue;
            m_rest.remove_prefix(word.size());
            value = candidate;
            return true;
        }
        return false;
    }
    bool integer(std::uint64_t& value) {
        skipSpace();
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (error != std::errc()) return false;
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return true;
    }
    bool atEnd() {
        skipSpace();
        return m_rest.empty();
    }

 private:
    void skipSpace() {
        while (!m_rest.empty() && (m_rest.front() == ' ' || m_rest.front() == '\n')) m_rest.remove_prefix(1);
    }
    std::string_view m_rest;
};

bool readType(std::string_view descr, NpyHeader& header) {
    if (descr.size() < 3) return false;
    header.order = descr[0];
    header.type = descr[1];
    const auto [end, error] = std::from_chars(descr.data() + 2, descr.data() + descr.size(), header.size);
    if (error != std::errc() || end != descr.data() + descr.size()) return false;
    const bool single = header.order == '|';
    if (!single && header.order != '<' && header.order != '>') return false;
    const std::uint32_t n = header.size;
    switch (header.type) {
        case 'f':
            return !single && (n == 2 || n == 4 || n == 8);
        case 'i':
        case 'u':
            return n == 1 || (!single && (n == 2 || n == 4 || n == 8));
        case 'b':
            return n == 1;
        case 'U':
            return !single && n >= 1 && n <= (1U << 24);
        default:
            return false;
    }
}

bool readShape(Literals& literals, std::vector<std::uint64_t>& shape) {
    if (!literals.take('(')) return false;
    while (!literals.take(')')) {
        std::uint64_t side = 0;
        if (shape.size() == kMostDimensions || !literals.integer(side)) return false;
        shape.push_back(side);
        if (literals.take(',')) continue;
        return literals.take(')');
    }
    return true;
}

}  // namespace

std::optional<NpyHeader> parseNpyHeader(std::string_view text) {
    Literals literals(text);
    NpyHeader header;
    std::array<bool, 3> seen{};
    if (!literals.take('{')) return std::nullopt;
    while (!literals.take('}')) {
        std::string_view key;
        if (!literals.string(key) || !literals.take(':')) return std::nullopt;
        const std::size_t which = key == "descr" ? 0 : key == "fortran_order" ? 1 : key == "shape" ? 2 : 3;
        if (which == seen.size() || seen[which]) return std::nullopt;
        seen[which] = true;
        std::string_view descr;
        const bool read = which == 0   ? literals.string(descr) && readType(descr, header)
                          : which == 1 ? literals.boolean(header.fortranOrder)
                                       : readShape(literals, header.shape);
        if (!read) return std::nullopt;
        if (literals.take(',')) continue;
        if (!literals.take('}')) return std::nullopt;
        break;
    }
    if (!literals.atEnd() || !seen[0] || !seen[1] || !seen[2]) return std::nullopt;
    return header;
}

}  // namespace smidgen::storage
