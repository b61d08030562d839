// Which of several processes of one training this one is. Torch-free.
#pragma once

#include <optional>
#include <string>

#include "engine/foundation/result.h"

namespace smidgen::models {

struct ProcessPlace {
    int rank = 0;         ///< 0 … size − 1; 0 leads
    int size = 2;         ///< of the group
    std::string address;  ///< host name or address where rank 0 runs
    int port = 0;         ///< where rank 0 listens
};

/// From RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as torchrun sets them. Nothing when none is set, or
/// when the group has one process. Errors: invalidArgument naming the variable.
[[nodiscard]] Result<std::optional<ProcessPlace>> placeFromEnvironment();

}  // namespace smidgen::models
