// The demo's report: one HTML page that needs nothing but the sound files beside it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/collections/preflight.h"
#include "engine/workstation/snapshots.h"
#include "engine/workstation/workstation.h"

namespace smidgen::cli {

/// A take and the files it was exported to.
struct DemoTake {
    TakeSnapshot take;
    std::vector<std::filesystem::path> files;
};

struct DemoResult {
    std::filesystem::path folder;  ///< the page and everything it refers to
    ScanReport sounds;
    ModelSnapshot model;
    TrainingSnapshot training;
    Evaluation heldOut;
    std::vector<DemoTake> takes;
};

/// Writes report.html into the folder. Errors: io; as readAudio() for a file that cannot be drawn.
[[nodiscard]] Result<std::filesystem::path> writeReport(const DemoResult& result);

}  // namespace smidgen::cli
