// The prior used last, with the judge of what it says.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>

#include "engine/foundation/result.h"
#include "engine/generation/take_judge.h"

namespace smidgen {

/// A file that changed on disk is loaded anew. Thread-safe.
class PriorCache {
 public:
    /// Errors: as CodePrior::load.
    [[nodiscard]] Result<std::shared_ptr<const TakeJudge>> get(
        const std::filesystem::path& file, const std::shared_ptr<const models::MelVae>& model);

 private:
    std::mutex m_mutex;
    std::filesystem::path m_file;
    std::filesystem::file_time_type m_changed;
    std::shared_ptr<const TakeJudge> m_last;
};

}  // namespace smidgen
