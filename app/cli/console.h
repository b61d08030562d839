// What the person sees: results on standard output, everything else on standard error.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "engine/foundation/result.h"

namespace smidgen::cli {

/// Used by one thread at a time.
class Console {
 public:
    struct Style {
        bool json = false;   ///< one JSON document instead of lines
        bool quiet = false;  ///< no progress, no messages; errors still
    };
    explicit Console(Style style);

    /// A line of the result; nothing with --json.
    void line(std::string_view text);
    /// The result as the one JSON document; nothing without --json.
    void document(const nlohmann::json& value);
    /// A sentence beside the result.
    void message(std::string_view sentence);
    /// The running line: rewritten in place on a terminal, elsewhere a line every few seconds.
    void progress(std::string_view sentence);
    /// The last sentence of a failed command, and with --json the document {"error": …} if there was none
    /// yet.
    void error(const Error& error);

    [[nodiscard]] bool json() const { return m_style.json; }

 private:
    void clearProgress();
    Style m_style;
    bool m_terminal = false;
    bool m_documentWritten = false;
    std::string m_shown;
    std::chrono::steady_clock::time_point m_shownAt;
};

/// "unusable_input" …: the code as it stands in JSON.
[[nodiscard]] std::string_view nameOf(ErrorCode code);
/// The exit code of the contract: 1 failed, 2 wrong usage, 3 cancelled, 4 unusable input.
[[nodiscard]] int exitCodeOf(ErrorCode code);

}  // namespace smidgen::cli
