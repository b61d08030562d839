#include "engine/morph/cube_node.h"

#include <algorithm>
#include <new>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "engine/analysis/mel.h"
#include "engine/audio/resampler.h"

namespace smidgen {
namespace {

using storage::NodePointer;
using storage::NodeShape;

constexpr std::uint32_t kCycleLength = 2048;  ///< of wavetable files, as synthesizers write them

constexpr std::pair<CubeContent, const char*> kContents[] = {{CubeContent::mel, "mel"},
                                                             {CubeContent::latents, "latents"},
                                                             {CubeContent::cycles, "cycles"},
                                                             {CubeContent::numbers, "numbers"}};

/// Channels side by side: frames × columns each.
Result<NodePointer> nodeOf(const std::vector<std::vector<float>>& channels, std::size_t columns,
                           const NodeOrigin& origin) {
    const NodeShape shape{static_cast<std::uint32_t>(channels.front().size() / columns),
                          static_cast<std::uint32_t>(columns), static_cast<std::uint32_t>(channels.size())};
    std::vector<float> values(shape.count());
    for (std::size_t c = 0; c < channels.size(); ++c)
        for (std::size_t i = 0; i < channels[c].size(); ++i) values[i * channels.size() + c] = channels[c][i];
    return storage::makeNode(shape, values, toJson(origin));
}

/// z and g of every frame in one row.
std::vector<float> rowsOf(const models::Latents& latents) {
    const auto z = static_cast<std::size_t>(latents.latentDims);
    const auto frames = static_cast<std::size_t>(latents.frames().value);
    std::vector<float> rows;
    rows.reserve(frames * (z + latents.g.size()));
    for (std::size_t t = 0; t < frames; ++t) {
        rows.insert(rows.end(), latents.z.begin() + static_cast<std::ptrdiff_t>(t * z),
                    latents.z.begin() + static_cast<std::ptrdiff_t>((t + 1) * z));
        rows.insert(rows.end(), latents.g.begin(), latents.g.end());
    }
    return rows;
}

template <typename Describe>
Result<NodePointer> soundNode(const AudioBuffer& sound, NodeOrigin origin, double longest,
                              std::size_t columns, const Describe& describe) {
    try {
        if (sound.length().value == 0)
            return failure(ErrorCode::unusableInput, "There is no sound in '" + origin.name + "'.");
        if (sound.duration().value > longest)
            return failure(ErrorCode::unusableInput,
                           "'" + origin.name + "' is longer than the " +
                               std::to_string(static_cast<int>(longest)) +
                               " seconds that a node of the cube holds. Put a part of it there.");
        auto atRate = resample(sound, kSampleRate);
        if (!atRate) return propagate(atRate);
        const MidSide parts = toMidSide(*atRate);
        origin.length = Samples(static_cast<std::int64_t>(parts.mid.size()));
        std::vector<std::vector<float>> channels;
        for (const auto* part : {&parts.mid, &parts.side}) {
            if (part->empty()) continue;
            MelAnalyzer analyzer;
            Result<std::vector<float>> rows = describe(analyzer.analyze(*part).values);
            if (!rows) return propagate(rows);
            channels.push_back(std::move(*rows));
        }
        return nodeOf(channels, columns, origin);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory for a sound of this length.");
    }
}

}  // namespace

const char* nameOf(CubeContent content) {
    for (const auto& [each, name] : kContents)
        if (each == content) return name;
    return "?";
}

std::optional<CubeContent> cubeContentOf(const std::string& name) {
    for (const auto& [each, text] : kContents)
        if (name == text) return each;
    return std::nullopt;
}

std::string toJson(const NodeOrigin& origin) {
    return nlohmann::json{{"name", origin.name}, {"source", origin.source}, {"samples", origin.length.value}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

NodeOrigin nodeOriginOf(const std::string& metadata) {
    NodeOrigin origin;
    const auto json = nlohmann::json::parse(metadata, nullptr, false);
    if (!json.is_object()) return origin;
    const auto text = [&](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    origin.name = text("name");
    origin.source = text("source");
    const auto samples = json.find("samples");
    if (samples != json.end() && samples->is_number_integer())
        origin.length = Samples(std::clamp<std::int64_t>(samples->get<std::int64_t>(), 0,
                                                         static_cast<std::int64_t>(100 * kSampleRate)));
    return origin;
}

Result<NodePointer> melNode(const AudioBuffer& sound, NodeOrigin origin) {
    return soundNode(sound, std::move(origin), kLongestMelNode, kMelBands,
                     [](std::vector<float> mel) -> Result<std::vector<float>> { return mel; });
}

Result<NodePointer> latentNode(const models::MelVae& model, const AudioBuffer& sound, NodeOrigin origin) {
    const auto columns = static_cast<std::size_t>(model.shape().latentDims + model.shape().globalDims);
    return soundNode(sound, std::move(origin), kLongestLatentNode, columns,
                     [&](const std::vector<float>& mel) -> Result<std::vector<float>> {
                         auto latents = model.encode(mel);
                         if (!latents) return propagate(latents);
                         return rowsOf(*latents);
                     });
}

Result<NodePointer> cycleNode(const AudioBuffer& sound, NodeOrigin origin) {
    const std::vector<float> samples = toMidSide(sound).mid;
    const bool isOne = samples.size() >= 3 && samples.size() <= storage::kLongestSide;
    const bool isTable = samples.size() % kCycleLength == 0 && !samples.empty() &&
                         samples.size() / kCycleLength <= storage::kLongestSide;
    if (!isOne && !isTable)
        return failure(ErrorCode::unusableInput,
                       "'" + origin.name + "' has " + std::to_string(samples.size()) +
                           " samples: a single cycle has 3 to 4096, a table of cycles a multiple of 2048.");
    origin.length = {};
    return nodeOf({samples},
                  isOne && !(isTable && samples.size() > kCycleLength) ? samples.size() : kCycleLength,
                  origin);
}

Result<std::vector<float>> silentRow(CubeContent content, const models::MelVae* model) {
    if (content == CubeContent::mel) return std::vector<float>(kMelBands, kLogMelFloor);
    if (content != CubeContent::latents || model == nullptr) return std::vector<float>();
    constexpr std::size_t kFrames = 64;
    auto latents = model->encode(std::vector<float>(kFrames * kMelBands, kLogMelFloor));
    if (!latents) return propagate(latents);
    // From the middle, where the ends of the sound are not felt.
    const std::vector<float> rows = rowsOf(*latents);
    const std::size_t columns = rows.size() / static_cast<std::size_t>(latents->frames().value);
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(columns) * (latents->frames().value / 2);
    return std::vector<float>(first, first + static_cast<std::ptrdiff_t>(columns));
}

}  // namespace smidgen
