#include "models/code_prior_file.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/foundation/atomic_file.h"

namespace smidgen::models {
namespace {

constexpr int kFormat = 1;
constexpr const char* kTensorPrefix = "prior.";
constexpr const char* kMetadataPrefix = "smidgen.prior.";
constexpr const char* kFormatKey = "smidgen.prior.format";
constexpr const char* kShapeKey = "smidgen.prior.shape";
constexpr const char* kNamesKey = "smidgen.prior.sources";
constexpr const char* kAboutPrefix = "smidgen.prior.about.";
constexpr std::size_t kMostSources = 1 << 20;

tl::unexpected<Error> refuse(const std::string& name, const std::string& fault) {
    return failure(ErrorCode::unusableInput, "The prior in '" + name + "' is damaged: " + fault +
                                                 ". Train it anew with 'smidgen train-prior'.");
}

/// IEEE 754 binary16.
float fromHalf(std::uint16_t half) {
    const int exponent = half >> 10 & 31;
    const int mantissa = half & 1023;
    const float sign = (half & 0x8000) != 0 ? -1.0F : 1.0F;
    if (exponent == 31)
        return mantissa != 0 ? std::numeric_limits<float>::quiet_NaN()
                             : sign * std::numeric_limits<float>::infinity();
    if (exponent == 0) return sign * std::ldexp(static_cast<float>(mantissa), -24);
    return sign * std::ldexp(static_cast<float>(1024 + mantissa), exponent - 25);
}

template <typename T>
StoredTensor storeValues(ElementType type, const std::vector<T>& values, std::vector<std::int64_t> shape) {
    StoredTensor stored{type, std::move(shape), {}};
    stored.bytes.resize(values.size() * sizeof(T));
    if (!values.empty()) std::memcpy(stored.bytes.data(), values.data(), stored.bytes.size());
    return stored;
}

/// The bytes of a tensor of this type and size; null where it is not so.
const StoredTensor* find(const WeightsFile& file, const std::string& tensor, ElementType type,
                         const std::vector<std::int64_t>& shape) {
    const auto found = file.tensors.find(tensor);
    if (found == file.tensors.end() || found->second.type != type || found->second.shape != shape)
        return nullptr;
    return &found->second;
}

std::vector<float> conditionsOf(const CodePriorShape& shape, const std::vector<CodedSound>& sounds,
                                std::vector<std::uint8_t>& present) {
    const auto globals = static_cast<std::size_t>(shape.globalDims);
    std::vector<float> values;
    const auto put = [&](const std::vector<float>& given, std::size_t count) {
        const bool there = given.size() == count;
        present.push_back(there ? 1 : 0);
        for (std::size_t i = 0; i < count; ++i) values.push_back(there ? given[i] : 0.0F);
    };
    for (const CodedSound& sound : sounds) {
        put(sound.conditions.descriptors, kDescriptors);
        put(sound.conditions.global, globals);
    }
    return values;
}

void storeSources(const StoredPrior& prior, WeightsFile& file) {
    const CodePriorShape& shape = prior.parameters.shape;
    nlohmann::json names = nlohmann::json::array();
    std::vector<std::int64_t> frames;
    std::vector<std::uint8_t> codes, present;
    std::int64_t all = 0;
    for (const CodedSound& sound : prior.sources) {
        names.push_back(sound.name);
        frames.push_back(sound.grid.frames().value);
        all += frames.back();
        for (const std::uint16_t code : sound.grid.codes) {
            codes.push_back(static_cast<std::uint8_t>(code & 0xFF));
            codes.push_back(static_cast<std::uint8_t>(code >> 8));
        }
    }
    const auto count = static_cast<std::int64_t>(frames.size());
    const auto conditions = conditionsOf(shape, prior.sources, present);
    file.metadata[kNamesKey] = names.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    file.tensors["prior.sources.frames"] = storeValues(ElementType::i64, frames, {count});
    file.tensors["prior.sources.codes"] = storeValues(ElementType::u8, codes, {all, shape.levels, 2});
    file.tensors["prior.sources.present"] = storeValues(ElementType::u8, present, {count, 2});
    file.tensors["prior.sources.conditions"] =
        storeFloats(conditions, {count, kDescriptors + shape.globalDims});
}

Result<std::vector<CodedSound>> loadSources(const WeightsFile& file, const CodePriorShape& shape,
                                            const std::string& name) {
    std::vector<std::string> names;
    try {
        const auto text = file.metadata.find(kNamesKey);
        if (text == file.metadata.end()) return refuse(name, "it does not say what it was trained on");
        names = nlohmann::json::parse(text->second).get<std::vector<std::string>>();
    } catch (const nlohmann::json::exception&) {
        return refuse(name, "it does not say what it was trained on");
    }
    const auto count = static_cast<std::int64_t>(names.size());
    if (names.size() > kMostSources) return refuse(name, "it names too many sounds");
    const StoredTensor* frames = find(file, "prior.sources.frames", ElementType::i64, {count});
    const StoredTensor* present = find(file, "prior.sources.present", ElementType::u8, {count, 2});
    auto conditions =
        loadFloats(file, "prior.sources.conditions", {count, kDescriptors + shape.globalDims}, name);
    if (!conditions) return propagate(conditions);
    const auto stored = file.tensors.find("prior.sources.codes");
    if (frames == nullptr || present == nullptr || stored == file.tensors.end() ||
        stored->second.type != ElementType::u8 || stored->second.shape.size() != 3 ||
        stored->second.shape[1] != shape.levels || stored->second.shape[2] != 2)
        return refuse(name, "the sounds it was trained on are missing");

    const std::vector<std::byte>& bytes = stored->second.bytes;
    const std::int64_t all = stored->second.shape.front();
    const auto globals = static_cast<std::size_t>(shape.globalDims);
    std::vector<CodedSound> sounds(names.size());
    std::size_t at = 0;
    std::int64_t used = 0;
    const float* values = conditions->data();
    for (std::size_t i = 0; i < sounds.size(); ++i) {
        std::int64_t length = 0;
        std::memcpy(&length, frames->bytes.data() + i * sizeof length, sizeof length);
        if (length < 1 || length > all - used) return refuse(name, "a sound it was trained on is cut short");
        used += length;
        CodedSound& sound = sounds[i];
        sound.name = std::move(names[i]);
        sound.grid.levels = shape.levels;
        sound.grid.codes.resize(static_cast<std::size_t>(length * shape.levels));
        for (std::uint16_t& code : sound.grid.codes) {
            code = static_cast<std::uint16_t>(std::to_integer<int>(bytes[at]) |
                                              std::to_integer<int>(bytes[at + 1]) << 8);
            at += 2;
            if (code >= shape.codebookSize) return refuse(name, "a code lies outside its codebook");
        }
        if (present->bytes[2 * i] != std::byte{0})
            sound.conditions.descriptors.assign(values, values + kDescriptors);
        values += kDescriptors;
        if (present->bytes[2 * i + 1] != std::byte{0})
            sound.conditions.global.assign(values, values + globals);
        values += globals;
    }
    if (used != all) return refuse(name, "it holds codes of no sound");
    return sounds;
}

}  // namespace

StoredTensor storeFloats(const std::vector<float>& values, std::vector<std::int64_t> shape) {
    return storeValues(ElementType::f32, values, std::move(shape));
}

Result<std::vector<float>> loadFloats(const WeightsFile& file, const std::string& tensor,
                                      const std::vector<std::int64_t>& shape, const std::string& name) {
    std::vector<float> values;
    if (const StoredTensor* whole = find(file, tensor, ElementType::f32, shape)) {
        values.resize(whole->bytes.size() / sizeof(float));
        if (!values.empty()) std::memcpy(values.data(), whole->bytes.data(), whole->bytes.size());
    } else if (const StoredTensor* half = find(file, tensor, ElementType::f16, shape)) {
        values.resize(half->bytes.size() / sizeof(std::uint16_t));
        for (std::size_t i = 0; i < values.size(); ++i) {
            std::uint16_t bits = 0;
            std::memcpy(&bits, half->bytes.data() + i * sizeof bits, sizeof bits);
            values[i] = fromHalf(bits);
        }
    } else {
        return refuse(name, "its '" + tensor + "' is missing or has another size");
    }
    for (const float value : values)
        if (!std::isfinite(value))
            return refuse(name, "its '" + tensor + "' holds numbers that are not finite");
    return values;
}

std::string toJson(const CodePriorShape& shape) {
    return nlohmann::json{{"levels", shape.levels},         {"codebookSize", shape.codebookSize},
                          {"width", shape.width},           {"layers", shape.layers},
                          {"heads", shape.heads},           {"window", shape.window},
                          {"globalDims", shape.globalDims}, {"framesPerSecond", shape.framesPerSecond}}
        .dump();
}

Result<CodePriorShape> priorShapeFromJson(const std::string& text, const std::string& name) {
    try {
        const auto json = nlohmann::json::parse(text);
        CodePriorShape shape;
        shape.levels = json.at("levels").get<int>();
        shape.codebookSize = json.at("codebookSize").get<int>();
        shape.width = json.at("width").get<int>();
        shape.layers = json.at("layers").get<int>();
        shape.heads = json.at("heads").get<int>();
        shape.window = json.at("window").get<int>();
        shape.globalDims = json.at("globalDims").get<int>();
        shape.framesPerSecond = json.at("framesPerSecond").get<double>();
        if (auto valid = validate(shape); !valid) return refuse(name, "its sizes make no sense");
        return shape;
    } catch (const nlohmann::json::exception&) {
        return refuse(name, "it does not say what sizes it has");
    }
}

bool hasPrior(const std::map<std::string, std::string>& metadata) {
    return metadata.contains(kFormatKey);
}

void removePrior(WeightsFile& file) {
    std::erase_if(file.tensors, [](const auto& entry) { return entry.first.starts_with(kTensorPrefix); });
    std::erase_if(file.metadata, [](const auto& entry) { return entry.first.starts_with(kMetadataPrefix); });
}

void storePrior(const StoredPrior& prior, WeightsFile& file) {
    removePrior(file);
    const PriorParameters& parameters = prior.parameters;
    file.metadata[kFormatKey] = std::to_string(kFormat);
    file.metadata[kShapeKey] = toJson(parameters.shape);
    for (const auto& [key, value] : prior.metadata) file.metadata[kAboutPrefix + key] = value;
    const auto conditions = static_cast<std::int64_t>(kDescriptors + parameters.shape.globalDims);
    file.tensors["prior.condition.mean"] = storeFloats(parameters.conditionScale.mean, {conditions});
    file.tensors["prior.condition.scale"] = storeFloats(parameters.conditionScale.scale, {conditions});
    PriorWeights<const float*> names;
    auto from = parameters.flat.begin();
    for (const auto& slot : priorSlots(parameters.shape, names)) {
        const auto to = from + slot.count();
        file.tensors["prior.weights." + slot.name] = storeFloats({from, to}, slot.shape);
        from = to;
    }
    storeSources(prior, file);
}

Result<StoredPrior> loadPrior(const WeightsFile& file, const std::string& name) {
    const auto format = file.metadata.find(kFormatKey);
    if (format == file.metadata.end())
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' has no prior yet. Train one with 'smidgen train-prior'.");
    if (format->second != std::to_string(kFormat))
        return failure(ErrorCode::unusableInput,
                       "The prior in '" + name +
                           "' was written by a newer version of Smidgen. Update Smidgen to use it.");
    const auto text = file.metadata.find(kShapeKey);
    auto shape = priorShapeFromJson(text == file.metadata.end() ? "" : text->second, name);
    if (!shape) return propagate(shape);
    StoredPrior prior;
    prior.parameters.shape = *shape;
    const std::vector<std::int64_t> conditions{kDescriptors + shape->globalDims};
    auto mean = loadFloats(file, "prior.condition.mean", conditions, name);
    if (!mean) return propagate(mean);
    auto scale = loadFloats(file, "prior.condition.scale", conditions, name);
    if (!scale) return propagate(scale);
    for (const float value : *scale)
        if (!(value > 0)) return refuse(name, "its conditions have no scale");
    prior.parameters.conditionScale = {std::move(*mean), std::move(*scale)};
    PriorWeights<const float*> names;
    for (const auto& slot : priorSlots(*shape, names)) {
        auto values = loadFloats(file, "prior.weights." + slot.name, slot.shape, name);
        if (!values) return propagate(values);
        prior.parameters.flat.insert(prior.parameters.flat.end(), values->begin(), values->end());
    }
    auto sources = loadSources(file, *shape, name);
    if (!sources) return propagate(sources);
    prior.sources = std::move(*sources);
    const std::string about = kAboutPrefix;
    for (const auto& [key, value] : file.metadata)
        if (key.starts_with(about)) prior.metadata.emplace(key.substr(about.size()), value);
    return prior;
}

Status bundlePrior(const StoredPrior& prior, const std::filesystem::path& model) {
    auto file = loadWeights(model);
    if (!file) return propagate(file);
    storePrior(prior, *file);
    return saveWeights(*file, model);
}

}  // namespace smidgen::models
