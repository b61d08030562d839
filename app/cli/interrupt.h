// Ctrl-C: the first asks the work to stop cleanly, the second quits at once.
#pragma once

#include "engine/foundation/cancel_token.h"

namespace smidgen::cli {

/// Catches SIGINT and SIGTERM from now on. Once per process. The first cancels the returned token; the
/// second leaves with exit code 3 without waiting for anything.
[[nodiscard]] CancelToken cancelOnInterrupt();

}  // namespace smidgen::cli
