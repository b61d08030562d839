#include "engine/workstation/cube_fill.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <new>
#include <string_view>

#include "engine/analysis/mel.h"
#include "engine/library/library.h"
#include "engine/workstation/cube_nodes.h"
#include "engine/workstation/workstation.h"
#include "storage/wavetable/lazy_cube.h"

namespace smidgen {
namespace {

constexpr std::string_view kMadeBy = "model:";
constexpr std::size_t kCacheBytes = std::size_t{256} << 20;
constexpr std::size_t kMostNeighbours = 8;
constexpr double kNepersPerDecibel = 0.11512925464970229;  // ln 10 / 20

/// A node in latent space: rows of z and g, channel by channel.
struct LatentRows {
    std::vector<std::vector<float>> channels;
    std::size_t columns = 0;
    double samples = 0;
    std::string name;
    [[nodiscard]] std::size_t rows() const { return channels.front().size() / columns; }
};

std::vector<float> channelOf(const storage::Node& node, std::size_t channel) {
    const std::span<const float> values = node.floats();
    std::vector<float> one;
    one.reserve(values.size() / node.shape.channels);
    for (std::size_t i = channel; i < values.size(); i += node.shape.channels) one.push_back(values[i]);
    return one;
}

/// What lies on a node as latents of the model.
Result<LatentRows> latentsOn(const storage::Node& node, CubeContent content, const models::MelVae& model) {
    const models::MelVaeShape& shape = model.shape();
    const auto z = static_cast<std::size_t>(shape.latentDims);
    const auto g = static_cast<std::size_t>(shape.globalDims);
    LatentRows rows;
    rows.columns = z + g;
    const NodeOrigin origin = nodeOriginOf(node.metadata);
    rows.name = origin.name;
    const double hop = MelShape().stft.hop * (content == CubeContent::mel ? 1 : shape.fold);
    rows.samples = origin.length.value > 0 ? static_cast<double>(origin.length.value)
                                           : std::max(1.0, node.shape.rows - 1.0) * hop;
    const std::size_t columns =
        content == CubeContent::mel ? static_cast<std::size_t>(shape.melBands) : rows.columns;
    if (node.shape.columns != columns || node.shape.channels > 2)
        return failure(ErrorCode::unusableInput,
                       "A node of this cube is no sound that the model could hear: it is " +
                           storage::shapeText(node.shape) + " numbers.");
    for (std::size_t channel = 0; channel < node.shape.channels; ++channel) {
        std::vector<float> values = channelOf(node, channel);
        if (content == CubeContent::mel) {
            auto latents = model.encode(values);
            if (!latents) return propagate(latents);
            const auto frames = static_cast<std::size_t>(latents->frames().value);
            values.clear();
            for (std::size_t t = 0; t < frames; ++t) {
                const auto row = latents->z.begin() + static_cast<std::ptrdiff_t>(t * z);
                values.insert(values.end(), row, row + static_cast<std::ptrdiff_t>(z));
                values.insert(values.end(), latents->g.begin(), latents->g.end());
            }
        }
        rows.channels.push_back(std::move(values));
    }
    return rows;
}

struct Neighbour {
    std::size_t index = 0;
    double weight = 0;
};

/// The nearest nodes, by the inverse square of their distance; weights sum to 1.
std::vector<Neighbour> neighboursOf(const storage::CubeLayout& layout, const std::vector<std::size_t>& nodes,
                                    const CubePlace& gap) {
    std::vector<Neighbour> near;
    for (const std::size_t index : nodes) {
        const CubePlace at = layout.pointAt(index);
        const double x = static_cast<double>(at.x) - gap.x, y = static_cast<double>(at.y) - gap.y,
                     z = static_cast<double>(at.z) - gap.z;
        near.push_back({index, 1.0 / (x * x + y * y + z * z)});
    }
    std::ranges::stable_sort(near, std::greater<>(), &Neighbour::weight);
    if (near.size() > kMostNeighbours) near.resize(kMostNeighbours);
    double sum = 0;
    for (const Neighbour& each : near) sum += each.weight;
    for (Neighbour& each : near) each.weight /= sum;
    return near;
}

class GapFiller {
 public:
    GapFiller(const storage::LazyCube& source, CubeContent content, const models::MelVae& model,
              std::string modelName, std::vector<float> silence)
        : m_source(source),
          m_content(content),
          m_model(model),
          m_modelName(std::move(modelName)),
          m_silence(std::move(silence)) {
        for (std::size_t i = 0; i < source.presence().size(); ++i)
            (source.presence()[i] != 0 ? m_nodes : m_gaps).push_back(i);
    }
    [[nodiscard]] const std::vector<std::size_t>& nodes() const { return m_nodes; }
    [[nodiscard]] const std::vector<std::size_t>& gaps() const { return m_gaps; }

    Result<storage::Bytes> render(const CubePlace& gap) {
        const std::vector<Neighbour> near = neighboursOf(m_source.layout(), m_nodes, gap);
        double rows = 0, samples = 0;
        std::size_t channels = 1;
        for (const Neighbour& each : near) {
            if (auto heard = hear(each.index); !heard) return propagate(heard);
            const LatentRows& latents = m_heard.at(each.index);
            rows += each.weight * static_cast<double>(latents.rows());
            samples += each.weight * latents.samples;
            channels = std::max(channels, latents.channels.size());
        }
        const auto count = static_cast<std::size_t>(std::max(1.0, std::round(rows)));
        std::vector<std::vector<float>> mixed;
        for (std::size_t channel = 0; channel < channels; ++channel)
            mixed.push_back(mix(near, channel, count));
        return encode(mixed, near, samples);
    }

 private:
    Status hear(std::size_t index) {
        if (m_heard.contains(index)) return {};
        auto node = m_source.load(m_source.layout().pointAt(index));
        if (!node) return propagate(node);
        auto latents = latentsOn(**node, m_content, m_model);
        if (!latents) return propagate(latents);
        m_heard.emplace(index, std::move(*latents));
        return {};
    }

    /// Rows between rows are straight lines; a channel that a sound does not have is silent.
    std::vector<float> mix(const std::vector<Neighbour>& near, std::size_t channel, std::size_t count) {
        const std::size_t columns = m_heard.at(near.front().index).columns;
        std::vector<float> mixed(count * columns);
        for (const Neighbour& each : near) {
            const LatentRows& latents = m_heard.at(each.index);
            const bool silent = channel >= latents.channels.size();
            const std::vector<float>& values = silent ? m_silence : latents.channels[channel];
            const std::size_t last = values.size() / columns - 1;
            for (std::size_t t = 0; t < count; ++t) {
                const double at = count > 1 ? static_cast<double>(t) * static_cast<double>(last) /
                                                  static_cast<double>(count - 1)
                                            : 0.0;
                const auto row = std::min(static_cast<std::size_t>(at), last);
                const auto share = static_cast<float>(at - static_cast<double>(row));
                const float* const from = values.data() + row * columns;
                const float* const to = values.data() + std::min(row + 1, last) * columns;
                float* const into = mixed.data() + t * columns;
                const auto weight = static_cast<float>(each.weight);
                for (std::size_t c = 0; c < columns; ++c)
                    into[c] += weight * (from[c] + share * (to[c] - from[c]));
            }
        }
        return mixed;
    }

    Result<std::vector<float>> melOf(const std::vector<float>& rows, double samples) const {
        const auto z = static_cast<std::size_t>(m_model.shape().latentDims);
        const std::size_t columns = z + static_cast<std::size_t>(m_model.shape().globalDims);
        models::Latents latents;
        latents.latentDims = m_model.shape().latentDims;
        for (std::size_t at = 0; at < rows.size(); at += columns) {
            const auto row = rows.begin() + static_cast<std::ptrdiff_t>(at);
            latents.z.insert(latents.z.end(), row, row + static_cast<std::ptrdiff_t>(z));
            latents.g.insert(latents.g.end(), row + static_cast<std::ptrdiff_t>(z),
                             row + static_cast<std::ptrdiff_t>(columns));
        }
        auto mel = m_model.decode(latents);
        if (!mel) return propagate(mel);
        const auto bands = static_cast<std::size_t>(m_model.shape().melBands);
        const auto most = static_cast<std::size_t>(samples / MelShape().stft.hop) + 1;
        mel->resize(std::min(mel->size() / bands, most) * bands);
        return mel;
    }

    Result<storage::Bytes> encode(const std::vector<std::vector<float>>& latents,
                                  const std::vector<Neighbour>& near, double samples) const {
        std::vector<std::vector<float>> channels;
        for (const std::vector<float>& rows : latents) {
            if (m_content != CubeContent::mel) {
                channels.push_back(rows);
                continue;
            }
            auto mel = melOf(rows, samples);
            if (!mel) return propagate(mel);
            channels.push_back(std::move(*mel));
        }
        const std::size_t columns = m_content == CubeContent::mel
                                        ? static_cast<std::size_t>(m_model.shape().melBands)
                                        : m_heard.at(near.front().index).columns;
        const storage::NodeShape shape{static_cast<std::uint32_t>(channels.front().size() / columns),
                                       static_cast<std::uint32_t>(columns),
                                       static_cast<std::uint32_t>(channels.size())};
        std::vector<float> values(shape.count());
        for (std::size_t c = 0; c < channels.size(); ++c)
            for (std::size_t i = 0; i < channels[c].size(); ++i)
                values[i * channels.size() + c] = channels[c][i];
        NodeOrigin origin;
        origin.name = m_heard.at(near.front().index).name;
        if (near.size() > 1) origin.name += " … " + m_heard.at(near[1].index).name;
        origin.source = std::string(kMadeBy) + m_modelName;
        origin.length = Samples(std::llround(samples));
        auto node = storage::makeNode(shape, values, toJson(origin));
        if (!node) return propagate(node);
        storage::EncodeRequest request;
        request.limit.largest =
            usualExactness(m_content).largest * (m_content == CubeContent::mel ? kNepersPerDecibel : 1.0);
        auto encoded = storage::encodeNode(**node, request);
        if (!encoded) return propagate(encoded);
        return std::move(encoded->stream);
    }

    const storage::LazyCube& m_source;
    CubeContent m_content;
    const models::MelVae& m_model;
    std::string m_modelName;
    std::vector<float> m_silence;  ///< a row
    std::vector<std::size_t> m_nodes, m_gaps;
    std::map<std::size_t, LatentRows> m_heard;
};

}  // namespace

Result<std::vector<KeptNode>> renderGaps(Workstation& workstation, const CubeId& id, const std::string& model,
                                         const CancelToken& cancel,
                                         const std::function<void(std::size_t, std::size_t)>& progress) {
    const auto cube = workstation.items().cube(id);
    if (cube == nullptr) return failure(ErrorCode::notFound, "There is no cube '" + id + "' in the library.");
    const CubeContent content = cubeContentOf(cube->content).value_or(CubeContent::numbers);
    if (content != CubeContent::mel && content != CubeContent::latents)
        return failure(ErrorCode::invalidArgument,
                       "A model fills cubes of sounds and of latents alone: it knows nothing of what lies on "
                       "this one.");
    const std::string wanted = content == CubeContent::latents ? cube->model : model;
    if (wanted.empty())
        return failure(ErrorCode::notFound, "Choose the model that is to fill the gaps, or train one first.");
    auto known = workstation.findModel(wanted);
    if (!known) return propagate(known);
    auto loaded = workstation.loadModel(wanted);
    if (!loaded) return propagate(loaded);
    auto silence = silentRow(CubeContent::latents, loaded->get());
    if (!silence) return propagate(silence);
    auto nodes = workstation.items().openCube(id);
    if (!nodes) return propagate(nodes);
    try {
        const storage::LazyCube source(*nodes, kCacheBytes);
        GapFiller filler(source, content, **loaded, (*known)->name, std::move(*silence));
        if (filler.nodes().empty())
            return failure(ErrorCode::notFound, "The cube is empty: put sounds on some of its nodes first.");
        if (filler.gaps().empty())
            return failure(ErrorCode::invalidArgument, "The cube has no gap: something lies on every node.");
        std::vector<KeptNode> filled;
        for (const std::size_t gap : filler.gaps()) {
            if (cancel.cancelled())
                return failure(ErrorCode::cancelled, "The gaps stay as they are: filling was cancelled.");
            const CubePlace place = source.layout().pointAt(gap);
            auto stream = filler.render(place);
            if (!stream) return propagate(stream);
            filled.push_back({place, std::move(*stream)});
            if (progress) progress(filled.size(), filler.gaps().size());
        }
        return filled;
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory to fill this cube.");
    }
}

bool madeByModel(const NodeOrigin& origin) {
    return origin.source.starts_with(kMadeBy);
}

Status nameCubeAxes(Workstation& workstation, const CubeId& id, const std::array<std::string, 3>& axes) {
    auto changed =
        changeCubeNodes(workstation, id, [&](storage::EditedCube& cube) { return cube.nameAxes(axes); });
    if (!changed) return propagate(changed);
    return {};
}

}  // namespace smidgen
