#include "storage/exchange/conflict.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "storage/blocks/block_record.h"
#include "storage/exchange/lineage.h"
#include "storage/geometry/manifold.h"

namespace smidgen::storage {
namespace {

auto stateOf(const Block& block) {
    return std::tie(block.name, block.kind, block.mimeType, block.metadata, block.tags, block.project,
                    block.sharedWith, block.owner, block.permissions, block.readOnly, block.status,
                    block.contentSize, block.contentSum);
}

/// The same for the same state, in every store.
Checksum digestOf(Block block) {
    block.version = 0;
    block.lineage.clear();
    block.created = block.updated = 0;
    return recordSum(block);
}

std::optional<std::vector<float>> geodesicMean(const VectorSpace& space, const std::vector<float>& a,
                                               const std::vector<float>& b) {
    const auto pointA = pointOf(space, a), pointB = pointOf(space, b);
    if (!pointA || !pointB) return std::nullopt;
    const std::size_t ambient = space.space.chartSize(Chart::hyperboloid);
    std::vector<double> points(2 * ambient);
    space.space.unpack(*pointA, Chart::hyperboloid, std::span(points).first(ambient));
    space.space.unpack(*pointB, Chart::hyperboloid, std::span(points).last(ambient));
    const std::vector<double> weights{1.0, 1.0};
    const auto mean = manifold::frechetMean(space.space, points, weights);
    if (!mean) return std::nullopt;
    const auto packed = space.space.pack(Chart::hyperboloid, *mean);
    if (!packed) return std::nullopt;
    return valuesOf(space, packed->point);
}

}  // namespace

bool isSameState(const Block& a, const Block& b) {
    return stateOf(a) == stateOf(b) && a.vectors == b.vectors;
}

bool isNewer(const Block& a, const Block& b) {
    if (a.updated != b.updated) return a.updated > b.updated;
    const Checksum sumA = digestOf(a), sumB = digestOf(b);
    if (sumA != sumB) return sumA > sumB;
    return writeVectors(a.vectors) > writeVectors(b.vectors);
}

VectorMean meanIn(std::vector<VectorSpace> spaces) {
    return [spaces = std::move(spaces)](const std::string& name, const std::vector<float>& a,
                                        const std::vector<float>& b) -> std::vector<float> {
        if (a.size() != b.size() || a == b) return a;
        for (const VectorSpace& space : spaces)
            if (space.name == name) return geodesicMean(space, a, b).value_or(a);
        std::vector<float> mean(a.size());
        for (std::size_t i = 0; i < a.size(); ++i)
            mean[i] = static_cast<float>((static_cast<double>(a[i]) + static_cast<double>(b[i])) / 2.0);
        return mean;
    };
}

Block mergeBlocks(const Block& a, const Block& b, const VectorMean& mean) {
    const bool first = isNewer(a, b);
    Block merged = first ? a : b;
    const Block& other = first ? b : a;
    merged.tags.insert(merged.tags.end(), other.tags.begin(), other.tags.end());
    normalise(merged);
    std::map<std::string, std::vector<std::vector<float>>> others;
    for (const BlockVector& vector : other.vectors) others[vector.space].push_back(vector.values);
    std::map<std::string, std::size_t> met;
    for (BlockVector& vector : merged.vectors) {
        const auto& same = others[vector.space];
        const std::size_t index = met[vector.space]++;
        if (index < same.size()) vector.values = mean(vector.space, vector.values, same[index]);
    }
    for (const auto& [space, vectors] : others)
        for (std::size_t i = met[space]; i < vectors.size(); ++i)
            merged.vectors.push_back({space, vectors[i]});
    merged.lineage = mergeLineage(a.lineage, b.lineage);
    return merged;
}

}  // namespace smidgen::storage
