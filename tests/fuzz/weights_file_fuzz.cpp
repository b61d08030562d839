// Any bytes at all as a model file. What is accepted is consistent, and comes back the same once written.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "models/weights_file.h"
#include "models/weights_header.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::models;
using fuzz::expect;

void append(std::vector<std::uint8_t>& bytes, const void* from, std::size_t size) {
    const auto* first = static_cast<const std::uint8_t*>(from);
    bytes.insert(bytes.end(), first, first + size);
}

std::vector<std::uint8_t> startOfHeader(std::uint64_t length) {
    std::vector<std::uint8_t> bytes;
    for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<std::uint8_t>(length >> (8 * i)));
    return bytes;
}

/// After an even first byte the file as it is. After an odd one a header, which gets its right length and
/// half that many bytes of data, so that what lies behind the first check is reached.
std::vector<std::uint8_t> fileFrom(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return {};
    std::vector<std::uint8_t> file;
    if (bytes[0] % 2 == 0) {
        append(file, bytes + 1, size - 1);
        return file;
    }
    file = startOfHeader(size - 1);
    append(file, bytes + 1, size - 1);
    file.resize(file.size() + bytes[0] / 2, 7);
    return file;
}

bool same(const WeightsFile& a, const WeightsFile& b) {
    if (a.metadata != b.metadata || a.tensors.size() != b.tensors.size()) return false;
    for (const auto& [name, tensor] : a.tensors) {
        const auto found = b.tensors.find(name);
        if (found == b.tensors.end() || found->second.type != tensor.type ||
            found->second.shape != tensor.shape || found->second.bytes != tensor.bytes)
            return false;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const fuzz::MemoryFile file;
    const std::vector<std::uint8_t> content = fileFrom(bytes, size);
    file.fill(content.data(), content.size());

    const auto weights = loadWeights(file.path());
    const auto metadata = loadWeightsMetadata(file.path());
    expect(weights.has_value() == metadata.has_value());
    if (!weights) {
        expect(weights.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(weights.error());
        return 0;
    }
    expect(weights->metadata == *metadata);
    std::size_t total = 0;
    for (const auto& [name, tensor] : weights->tensors) {
        std::uint64_t promised = 0;
        expect(tensorByteCount(tensor.type, tensor.shape, promised) && promised == tensor.bytes.size());
        total += tensor.bytes.size();
    }
    expect(total <= content.size());

    const auto composed = composeWeightsHeader(*weights);
    expect(composed.has_value());
    std::vector<std::uint8_t> written = startOfHeader(composed->json.size());
    append(written, composed->json.data(), composed->json.size());
    for (const StoredTensor* tensor : composed->order)
        append(written, tensor->bytes.data(), tensor->bytes.size());
    file.fill(written.data(), written.size());
    const auto again = loadWeights(file.path());
    expect(again && same(*weights, *again));
    return 0;
}
