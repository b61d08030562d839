#include "storage/blocks/json_scan.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace smidgen::storage {
namespace {

/// For each byte within a string: 0 an ordinary character, else what has to be looked at.
constexpr std::array<bool, 256> kSpecial = [] {
    std::array<bool, 256> special{};
    for (std::size_t i = 0; i < special.size(); ++i)
        special[i] = i < 0x20 || i == '"' || i == '\\' || i >= 0x80;
    return special;
}();

void appendUtf8(std::string& text, std::uint32_t character) {
    const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (character < 0x80) return add(character);
    if (character < 0x800) {
        add(0xC0 | (character >> 6));
    } else {
        if (character < 0x10000) {
            add(0xE0 | (character >> 12));
        } else {
            add(0xF0 | (character >> 18));
            add(0x80 | ((character >> 12) & 0x3F));
        }
        add(0x80 | ((character >> 6) & 0x3F));
    }
    add(0x80 | (character & 0x3F));
}

/// Reads from the front of a text. `Sink` is told of texts and numbers and may end the scan.
template <typename Sink>
class Scan {
 public:
    Scan(std::string_view text, const Sink& sink)
        : m_at(text.data()), m_end(text.data() + text.size()), m_sink(sink) {}

    /// One value with blanks around it and nothing else.
    bool whole() {
        // What is open around the present place: true an object, false an array.
        std::vector<bool> open;
        for (;;) {
            skipBlanks();
            if (m_at == m_end) return false;
            if (*m_at == '{' || *m_at == '[') {
                const bool object = *m_at++ == '{';
                skipBlanks();
                if (m_at == m_end) return false;
                if (*m_at != (object ? '}' : ']')) {
                    open.push_back(object);
                    if (object && !key()) return false;
                    continue;
                }
                ++m_at;
            } else if (!scalar()) {
                return false;
            }
            // After a value: what follows it, or the ends of what it stands in.
            for (;;) {
                skipBlanks();
                if (open.empty()) return m_at == m_end;
                if (m_at == m_end) return false;
                if (*m_at == ',') break;
                if (*m_at != (open.back() ? '}' : ']')) return false;
                ++m_at;
                open.pop_back();
            }
            ++m_at;
            if (open.back()) {
                skipBlanks();
                if (!key()) return false;
            }
        }
    }

 private:
    void skipBlanks() {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\n' || *m_at == '\r')) ++m_at;
    }

    bool key() {
        if (!string()) return false;
        skipBlanks();
        if (m_at == m_end || *m_at != ':') return false;
        ++m_at;
        return true;
    }

    bool scalar() {
        switch (*m_at) {
            case '"':
                return string() && m_sink(m_text);
            case 't':
                return word("true");
            case 'f':
                return word("false");
            case 'n':
                return word("null");
            default:
                return number();
        }
    }

    bool word(std::string_view expected) {
        if (static_cast<std::size_t>(m_end - m_at) < expected.size() ||
            std::string_view(m_at, expected.size()) != expected)
            return false;
        m_at += expected.size();
        return true;
    }

    /// Leaves what it says in m_text.
    bool string() {
        if (m_at == m_end || *m_at != '"') return false;
        const char* from = ++m_at;
        bool copied = false;
        for (;;) {
            while (m_at != m_end && !kSpecial[static_cast<unsigned char>(*m_at)]) ++m_at;
            if (m_at == m_end) return false;
            if (*m_at == '"') break;
            if (*m_at == '\\') {
                if (!copied) m_copy.clear();
                copied = true;
                m_copy.append(from, m_at);
                if (!escape()) return false;
                from = m_at;
            } else if (!character()) {
                return false;
            }
        }
        if (copied) m_copy.append(from, m_at);
        m_text =
            copied ? std::string_view(m_copy) : std::string_view(from, static_cast<std::size_t>(m_at - from));
        ++m_at;
        return true;
    }

    /// One character of several bytes, well-formed (Unicode 15, table 3-7).
    bool character() {
        const auto byte = [&](int i) { return static_cast<unsigned char>(m_at[i]); };
        const unsigned lead = byte(0);
        const int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || m_end - m_at < length) return false;
        const unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        const unsigned most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (byte(1) < least || byte(1) > most) return false;
        for (int i = 2; i < length; ++i)
            if (byte(i) < 0x80 || byte(i) > 0xBF) return false;
        m_at += length;
        return true;
    }

    bool escape() {
        constexpr std::string_view kNames = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (m_end - m_at < 2) return false;
        const char name = m_at[1];
        m_at += 2;
        if (name == 'u') return codePoint();
        const std::size_t which = kNames.find(name);
        if (which == std::string_view::npos) return false;
        m_copy += kMeanings[which];
        return true;
    }

    bool fourDigits(std::uint32_t& value) {
        if (m_end - m_at < 4) return false;
        value = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const char c = *m_at;
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) return false;
            value = value * 16 + static_cast<std::uint32_t>(digit);
        }
        return true;
    }

    bool codePoint() {
        std::uint32_t value = 0;
        if (!fourDigits(value)) return false;
        if (value >= 0xDC00 && value <= 0xDFFF) return false;
        if (value >= 0xD800 && value <= 0xDBFF) {
            std::uint32_t low = 0;
            if (!word("\\u") || !fourDigits(low) || low < 0xDC00 || low > 0xDFFF) return false;
            value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
        }
        appendUtf8(m_copy, value);
        return true;
    }

    bool digits() {
        const char* const from = m_at;
        while (m_at != m_end && *m_at >= '0' && *m_at <= '9') ++m_at;
        return m_at != from;
    }

    bool number() {
        const char* const from = m_at;
        if (*m_at == '-') ++m_at;
        if (m_at != m_end && *m_at == '0')
            ++m_at;
        else if (!digits())
            return false;
        bool whole = true;
        if (m_at != m_end && *m_at == '.') {
            whole = false;
            ++m_at;
            if (!digits()) return false;
        }
        if (m_at != m_end && (*m_at == 'e' || *m_at == 'E')) {
            whole = false;
            ++m_at;
            if (m_at != m_end && (*m_at == '+' || *m_at == '-')) ++m_at;
            if (!digits()) return false;
        }
        const std::string_view written(from, static_cast<std::size_t>(m_at - from));
        constexpr std::size_t kSurelyFits = 18;
        if (!(whole && written.size() <= kSurelyFits) && !fits(written)) return false;
        return m_sink(written == "-0" ? written.substr(1) : written);
    }

    static bool fits(std::string_view written) {
        double value = 0.0;
        const auto [end, code] = std::from_chars(written.data(), written.data() + written.size(), value);
        // Too large or too near 0? That is rare.
        return code == std::errc() || nlohmann::json::accept(written);
    }

    const char* m_at;
    const char* m_end;
    const Sink& m_sink;
    std::string_view m_text;
    std::string m_copy;
};

}  // namespace

bool isJson(std::string_view text) {
    const auto ignore = [](std::string_view) { return true; };
    return Scan(text, ignore).whole();
}

void eachJsonValue(std::string_view text, const std::function<bool(std::string_view)>& value) {
    const auto tell = [&](std::string_view each) { return value(each); };
    (void)Scan(text, tell).whole();
}

}  // namespace smidgen::storage
