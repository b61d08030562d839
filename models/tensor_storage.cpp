#include "models/tensor_storage.h"

#include <cstring>
#include <stdexcept>

namespace smidgen::models {
namespace {

ElementType elementTypeOf(at::ScalarType type) {
    switch (type) {
        case at::kHalf:
            return ElementType::f16;
        case at::kFloat:
            return ElementType::f32;
        case at::kDouble:
            return ElementType::f64;
        case at::kInt:
            return ElementType::i32;
        case at::kLong:
            return ElementType::i64;
        case at::kByte:
            return ElementType::u8;
        default:
            throw std::invalid_argument("a tensor type that is not stored");
    }
}

at::ScalarType scalarTypeOf(ElementType type) {
    switch (type) {
        case ElementType::f16:
            return at::kHalf;
        case ElementType::f32:
            return at::kFloat;
        case ElementType::f64:
            return at::kDouble;
        case ElementType::i32:
            return at::kInt;
        case ElementType::i64:
            return at::kLong;
        case ElementType::u8:
            break;
    }
    return at::kByte;
}

}  // namespace

StoredTensor storeTensor(const at::Tensor& tensor) {
    const at::Tensor values = tensor.detach().to(at::kCPU).contiguous();
    StoredTensor stored{elementTypeOf(values.scalar_type()), values.sizes().vec(), {}};
    stored.bytes.resize(values.nbytes());
    if (!stored.bytes.empty()) std::memcpy(stored.bytes.data(), values.data_ptr(), stored.bytes.size());
    return stored;
}

WeightsFile inHalves(WeightsFile file) {
    for (auto& [name, stored] : file.tensors) {
        if (stored.type != ElementType::f32) continue;
        const at::Tensor values =
            at::from_blob(stored.bytes.data(), stored.shape, at::TensorOptions(at::kFloat));
        stored = storeTensor(values.to(at::kHalf));
    }
    return file;
}

Result<at::Tensor> loadTensor(const WeightsFile& weights, const std::string& name,
                              const std::vector<std::int64_t>& shape, const std::string& file) {
    const auto refuse = [&](const std::string& fault) {
        return failure(ErrorCode::unusableInput, "'" + file + "' is damaged or from another program: its '" +
                                                     name + "' " + fault + ". Choose another file.");
    };
    const auto found = weights.tensors.find(name);
    if (found == weights.tensors.end()) return refuse("is missing");
    const StoredTensor& stored = found->second;
    if (stored.shape != shape) return refuse("has another size than the model it belongs to");
    const at::Tensor raw = at::empty(shape, scalarTypeOf(stored.type));
    if (!stored.bytes.empty()) std::memcpy(raw.data_ptr(), stored.bytes.data(), stored.bytes.size());
    at::Tensor values = raw.to(at::kFloat);
    if (!at::isfinite(values).all().item<bool>()) return refuse("holds numbers that are not finite");
    return values;
}

void storeCount(std::int64_t count, const std::string& name, WeightsFile& weights) {
    weights.tensors[name] = storeTensor(at::scalar_tensor(count, at::kLong));
}

Result<std::int64_t> loadCount(const WeightsFile& weights, const std::string& name, const std::string& file) {
    const auto found = weights.tensors.find(name);
    std::int64_t count = -1;
    if (found != weights.tensors.end() && found->second.type == ElementType::i64 &&
        found->second.bytes.size() == sizeof count)
        std::memcpy(&count, found->second.bytes.data(), sizeof count);
    if (count < 0)
        return failure(ErrorCode::unusableInput,
                       "'" + file + "' is damaged: its '" + name + "' is missing. Choose another file.");
    return count;
}

}  // namespace smidgen::models
