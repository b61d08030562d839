// The prior as part of a model's file: tensors named "prior.…" and metadata "prior.…" beside the model's own.
// Torch-free.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/code_prior_weights.h"
#include "models/weights_file.h"

namespace smidgen::models {

/// A prior with everything that is kept beside its weights.
struct StoredPrior {
    PriorParameters parameters;
    std::vector<CodedSound> sources;
    std::map<std::string, std::string> metadata;  ///< the caller's words about it
};

/// Adds the prior to `file`, in place of one that is there.
void storePrior(const StoredPrior& prior, WeightsFile& file);
/// Every size is checked against the file before memory is asked for. Errors: unusableInput (none there,
/// damaged, hostile, newer); `name` is the file as the person knows it.
[[nodiscard]] Result<StoredPrior> loadPrior(const WeightsFile& file, const std::string& name);

/// Takes every trace of a prior out of `file`.
void removePrior(WeightsFile& file);

/// storePrior() in the file on disk, atomically. Errors: as loadWeights() and saveWeights().
[[nodiscard]] Status bundlePrior(const StoredPrior& prior, const std::filesystem::path& model);

/// 32-bit floats of a stored 16- or 32-bit tensor of this shape. Errors: unusableInput (missing, other size,
/// not finite).
[[nodiscard]] Result<std::vector<float>> loadFloats(const WeightsFile& file, const std::string& tensor,
                                                    const std::vector<std::int64_t>& shape,
                                                    const std::string& name);
[[nodiscard]] StoredTensor storeFloats(const std::vector<float>& values, std::vector<std::int64_t> shape);

[[nodiscard]] std::string toJson(const CodePriorShape& shape);
[[nodiscard]] Result<CodePriorShape> priorShapeFromJson(const std::string& text, const std::string& name);

}  // namespace smidgen::models
