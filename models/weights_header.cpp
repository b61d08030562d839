#include "models/weights_header.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace smidgen::models {
namespace {

constexpr const char* kMetadataKey = "__metadata__";

struct NamedType {
    ElementType type;
    std::string_view name;
    std::size_t bytes;
};
constexpr std::array<NamedType, 6> kTypes{{{ElementType::f16, "F16", 2},
                                           {ElementType::f32, "F32", 4},
                                           {ElementType::f64, "F64", 8},
                                           {ElementType::i32, "I32", 4},
                                           {ElementType::i64, "I64", 8},
                                           {ElementType::u8, "U8", 1}}};

const NamedType& entryOf(ElementType type) {
    return *std::find_if(kTypes.begin(), kTypes.end(), [&](const NamedType& t) { return t.type == type; });
}

/// Reads the header as events, so that duplicate names and deep nesting are met before anything is built.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
 public:
    HeaderReader(WeightsHeader& header, std::string& reason) : m_header(header), m_reason(reason) {}

    bool null() override { return refuse("it contains a null"); }
    bool boolean(bool /*value*/) override { return refuse("it contains a truth value"); }
    bool number_integer(number_integer_t /*value*/) override { return refuse("a negative number"); }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
        return refuse("a number that is not whole");
    }
    bool binary(binary_t& /*value*/) override { return refuse("binary data in the header"); }

    bool number_unsigned(number_unsigned_t value) override {
        if (m_place == Place::shape) {
            if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max()))
                return refuse("a dimension too large to be real");
            if (m_tensor.shape.size() >= kMostTensorDimensions) return refuse("too many dimensions");
            m_tensor.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (m_place == Place::offsets) {
            if (m_offsets.size() >= 2) return refuse("more than two offsets");
            m_offsets.push_back(value);
            return true;
        }
        return refuse("a number where none belongs");
    }

    bool string(string_t& value) override {
        if (m_place == Place::metadata) {
            if (!m_header.metadata.emplace(m_key, std::move(value)).second)
                return refuse("a metadata name that occurs twice");
            return true;
        }
        if (m_place != Place::tensor || m_key != "dtype") return refuse("a text where none belongs");
        const auto* known =
            std::find_if(kTypes.begin(), kTypes.end(), [&](const NamedType& t) { return t.name == value; });
        if (known == kTypes.end()) return refuse("an unknown number type");
        m_tensor.type = known->type;
        return mark(kHasType);
    }

    bool start_object(std::size_t /*size*/) override {
        switch (m_place) {
            case Place::start:
                m_place = Place::top;
                return true;
            case Place::top:
                if (m_key == kMetadataKey) {
                    if (std::exchange(m_sawMetadata, true)) return refuse("metadata that occurs twice");
                    m_place = Place::metadata;
                    return true;
                }
                if (m_header.tensors.contains(m_key)) return refuse("a tensor name that occurs twice");
                m_tensor = {};
                m_offsets.clear();
                m_seen = 0;
                m_name = m_key;
                m_place = Place::tensor;
                return true;
            default:
                return refuse("deeper nesting than such a file has");
        }
    }

    bool key(string_t& value) override {
        m_key = std::move(value);
        return true;
    }

    bool end_object() override {
        switch (m_place) {
            case Place::tensor:
                if (m_seen != (kHasType | kHasShape | kHasOffsets) || m_offsets.size() != 2)
                    return refuse("a tensor without type, shape or place");
                m_tensor.begin = m_offsets[0];
                m_tensor.end = m_offsets[1];
                m_header.tensors.emplace(m_name, std::move(m_tensor));
                m_place = Place::top;
                return true;
            case Place::metadata:
                m_place = Place::top;
                return true;
            default:
                m_place = Place::done;
                return true;
        }
    }

    bool start_array(std::size_t /*size*/) override {
        if (m_place != Place::tensor) return refuse("a list where none belongs");
        if (m_key == "shape") {
            m_place = Place::shape;
            return mark(kHasShape);
        }
        if (m_key == "data_offsets") {
            m_place = Place::offsets;
            return mark(kHasOffsets);
        }
        return refuse("a list where none belongs");
    }

    bool end_array() override {
        m_place = Place::tensor;
        return true;
    }

    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::json::exception& /*error*/) override {
        return refuse("text that is not JSON at byte " + std::to_string(position));
    }

    [[nodiscard]] bool complete() const { return m_place == Place::done; }

 private:
    enum class Place { start, top, metadata, tensor, shape, offsets, done };
    static constexpr unsigned kHasType = 1, kHasShape = 2, kHasOffsets = 4;

    bool refuse(std::string reason) {
        m_reason = std::move(reason);
        return false;
    }
    bool mark(unsigned part) {
        if ((m_seen & part) != 0) return refuse("a tensor property that occurs twice");
        m_seen |= part;
        return true;
    }

    WeightsHeader& m_header;
    std::string& m_reason;
    Place m_place = Place::start;
    std::string m_key;
    std::string m_name;
    TensorEntry m_tensor;
    std::vector<std::uint64_t> m_offsets;
    unsigned m_seen = 0;
    bool m_sawMetadata = false;
};

/// Empty when the tensors fill [0, dataBytes) exactly.
std::string layoutFault(const WeightsHeader& header, std::uint64_t dataBytes) {
    std::vector<const TensorEntry*> order;
    order.reserve(header.tensors.size());
    for (const auto& [name, tensor] : header.tensors) {
        std::uint64_t bytes = 0;
        if (!tensorByteCount(tensor.type, tensor.shape, bytes)) return "a shape too large to be real";
        if (tensor.end < tensor.begin || tensor.end > dataBytes) return "a tensor outside the file";
        if (tensor.end - tensor.begin != bytes) return "a tensor whose place does not match its shape";
        order.push_back(&tensor);
    }
    std::sort(order.begin(), order.end(), [](const TensorEntry* a, const TensorEntry* b) {
        return std::pair(a->begin, a->end) < std::pair(b->begin, b->end);
    });
    std::uint64_t next = 0;
    for (const TensorEntry* tensor : order) {
        if (tensor->begin < next) return "tensors that overlap";
        if (tensor->begin > next) return "a gap between tensors";
        next = tensor->end;
    }
    return next == dataBytes ? "" : "bytes that belong to no tensor";
}

}  // namespace

std::size_t bytesPerElement(ElementType type) {
    return entryOf(type).bytes;
}

bool tensorByteCount(ElementType type, const std::vector<std::int64_t>& shape, std::uint64_t& bytes) {
    if (shape.size() > kMostTensorDimensions) return false;
    constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
    std::uint64_t product = bytesPerElement(type);
    bool zero = false;
    for (const std::int64_t length : shape) {
        if (length < 0) return false;
        if (length == 0) {
            zero = true;
            continue;
        }
        if (product > kMost / static_cast<std::uint64_t>(length)) return false;
        product *= static_cast<std::uint64_t>(length);
    }
    bytes = zero ? 0 : product;
    return true;
}

Result<WeightsHeader> parseWeightsHeader(std::string_view json, std::uint64_t dataBytes,
                                         const std::string& name) {
    const auto refuse = [&](const std::string& reason) {
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' is not a usable model file: its header has " + reason +
                           ". Choose another file, or copy it again from where it came from.");
    };
    WeightsHeader header;
    std::string reason;
    HeaderReader reader(header, reason);
    const bool parsed = nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
    if (!parsed || !reader.complete()) return refuse(reason.empty() ? "no table of tensors" : reason);
    if (std::string fault = layoutFault(header, dataBytes); !fault.empty()) return refuse(fault);
    return header;
}

Result<ComposedHeader> composeWeightsHeader(const WeightsFile& file) {
    std::vector<std::pair<std::string, const StoredTensor*>> order;
    for (const auto& [name, tensor] : file.tensors) {
        std::uint64_t bytes = 0;
        if (name == kMetadataKey || !tensorByteCount(tensor.type, tensor.shape, bytes) ||
            bytes != tensor.bytes.size())
            return failure(ErrorCode::invalidArgument,
                           "The tensor '" + name + "' cannot be stored: its size does not match its shape.");
        order.emplace_back(name, &tensor);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return bytesPerElement(a.second->type) > bytesPerElement(b.second->type);
    });
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    if (!file.metadata.empty()) json[kMetadataKey] = file.metadata;
    ComposedHeader composed;
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : order) {
        const std::uint64_t end = offset + tensor->bytes.size();
        json[name] = {
            {"dtype", entryOf(tensor->type).name}, {"shape", tensor->shape}, {"data_offsets", {offset, end}}};
        offset = end;
        composed.order.push_back(tensor);
    }
    try {
        composed.json = json.dump();
    } catch (const nlohmann::json::exception& error) {
        return failure(ErrorCode::invalidArgument, "The model's description contains text that is not UTF-8.",
                       error.what());
    }
    composed.json.append((8 - composed.json.size() % 8) % 8, ' ');
    if (composed.json.size() > kLongestWeightsHeader)
        return failure(ErrorCode::invalidArgument, "The model's description is longer than 16 MiB.");
    return composed;
}

}  // namespace smidgen::models
