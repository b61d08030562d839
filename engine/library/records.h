// What the library keeps, as values: models, takes and cubes.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/peaks.h"
#include "engine/generation/recipe.h"
#include "engine/generation/take_novelty.h"
#include "engine/library/codebook_card.h"

namespace smidgen {

using CollectionId = std::string;
using ModelId = std::string;
using TakeId = std::string;
using CubeId = std::string;
using PresetId = std::string;

/// What a model says of its prior.
struct PriorCard {
    std::int64_t steps = 0;
    int sounds = 0;          ///< trained on
    double heldOutNats = 0;  ///< per code of sounds kept back; 0 when nothing was held out
    std::string remark;      ///< plain words with what to do, when it knows its sounds by heart
};

struct ModelRecord {
    ModelId id;
    std::string name;
    std::filesystem::path file;
    std::optional<PriorCard> prior;
    std::string kind;  ///< "vae", "rvq"
    std::int64_t createdMs = 0;
    std::int64_t steps = 0;
    double trainedSeconds = 0;  ///< CPU seconds
    double heldOutMelL1 = 0;    ///< log10; 0 when unknown
    int sounds = 0;             ///< trained on
    double soundSeconds = 0;
    std::string collectionName;
    std::int64_t bytes = 0;
    std::string health;                           ///< plain words: "healthy", "learned little: …"
    std::string base;                             ///< file name of the base it began from; empty: from zero
    CodebookCard codebooks;                       ///< of quantising models
    std::vector<std::string> tags;                ///< in the library, ascending
    bool remembersSounds = false;                 ///< says where they lie; see soundReferencesOf()
    std::map<std::string, std::string> metadata;  ///< everything the file says of itself
};

struct TakeRecord {
    TakeId id;
    std::string name;
    std::filesystem::path file;  ///< 32-bit float WAV, 48 kHz
    Recipe recipe;
    std::int64_t createdMs = 0;
    double seconds = 0;
    int channels = 0;
    double lufs = 0;
    double truePeakDb = 0;
    std::optional<TakeNovelty> novelty;  ///< of takes from a prior
    std::vector<SliderOutcome> sliders;  ///< of takes whose recipe sets sliders: all eight
    std::vector<std::string> tags;       ///< ascending
    bool starred = false;
    bool trashed = false;
    std::vector<PeakPair> thumbnail;  ///< 128 columns
};

/// Settings under a name.
struct PresetRecord {
    PresetId id;
    std::string name;  ///< with '/' between folders: "Caves/Dark room"
    Recipe recipe;     ///< as it was saved, model and seed included
    std::int64_t createdMs = 0;
    std::vector<std::string> tags;  ///< ascending
    bool trashed = false;
};

/// A wavetable cube, as far as it is known without reading its nodes.
struct CubeRecord {
    CubeId id;
    std::string name;
    std::filesystem::path file;  ///< storage/wavetable/cube_file.h; another one after every change of nodes
    std::string content;         ///< nameOf(CubeContent)
    ModelId model;               ///< of latents
    std::array<std::uint32_t, 3> size{};
    std::array<std::string, 3> axes;
    std::uint64_t nodes = 0;
    std::int64_t bytes = 0;  ///< of the file
    std::int64_t createdMs = 0;
    std::vector<std::string> tags;  ///< ascending
    bool trashed = false;
};

}  // namespace smidgen
