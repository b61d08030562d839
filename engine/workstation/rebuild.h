// A take's recipe rendered anew.
#pragma once

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/workstation/snapshots.h"

namespace smidgen {

class Workstation;

/// Whether every sample is the one that is kept. Blocking, as long as a generation. Errors:
/// Workstation::render()'s, those of reading the take's file.
[[nodiscard]] Result<bool> comesOutAgain(Workstation& workstation, const TakeSnapshot& take,
                                         const CancelToken& cancel = {});

}  // namespace smidgen
