// The built-in help: its pages and their headings.
#pragma once

#include <QString>
#include <vector>

namespace smidgen::ui {

struct HelpPlace {
    QString page;       ///< of resources/help, without its end
    QString pageTitle;  ///< its first heading
    QString section;    ///< a heading in it; empty: the page itself
};

/// Its text, in Markdown; empty when there is no such page.
[[nodiscard]] QString helpText(const QString& page);
/// Every page, followed by its sections.
[[nodiscard]] std::vector<HelpPlace> helpPlaces();

}  // namespace smidgen::ui
