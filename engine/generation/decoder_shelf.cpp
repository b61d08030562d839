#include "engine/generation/decoder_shelf.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>

#include "engine/foundation/shipped_files.h"
#include "models/weights_file.h"

namespace smidgen {
namespace {

using models::WaveDecoder;

constexpr std::array kSizes{"draft", "standard", "studio"};

/// FNV-1a (Fowler, Noll & Vo), 64 bits folded to 32, as eight digits.
std::string hashOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::array<char, 1 << 16> bytes{};
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    while (file) {
        file.read(bytes.data(), bytes.size());
        for (std::streamsize i = 0; i < file.gcount(); ++i)
            hash = (hash ^ static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)])) * 0x100000001b3ULL;
    }
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%08x", static_cast<unsigned>(hash ^ (hash >> 32)));
    return text.data();
}

struct Shipped {
    std::string size, identity;
    std::filesystem::path path;
};

const std::vector<Shipped>& shipped() {
    static const std::vector<Shipped> found = [] {
        std::vector<Shipped> result;
        for (const char* size : kSizes)
            if (const auto path = shippedFile(std::string("base/decoder-") + size + ".safetensors"))
                result.push_back({size, std::string(size) + "-" + hashOf(*path), *path});
        return result;
    }();
    return found;
}

Result<std::shared_ptr<const WaveDecoder>> loadOnce(const std::filesystem::path& path) {
    static std::mutex mutex;
    static std::map<std::filesystem::path, std::weak_ptr<const WaveDecoder>> loaded;
    const std::lock_guard lock(mutex);
    if (auto kept = loaded[path].lock()) return kept;
    auto weights = WaveDecoder::load(path, models::DeviceKind::cpu);
    if (!weights) return propagate(weights);
    auto shared = std::make_shared<const WaveDecoder>(std::move(*weights));
    loaded[path] = shared;
    return shared;
}

}  // namespace

std::vector<std::string> shippedDecoders() {
    std::vector<std::string> identities;
    for (const Shipped& decoder : shipped()) identities.push_back(decoder.identity);
    return identities;
}

std::string bestDecoder() {
    for (const Shipped& decoder : shipped())
        if (decoder.size == "standard") return decoder.identity;
    return shipped().empty() ? kGriffinLimDecoder : shipped().back().identity;
}

std::string defaultDecoder() {
    static const std::string chosen = [] {
        const std::string best = bestDecoder();
        for (const Shipped& decoder : shipped()) {
            if (decoder.identity != best) continue;
            const auto metadata = models::loadWeightsMetadata(decoder.path);
            if (metadata && metadata->contains(kLearnedModelsMels)) return best;
        }
        return std::string(kGriffinLimDecoder);
    }();
    return chosen;
}

Result<std::string> decoderIdentity(const std::string& name) {
    if (name == kGriffinLimDecoder) return name;
    std::string known = kGriffinLimDecoder;
    for (const Shipped& decoder : shipped()) {
        if (name == decoder.size || name == decoder.identity) return decoder.identity;
        known += ", " + decoder.size;
    }
    std::error_code problem;
    if (std::filesystem::is_regular_file(name, problem)) return std::filesystem::absolute(name).string();
    return failure(ErrorCode::notFound, "There is no decoder '" + name + "' here. There are: " + known +
                                            "; or name a decoder's file.");
}

Result<std::filesystem::path> decoderFile(const std::string& name) {
    auto identity = decoderIdentity(name);
    if (!identity) return propagate(identity);
    if (*identity == kGriffinLimDecoder)
        return failure(ErrorCode::invalidArgument, "The decoder 'griffin-lim' has no weights. Name another.");
    for (const Shipped& decoder : shipped())
        if (decoder.identity == *identity) return decoder.path;
    return std::filesystem::path(*identity);
}

Result<std::unique_ptr<MelDecoder>> makeDecoder(const std::string& name,
                                                const GriffinLimDecoding& griffinLim) {
    if (name == kGriffinLimDecoder) return makeGriffinLimDecoder(griffinLim);
    auto path = decoderFile(name);
    if (!path) return propagate(path);
    auto weights = loadOnce(*path);
    if (!weights) return propagate(weights);
    return makeWaveDecoder(std::move(*weights));
}

}  // namespace smidgen
