// The codebooks of a model as places: which codes are alike, what lies between them, and how they are
// coloured.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/mel_vae.h"

namespace smidgen {

/// The colour of a code by what it adds to the sound: alike codes have alike tints. Both go round evenly over
/// the codes of a level.
struct CodeTint {
    double hue = 0;        ///< turns, [0, 1)
    double lightness = 0;  ///< 0 dark … 1 light
};

/// A code in place of a point between codes, and how far it lies from there, as CodeSpace::distance().
struct SnappedCode {
    std::uint16_t code = 0;
    double distance = 0;
};

/// Immutable; thread-safe. Levels and codes are the model's; asking for others is a programmer's error.
class CodeSpace {
 public:
    /// Of a quantising model.
    explicit CodeSpace(const models::MelVae& model);
    /// codewords: per level codebookSize × codeDims; vectors: per level codebookSize × latentDims, what a
    /// code adds to z.
    CodeSpace(std::vector<std::vector<float>> codewords, int codeDims,
              std::vector<std::vector<float>> vectors, int latentDims);

    [[nodiscard]] int levels() const { return static_cast<int>(m_codewords.size()); }
    [[nodiscard]] int codebookSize() const { return m_size; }
    [[nodiscard]] std::span<const float> codeword(int level, int code) const;
    [[nodiscard]] std::span<const float> vector(int level, int code) const;
    /// Between the unit vectors of two codes of a level: 0 … 2.
    [[nodiscard]] double distance(int level, int a, int b) const;
    /// All codes of the level, nearest first, `code` itself before all others.
    [[nodiscard]] std::span<const std::uint16_t> neighbours(int level, int code) const;
    /// On the way from `a` (amount 0) to `b` (1), straight, back on the sphere of codes.
    [[nodiscard]] SnappedCode between(int level, int a, int b, double amount) const;
    [[nodiscard]] CodeTint tint(int level, int code) const;

    /// z of frames [first, first + count) of a grid: the sum of the vectors of those levels that are heard.
    [[nodiscard]] models::Latents latents(const models::MelCodes& codes, const std::vector<bool>& heard,
                                          std::int64_t first, std::int64_t count) const;
    /// One code of one level, held: `count` frames.
    [[nodiscard]] models::Latents held(int level, int code, std::span<const float> g,
                                       std::int64_t count) const;

 private:
    void orderNeighbours();
    void chooseTints();

    int m_size = 0, m_codeDims = 0, m_latentDims = 0;
    std::vector<std::vector<float>> m_codewords, m_vectors;
    std::vector<std::vector<std::uint16_t>> m_neighbours;  ///< per level codebookSize × codebookSize
    std::vector<std::vector<CodeTint>> m_tints;
};

}  // namespace smidgen
