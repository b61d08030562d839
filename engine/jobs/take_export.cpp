#include "engine/jobs/take_export.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <set>

#include "engine/audio/audio_reader.h"
#include "engine/audio/levelled_writer.h"
#include "engine/audio/sidecar.h"
#include "engine/foundation/atomic_file.h"
#include "engine/jobs/export_name.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNamed = 3;  ///< takes in the sentence of a batch that went wrong

fs::path pathOf(const std::string& utf8) {
    return std::u8string(utf8.begin(), utf8.end());
}

std::string dateOf(std::int64_t unixMs) {
    const std::time_t seconds = unixMs / 1000;
    std::tm local{};
    ::localtime_r(&seconds, &local);
    std::array<char, 16> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &local)};
}

/// A name that neither this export nor, unless it may be replaced, the folder has; nor one whose sidecar it
/// has.
fs::path freeTarget(const ExportRequest& request, const std::string& name, std::set<fs::path>& used) {
    const fs::path plain = pathOf(name);
    std::error_code ignored;
    for (int n = 1;; ++n) {
        fs::path file = request.folder / plain;
        if (n > 1)
            file.replace_filename(pathOf(displayName(plain.stem()) + " (" + std::to_string(n) + ")" +
                                         displayName(plain.extension())));
        fs::path sidecar = file;
        sidecar += sidecarSuffix();
        const bool taken =
            fs::exists(file, ignored) || (request.settings.sidecar && fs::exists(sidecar, ignored));
        if (used.contains(file) || (!request.overwrite && taken)) continue;
        used.insert(file);
        return file;
    }
}

void chooseChannels(AudioBuffer& audio, ExportChannels channels) {
    if (channels == ExportChannels::mono && audio.channelCount() > 1) {
        std::vector<float> mid = toMidSide(audio).mid;
        audio.channels.resize(1);
        audio.channels.front() = std::move(mid);
    }
    if (channels == ExportChannels::stereo && audio.channelCount() == 1)
        audio.channels.push_back(audio.channels.front());
}

std::string remarkOn(const LevelledFile& written, const LevelTarget& level) {
    std::array<char, 160> text{};
    const Loudness& found = *written.file.loudness;
    switch (written.outcome) {
        case LevelOutcome::reached:
            return {};
        case LevelOutcome::missed:
            std::snprintf(text.data(), text.size(),
                          "came to %.1f LUFS: its peaks allow no %.1f LUFS below the ceiling",
                          found.integratedLufs, *level.lufs);
            break;
        case LevelOutcome::heldDown:
            std::snprintf(text.data(), text.size(),
                          "came to a peak of %.1f dBFS: the true-peak ceiling holds it down",
                          found.samplePeakDb);
            break;
        case LevelOutcome::silent:
            return "is silent, and stayed so";
    }
    return text.data();
}

Result<ExportedFile> exportOne(const TakeRecord& take, const fs::path& target, const ExportRequest& request,
                               const CancelToken& cancel) {
    const ExportSettings& settings = request.settings;
    auto audio = readAudio(take.file);
    if (!audio) return propagate(audio);
    chooseChannels(*audio, settings.channels);
    if (auto shaped = shapeEdges(*audio, settings.edges, take.name); !shaped) return propagate(shaped);
    WriteOptions options;
    options.profile = settings.profile;
    options.loop = settings.loop;
    options.recipeJson = toJson(take.recipe);
    options.sidecar = settings.sidecar;
    options.overwrite = request.overwrite;
    options.tags = settings.tags;
    options.tags.try_emplace("title", take.name);
    options.tags.try_emplace("software", "Smidgen");
    options.tags.try_emplace("date", dateOf(take.createdMs));
    auto written = writeLevelled(*audio, target, settings.level, options, cancel);
    if (!written) return propagate(written);
    return ExportedFile{written->file.path, take.id, written->file.loudness->integratedLufs,
                        written->file.loudness->truePeakDb, remarkOn(*written, settings.level)};
}

/// Whether the rest of a batch would fare no better.
bool endsAll(ErrorCode code) {
    return code == ErrorCode::cancelled || code == ErrorCode::io || code == ErrorCode::outOfMemory;
}

Status summaryOf(const std::vector<std::string>& refused, std::size_t count, const Error& first) {
    if (refused.empty()) return {};
    if (count == 1) return tl::unexpected<Error>(first);
    std::string sentence =
        std::to_string(refused.size()) + " of " + std::to_string(count) + " takes were not exported: ";
    for (std::size_t i = 0; i < std::min(refused.size(), kMostNamed); ++i)
        sentence += (i == 0 ? "" : " ") + refused[i];
    if (refused.size() > kMostNamed)
        sentence += " And " + std::to_string(refused.size() - kMostNamed) + " more.";
    return failure(first.code, sentence, first.detail);
}

}  // namespace

Result<std::vector<fs::path>> exportTargets(const Library& library, const ExportRequest& request,
                                            std::size_t most) {
    if (auto valid = request.settings.validate(); !valid) return propagate(valid);
    if (request.file && request.takes.size() != 1)
        return failure(ErrorCode::invalidArgument, "Several takes do not fit into one file. Name a folder.");
    if (request.file) return std::vector<fs::path>{*request.file};
    std::vector<fs::path> targets;
    std::set<fs::path> used;
    for (std::size_t i = 0; i < std::min(most, request.takes.size()); ++i) {
        const auto take = library.take(request.takes[i]);
        if (!take) return failure(ErrorCode::notFound, "A take to be exported is no longer in the library.");
        auto name = exportName(request.settings, *take, i, request.takes.size());
        if (!name) return propagate(name);
        targets.push_back(freeTarget(request, *name, used));
    }
    return targets;
}

Status exportTakes(const Library& library, const ExportRequest& request, JobContext& job) {
    auto targets = exportTargets(library, request);
    if (!targets) return propagate(targets);
    if (!request.file) {
        std::error_code error;
        fs::create_directories(request.folder, error);
        if (error) return systemFailure(error.value(), "create the folder", request.folder);
    }
    const std::size_t count = request.takes.size();
    std::vector<std::string> refused;
    Error first;
    for (std::size_t i = 0; i < count; ++i) {
        if (job.cancel().cancelled()) {
            return failure(ErrorCode::cancelled,
                           "Stopped after " + std::to_string(i) + " of " + std::to_string(count) + " files.");
        }
        const auto take = library.take(request.takes[i]);
        if (!take) return failure(ErrorCode::notFound, "A take to be exported is no longer in the library.");
        job.say(static_cast<double>(i) / static_cast<double>(count),
                "Writing " + displayName((*targets)[i].filename()) + ", " + std::to_string(i + 1) + " of " +
                    std::to_string(count));
        auto written = exportOne(*take, (*targets)[i], request, job.cancel());
        if (written) {
            job.change([&](JobSnapshot& snapshot) { snapshot.files.push_back(std::move(*written)); });
            continue;
        }
        if (endsAll(written.error().code)) return propagate(written);
        if (refused.empty()) first = written.error();
        refused.push_back(written.error().sentence);
    }
    if (auto well = summaryOf(refused, count, first); !well) return well;
    job.say(1, count == 1 ? "Wrote one file." : "Wrote " + std::to_string(count) + " files.");
    return {};
}

}  // namespace smidgen
