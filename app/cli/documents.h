// The JSON documents of --json.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/collections/preflight.h"
#include "engine/workstation/snapshots.h"
#include "engine/workstation/workstation.h"

namespace smidgen::cli {

/// Infinities (the loudness of silence) become null.
[[nodiscard]] nlohmann::json document(const SoundEntry& entry);
[[nodiscard]] nlohmann::json document(const CollectionTotals& totals);
[[nodiscard]] nlohmann::json document(const ModelSnapshot& model);
[[nodiscard]] nlohmann::json document(const CodebookCard& card);  ///< null without levels
[[nodiscard]] nlohmann::json document(const TakeSnapshot& take);
[[nodiscard]] nlohmann::json document(const ExportedFile& file);
[[nodiscard]] nlohmann::json document(const PresetSnapshot& preset);
[[nodiscard]] nlohmann::json document(const Preview& preview);
[[nodiscard]] nlohmann::json document(const TrainingEstimate& estimate);
[[nodiscard]] nlohmann::json document(const GrowthReport& growth);
[[nodiscard]] nlohmann::json document(const ReconstructionMetrics& metrics);
[[nodiscard]] nlohmann::json document(const models::DeviceReport& device);

}  // namespace smidgen::cli
