#include "engine/morph/morph.h"

#include <algorithm>
#include <cmath>
#include <new>

#include "engine/analysis/mel.h"
#include "engine/morph/channel_source.h"
#include "engine/morph/cycle_voice.h"
#include "storage/wavetable/sampler.h"

namespace smidgen {
namespace {

using storage::Coordinate;
using storage::NodeShape;
using storage::NodeSource;
using storage::Sampler;

/// Rows of one content, as the cube's nodes have them.
struct RowFormat {
    std::size_t columns = 0;
    std::int64_t hop = 0;  ///< samples from row to row
};

Status checkNodes(const NodeSource& source, std::size_t columns) {
    const auto presence = source.presence();
    for (std::size_t i = 0; i < presence.size(); ++i) {
        if (presence[i] == 0) continue;
        const auto point = source.layout().pointAt(i);
        const auto shape = source.shapeAt(point);
        if (shape && (shape->columns != columns || shape->channels > 2))
            return failure(ErrorCode::unusableInput,
                           "The node " + storage::pointText(point) + " is " + storage::shapeText(*shape) +
                               " numbers, but a sound here has " + std::to_string(columns) +
                               " in a row and one or two channels.");
    }
    return {};
}

/// How long the mix at `place` lasts: the lengths of what it is mixed from, weighted as they are.
Result<double> lengthAt(const NodeSource& source, const Coordinate& place,
                        const storage::SamplingOptions& sampling, std::int64_t hop) {
    storage::SamplePlan plan;
    const auto outcome = planSample(source.layout(), source.presence(), place, sampling, plan);
    if (outcome != storage::PlanOutcome::ready) return storage::planFailure(outcome, source.layout(), place);
    double samples = 0;
    for (std::size_t i = 0; i < plan.count; ++i) {
        auto node = source.load(plan.parts[i].point);
        if (!node) return propagate(node);
        const NodeOrigin origin = nodeOriginOf((*node)->metadata);
        const std::int64_t rows = (*node)->shape.rows;
        const std::int64_t length =
            origin.length.value > 0 ? origin.length.value : std::max<std::int64_t>(1, rows - 1) * hop;
        samples += static_cast<double>(plan.parts[i].weight) * static_cast<double>(length);
    }
    return samples;
}

/// Channels of rows, one after the other, and how many samples they stand for.
struct MixedRows {
    std::vector<std::vector<float>> channels;
    std::int64_t samples = 0;
};

/// One hearing of the sound while the place goes from `from` to `to` (shares of the path).
Status mixPass(const NodeSource& source, const MorphRequest& request, const RowFormat& format, double from,
               double to, double samples, MixedRows& mixed) {
    const auto rows = static_cast<std::int64_t>(samples / static_cast<double>(format.hop)) + 1;
    if (rows > storage::kLongestSide)
        return failure(ErrorCode::invalidArgument,
                       "One hearing of the sound can last " +
                           std::to_string(storage::kLongestSide * format.hop / kSampleRate) +
                           " seconds at most. Ask for less, or for more passes.");
    const auto largest = storage::largestShape(source);
    const NodeShape shape{static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(format.columns),
                          largest ? largest->channels : 1};
    auto sampler = Sampler::create(source, request.sampling, shape);
    if (!sampler) return propagate(sampler);
    mixed.channels.resize(shape.channels);
    std::vector<float> row(shape.rowCount());
    for (std::int64_t t = 0; t < rows; ++t) {
        const double share = from + (to - from) * (static_cast<double>(t) + 0.5) / static_cast<double>(rows);
        if (auto mixedRow =
                sampler->sampleRow(placeOnPath(request.places, share), static_cast<std::uint32_t>(t), row);
            !mixedRow)
            return mixedRow;
        for (std::size_t c = 0; c < shape.channels; ++c)
            for (std::size_t i = c; i < row.size(); i += shape.channels) mixed.channels[c].push_back(row[i]);
    }
    mixed.samples += rows * format.hop;
    return {};
}

Result<MixedRows> mixRows(const NodeSource& source, const MorphRequest& request, const RowFormat& format,
                          const CancelToken& cancel) {
    MixedRows mixed;
    double length = 0;
    for (int pass = 0; pass < request.passes; ++pass) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The morph was not finished.");
        const double from = static_cast<double>(pass) / request.passes;
        const double to = static_cast<double>(pass + 1) / request.passes;
        Result<double> samples = request.seconds
                                     ? Result<double>(*request.seconds * kSampleRate / request.passes)
                                     : lengthAt(source, placeOnPath(request.places, (from + to) / 2),
                                                request.sampling, format.hop);
        if (!samples) return propagate(samples);
        length += *samples;
        if (length > kLongestMorph * kSampleRate)
            return failure(ErrorCode::invalidArgument, "A morph lasts an hour at most.");
        if (auto done = mixPass(source, request, format, from, to, *samples, mixed); !done)
            return propagate(done);
    }
    // Of several passes each ends on a whole row, so that the next begins on one.
    if (request.passes == 1) mixed.samples = std::max<std::int64_t>(1, std::llround(length));
    return mixed;
}

/// Rows of latents as a model wants them: z, and g frame by frame.
Result<LogMel> melOfLatents(const models::MelVae& model, const std::vector<float>& rows) {
    const auto z = static_cast<std::size_t>(model.shape().latentDims);
    const std::size_t columns = z + static_cast<std::size_t>(model.shape().globalDims);
    models::Latents latents;
    latents.latentDims = model.shape().latentDims;
    for (std::size_t at = 0; at + columns <= rows.size(); at += columns) {
        const auto row = rows.begin() + static_cast<std::ptrdiff_t>(at);
        latents.z.insert(latents.z.end(), row, row + static_cast<std::ptrdiff_t>(z));
        latents.g.insert(latents.g.end(), row + static_cast<std::ptrdiff_t>(z),
                         row + static_cast<std::ptrdiff_t>(columns));
    }
    auto values = model.decode(latents);
    if (!values) return propagate(values);
    return LogMel{model.shape().melBands, std::move(*values)};
}

Status checkRequest(const MorphVoice& voice, const MorphRequest& request) {
    if (request.places.empty())
        return failure(ErrorCode::invalidArgument, "Say where in the cube to listen.");
    if (request.passes < 1 || request.passes > kMostPasses)
        return failure(ErrorCode::invalidArgument,
                       "The sound can be heard 1 to " + std::to_string(kMostPasses) + " times on its way.");
    if (request.seconds && !(*request.seconds >= 0.01 && *request.seconds <= kLongestMorph))
        return failure(ErrorCode::invalidArgument, "A morph lasts 0.01 seconds to an hour.");
    if (!(request.hertz >= 1 && request.hertz <= 20'000))
        return failure(ErrorCode::invalidArgument, "The pitch is a number from 1 to 20000 Hz.");
    if (voice.content == CubeContent::numbers)
        return failure(ErrorCode::invalidArgument,
                       "The nodes of this cube are plain numbers, which cannot be heard.");
    if (voice.content == CubeContent::latents && voice.model == nullptr)
        return failure(ErrorCode::invalidArgument, "A cube of latents is heard through its model.");
    if (voice.content != CubeContent::cycles && voice.decoder == nullptr)
        return failure(ErrorCode::invalidArgument, "A cube of sounds is heard through a decoder.");
    return {};
}

Result<AudioBuffer> morphChecked(const NodeSource& source, const MorphVoice& voice,
                                 const MorphRequest& request, const CancelToken& cancel) {
    if (voice.content == CubeContent::cycles) return playCycles(source, request, cancel);
    auto silence = silentRow(voice.content, voice.model);
    if (!silence) return propagate(silence);
    RowFormat format{silence->size(), MelShape().stft.hop};
    if (voice.content == CubeContent::latents) format.hop *= voice.model->shape().fold;
    if (auto checked = checkNodes(source, format.columns); !checked) return propagate(checked);
    const ChannelSource channels(source, *silence);
    auto mixed = mixRows(channels, request, format, cancel);
    if (!mixed) return propagate(mixed);
    std::vector<std::vector<float>> signals;
    for (std::vector<float>& rows : mixed->channels) {
        LogMel mel;
        if (voice.content == CubeContent::latents) {
            auto decoded = melOfLatents(*voice.model, rows);
            if (!decoded) return propagate(decoded);
            mel = std::move(*decoded);
        } else {
            mel.values = std::move(rows);
        }
        for (float& value : mel.values) value = std::max(value, kLogMelFloor);
        auto signal = voice.decoder->decode({&mel, Samples(mixed->samples), signals.size() + 1, cancel});
        if (!signal) return propagate(signal);
        signals.push_back(std::move(*signal));
    }
    if (signals.size() == 2) return fromMidSide(signals[0], signals[1]);
    AudioBuffer mono(0, Samples(0));
    mono.channels.push_back(std::move(signals.front()));
    return mono;
}

double distance(const Coordinate& a, const Coordinate& b) {
    return std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
}

}  // namespace

Coordinate placeOnPath(const std::vector<Coordinate>& corners, double share) {
    double whole = 0;
    for (std::size_t i = 1; i < corners.size(); ++i) whole += distance(corners[i - 1], corners[i]);
    double left = std::clamp(share, 0.0, 1.0) * whole;
    for (std::size_t i = 1; i < corners.size(); ++i) {
        const Coordinate &a = corners[i - 1], &b = corners[i];
        const double piece = distance(a, b);
        if (left <= piece && piece > 0) {
            const double t = left / piece;
            return {std::lerp(a.x, b.x, t), std::lerp(a.y, b.y, t), std::lerp(a.z, b.z, t)};
        }
        left -= piece;
    }
    return corners.back();
}

Result<AudioBuffer> morph(const NodeSource& source, const MorphVoice& voice, const MorphRequest& request,
                          const CancelToken& cancel) {
    if (auto checked = checkRequest(voice, request); !checked) return propagate(checked);
    try {
        return morphChecked(source, voice, request, cancel);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory,
                       "There is not enough memory for a sound of this length. Choose a shorter duration.");
    }
}

}  // namespace smidgen
