#include "app/cli/console.h"

#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace smidgen::cli {
namespace {

constexpr std::chrono::milliseconds kTerminalPause{100};
constexpr std::chrono::seconds kLogPause{5};

std::size_t terminalColumns() {
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

/// The longest beginning of `text` of at most `columns` characters, never cutting a UTF-8 sequence.
std::string_view clipped(std::string_view text, std::size_t columns) {
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (starts && characters++ == columns) return text.substr(0, i);
    }
    return text;
}

void put(std::FILE* stream, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stream);
    std::fflush(stream);
}

}  // namespace

Console::Console(Style style) : m_style(style), m_terminal(isatty(STDERR_FILENO) == 1) {}

void Console::line(std::string_view text) {
    if (m_style.json) return;
    clearProgress();
    put(stdout, std::string(text) + "\n");
}

void Console::document(const nlohmann::json& value) {
    if (!m_style.json) return;
    clearProgress();
    put(stdout, value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    m_documentWritten = true;
}

void Console::message(std::string_view sentence) {
    spdlog::info("{}", sentence);
    if (m_style.quiet) return;
    clearProgress();
    put(stderr, std::string(sentence) + "\n");
}

void Console::progress(std::string_view sentence) {
    const auto now = std::chrono::steady_clock::now();
    const bool first = m_shownAt == std::chrono::steady_clock::time_point();
    if (sentence == m_shown || (!first && now - m_shownAt < (m_terminal ? kTerminalPause : kLogPause)))
        return;
    m_shown = sentence;
    m_shownAt = now;
    spdlog::debug("{}", sentence);
    if (m_style.quiet) return;
    if (m_terminal) {
        put(stderr, "\r\033[K" + std::string(clipped(sentence, terminalColumns() - 1)));
    } else {
        put(stderr, m_shown + "\n");
    }
}

void Console::error(const Error& error) {
    spdlog::error("{} [{}] {}", error.sentence, nameOf(error.code), error.detail);
    clearProgress();
    put(stderr, "smidgen: " + error.sentence + "\n");
    if (!m_documentWritten) {
        document({{"error", {{"code", nameOf(error.code)}, {"sentence", error.sentence}}}});
    }
}

void Console::clearProgress() {
    if (m_terminal && !m_style.quiet && !m_shown.empty()) put(stderr, "\r\033[K");
    m_shown.clear();
}

std::string_view nameOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalidArgument:
            return "invalid_argument";
        case ErrorCode::notFound:
            return "not_found";
        case ErrorCode::unusableInput:
            return "unusable_input";
        case ErrorCode::io:
            return "io";
        case ErrorCode::device:
            return "device";
        case ErrorCode::outOfMemory:
            return "out_of_memory";
        case ErrorCode::conflict:
            return "conflict";
        case ErrorCode::refused:
            return "refused";
        case ErrorCode::cancelled:
            return "cancelled";
        case ErrorCode::internal:
            break;
    }
    return "internal";
}

int exitCodeOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalidArgument:
            return 2;
        case ErrorCode::cancelled:
            return 3;
        case ErrorCode::unusableInput:
            return 4;
        default:
            return 1;
    }
}

}  // namespace smidgen::cli
