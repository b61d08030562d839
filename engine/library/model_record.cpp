#include <charconv>
#include <system_error>

#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "models/code_prior.h"
#include "models/weights_file.h"

namespace smidgen {
namespace {

namespace keys = model_metadata;
using Metadata = std::map<std::string, std::string>;

std::string text(const Metadata& metadata, const char* key) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? std::string() : found->second;
}

template <typename Number>
Number number(const Metadata& metadata, const char* key) {
    const std::string value = text(metadata, key);
    Number result{};
    std::from_chars(value.data(), value.data() + value.size(), result);
    return result;
}

PriorCard priorCard(const Metadata& metadata) {
    const auto key = [](const char* name) { return keys::kPriorPrefix + std::string(name); };
    PriorCard card;
    card.steps = number<std::int64_t>(metadata, key(prior_metadata::kSteps).c_str());
    card.sounds = number<int>(metadata, key(prior_metadata::kSounds).c_str());
    card.heldOutNats = number<double>(metadata, key(prior_metadata::kHeldOutNats).c_str());
    card.remark = text(metadata, key(prior_metadata::kRemark).c_str());
    return card;
}

}  // namespace

Result<ModelRecord> readModelRecord(const std::filesystem::path& file) {
    auto metadata = models::loadWeightsMetadata(file);
    if (!metadata) return propagate(metadata);
    ModelRecord record;
    record.kind = text(*metadata, "kind");
    if (models::hasPrior(*metadata)) record.prior = priorCard(*metadata);
    if (record.kind.empty()) {
        return failure(ErrorCode::unusableInput,
                       "'" + displayName(file) + "' holds weights, but not those of a Smidgen model.");
    }
    std::error_code ignored;
    record.file = file;
    record.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file, ignored));
    record.id = text(*metadata, keys::kId);
    record.name = text(*metadata, keys::kName);
    if (record.id.empty()) record.id = displayName(file.stem());
    if (record.name.empty()) record.name = displayName(file.stem());
    record.createdMs = number<std::int64_t>(*metadata, keys::kCreatedMs);
    record.steps = number<std::int64_t>(*metadata, keys::kSteps);
    record.trainedSeconds = number<double>(*metadata, keys::kCpuSeconds);
    record.heldOutMelL1 = number<double>(*metadata, keys::kHeldOutMelL1);
    record.sounds = number<int>(*metadata, keys::kSounds);
    record.soundSeconds = number<double>(*metadata, keys::kSoundSeconds);
    record.collectionName = text(*metadata, keys::kCollection);
    record.health = text(*metadata, keys::kHealth);
    record.base = text(*metadata, keys::kBase);
    record.codebooks = codebookCardFromJson(text(*metadata, keys::kCodebooks));
    record.remembersSounds = metadata->contains(keys::kSoundReferences);
    record.metadata = std::move(*metadata);
    return record;
}

}  // namespace smidgen
