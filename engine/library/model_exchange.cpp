// Models by name and as files: finding them, taking them in, handing them out.
#include <algorithm>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "models/weights_file.h"
#include "storage/blocks/permission_rules.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

std::string listNames(const std::vector<std::shared_ptr<const ModelRecord>>& models) {
    if (models.empty()) return "There is no model in the library yet: train one first.";
    std::string names = "There are:";
    for (std::size_t i = 0; i < std::min<std::size_t>(models.size(), 8); ++i) {
        names += std::string(i == 0 ? " '" : ", '") + models[i]->name + "'";
    }
    return names + (models.size() > 8 ? " and more." : ".");
}

}  // namespace

Result<std::shared_ptr<const ModelRecord>> Library::findModel(const std::string& idNameOrFile) const {
    const auto all = models();
    for (const auto& model : all) {
        if (model->id == idNameOrFile) return model;
    }
    for (const auto& model : all) {
        if (model->name == idNameOrFile) return model;
    }
    std::error_code ignored;
    if (!idNameOrFile.empty() && fs::exists(fs::path(idNameOrFile), ignored)) {
        auto record = readModelRecord(idNameOrFile);
        if (!record) return propagate(record);
        return std::make_shared<const ModelRecord>(std::move(*record));
    }
    return failure(ErrorCode::notFound, "There is no model '" + idNameOrFile +
                                            "', neither in the library nor as a file. " + listNames(all));
}

std::string Library::referenceTo(const ModelRecord& model) const {
    const auto all = models();
    const auto own = std::ranges::find(all, model.id, [](const auto& each) { return each->id; });
    std::error_code ignored;
    const auto isTheSame = [&](const ModelRecord& other) {
        if (fs::equivalent(other.file, model.file, ignored)) return true;
        if (other.bytes != model.bytes) return false;
        const auto a = identifyFile(other.file), b = identifyFile(model.file);
        return a && b && a->contentHash == b->contentHash;
    };
    if (own != all.end() && isTheSame(**own)) return model.id;
    return displayName(fs::absolute(model.file));
}

Status Library::mayRewrite(const ModelRecord& model) const {
    if (model.file != modelFile(model.id)) return {};
    const auto block = blockOf(ItemKind::model, model.id);
    if (!block) return {};
    if (block->readOnly)
        return failure(ErrorCode::refused,
                       "'" + block->name + "' is read-only. Make a copy, or take the protection off first.");
    if ((storage::rightsOf(m_caller, *block) & storage::kMayWrite) == 0)
        return failure(ErrorCode::refused, "'" + block->name + "' may not be changed by '" + m_caller.name +
                                               "'. Ask its owner, '" + block->owner + "', for permission.");
    return {};
}

Result<std::shared_ptr<const ModelRecord>> Library::importModel(const fs::path& file) {
    // Every byte is looked at: what is damaged does not come in.
    auto weights = models::loadWeights(file);
    if (!weights) return propagate(weights);
    auto record = readModelRecord(file);
    if (!record) return propagate(record);
    const auto identity = identifyFile(file);
    if (!identity) return systemFailure(identity.error(), "read", file);
    auto all = models();
    const auto trashed = models(true);
    for (const auto& model : all) {
        const auto own = model->bytes == identity->bytes ? identifyFile(model->file) : identity;
        if (model->bytes == identity->bytes && own && own->contentHash == identity->contentHash) return model;
    }
    all.insert(all.end(), trashed.begin(), trashed.end());
    const auto hasId = [&](const auto& model) { return model->id == record->id; };
    // A model of another project, which is not seen here, may lie at that place.
    std::error_code ignored;
    const bool isFree = !fs::exists(modelFile(record->id), ignored);
    const bool plain = record->id.find_first_of("/\\") == std::string::npos && !record->id.starts_with('.');
    const ModelId id = plain && isFree && std::ranges::none_of(all, hasId) ? record->id : newId();
    weights->metadata[model_metadata::kId] = id;
    weights->metadata[model_metadata::kName] = record->name;
    if (auto saved = models::saveWeights(*weights, modelFile(id)); !saved) return propagate(saved);
    return addModel(id);
}

Status Library::exportModel(const ModelId& id, const fs::path& target) const {
    auto model = findModel(id);
    if (!model) return propagate(model);
    auto weights = models::loadWeights((*model)->file);
    if (!weights) return propagate(weights);
    weights->metadata[model_metadata::kName] = (*model)->name;
    return models::saveWeights(*weights, target);
}

}  // namespace smidgen
