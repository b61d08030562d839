#include "engine/collections/feature_builder.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/collections/content_hash.h"
#include "engine/collections/feature_file.h"
#include "engine/collections/sound_stream.h"

namespace smidgen {
namespace {

/// What a variant hears of the sound before its segment.
constexpr double kLeadSeconds = 1.0;
/// Side this far below mid counts as none.
constexpr double kSideShare = 1e-6;
constexpr double kActiveRangeDb = 50.0;

double energyOf(std::span<const float> signal) {
    double sum = 0;
    for (const float x : signal) sum += static_cast<double>(x) * static_cast<double>(x);
    return sum;
}

tl::unexpected<BuildError> broken(BuildFault fault, Error error) {
    return tl::unexpected(BuildError{fault, std::move(error)});
}

class Builder {
 public:
    Builder(SoundStream stream, FeatureFileWriter writer, const FeatureSettings& settings,
            const std::string& contentHash)
        : m_stream(std::move(stream)),
          m_writer(std::move(writer)),
          m_settings(settings),
          m_analyzer(settings.mel),
          m_bands(static_cast<std::size_t>(settings.mel.bands)),
          m_hop(settings.mel.stft.hop),
          m_reach(settings.mel.stft.fftSize / 2),
          m_seed(mixSeed(settings.seed, checksumOf(std::as_bytes(std::span(contentHash))))) {
        m_index.contentHash = contentHash;
        m_index.bands = static_cast<std::uint32_t>(settings.mel.bands);
        m_index.channels = static_cast<std::uint32_t>(m_stream.channels());
        m_index.variants = static_cast<std::uint32_t>(settings.variants + 1);
        m_index.renderings.resize(static_cast<std::size_t>(m_index.channels) * m_index.variants);
        m_levels.resize(m_index.channels);
    }

    tl::expected<void, BuildError> run(const std::string& settingsHash, const CancelToken& cancel) {
        m_index.settingsHash = settingsHash;
        const std::int64_t lead = std::llround(kLeadSeconds * kSampleRate);
        // Room for the last windows and for what pitch and rounding add.
        const std::int64_t follow = 4 * m_reach;
        const std::int64_t samples = segmentFrames(m_settings.mel) * m_hop;
        for (std::int64_t number = 0; !m_last; ++number) {
            if (cancel.cancelled()) return broken(BuildFault::sound, {ErrorCode::cancelled, "Stopped.", {}});
            const std::int64_t start = number * samples;
            if (auto read = m_stream.ensure(start + samples + follow); !read)
                return broken(BuildFault::sound, std::move(read.error()));
            m_last = m_stream.ended() && m_stream.end() <= start + samples;
            const std::int64_t from = std::max<std::int64_t>(0, start - std::max(lead, 2 * m_reach));
            m_stream.discardBefore(from);
            const std::int64_t to = std::min(m_stream.end(), start + samples + follow);
            if (auto done = segment(number, start, m_last ? m_stream.end() : start + samples, from, to);
                !done)
                return broken(BuildFault::cache, std::move(done.error()));
        }
        dropSilentSide();
        markActive();
        if (auto finished = m_writer.finish(m_index); !finished)
            return broken(BuildFault::cache, std::move(finished.error()));
        return {};
    }

 private:
    /// All renderings of [start, end), hearing [from, to).
    Status segment(std::int64_t number, std::int64_t start, std::int64_t end, std::int64_t from,
                   std::int64_t to) {
        double energy[2] = {};
        for (int c = 0; c < m_stream.channels(); ++c) energy[c] = energyOf(m_stream.signal(c, from, to));
        m_midEnergy += energy[0];
        m_sideEnergy += energy[1];
        for (int c = 0; c < m_stream.channels(); ++c) {
            const bool audible = c == 0 ? energy[0] > 0 : energy[1] > kSideShare * energy[0];
            for (int v = 0; v <= m_settings.variants; ++v) {
                AugmentationAmounts amounts;
                if (v > 0) {
                    Random random(mixSeed(m_seed, static_cast<std::uint64_t>(c),
                                          static_cast<std::uint64_t>(v), static_cast<std::uint64_t>(number)));
                    amounts = drawAmounts(m_settings.augmentation, random);
                    // One sound at a time is decoded; sounds are mixed when crops are drawn.
                    amounts.mixupShare = 0;
                }
                auto done = rendering(c, v, amounts, m_stream.signal(c, from, to), from, start, end, audible);
                if (!done) return done;
            }
        }
        return {};
    }

    Status rendering(int channel, int variant, const AugmentationAmounts& amounts,
                     std::span<const float> heard, std::int64_t from, std::int64_t start, std::int64_t end,
                     bool audible) {
        FeatureRendering& rendering =
            m_index.renderings[static_cast<std::size_t>(channel) * m_index.variants +
                               static_cast<std::size_t>(variant)];
        // Frames every `step` samples of the original; the last segment includes its end, as Stft does.
        const double step = m_hop / amounts.stretch;
        const double length = static_cast<double>(end - start);
        const auto frames = m_last ? 1 + static_cast<std::int64_t>(std::floor(length / step + 1e-9))
                                   : static_cast<std::int64_t>(std::ceil(length / step - 1e-9));
        FeatureSegment segment;
        segment.cleanStart = start / m_hop;
        segment.start = rendering.frames;
        segment.frames = frames;
        if (rendering.segments.empty()) rendering.amounts = amounts;
        rendering.frames += frames;

        m_values.resize(static_cast<std::size_t>(frames) * m_bands);
        if (audible) {
            const double speed = std::exp2(-amounts.pitchSemitones / 12.0);
            std::vector<float> changed;
            std::span<const float> signal = heard;
            if (variant > 0) {
                changed = augmentSignal(heard, amounts);
                signal = changed;
            }
            for (std::int64_t t = 0; t < frames; ++t) {
                const double place =
                    (static_cast<double>(start - from) + static_cast<double>(t) * step) * speed;
                m_analyzer.analyzeFrame(signal, std::llround(place), m_analyzer.bank(), frame(t));
            }
        }
        if (variant == 0) {
            auto& levels = m_levels[static_cast<std::size_t>(channel)];
            for (std::int64_t t = 0; t < frames; ++t)
                levels.push_back(audible ? *std::max_element(frame(t).begin(), frame(t).end())
                                         : kLogMelFloor);
        }
        Status written;
        if (audible) written = m_writer.writeSegment(segment, m_values, m_bands);
        rendering.segments.push_back(std::move(segment));
        return written;
    }

    std::span<float> frame(std::int64_t t) {
        return std::span(m_values).subspan(static_cast<std::size_t>(t) * m_bands, m_bands);
    }

    void dropSilentSide() {
        if (m_index.channels < 2 || m_sideEnergy > kSideShare * m_midEnergy) return;
        m_index.channels = 1;
        m_index.renderings.resize(m_index.variants);
        m_levels.resize(1);
    }

    /// A frame is active when its strongest band comes within 50 dB of the strongest of the channel.
    void markActive() {
        for (const std::vector<float>& levels : m_levels) {
            const float loudest = *std::max_element(levels.begin(), levels.end());
            const auto range = static_cast<float>(kActiveRangeDb * std::numbers::ln10 / 20.0);
            const float threshold = std::max(loudest - range, kLogMelFloor + 0.1F);
            auto& bits = m_index.active.emplace_back((levels.size() + 63) / 64, 0U);
            for (std::size_t t = 0; t < levels.size(); ++t)
                if (levels[t] >= threshold) bits[t / 64] |= std::uint64_t{1} << (t % 64);
        }
    }

    SoundStream m_stream;
    FeatureFileWriter m_writer;
    const FeatureSettings& m_settings;
    MelAnalyzer m_analyzer;
    std::size_t m_bands;
    std::int64_t m_hop;
    std::int64_t m_reach;
    std::uint64_t m_seed;
    FeatureIndex m_index;
    std::vector<std::vector<float>> m_levels;  ///< per channel: strongest band of every clean frame
    std::vector<float> m_values;
    double m_midEnergy = 0;
    double m_sideEnergy = 0;
    bool m_last = false;
};

}  // namespace

std::int64_t segmentFrames(const MelShape& shape) {
    return std::max<std::int64_t>(1,
                                  static_cast<std::int64_t>(kSegmentSeconds * kSampleRate) / shape.stft.hop);
}

tl::expected<void, BuildError> buildFeatures(const std::filesystem::path& source,
                                             const std::string& contentHash, const FeatureSettings& settings,
                                             const std::string& settingsHash,
                                             const std::filesystem::path& target, const CancelToken& cancel) {
    auto stream = SoundStream::open(source);
    if (!stream) return broken(BuildFault::sound, std::move(stream.error()));
    auto writer = FeatureFileWriter::create(target);
    if (!writer) return broken(BuildFault::cache, std::move(writer.error()));
    return Builder(std::move(*stream), std::move(*writer), settings, contentHash).run(settingsHash, cancel);
}

}  // namespace smidgen
