// How a block of another library stands to ours. Internal to this room.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/library/library.h"
#include "engine/workstation/other_library.h"

namespace smidgen {

/// Opens it to be read. Errors: as lookInto().
[[nodiscard]] Result<std::unique_ptr<Library>> openAnother(const Library& here,
                                                           const std::filesystem::path& folder);

/// Of a block that both have.
[[nodiscard]] Standing standingOf(const storage::Block& theirs, const storage::Block& ours);
/// Of a block that is theirs alone. Errors: io.
[[nodiscard]] Result<Standing> standingAlone(const Library& here, const storage::Block& theirs);

}  // namespace smidgen
