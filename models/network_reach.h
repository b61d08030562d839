// Whether and by which of its own addresses this machine reaches another. Torch-free.
#pragma once

#include <string>

#include "engine/foundation/result.h"

namespace smidgen::models {

/// The numeric address that connections from here to `host` come from; nothing is sent. Errors: io when the
/// name is unknown or there is no way there.
[[nodiscard]] Result<std::string> ownAddressTowards(const std::string& host, int port);

/// Something accepts a connection there, now; waits a second at most for each of its addresses.
[[nodiscard]] bool answers(const std::string& host, int port);

}  // namespace smidgen::models
