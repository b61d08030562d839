// Sound for pre-training the decoder: crops of recordings and of the synthesiser, augmented, with their
// spectra.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/mel.h"
#include "engine/analysis/mel_skeleton.h"
#include "engine/analysis/tone_carrier.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/random.h"
#include "engine/foundation/result.h"
#include "models/mel_vae.h"
#include "models/wave_decoder_trainer.h"

namespace smidgen {

struct DecoderMaterialSettings {
    std::uint64_t seed = 0;
    /// Of synthesised sound to draw from; its share of the crops is its share of all the sound. Unset:
    /// without end, and kSyntheticShare of the crops (all of them without recordings).
    std::optional<double> syntheticSeconds;
    double mostSeconds = 7200;  ///< of recordings kept in memory (16 bit); beyond it whole files are left out
};

inline constexpr double kSyntheticShare = 0.3;

/// Recordings in memory and a sampler whose crops depend on the seed and their number alone. Crops are made
/// of sounds drawn by √duration, with varispeed, reversal, tilt, a second sound below the first, and the peak
/// anywhere within 45 dB of full scale. Not thread-safe.
class DecoderMaterial {
 public:
    /// Decodes the files (mono mix, 48 kHz). Files that cannot be read are named in `skipped`. Errors:
    /// cancelled, unusableInput (files were given, and none can be used), outOfMemory.
    [[nodiscard]] static Result<DecoderMaterial> load(std::span<const std::filesystem::path> files,
                                                      const DecoderMaterialSettings& settings,
                                                      const CancelToken& cancel = {},
                                                      const std::function<void(double)>& progress = {});

    [[nodiscard]] double seconds() const;
    [[nodiscard]] int fileCount() const { return static_cast<int>(m_sounds.size()); }
    [[nodiscard]] const std::vector<std::string>& skipped() const { return m_skipped; }

    /// (frames − 1) × 512 samples, so that its mel has `frames` frames.
    [[nodiscard]] std::vector<float> crop(std::uint64_t number, int frames) const;

 private:
    struct Sound {
        std::vector<std::int16_t> samples;
        float scale = 1;
    };
    [[nodiscard]] double syntheticShare() const;
    [[nodiscard]] std::vector<float> source(Random& random, std::int64_t samples) const;
    [[nodiscard]] std::vector<float> recorded(Random& random, std::int64_t samples) const;
    [[nodiscard]] std::vector<float> synthetic(Random& random, std::int64_t samples) const;

    DecoderMaterialSettings m_settings;
    double m_syntheticShare = 1.0;
    std::vector<Sound> m_sounds;
    std::vector<double> m_shares;  ///< running sum of √duration
    std::vector<std::string> m_skipped;
};

/// Crops → what a training step needs. Holds FFTs: one object per thread.
class WaveBatcher {
 public:
    /// `through`: a model whose rebuilt mels every second crop is given instead of its own, so that the
    /// decoder knows what models make; may be null.
    explicit WaveBatcher(const models::WaveDecoderShape& shape,
                         std::shared_ptr<const models::MelVae> through = nullptr);
    [[nodiscard]] const MelSkeleton& skeleton() const { return m_skeleton; }
    [[nodiscard]] std::vector<float> bank() const { return m_analyzer.bank().dense(); }
    void clear(models::WaveBatch& batch) const;
    /// Appends one crop of (frames − 1) × 512 samples; `seed` of the noise. Errors: the model's.
    [[nodiscard]] Status append(std::span<const float> crop, std::uint64_t seed, models::WaveBatch& batch);

 private:
    models::WaveDecoderShape m_shape;
    std::shared_ptr<const models::MelVae> m_through;
    MelAnalyzer m_analyzer;
    MelSkeleton m_skeleton;
    ToneCarrier m_carrier;
    std::vector<float> m_rows;
};

}  // namespace smidgen
