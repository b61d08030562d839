// Looking after a library: figures, checks, repair, copies, two libraries made equal.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/library.h"
#include "engine/library/library_bridge.h"
#include "engine/workstation/library_sharing.h"

namespace smidgen {

class Workstation;

struct OperationFigures {
    std::string name;  ///< "put", "get", "list", "words", "likeness"
    std::uint64_t count = 0;
    double p50 = 0;  ///< microseconds
    double p95 = 0;
};
struct SpaceFigures {
    std::string name;
    std::uint64_t vectors = 0;
    std::uint64_t bytes = 0;  ///< of memory
    std::uint64_t indexed = 0;
    double recall = 1;  ///< measured
};
struct LibraryFigures {
    std::uint64_t collections = 0, sounds = 0, models = 0, takes = 0, cubes = 0, trashed = 0;
    std::uint64_t blocks = 0;
    std::uint64_t storeBytes = 0;  ///< database, log and packs
    std::uint64_t fileBytes = 0;   ///< samples, weights and nodes
    std::uint64_t pendingChanges = 0;
    std::vector<OperationFigures> operations;
    std::vector<SpaceFigures> spaces;
    std::vector<std::string> problems;
};
[[nodiscard]] Result<LibraryFigures> figuresOf(Workstation& workstation);

/// See Library::verify.
[[nodiscard]] Result<LibraryCheck> verifyLibrary(Workstation& workstation, const CancelToken& cancel = {});

struct LibraryRepair {
    std::vector<std::string> done, lost;
};
/// See Library::scrub.
[[nodiscard]] Result<LibraryCheck> scrubLibrary(Workstation& workstation, std::uint64_t bytesPerSecond,
                                                const CancelToken& cancel = {},
                                                const std::function<void(std::uint64_t)>& progress = {});

/// Nobody may have the library open. Errors: conflict (somebody has), notFound (no library), io.
[[nodiscard]] Result<LibraryRepair> repairLibrary(const std::filesystem::path& library);

/// The whole library as it is at one moment, without unfinished trainings, to a folder that must not be there
/// yet. Errors: invalidArgument,
/// io, cancelled; an unfinished copy is taken away.
[[nodiscard]] Status backUpLibrary(Workstation& workstation, const std::filesystem::path& target,
                                   const CancelToken& cancel = {},
                                   const std::function<void(double)>& progress = {});

struct AuditLine {
    std::int64_t number = 0;
    std::int64_t timeMs = 0;
    std::string action;  ///< "create", "edit" …
    bool refused = false;
    std::string block, caller, detail;
};
/// What was done and tried, oldest first, from entry `first` (1) on; below 1: the last `limit`.
[[nodiscard]] Result<std::vector<AuditLine>> auditOf(Workstation& workstation, std::int64_t first,
                                                     std::size_t limit);

enum class SyncConflicts {
    show,
    newestWins,
    merge,
    keepBoth  ///< what is here stays; the other becomes an item of its own, with its own file
};
struct LibrarySync {
    std::uint64_t added = 0, updated = 0, same = 0, settled = 0, files = 0;
    std::vector<std::string> conflicts;  ///< names of what was changed on both sides and left alone
    std::vector<std::string> problems;
};
/// Brings what `other` has into the workstation's library, with files. Nothing is taken away here: what was
/// removed for good there stays, and what was removed for good here does not come back. Errors: notFound, io,
/// cancelled.
[[nodiscard]] Result<LibrarySync> bringIn(Workstation& workstation, const std::filesystem::path& other,
                                          SyncConflicts conflicts, const CancelToken& cancel = {});

/// Carries items into another library, which must be there; see engine/library/library_bridge.h. Blocking.
/// Errors: notFound, invalidArgument (the same library), and those of sendItems.
[[nodiscard]] Result<SendingReport> sendInto(Workstation& workstation, const std::filesystem::path& other,
                                             const std::vector<ItemName>& items,
                                             const CancelToken& cancel = {},
                                             const std::function<void(const SendingState&)>& progress = {});

/// A Markdown text as documentation that is searched with everything else. Errors: invalidArgument, io.
[[nodiscard]] Status addHelp(Workstation& workstation, const std::string& name, const std::string& markdown);

}  // namespace smidgen
