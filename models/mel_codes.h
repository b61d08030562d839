// Discrete sounds: what a quantising autoencoder makes of log-mel, and how well its codebooks are used.
// Torch-free.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/units.h"

namespace smidgen::models {

/// A sound as codes: frames × levels, row-major, each below the model's codebook size; and g, the globalDims
/// continuous numbers that say what holds for the whole sound.
struct MelCodes {
    int levels = 0;
    std::vector<std::uint16_t> codes;
    std::vector<float> g;
    [[nodiscard]] Frames frames() const {
        return Frames(levels > 0 ? static_cast<std::int64_t>(codes.size()) / levels : 0);
    }
    bool operator==(const MelCodes&) const = default;
};

/// How the codes of one level are spread over some sounds.
struct LevelHealth {
    double usage = 0;       ///< share of the codebook that occurs, 0…1
    double perplexity = 0;  ///< e to the entropy of the codes: 1 … codebookSize
    int deadCodes = 0;      ///< never used
};

/// Counts codes of any number of sounds. A value.
class CodeCensus {
 public:
    CodeCensus(int levels, int codebookSize);
    /// Codes beyond the codebook, and sounds with another number of levels, are left out.
    void add(const MelCodes& codes);
    [[nodiscard]] std::vector<LevelHealth> health() const;
    [[nodiscard]] std::int64_t frames() const { return m_frames; }

 private:
    int m_levels, m_size;
    std::int64_t m_frames = 0;
    std::vector<std::int64_t> m_counts;  ///< levels × codebookSize
};

inline constexpr double kHealthyUsage = 0.9;
inline constexpr double kHealthyPerplexityShare = 0.5;  ///< of the codebook size

/// Every level uses kHealthyUsage of its codes and its perplexity is not below kHealthyPerplexityShare.
[[nodiscard]] bool codebooksHealthy(std::span<const LevelHealth> levels, int codebookSize);

/// One sentence: "Codebooks are well used." or which level is not and what to do about it.
[[nodiscard]] std::string codebookSentence(std::span<const LevelHealth> levels, int codebookSize);

/// 32 codes below 1 000 latent frames of training sound, 64 below 2 000, 128 below 6 000, else 256: about
/// thirty frames a code, of which collections of 10, 40 and 150 sounds were seen to use nine tenths and more.
[[nodiscard]] int codebookSizeFor(std::int64_t latentFrames);

}  // namespace smidgen::models
