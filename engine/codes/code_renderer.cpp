#include "engine/codes/code_renderer.h"

#include <algorithm>
#include <new>
#include <utility>

#include "engine/analysis/mel.h"

namespace smidgen {
namespace {

/// Mel frames on each side that a block of the model's decoder sees: half its kernel of seven.
constexpr int kBlockReach = 3;
constexpr double kHeldSeconds = 0.5;
constexpr double kHeldFadeSeconds = 0.02;

/// Spans of several channels as one ascending list without overlaps.
std::vector<SampleSpan> united(std::vector<SampleSpan> spans) {
    std::ranges::sort(spans, {}, &SampleSpan::start);
    std::vector<SampleSpan> result;
    for (const SampleSpan& span : spans) {
        if (!result.empty() && span.start <= result.back().end)
            result.back().end = std::max(result.back().end, span.end);
        else
            result.push_back(span);
    }
    return result;
}

AudioBuffer bufferOf(const std::vector<float>& mid, const std::vector<float>* side) {
    if (side != nullptr) return fromMidSide(mid, *side);
    AudioBuffer mono(0, Samples(0));
    mono.channels.push_back(mid);
    return mono;
}

}  // namespace

CodeRenderer::CodeRenderer(std::shared_ptr<const models::MelVae> model,
                           std::shared_ptr<const CodeSpace> space, std::unique_ptr<MelDecoder> decoder)
    : m_model(std::move(model)), m_space(std::move(space)), m_decoder(std::move(decoder)) {}

std::int64_t CodeRenderer::seenByModel() const {
    const std::int64_t melFrames = m_model->shape().decoderBlocks * kBlockReach;
    return (melFrames + m_model->shape().fold - 1) / m_model->shape().fold;
}

Status CodeRenderer::check(const SoundCodes& codes, const std::vector<bool>& heard) const {
    const models::MelVaeShape& shape = m_model->shape();
    const bool fits =
        codes.codebookSize == shape.codebookSize && !codes.parts.empty() &&
        heard.size() == static_cast<std::size_t>(shape.levels) &&
        std::ranges::all_of(codes.parts, [&](const models::MelCodes& part) {
            return part.levels == shape.levels && part.frames().value > 0 &&
                   part.g.size() == static_cast<std::size_t>(shape.globalDims) &&
                   std::ranges::all_of(part.codes, [&](int code) { return code < shape.codebookSize; });
        });
    if (fits) return {};
    return failure(ErrorCode::unusableInput, "These codes belong to another model.");
}

Result<std::vector<float>> CodeRenderer::melOf(const models::MelCodes& codes, std::int64_t first,
                                               std::int64_t count) const {
    auto values = m_model->decode(m_space->latents(codes, m_heard, first, count));
    if (values)
        for (float& value : *values) value = std::max(value, kLogMelFloor);
    return values;
}

Status CodeRenderer::renderWhole(const models::MelCodes& codes, std::uint64_t seed, const CancelToken& cancel,
                                 Channel& channel) {
    auto values = melOf(codes, 0, codes.frames().value);
    if (!values) return propagate(values);
    channel.codes = codes;
    channel.mel = {m_model->shape().melBands, std::move(*values)};
    auto signal = m_decoder->decode({&channel.mel, m_length, seed, cancel});
    if (!signal) return propagate(signal);
    channel.signal = std::move(*signal);
    return {};
}

std::vector<CodeRenderer::Stretch> CodeRenderer::changedStretches(const models::MelCodes& codes,
                                                                  const Channel& before) const {
    // Stretches whose surroundings overlap are cheaper as one.
    const std::int64_t apart = 2 * (seenByModel() + 2 * m_decoder->reach() / m_model->shape().fold + 1);
    const auto levels = static_cast<std::size_t>(codes.levels);
    std::vector<Stretch> stretches;
    for (std::int64_t frame = 0; frame < codes.frames().value; ++frame) {
        bool changed = false;
        for (std::size_t level = 0; level < levels; ++level) {
            const std::size_t i = static_cast<std::size_t>(frame) * levels + level;
            changed |= m_heard[level] && codes.codes[i] != before.codes.codes[i];
        }
        if (!changed) continue;
        if (!stretches.empty() && frame - stretches.back().last < apart)
            stretches.back().last = frame + 1;
        else
            stretches.push_back({frame, frame + 1});
    }
    return stretches;
}

Status CodeRenderer::renderStretch(const Stretch& stretch, std::uint64_t seed, const CancelToken& cancel,
                                   Channel& channel, std::vector<SampleSpan>& changed) {
    const std::int64_t frames = channel.codes.frames().value, fold = m_model->shape().fold;
    const std::int64_t seen = seenByModel();
    // The mel of these changes; to be right at their ends they are decoded among as many more.
    const std::int64_t first = std::max<std::int64_t>(0, stretch.first - seen);
    const std::int64_t last = std::min(frames, stretch.last + seen);
    const std::int64_t from = std::max<std::int64_t>(0, first - seen);
    const std::int64_t to = std::min(frames, last + seen);
    auto values = melOf(channel.codes, from, to - from);
    if (!values) return propagate(values);
    const std::int64_t row = fold * channel.mel.bands;
    std::copy(values->begin() + (first - from) * row, values->begin() + (last - from) * row,
              channel.mel.values.begin() + first * row);

    const std::int64_t hop = MelShape().stft.hop;
    const std::int64_t melFirst = std::max<std::int64_t>(0, first * fold - m_decoder->reach());
    const std::int64_t melCount = last * fold + m_decoder->reach() - melFirst;
    auto signal = m_decoder->decode({&channel.mel, m_length, seed, cancel, melFirst, melCount});
    if (!signal) return propagate(signal);
    const std::int64_t start = melFirst * hop;
    const auto count = std::min(std::ssize(*signal), std::ssize(channel.signal) - start);
    if (count <= 0) return {};
    const bool atStart = start == 0, atEnd = start + count == std::ssize(channel.signal);
    const std::int64_t fade = std::min(kFadeSamples, count / 2);
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t edge = std::min(atStart ? fade : i, atEnd ? fade : count - 1 - i);
        const float share =
            edge >= fade ? 1.0F : (static_cast<float>(edge) + 0.5F) / static_cast<float>(fade);
        float& sample = channel.signal[static_cast<std::size_t>(start + i)];
        sample += share * ((*signal)[static_cast<std::size_t>(i)] - sample);
    }
    changed.push_back({start, start + count});
    return {};
}

Result<RenderedCodes> CodeRenderer::render(const SoundCodes& codes, const std::vector<bool>& heard,
                                           const CancelToken& cancel) {
    if (auto fits = check(codes, heard); !fits) return propagate(fits);
    try {
        const bool same =
            m_audio != nullptr && heard == m_heard && codes.length == m_length &&
            codes.parts.size() == m_channels.size() &&
            std::ranges::equal(codes.parts, m_channels, [](const auto& part, const auto& channel) {
                return part.codes.size() == channel.codes.codes.size() && part.g == channel.codes.g;
            });
        // Until all is done, what is remembered is no sound.
        const std::shared_ptr<const AudioBuffer> before = std::exchange(m_audio, nullptr);
        if (!same) m_channels = std::vector<Channel>(codes.parts.size());
        m_heard = heard;
        m_length = codes.length;
        std::vector<SampleSpan> changed;
        for (std::size_t i = 0; i < codes.parts.size(); ++i) {
            Channel& channel = m_channels[i];
            if (!same) {
                if (auto done = renderWhole(codes.parts[i], i + 1, cancel, channel); !done)
                    return propagate(done);
                changed.push_back({0, m_length.value});
                continue;
            }
            const std::vector<Stretch> stretches = changedStretches(codes.parts[i], channel);
            channel.codes = codes.parts[i];
            for (const Stretch& stretch : stretches)
                if (auto done = renderStretch(stretch, i + 1, cancel, channel, changed); !done)
                    return propagate(done);
        }
        m_audio = before;
        if (!changed.empty() || before == nullptr)
            m_audio = std::make_shared<const AudioBuffer>(
                bufferOf(m_channels[0].signal, m_channels.size() > 1 ? &m_channels[1].signal : nullptr));
        return RenderedCodes{m_audio, united(std::move(changed))};
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory for a sound of this length.");
    }
}

Result<AudioBuffer> CodeRenderer::renderCode(int level, int code, std::span<const float> g) {
    const models::MelVaeShape& shape = m_model->shape();
    if (level < 0 || level >= shape.levels || code < 0 || code >= shape.codebookSize ||
        g.size() != static_cast<std::size_t>(shape.globalDims))
        return failure(ErrorCode::unusableInput, "This model has no such code.");
    const std::int64_t hop = MelShape().stft.hop * shape.fold;
    const auto frames = static_cast<std::int64_t>(kHeldSeconds * kSampleRate) / hop;
    auto values = m_model->decode(m_space->held(level, code, g, frames));
    if (!values) return propagate(values);
    LogMel mel{shape.melBands, std::move(*values)};
    for (float& value : mel.values) value = std::max(value, kLogMelFloor);
    auto signal = m_decoder->decode({&mel, Samples(frames * hop), 1, {}});
    if (!signal) return propagate(signal);
    const auto fade = static_cast<std::size_t>(kHeldFadeSeconds * kSampleRate);
    for (std::size_t i = 0; i < std::min(fade, signal->size()); ++i) {
        const float share = static_cast<float>(i) / static_cast<float>(fade);
        (*signal)[i] *= share;
        (*signal)[signal->size() - 1 - i] *= share;
    }
    return bufferOf(*signal, nullptr);
}

}  // namespace smidgen
