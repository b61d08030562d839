#include "storage/wavetable/node_layers.h"

#include <algorithm>
#include <utility>

namespace smidgen::storage {
namespace {

constexpr auto kScratch = static_cast<std::size_t>(Layer::scratch);
constexpr auto kWorking = static_cast<std::size_t>(Layer::working);
constexpr auto kKept = static_cast<std::size_t>(Layer::kept);

tl::unexpected<Error> noRoom(Layer layer, std::size_t needed, std::size_t free, const std::string& remedy) {
    return failure(ErrorCode::outOfMemory, "The " + std::string(layerName(layer)) + " layer has room for " +
                                               std::to_string(free) + " bytes more, and " +
                                               std::to_string(needed) + " are needed. " + remedy);
}

tl::unexpected<Error> unknown(const std::string& name) {
    return failure(ErrorCode::notFound, "No layer has a sound named '" + name + "'.");
}

}  // namespace

std::string_view layerName(Layer layer) {
    constexpr std::array<std::string_view, kLayerCount> kNames{"scratch", "working", "kept"};
    return kNames[static_cast<std::size_t>(layer)];
}

std::size_t LayerBudgets::of(Layer layer) const {
    return std::array{scratch, working, kept}[static_cast<std::size_t>(layer)];
}

Status NodeLayers::put(const std::string& name, NodePointer node) {
    if (!node || !node->values)
        return failure(ErrorCode::invalidArgument, "No sound was given to put aside.");
    const std::size_t bytes = node->shape.bytes();
    if (bytes > m_budgets.scratch)
        return noRoom(Layer::scratch, bytes, m_budgets.scratch,
                      "Give it a larger budget, or use smaller nodes.");
    auto moves = plan(bytes, name);
    if (!moves) return propagate(moves);
    forgetFresh(name);
    for (Move& move : *moves) {
        forgetFresh(move.name);
        m_bytes[kWorking] += move.packed.stream.size();
        m_working[move.name] = std::move(move.packed);
    }
    m_recent.push_front(name);
    m_scratch[name] = {std::move(node), m_recent.begin()};
    m_bytes[kScratch] += bytes;
    return {};
}

Result<std::vector<NodeLayers::Move>> NodeLayers::plan(std::size_t needed,
                                                       const std::string& replaced) const {
    std::size_t scratch = m_bytes[kScratch] + needed;
    std::size_t working = m_bytes[kWorking];
    if (const auto old = m_scratch.find(replaced); old != m_scratch.end())
        scratch -= old->second.node->shape.bytes();
    if (const auto old = m_working.find(replaced); old != m_working.end())
        working -= old->second.stream.size();
    std::vector<Move> moves;
    for (auto oldest = m_recent.rbegin(); scratch > m_budgets.scratch; ++oldest) {
        if (*oldest == replaced) continue;
        const NodePointer& node = m_scratch.at(*oldest).node;
        auto encoded = encodeNode(*node, {Codec::exact, {.largest = 0}});
        if (!encoded) return propagate(encoded);
        scratch -= node->shape.bytes();
        working += encoded->stream.size();
        if (working > m_budgets.working)
            return noRoom(Layer::working, encoded->stream.size(),
                          m_budgets.working - (working - encoded->stream.size()),
                          "Keep some of its sounds, or discard some, and try again.");
        moves.push_back({*oldest, {encoded->header, std::move(encoded->stream)}});
    }
    return moves;
}

void NodeLayers::forgetFresh(const std::string& name) {
    if (const auto loose = m_scratch.find(name); loose != m_scratch.end()) {
        m_bytes[kScratch] -= loose->second.node->shape.bytes();
        m_recent.erase(loose->second.place);
        m_scratch.erase(loose);
    }
    if (const auto packed = m_working.find(name); packed != m_working.end()) {
        m_bytes[kWorking] -= packed->second.stream.size();
        m_working.erase(packed);
    }
}

Result<NodePointer> NodeLayers::get(const std::string& name) {
    if (const auto loose = m_scratch.find(name); loose != m_scratch.end()) {
        m_recent.splice(m_recent.begin(), m_recent, loose->second.place);
        return loose->second.node;
    }
    if (const auto packed = m_working.find(name); packed != m_working.end())
        return decodeNode(packed->second.stream);
    if (const auto packed = m_kept.find(name); packed != m_kept.end())
        return decodeNode(packed->second.stream);
    return unknown(name);
}

Result<NodeLayers::Kept> NodeLayers::keep(const std::string& name, const EncodeRequest& request) {
    const auto layer = layerOf(name);
    if (!layer || *layer == Layer::kept) return unknown(name);
    auto node = get(name);
    if (!node) return propagate(node);
    auto encoded = encodeNode(**node, request);
    if (!encoded) return propagate(encoded);
    const auto old = m_kept.find(name);
    const std::size_t replaced = old != m_kept.end() ? old->second.stream.size() : 0;
    const std::size_t others = m_bytes[kKept] - replaced;
    const std::size_t bytes = encoded->stream.size();
    if (bytes > m_budgets.kept - std::min(others, m_budgets.kept))
        return noRoom(Layer::kept, bytes, m_budgets.kept - std::min(others, m_budgets.kept),
                      "Allow a larger error, discard what is not needed, or give it a larger budget.");
    Kept result{encoded->header, std::move(encoded->note), bytes};
    m_kept[name] = {encoded->header, std::move(encoded->stream)};
    m_bytes[kKept] = others + bytes;
    forgetFresh(name);
    return result;
}

Status NodeLayers::discard(const std::string& name) {
    if (!layerOf(name)) return unknown(name);
    forgetFresh(name);
    if (const auto packed = m_kept.find(name); packed != m_kept.end()) {
        m_bytes[kKept] -= packed->second.stream.size();
        m_kept.erase(packed);
    }
    return {};
}

std::optional<Layer> NodeLayers::layerOf(const std::string& name) const {
    if (m_scratch.contains(name)) return Layer::scratch;
    if (m_working.contains(name)) return Layer::working;
    if (m_kept.contains(name)) return Layer::kept;
    return std::nullopt;
}

const Bytes* NodeLayers::keptStream(const std::string& name) const {
    const auto packed = m_kept.find(name);
    return packed != m_kept.end() ? &packed->second.stream : nullptr;
}

LayerReport NodeLayers::report(Layer layer) const {
    LayerReport report;
    report.budget = m_budgets.of(layer);
    report.bytes = m_bytes[static_cast<std::size_t>(layer)];
    if (layer == Layer::scratch) {
        report.nodes = m_scratch.size();
        report.valueBytes = report.bytes;
        return report;
    }
    for (const auto& [name, packed] : layer == Layer::working ? m_working : m_kept) {
        ++report.nodes;
        report.valueBytes += packed.header.shape.bytes();
        report.largestError = std::max(report.largestError, packed.header.error.largest);
    }
    return report;
}

}  // namespace smidgen::storage
