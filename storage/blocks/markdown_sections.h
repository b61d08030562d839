// Markdown cut into sections by its headings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smidgen::storage {

/// From one heading to the next, of whatever level.
struct MarkdownSection {
    int level = 0;  ///< 1 to 6; 0 for what comes before the first heading
    std::string heading;
    std::vector<std::string> path;  ///< the headings that this one stands under, outermost first, and itself
    std::string anchor;             ///< unique in the text: "saving-a-model", "saving-a-model-1"
    std::string_view markdown;      ///< as written, with its heading; a part of the text that was cut
};

/// At most `most` sections; the last then holds all the rest. Headings are "# …" lines and lines underlined
/// with = or - (CommonMark 0.31); what is fenced by ``` or ~~~ has none. What comes before the first heading
/// is a section when it is not blank. Anchors are made as on GitHub: in lower case (ASCII), spaces as
/// hyphens, other punctuation left out. Never fails; the views live as long as `text`.
[[nodiscard]] std::vector<MarkdownSection> cutMarkdown(std::string_view text, std::size_t most = 65'535);

/// The words of Markdown for searching and showing: without its heading line, emphasis, code marks, rules,
/// and the targets of links.
[[nodiscard]] std::string plainText(const MarkdownSection& section);

/// Whether the bytes are UTF-8 without characters that no text has.
[[nodiscard]] bool isUtf8(std::string_view bytes);

}  // namespace smidgen::storage
