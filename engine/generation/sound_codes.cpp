#include "engine/generation/sound_codes.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <nlohmann/json.hpp>

#include "engine/analysis/mel.h"
#include "engine/audio/resampler.h"
#include "engine/generation/codes_length.h"
#include "engine/generation/mel_decoder.h"
#include "engine/generation/recipe.h"

namespace smidgen {
namespace {

constexpr int kCodesVersion = 1;
constexpr int kMostLevels = 16;

tl::unexpected<Error> notCodes(const std::string& detail) {
    return failure(ErrorCode::unusableInput,
                   "These are not codes that 'smidgen encode' wrote, or they are damaged.", detail);
}

Result<models::MelCodes> partFromJson(const nlohmann::json& json, int levels, int codebookSize) {
    models::MelCodes part;
    part.levels = levels;
    for (const auto& row : json.at("codes")) {
        if (!row.is_array() || static_cast<int>(row.size()) != levels)
            return notCodes("a row with another number of levels");
        for (const auto& value : row) {
            const auto code = value.get<std::int64_t>();
            if (code < 0 || code >= codebookSize) return notCodes("a code beyond the codebook");
            part.codes.push_back(static_cast<std::uint16_t>(code));
        }
    }
    for (const auto& value : json.at("global")) {
        part.g.push_back(value.get<float>());
        if (!std::isfinite(part.g.back())) return notCodes("a number that is not finite");
    }
    return part;
}

}  // namespace

std::string toJson(const SoundCodes& codes) {
    nlohmann::ordered_json parts = nlohmann::ordered_json::array();
    for (const models::MelCodes& part : codes.parts) {
        nlohmann::ordered_json rows = nlohmann::ordered_json::array();
        const auto levels = static_cast<std::size_t>(std::max(part.levels, 1));
        for (std::size_t i = 0; i + levels <= part.codes.size(); i += levels)
            rows.push_back(
                std::vector<std::uint16_t>(part.codes.begin() + static_cast<std::ptrdiff_t>(i),
                                           part.codes.begin() + static_cast<std::ptrdiff_t>(i + levels)));
        parts.push_back({{"channel", parts.empty() ? "mid" : "side"}, {"global", part.g}, {"codes", rows}});
    }
    const nlohmann::ordered_json json = {
        {"smidgen_codes", kCodesVersion},
        {"model", codes.modelId},
        {"levels", codes.parts.empty() ? 0 : codes.parts.front().levels},
        {"codebook_size", codes.codebookSize},
        {"samples", codes.length.value},
        {"parts", parts},
    };
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<SoundCodes> soundCodesFromJson(const std::string& text) {
    try {
        const auto json = nlohmann::json::parse(text);
        if (json.at("smidgen_codes").get<int>() > kCodesVersion)
            return failure(ErrorCode::unusableInput,
                           "These codes were written by a newer Smidgen. Update Smidgen to use them.");
        SoundCodes codes;
        codes.modelId = json.at("model").get<std::string>();
        codes.codebookSize = json.at("codebook_size").get<int>();
        codes.length = Samples(json.at("samples").get<std::int64_t>());
        const int levels = json.at("levels").get<int>();
        if (levels < 1 || levels > kMostLevels || codes.codebookSize < 2 || codes.codebookSize > 65536)
            return notCodes("sizes out of range");
        for (const auto& item : json.at("parts")) {
            auto part = partFromJson(item, levels, codes.codebookSize);
            if (!part) return propagate(part);
            codes.parts.push_back(std::move(*part));
        }
        if (codes.parts.empty() || codes.parts.size() > 2) return notCodes("no part, or more than two");
        const auto longest = static_cast<std::int64_t>(kLongestTakeSeconds * kSampleRate);
        for (const models::MelCodes& part : codes.parts)
            if (part.frames() != codes.parts.front().frames() || part.frames().value == 0)
                return notCodes("parts of different or no length");
        if (codes.length.value < 1 || codes.length.value > longest) return notCodes("a length out of range");
        return codes;
    } catch (const std::exception& error) {
        return notCodes(error.what());
    }
}

Result<SoundCodes> encodeToCodes(const models::MelVae& model, const std::string& modelId,
                                 const AudioBuffer& sound) {
    try {
        auto atRate = resample(sound, kSampleRate);
        if (!atRate) return propagate(atRate);
        const MidSide channels = toMidSide(*atRate);
        SoundCodes codes;
        codes.modelId = modelId;
        codes.codebookSize = model.shape().codebookSize;
        codes.length = Samples(static_cast<std::int64_t>(channels.mid.size()));
        for (const auto* channel : {&channels.mid, &channels.side}) {
            if (channel->empty()) continue;
            MelAnalyzer analyzer;
            auto part = model.encodeCodes(analyzer.analyze(*channel).values);
            if (!part) return propagate(part);
            codes.parts.push_back(std::move(*part));
        }
        if (codes.parts.empty())
            return failure(ErrorCode::invalidArgument, "There is no sound to turn into codes.");
        return codes;
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory for a sound of this length.");
    }
}

Result<AudioBuffer> decodeFromCodes(const models::MelVae& model, const SoundCodes& codes, int levels,
                                    MelDecoder& decoder, const CancelToken& cancel) {
    if (codes.codebookSize != model.shape().codebookSize)
        return failure(ErrorCode::unusableInput, "These codes belong to another model.");
    std::vector<std::vector<float>> channels;
    for (const models::MelCodes& part : codes.parts) {
        auto latents = model.latentsOf(part, levels);
        if (!latents && latents.error().code == ErrorCode::invalidArgument)
            return failure(ErrorCode::unusableInput, latents.error().sentence);
        if (!latents) return propagate(latents);
        auto values = model.decode(*latents);
        if (!values && values.error().code == ErrorCode::invalidArgument)
            return failure(ErrorCode::unusableInput, values.error().sentence);
        if (!values) return propagate(values);
        LogMel mel{model.shape().melBands, std::move(*values)};
        for (float& value : mel.values) value = std::max(value, kLogMelFloor);
        auto signal =
            decoder.decode({&mel, lengthOf(codes, model.shape().fold), channels.size() + 1, cancel});
        if (!signal) return propagate(signal);
        channels.push_back(std::move(*signal));
    }
    if (channels.size() == 2) return fromMidSide(channels[0], channels[1]);
    AudioBuffer mono(0, Samples(0));
    mono.channels.push_back(std::move(channels.front()));
    return mono;
}

}  // namespace smidgen
