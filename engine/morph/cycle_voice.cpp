#include "engine/morph/cycle_voice.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "storage/wavetable/octave_tables.h"
#include "storage/wavetable/sampler.h"

namespace smidgen {
namespace {

using storage::OctaveTables;
using storage::Sampler;

constexpr std::int64_t kBlock = 256;  ///< samples from one table to the next
constexpr std::int64_t kFade = kSampleRate / 200;
constexpr double kUsualSeconds = 2.0;

/// Tables for any moment of the tone.
class CycleReader {
 public:
    CycleReader(Sampler& sampler, const MorphRequest& request) : m_sampler(sampler), m_request(request) {}

    /// `share`: of the whole tone, 0 … 1.
    [[nodiscard]] Result<OctaveTables> at(double share) {
        const auto place = placeOnPath(m_request.places, share);
        const std::uint32_t rows = m_sampler.shape().rows;
        const double position = std::fmod(share * m_request.passes, 1.0 + 1e-12) * (rows - 1);
        const auto row = static_cast<std::uint32_t>(position);
        const auto part = static_cast<float>(position - row);
        std::vector<float> first(m_sampler.shape().rowCount());
        if (auto read = m_sampler.sampleRow(place, row, first); !read) return propagate(read);
        if (part > 0 && row + 1 < rows) {
            std::vector<float> second(first.size());
            if (auto read = m_sampler.sampleRow(place, row + 1, second); !read) return propagate(read);
            for (std::size_t i = 0; i < first.size(); ++i) first[i] = std::lerp(first[i], second[i], part);
        }
        const std::size_t channels = m_sampler.shape().channels;
        std::vector<float> cycle(m_sampler.shape().columns);
        for (std::size_t i = 0; i < first.size(); ++i)
            cycle[i / channels] += first[i] / static_cast<float>(channels);
        auto tables = OctaveTables::build(cycle);
        if (!tables) return failure(ErrorCode::unusableInput, tables.error().sentence);
        return tables;
    }

 private:
    Sampler& m_sampler;
    const MorphRequest& m_request;
};

void fadeEnds(std::vector<float>& signal) {
    const auto count = std::min<std::int64_t>(kFade, std::ssize(signal) / 2);
    for (std::int64_t i = 0; i < count; ++i) {
        const float gain = static_cast<float>(i) / static_cast<float>(count);
        signal[static_cast<std::size_t>(i)] *= gain;
        signal[signal.size() - 1 - static_cast<std::size_t>(i)] *= gain;
    }
}

}  // namespace

Result<AudioBuffer> playCycles(const storage::NodeSource& source, const MorphRequest& request,
                               const CancelToken& cancel) {
    auto sampler = Sampler::create(source, request.sampling);
    if (!sampler) return propagate(sampler);
    CycleReader reader(*sampler, request);
    const auto length =
        static_cast<std::int64_t>(std::llround(request.seconds.value_or(kUsualSeconds) * kSampleRate));
    const double step = request.hertz / kSampleRate;
    auto now = reader.at(0);
    if (!now) return propagate(now);
    AudioBuffer tone(1, Samples(length));
    std::vector<float>& signal = tone.channels.front();
    std::vector<float> next(kBlock);
    double phase = 0;
    for (std::int64_t start = 0; start < length; start += kBlock) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The morph was not finished.");
        const auto count = static_cast<std::size_t>(std::min(kBlock, length - start));
        const std::span<float> block = std::span(signal).subspan(static_cast<std::size_t>(start), count);
        auto then =
            reader.at(std::min(1.0, static_cast<double>(start + kBlock) / static_cast<double>(length)));
        if (!then) return propagate(then);
        const double end = now->render(block, phase, step);
        (void)then->render(std::span(next).first(count), phase, step);
        for (std::size_t i = 0; i < count; ++i)
            block[i] = std::lerp(block[i], next[i], static_cast<float>(i) / static_cast<float>(kBlock));
        phase = end;
        *now = std::move(*then);
    }
    fadeEnds(signal);
    return tone;
}

}  // namespace smidgen
