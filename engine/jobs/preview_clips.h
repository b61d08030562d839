// Held-out clips beside what the model makes of them, as files that can be played while it learns.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/collections/training_data.h"
#include "engine/foundation/result.h"
#include "engine/jobs/training.h"

namespace smidgen {

class PreviewClips {
 public:
    /// Reads up to three held-out clips of ≤ 3 s and writes them to `folder` as `<n>-<name>.wav`. Sounds that
    /// can no longer be read are left out.
    [[nodiscard]] static Result<PreviewClips> create(const std::filesystem::path& folder,
                                                     std::span<const SoundEntry> entries,
                                                     std::span<const FeatureSpan> heldOut);

    /// log-mel (T × bands) → log-mel through the model as it is now.
    using Reconstruct = std::function<Result<std::vector<float>>(std::span<const float>)>;
    /// Writes `<n>-<name>-step<step>.wav` for each clip, replacing those of the step before.
    [[nodiscard]] Result<std::vector<Preview>> render(std::int64_t step, const Reconstruct& reconstruct,
                                                      const CancelToken& cancel);

 private:
    struct Clip {
        std::string name;
        std::filesystem::path original;
        std::vector<float> signal;  ///< mono, 48 kHz
    };
    std::filesystem::path m_folder;
    std::vector<Clip> m_clips;
    std::vector<std::filesystem::path> m_lastFiles;
};

}  // namespace smidgen
