// How often each code of each level occurs.
#pragma once

#include <cstdint>
#include <vector>

#include "models/mel_codes.h"

namespace smidgen {

/// A value. counts[level][code].
struct CodeUsage {
    std::vector<std::vector<std::int64_t>> counts;
    std::int64_t frames = 0;

    CodeUsage() = default;
    CodeUsage(int levels, int codebookSize)
        : counts(static_cast<std::size_t>(levels),
                 std::vector<std::int64_t>(static_cast<std::size_t>(codebookSize))) {}
    /// Grids of another number of levels, and codes beyond the codebook, are left out.
    void add(const models::MelCodes& grid);
    /// Of a level: 0 … 1.
    [[nodiscard]] double share(int level, int code) const;
    [[nodiscard]] std::vector<models::LevelHealth> health() const;
};

}  // namespace smidgen
