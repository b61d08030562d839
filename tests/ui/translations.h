// A translation file as the translators keep it.
#pragma once

#include <QString>
#include <filesystem>
#include <string>
#include <vector>

namespace smidgen::ui::testing {

struct Translated {
    QString context;
    QString source;
    QString comment;  ///< tells two meanings of one source apart; mostly empty
    QString translation;
    bool finished = true;
};

/// Every message of a .ts file, in its order. Throws when it cannot be read.
[[nodiscard]] std::vector<Translated> readTranslations(const std::filesystem::path& file);
/// resources/translations/smidgen_*.ts
[[nodiscard]] std::vector<std::filesystem::path> translationFiles();

}  // namespace smidgen::ui::testing
