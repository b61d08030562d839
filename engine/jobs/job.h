// A long piece of work, as it is seen from outside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/library/records.h"

namespace smidgen {

using JobId = std::uint64_t;

enum class JobKind { scan, train, generate, exportTake };
enum class JobPhase { queued, running, paused, finished, failed, cancelled };

/// One that an export has written.
struct ExportedFile {
    std::filesystem::path path;
    TakeId take;
    double lufs = 0;  ///< of what it decodes to; −infinity for silence
    double truePeakDb = 0;
    std::string remark;  ///< plain words that go on after its name, when it is not as it was asked for
};

struct JobSnapshot {
    JobId id = 0;
    JobKind kind = JobKind::scan;
    JobPhase phase = JobPhase::queued;
    double fraction = 0;  ///< 0…1
    std::optional<double> etaSeconds;
    std::string sentence;             ///< plain, for people: "Learning timbre, 38 %, about 4 min left"
    std::optional<Error> error;       ///< when failed
    CollectionId collection;          ///< of a scan or a training
    ModelId model;                    ///< of a training (as soon as one is usable) or a generation
    std::vector<TakeId> takes;        ///< made by a generation, as they come
    std::vector<ExportedFile> files;  ///< written by an export
    [[nodiscard]] bool ended() const {
        return phase == JobPhase::finished || phase == JobPhase::failed || phase == JobPhase::cancelled;
    }
};

}  // namespace smidgen
