#include "app/cli/demo_report.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "app/cli/figures.h"
#include "app/cli/pictures.h"
#include "app/cli/preflight_table.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

constexpr const char* kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Smidgen demo</title><style>
:root { color-scheme: light dark; --ink: #20242b; --paper: #fbfaf7; --faint: #8a8f98; --line: #d9d6cf;
  --wave: #2f7d74; --second: #b8642f }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e4df; --paper: #16181c; --faint: #8d929b; --line: #33373e;
  --wave: #5cc2b4; --second: #e59a5f } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem }
a { color: var(--wave) } h1 { font-weight: 600 } h2 { margin-top: 2.5rem; font-weight: 600 } h3 { margin: 1.5rem 0 .3rem; font-weight: 600 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .2rem .6rem .2rem 0;
  border-bottom: 1px solid var(--line) } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.scroll { max-height: 24rem; overflow: auto } .faint, figcaption { color: var(--faint) }
figure { margin: .4rem 0 } audio { width: 100%; height: 2.2rem }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
svg.wave { width: 100%; height: 6rem; border: 1px solid var(--line) } svg.wave path { stroke: var(--wave) }
svg.curve { width: 100% } svg.curve line { stroke: var(--line) } svg.curve text { fill: var(--faint); font-size: 12px }
svg.curve polyline { fill: none; stroke-width: 1.6; stroke: var(--wave) } svg.curve .held-out { stroke: var(--second) }
.key-training { color: var(--wave) } .key-held-out { color: var(--second) }
</style></head><body>
)";

std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

/// The file's place relative to the page, as a URL.
std::string address(const std::filesystem::path& file, const std::filesystem::path& folder) {
    std::error_code problem;
    const std::string relative = std::filesystem::relative(file, folder, problem).generic_string();
    std::string url;
    for (const char c : relative) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (std::isalnum(byte) != 0 && byte < 0x80) ||
                           std::string_view("-_.~/").find(c) != std::string_view::npos;
        url += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return url;
}

Result<std::string> soundFigure(const std::filesystem::path& file, const std::filesystem::path& folder,
                                const std::string& caption) {
    auto sound = readAudio(file);
    if (!sound) return propagate(sound);
    return fmt::format(
        "<figure>{}<audio controls preload=\"none\" "
        "src=\"{}\"></audio><figcaption>{}</figcaption></figure>\n",
        waveformPicture(*sound), address(file, folder), caption);
}

std::string preflightSection(const ScanReport& sounds) {
    std::string html = "<h2>The sounds</h2><p>" + escaped(totalsSentence(sounds.totals)) +
                       "</p><div class=\"scroll\"><table><tr><th>verdict</th><th class=\"n\">rate</th>"
                       "<th class=\"n\">channels</th><th class=\"n\">seconds</th><th class=\"n\">LUFS</th>"
                       "<th>file</th><th>reason</th></tr>\n";
    for (const SoundEntry& entry : sounds.entries) {
        html += fmt::format(
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{:.3f}</td>"
            "<td class=\"n\">{}</td><td>{}</td><td>{}</td></tr>\n",
            nameOf(entry.verdict), entry.format.rate, entry.format.channels, entry.seconds,
            decibelText(entry.lufs), escaped(displayName(entry.path.filename())), escaped(entry.reason));
    }
    return html + "</table></div>\n";
}

std::string trainingSection(const DemoResult& result) {
    const ModelSnapshot& model = result.model;
    const TrainingSnapshot& training = result.training;
    const ReconstructionMetrics& mean = result.heldOut.mean;
    std::string html =
        "<h2>Learning</h2>" + curvePicture(training.curve) +
        "<p class=\"faint\">Mean log10 mel difference: <span class=\"key-training\">training</span>, "
        "<span class=\"key-held-out\">sounds kept back</span>.</p>";
    html += fmt::format("<p>{} steps in {} of CPU time on {} ({}, {:.1f} steps a second).", model.steps,
                        secondsText(model.trainedSeconds), escaped(training.device),
                        counted(training.threads, "thread"), training.stepsPerSecond);
    if (!result.heldOut.rows.empty()) {
        html += fmt::format(
            " {} kept back, rebuilt through the model: log10 mel L1 {:.3f}, log-spectral distance "
            "{:.3f}, multi-resolution STFT {:.3f}.",
            counted(static_cast<std::int64_t>(result.heldOut.rows.size()), "sound"), mean.melL1, mean.lsd,
            mean.mrStft);
    }
    html += "</p>\n";
    for (const std::string& warning : training.warnings) html += "<p>" + escaped(warning) + "</p>\n";
    return html;
}

Result<std::string> previewSection(const DemoResult& result) {
    std::string html = "<h2>Sounds it never saw</h2><p>The original beside what the model makes of it.</p>\n";
    for (const Preview& preview : result.training.previews) {
        auto original = soundFigure(preview.original, result.folder, "original");
        if (!original) return propagate(original);
        auto rebuilt =
            soundFigure(preview.reconstruction, result.folder,
                        fmt::format("rebuilt at step {}, log10 mel L1 {:.3f}", preview.step, preview.melL1));
        if (!rebuilt) return propagate(rebuilt);
        html +=
            "<h3>" + escaped(preview.name) + "</h3><div class=\"pair\">" + *original + *rebuilt + "</div>\n";
    }
    return html;
}

Result<std::string> takesSection(const DemoResult& result) {
    std::string html = "<h2>New takes</h2>\n";
    for (const DemoTake& made : result.takes) {
        std::string links;
        for (const auto& file : made.files) {
            links += fmt::format(" <a href=\"{}\">{}</a>", address(file, result.folder),
                                 escaped(displayName(file.filename())));
        }
        const TakeSnapshot& take = made.take;
        auto figure =
            soundFigure(made.files.back(), result.folder,
                        fmt::format("seed {}, {}, {}, {} LUFS, true peak {} dB.{}", take.recipe.seed,
                                    secondsText(take.seconds), nameOf(take.recipe.space),
                                    decibelText(take.lufs), decibelText(take.truePeakDb), links));
        if (!figure) return propagate(figure);
        html += "<h3>" + escaped(take.name) + "</h3>" + *figure;
    }
    return html;
}

}  // namespace

Result<std::filesystem::path> writeReport(const DemoResult& result) {
    auto previews = previewSection(result);
    if (!previews) return propagate(previews);
    auto takes = takesSection(result);
    if (!takes) return propagate(takes);
    const std::string page = kHead + std::string("<h1>From a folder of sounds to new sound</h1>\n") + *takes +
                             trainingSection(result) + *previews + preflightSection(result.sounds) +
                             "</body></html>\n";
    const std::filesystem::path file = result.folder / "report.html";
    if (Status written = writeFileAtomically(file, page); !written) return propagate(written);
    return file;
}

}  // namespace smidgen::cli
