#include "engine/jobs/take_export.h"

#include <algorithm>
#include <ctime>

#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 180;  ///< bytes; leaves room for numbering, extension and sidecar

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

std::string dateOf(std::int64_t unixMs) {
    const std::time_t seconds = unixMs / 1000;
    std::tm local{};
    ::localtime_r(&seconds, &local);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &local);
    return text;
}

std::string fileSafe(std::string name) {
    for (char& c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f || std::string("/\\:*?\"<>|").find(c) != std::string::npos) c = '_';
    }
    if (name.size() > kLongestName) {
        std::size_t cut = kLongestName;
        // Never inside a UTF-8 character.
        while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xc0) == 0x80) --cut;
        name.resize(cut);
    }
    while (!name.empty() && (name.back() == ' ' || name.back() == '.')) name.pop_back();
    while (!name.empty() && (name.front() == ' ' || name.front() == '.')) name.erase(0, 1);
    return name.empty() ? "take" : name;
}

fs::path freeName(const fs::path& folder, const std::string& stem, const std::string& extension) {
    const auto named = [&](const std::string& text) {
        return folder / fs::path(std::u8string(text.begin(), text.end()));
    };
    fs::path target = named(stem + "." + extension);
    for (int n = 2; fs::exists(target); ++n)
        target = named(stem + " (" + std::to_string(n) + ")." + extension);
    return target;
}

}  // namespace

std::string exportName(const ExportRequest& request, const TakeRecord& take, std::size_t index) {
    std::string name = request.nameTemplate;
    replaceAll(name, "{seed}", std::to_string(take.recipe.seed));
    replaceAll(name, "{model}", take.recipe.modelName);
    replaceAll(name, "{date}", dateOf(take.createdMs));
    replaceAll(name, "{index}", std::to_string(index + 1));
    replaceAll(name, "{name}", take.name);
    return fileSafe(name) + "." + std::string(fileExtension(request.profile.format));
}

Status applyLoudness(AudioBuffer& audio, const LoudnessTarget& target) {
    auto measured = measureLoudness(audio);
    if (!measured) return propagate(measured);
    const auto gain = static_cast<float>(gainForTarget(*measured, target));
    for (auto& channel : audio.channels) {
        for (float& sample : channel) sample *= gain;
    }
    return {};
}

Status exportTakes(const Library& library, const ExportRequest& request, JobContext& job) {
    if (auto valid = request.profile.validate(); !valid) return valid;
    if (request.file && request.takes.size() != 1) {
        return failure(ErrorCode::invalidArgument, "Several takes do not fit into one file. Name a folder.");
    }
    if (!request.file) {
        std::error_code error;
        fs::create_directories(request.folder, error);
        if (error) return systemFailure(error.value(), "create the folder", request.folder);
    }
    const std::size_t count = request.takes.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (job.cancel().cancelled()) {
            return failure(ErrorCode::cancelled,
                           "Stopped after " + std::to_string(i) + " of " + std::to_string(count) + " files.");
        }
        const auto take = library.take(request.takes[i]);
        if (!take) return failure(ErrorCode::notFound, "A take to be exported is no longer in the library.");
        const std::string name = exportName(request, *take, i);
        job.say(static_cast<double>(i) / static_cast<double>(count),
                "Writing " + (request.file ? displayName(request.file->filename()) : name));
        auto audio = readAudio(take->file);
        if (!audio) return propagate(audio);
        if (request.loudness) {
            if (auto levelled = applyLoudness(*audio, *request.loudness); !levelled) return levelled;
        }
        WriteOptions options;
        options.profile = request.profile;
        options.recipeJson = toJson(take->recipe);
        options.sidecar = request.sidecar;
        options.overwrite = request.overwrite;
        options.tags = {{"title", take->name}, {"software", "Smidgen"}, {"date", dateOf(take->createdMs)}};
        const std::string extension(fileExtension(request.profile.format));
        const std::string stem = name.substr(0, name.size() - extension.size() - 1);
        const fs::path target = request.file ? *request.file
                                : request.overwrite
                                    ? request.folder / fs::path(std::u8string(name.begin(), name.end()))
                                    : freeName(request.folder, stem, extension);
        auto written = writeAudio(*audio, target, options, job.cancel());
        if (!written) return propagate(written);
        job.change([&](JobSnapshot& snapshot) { snapshot.files.push_back(written->path); });
    }
    job.say(1, count == 1 ? "Wrote one file." : "Wrote " + std::to_string(count) + " files.");
    return {};
}

}  // namespace smidgen
