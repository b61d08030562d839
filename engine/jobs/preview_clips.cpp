#include "engine/jobs/preview_clips.h"

#include <algorithm>
#include <cmath>

#include "engine/analysis/mel.h"
#include "engine/analysis/metrics.h"
#include "engine/audio/audio_reader.h"
#include "engine/audio/audio_writer.h"
#include "engine/audio/resampler.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kClips = 3;
constexpr double kLongestClipSeconds = 3.0;
constexpr int kGriffinLimIterations = 24;

Status writeMono(const fs::path& file, const std::vector<float>& signal) {
    AudioBuffer buffer(0, Samples(0));
    buffer.channels.push_back(signal);
    WriteOptions options;
    options.profile.depth = SampleDepth::float32;
    const auto written = writeAudio(buffer, file, options);
    if (!written) return tl::unexpected<Error>(written.error());
    return {};
}

Result<std::vector<float>> readClip(const SoundEntry& entry, const FeatureSpan& span, int hop) {
    const double rate = entry.format.rate;
    const double start = static_cast<double>(span.start.value * hop) / kSampleRate;
    const double seconds =
        std::min(kLongestClipSeconds, static_cast<double>(span.length.value * hop) / kSampleRate);
    ReadRange range;
    range.start = toSamples(Seconds(start), rate);
    range.length = std::max(toSamples(Seconds(seconds), rate), Samples(1));
    auto buffer = readAudio(entry.path, range);
    if (!buffer) return propagate(buffer);
    auto atRate = resample(*buffer, kSampleRate);
    if (!atRate) return propagate(atRate);
    return toMidSide(*atRate).mid;
}

}  // namespace

Result<PreviewClips> PreviewClips::create(const fs::path& folder, std::span<const SoundEntry> entries,
                                          std::span<const FeatureSpan> heldOut) {
    PreviewClips clips;
    clips.m_folder = folder;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return systemFailure(error.value(), "create the folder", folder);
    const int hop = MelShape().stft.hop;
    for (const FeatureSpan& span : heldOut) {
        if (clips.m_clips.size() == kClips) break;
        const SoundEntry& entry = entries[static_cast<std::size_t>(span.sound)];
        auto signal = readClip(entry, span, hop);
        if (!signal || signal->empty()) continue;
        Clip clip;
        clip.name = displayName(entry.path.stem());
        clip.original = folder / fs::path(std::to_string(clips.m_clips.size() + 1) + "-")
                                     .concat(entry.path.stem().native())
                                     .concat(".wav");
        clip.signal = std::move(*signal);
        if (auto written = writeMono(clip.original, clip.signal); !written) return propagate(written);
        clips.m_clips.push_back(std::move(clip));
    }
    return clips;
}

Result<std::vector<Preview>> PreviewClips::render(std::int64_t step, const Reconstruct& reconstruct,
                                                  const CancelToken& cancel) {
    MelAnalyzer analyzer;
    auto decoder = makeDecoder(defaultDecoder(), {kGriffinLimIterations});
    if (!decoder) return propagate(decoder);
    std::vector<Preview> previews;
    std::vector<fs::path> files;
    for (const Clip& clip : m_clips) {
        LogMel mel = analyzer.analyze(clip.signal);
        auto rebuilt = reconstruct(mel.values);
        if (!rebuilt) return propagate(rebuilt);
        mel.values = std::move(*rebuilt);
        auto signal =
            (*decoder)->decode({&mel, Samples(static_cast<std::int64_t>(clip.signal.size())), 1, cancel});
        if (!signal) return propagate(signal);
        fs::path file = m_folder / clip.original.stem();
        file += "-step" + std::to_string(step) + ".wav";
        if (auto written = writeMono(file, *signal); !written) return propagate(written);
        previews.push_back({clip.name, clip.original, file, step, melL1(clip.signal, *signal)});
        files.push_back(std::move(file));
    }
    std::error_code ignored;
    for (const fs::path& old : m_lastFiles) {
        if (std::ranges::find(files, old) == files.end()) fs::remove(old, ignored);
    }
    m_lastFiles = std::move(files);
    return previews;
}

}  // namespace smidgen
