#include "storage/wavetable/node.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace smidgen::storage {
namespace {

constexpr std::size_t kCacheLine = 64;
constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kWorthHugePages = std::size_t{1} << 20;

}  // namespace

std::string shapeText(const NodeShape& shape) {
    return std::to_string(shape.rows) + " × " + std::to_string(shape.columns) + " × " +
           std::to_string(shape.channels);
}

Status checkShape(const NodeShape& shape) {
    const bool sides = shape.rows >= 1 && shape.rows <= kLongestSide && shape.columns >= 1 &&
                       shape.columns <= kLongestSide && shape.channels >= 1 &&
                       shape.channels <= kMostChannels;
    if (sides && shape.count() <= kMostNodeFloats) return {};
    return failure(
        ErrorCode::invalidArgument,
        "A node of " + shapeText(shape) +
            " values is not possible: 1 to 4096 rows and columns, 1 to 64 channels, and no more than "
            "67 million values are.");
}

std::shared_ptr<float[]> allocateFloats(std::size_t count) {
    const std::size_t bytes = std::max<std::size_t>(1, count) * sizeof(float);
    const bool huge = bytes >= kWorthHugePages;
    const std::size_t alignment = huge ? kHugePage : kCacheLine;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    void* memory =
        std::aligned_alloc(alignment, huge ? rounded : (bytes + kCacheLine - 1) / kCacheLine * kCacheLine);
    if (memory == nullptr) return nullptr;
    // Only advice: where it is refused, the memory is as good with ordinary pages.
    if (huge) (void)::madvise(memory, rounded, MADV_HUGEPAGE);
    return {static_cast<float*>(memory), [](float* floats) { std::free(floats); }};
}

Result<NodePointer> makeNode(const NodeShape& shape, std::span<const float> values, std::string metadata) {
    if (auto checked = checkShape(shape); !checked) return propagate(checked);
    if (values.size() != shape.count())
        return failure(ErrorCode::invalidArgument, "A node of " + shapeText(shape) + " needs " +
                                                       std::to_string(shape.count()) + " values, but " +
                                                       std::to_string(values.size()) + " were given.");
    auto copy = allocateFloats(values.size());
    if (!copy) return outOfMemory(shape.bytes());
    std::copy(values.begin(), values.end(), copy.get());
    return std::make_shared<const Node>(Node{shape, std::move(copy), std::move(metadata)});
}

tl::unexpected<Error> outOfMemory(std::size_t bytes) {
    return failure(ErrorCode::outOfMemory, "There is not enough memory for " +
                                               std::to_string((bytes >> 20) + 1) +
                                               " MiB more. Close something, or work with smaller nodes.");
}

}  // namespace smidgen::storage
