// Half 1: the mel autoencoder, log-mel ↔ latents. Torch-free header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/foundation/units.h"
#include "models/device.h"
#include "models/mel_codes.h"

namespace smidgen::models {

/// Log-mel of silence, ln 1e-5: the floor of the front end. A model is not asked to rebuild what lies below.
inline constexpr double kLogMelOfSilence = -11.512925464970229;

/// Sizes of the network. One latent frame covers `fold` mel frames (2 × 512 samples: 46.9 Hz).
struct MelVaeShape {
    int melBands = 128;
    int width = 256;
    int encoderBlocks = 3;
    int decoderBlocks = 4;
    int latentDims = 64;   ///< z, per latent frame: how it differs from that
    int globalDims = 128;  ///< g, per sound: what holds on average over time (timbre, room, loudness)
    int fold = 2;
    int levels = 0;  ///< of residual vector quantisation between encoder and decoder; 0: z stays as it is
    int codebookSize = 0;  ///< codes per level
    int codeDims = 8;      ///< a code is a unit vector of so many numbers
    [[nodiscard]] bool quantised() const { return levels > 0; }
};

/// A sound in latent space. z: frames × latentDims; g: globalDims. Both are posterior means; z of a
/// quantising model is the sum of its codes' vectors.
struct Latents {
    int latentDims = 0;
    std::vector<float> z;
    std::vector<float> g;
    [[nodiscard]] Frames frames() const {
        return Frames(latentDims > 0 ? static_cast<std::int64_t>(z.size()) / latentDims : 0);
    }
};

/// A trained model, for inference. Thread-safe for concurrent encode/decode. Inputs and outputs are natural
/// log-mel, frames × melBands. Every result on CPU is the same bit for bit, whatever the thread count.
class MelVae {
 public:
    /// Errors: notFound, io, unusableInput (hostile, damaged, not a Smidgen model, or a newer format),
    /// device.
    [[nodiscard]] static Result<MelVae> load(const std::filesystem::path& path, DeviceKind device);
    MelVae(MelVae&&) noexcept;
    MelVae& operator=(MelVae&&) noexcept;
    ~MelVae();

    [[nodiscard]] const MelVaeShape& shape() const;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const;
    [[nodiscard]] std::int64_t parameterCount() const;

    /// logMel: T × melBands, T ≥ 1 (padded at the end to a whole number of latent frames). Long inputs are
    /// run in overlapping pieces so that memory is bounded and no seam shows.
    [[nodiscard]] Result<Latents> encode(std::span<const float> logMel) const;
    /// → frames × fold × melBands. One g for the whole, or one per latent frame when g holds frames ×
    /// globalDims.
    [[nodiscard]] Result<std::vector<float>> decode(const Latents& latents) const;

    // Of quantising models (shape().quantised()) only; invalidArgument or empty otherwise.
    [[nodiscard]] Result<MelCodes> encodeCodes(std::span<const float> logMel) const;
    /// The nearest codes of any latents of this model's size.
    [[nodiscard]] Result<MelCodes> codesOf(const Latents& latents) const;
    /// For decode(). `levels` > 0: only the first so many.
    [[nodiscard]] Result<Latents> latentsOf(const MelCodes& codes, int levels = 0) const;
    /// What each code of a level adds to z: codebookSize × latentDims.
    [[nodiscard]] std::vector<float> codeVectors(int level) const;
    /// The unit vectors a level's codes are found by: codebookSize × codeDims.
    [[nodiscard]] std::vector<float> codebook(int level) const;

    /// Per-dimension standard deviation and mean of the training latents (z then g), for sampling.
    [[nodiscard]] std::span<const float> latentMean() const;
    [[nodiscard]] std::span<const float> latentStd() const;
    /// Latents of training sounds kept with the model (anchors of generated paths).
    [[nodiscard]] const std::vector<Latents>& anchors() const;

 private:
    struct Impl;
    explicit MelVae(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen::models
