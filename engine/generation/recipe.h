// A recipe fully determines a take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/foundation/units.h"
#include "engine/generation/griffin_lim_decoding.h"
#include "engine/space/source_path.h"
#include "engine/steering/slider_positions.h"

namespace smidgen {

inline constexpr double kShortestTakeSeconds = 0.05;
inline constexpr double kLongestTakeSeconds = 3600;

enum class OutputSpace { mono, stereo, binaural };
/// "mono", "stereo", "binaural".
[[nodiscard]] std::string_view nameOf(OutputSpace space);
[[nodiscard]] std::optional<OutputSpace> outputSpaceNamed(std::string_view name);

/// Where around a listener's head a binaural take comes from.
struct BinauralRecipe {
    SourcePosition position;        ///< at its start
    std::vector<SourcePoint> path;  ///< where it goes from there; times after 0
    std::string hrtf;               ///< a SOFA file; empty: the set that comes with libmysofa

    /// The position and the path in one.
    [[nodiscard]] std::vector<SourcePoint> way() const;
    bool operator==(const BinauralRecipe&) const = default;
};

/// How the prior of a model is asked for codes; ranges as models::SamplingSettings.
struct PriorRecipe {
    double temperature = 1.0;
    int topK = 0;
    double topP = 1.0;
    double guidance = 1.0;
    std::string continueFrom;  ///< a sound file that the take begins with and goes on from; may be empty
    bool operator==(const PriorRecipe&) const = default;
};

/// How a take comes from several models.
enum class BlendKind {
    audio,   ///< each makes its sound, and they are mixed: any models
    latents  ///< the others' latents are said by the first model's, and it makes one sound: models that fit
};
/// Another model in a take, by its share of it. What the shares leave of 1 is the first model's, and more
/// than nothing.
struct BlendPart {
    std::string modelId;
    std::string modelName;  ///< for people
    double ratio = 0;       ///< 0 … below 1
    bool operator==(const BlendPart&) const = default;
};
inline constexpr std::size_t kMostBlendParts = 7;

/// A plain value. Rendering it twice with the same model on the same kind of device gives the same samples
/// bit for bit.
struct Recipe {
    std::string modelId;
    std::string modelName;  ///< for people; not used to find the model
    std::uint64_t seed = 1;
    double seconds = 8.0;  ///< 0.05 … 3600
    OutputSpace space = OutputSpace::mono;
    double width = 0.7;       ///< stereo only: 0 (mono) … 1.5; left and right together are the same for all
    BinauralRecipe binaural;  ///< binaural only
    double variation = 1.0;   ///< 0 … 2: how far the path leaves what was heard in training
    double targetLufs = -16.0;  ///< binaural: of the sound 1 m away, over all directions
    double truePeakCeilingDb = -1.0;
    /// Identity of the decoder (engine/generation/decoder_shelf.h). Empty: not chosen yet; what takes it
    /// chooses.
    std::string decoder;
    GriffinLimDecoding griffinLim;  ///< where that is the decoder

    SliderPositions sliders;  ///< none set: as it comes
    bool sliderTools = true;  ///< what the model cannot do, tools on the sound do (engine/steering)

    /// Along the model's own directions (engine/generation/latent_directions.h), one by one in standard
    /// deviations of its sounds, −3 … 3; empty: none.
    std::vector<double> explore;

    std::optional<PriorRecipe> prior;  ///< from the model's prior; else along the model's own sounds

    std::vector<BlendPart> blend;  ///< other models; sliders mean what they mean to the first
    BlendKind blendKind = BlendKind::audio;

    /// Errors: invalidArgument naming the field and its range.
    [[nodiscard]] Status validate() const;
    bool operator==(const Recipe&) const = default;
};

[[nodiscard]] std::string toJson(const Recipe& recipe);
/// Errors: unusableInput (not JSON, wrong types, newer version).
[[nodiscard]] Result<Recipe> recipeFromJson(const std::string& text);

}  // namespace smidgen
