#include "app/cli/preflight_table.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "app/cli/figures.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {

Result<ScanReport> scanWithProgress(Session& session, const std::vector<std::filesystem::path>& paths) {
    ScanOptions options;
    options.threads = session.threads();
    options.cancel = session.cancel();
    options.progress = [&console = session.console()](const ScanProgress& progress) {
        if (progress.done == 0) return;
        console.progress(
            fmt::format("Looking at sounds: {} of {} ({})", progress.done, progress.found, progress.current));
    };
    return scanSounds(paths, options);
}

std::vector<std::string> preflightTable(std::span<const SoundEntry> entries) {
    std::vector<std::string> rows{
        fmt::format("{:<8} {:>6} {:>2} {:>9} {:>7}  {}", "verdict", "rate", "ch", "seconds", "LUFS", "file")};
    for (const SoundEntry& entry : entries) {
        const bool read = entry.format.rate > 0;
        std::string row = fmt::format("{:<8} {:>6} {:>2} {:>9} {:>7}  {}", nameOf(entry.verdict),
                                      read ? std::to_string(entry.format.rate) : "-",
                                      read ? std::to_string(entry.format.channels) : "-",
                                      read ? fmt::format("{:.3f}", entry.seconds) : "-",
                                      read ? decibelText(entry.lufs) : "-", displayName(entry.path));
        if (!entry.reason.empty()) row += ": " + entry.reason;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string totalsSentence(const CollectionTotals& totals) {
    std::string sentence = counted(totals.files, "file") + fmt::format(", {} usable", totals.usable);
    if (totals.warned > 0) sentence += fmt::format(" ({} with a warning)", totals.warned);
    if (totals.skipped > 0) sentence += fmt::format(", {} skipped", totals.skipped);
    if (totals.usable == 0) return sentence + ".";
    sentence += ": " + secondsText(totals.usableSeconds) + " of sound at " +
                fmt::format("{} Hz", fmt::join(totals.rates, ", "));
    if (std::isfinite(totals.meanLufs)) sentence += ", mean " + decibelText(totals.meanLufs) + " LUFS";
    return sentence + ".";
}

}  // namespace smidgen::cli
