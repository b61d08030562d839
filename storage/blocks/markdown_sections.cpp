#include "storage/blocks/markdown_sections.h"

#include <algorithm>
#include <map>
#include <optional>

namespace smidgen::storage {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// The line that begins `text`, without its end.
std::string_view firstLine(std::string_view text) {
    return text.substr(0, text.find('\n'));
}

/// Up to three spaces may come before a heading or a fence.
std::optional<std::string_view> unindented(std::string_view line) {
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string_view::npos || first > 3) return std::nullopt;
    return line.substr(first);
}

struct Heading {
    int level;
    std::string_view text;
};

std::optional<Heading> hashHeading(std::string_view line) {
    const auto text = unindented(line);
    if (!text) return std::nullopt;
    const std::size_t level = std::min(text->find_first_not_of('#'), text->size());
    if (level < 1 || level > 6) return std::nullopt;
    std::string_view rest = text->substr(level);
    if (!rest.empty() && kBlank.find(rest.front()) == std::string_view::npos) return std::nullopt;
    rest = trimmed(rest);
    const std::size_t last = rest.find_last_not_of('#');
    if (last == std::string_view::npos)
        rest = {};
    else if (last + 1 < rest.size() && kBlank.find(rest[last]) != std::string_view::npos)
        rest = trimmed(rest.substr(0, last));
    return Heading{static_cast<int>(level), rest};
}

/// 1 or 2 for a line of = or -, else 0.
int underlineLevel(std::string_view line) {
    const auto text = unindented(line);
    if (!text) return 0;
    const std::string_view marks = trimmed(*text);
    if (marks.empty()) return 0;
    if (marks.find_first_not_of('=') == std::string_view::npos) return 1;
    return marks.find_first_not_of('-') == std::string_view::npos ? 2 : 0;
}

/// Can this line be the text of an underlined heading?
bool isParagraph(std::string_view line) {
    const auto text = unindented(line);
    if (!text || trimmed(*text).empty()) return false;
    return std::string_view("#>-*+=|`~").find(text->front()) == std::string_view::npos;
}

/// The fence's marks when the line opens or closes one, else nothing.
std::string_view fenceOf(std::string_view line) {
    const auto text = unindented(line);
    if (!text || (text->front() != '`' && text->front() != '~')) return {};
    const std::size_t length = std::min(text->find_first_not_of(text->front()), text->size());
    return length >= 3 ? text->substr(0, length) : std::string_view();
}

std::string anchorOf(std::string_view heading) {
    std::string anchor;
    for (const char c : heading) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')
            anchor += c;
        else if (c >= 'A' && c <= 'Z')
            anchor += static_cast<char>(c - 'A' + 'a');
        else if (c == ' ' || c == '\t')
            anchor += '-';
    }
    return anchor;
}

/// Emphasis and code marks out, links to their text.
std::string withoutMarks(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '*' || c == '`' || c == '[' || (c == '!' && text.substr(at + 1, 1) == "[")) continue;
        if (c == ']') {
            const std::string_view rest = text.substr(at + 1);
            const char closing = rest.starts_with('(') ? ')' : rest.starts_with('[') ? ']' : '\0';
            const std::size_t end =
                closing == '\0' ? std::string_view::npos : firstLine(rest).find(closing, 1);
            if (end != std::string_view::npos) at += end + 1;
            continue;
        }
        plain += c;
    }
    return plain;
}

/// Goes over the text line by line.
class Cutter {
 public:
    Cutter(std::string_view text, std::size_t most) : m_text(text), m_most(std::max<std::size_t>(most, 1)) {}

    std::vector<MarkdownSection> run() {
        std::string_view before;  // the line before, if it can be underlined
        std::size_t beforeAt = 0;
        for (std::size_t at = 0; at < m_text.size();) {
            const std::string_view line = firstLine(m_text.substr(at));
            const std::size_t next = std::min(at + line.size() + 1, m_text.size());
            const bool code = isCode(line);
            const int underline = code || before.empty() ? 0 : underlineLevel(line);
            if (underline != 0)
                begin({underline, trimmed(before)}, beforeAt);
            else if (const auto heading = code ? std::nullopt : hashHeading(line))
                begin(*heading, at);
            before = !code && underline == 0 && isParagraph(line) ? line : std::string_view();
            beforeAt = at;
            at = next;
        }
        end(m_text.size());
        return std::move(m_sections);
    }

 private:
    bool isCode(std::string_view line) {
        const std::string_view fence = fenceOf(line);
        if (m_fence.empty()) {
            m_fence = fence;
            return !fence.empty();
        }
        if (!fence.empty() && fence.front() == m_fence.front() && fence.size() >= m_fence.size())
            m_fence = {};
        return true;
    }

    void begin(const Heading& heading, std::size_t at) {
        if (m_sections.size() + 1 >= m_most && m_open) return;
        end(at);
        std::erase_if(m_above, [&](const auto& each) { return each.level >= heading.level; });
        m_section = {};
        m_section.level = heading.level;
        m_section.heading = withoutMarks(heading.text);
        for (const MarkdownSection& each : m_above) m_section.path.push_back(each.heading);
        m_section.path.push_back(m_section.heading);
        m_section.anchor = unique(anchorOf(m_section.heading));
        m_above.push_back(m_section);
        m_from = at;
        m_open = true;
    }

    void end(std::size_t at) {
        m_section.markdown = m_text.substr(m_from, at - m_from);
        if (m_open || !trimmed(m_section.markdown).empty()) m_sections.push_back(m_section);
        m_open = false;
    }

    std::string unique(std::string anchor) {
        const std::size_t count = m_anchors[anchor]++;
        if (count == 0) return anchor;
        return unique(anchor + "-" + std::to_string(count));
    }

    std::string_view m_text;
    std::size_t m_most;
    std::string_view m_fence;
    std::vector<MarkdownSection> m_sections;
    std::vector<MarkdownSection> m_above;
    MarkdownSection m_section;
    std::size_t m_from = 0;
    bool m_open = false;
    std::map<std::string, std::size_t> m_anchors;
};

}  // namespace

std::vector<MarkdownSection> cutMarkdown(std::string_view text, std::size_t most) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return Cutter(text, most).run();
}

std::string plainText(const MarkdownSection& section) {
    std::string_view body = section.markdown;
    const auto dropLine = [&] { body.remove_prefix(std::min(firstLine(body).size() + 1, body.size())); };
    if (section.level > 0) {
        const bool hashed = hashHeading(firstLine(body)).has_value();
        dropLine();
        if (!hashed) dropLine();
    }
    std::string plain;
    for (; !body.empty(); dropLine()) {
        const std::string_view line = trimmed(firstLine(body));
        if (line.empty() || underlineLevel(line) != 0) continue;
        if (!plain.empty()) plain += '\n';
        plain += withoutMarks(line);
    }
    return plain;
}

bool isUtf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
        const unsigned lead = byte(0);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xC2 ? 0
                                   : lead < 0xE0 ? 2
                                   : lead < 0xF0 ? 3
                                   : lead < 0xF5 ? 4
                                                 : 0;
        if (length == 0 || length > bytes.size() - at || lead == 0) return false;
        for (std::size_t i = 1; i < length; ++i)
            if ((byte(i) & 0xC0U) != 0x80) return false;
        const unsigned second = length > 1 ? byte(1) : 0;
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
            (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
            return false;
        at += length;
    }
    return true;
}

}  // namespace smidgen::storage
