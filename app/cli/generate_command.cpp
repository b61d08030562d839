// generate: new takes from a model, exported.
#include <spdlog/fmt/fmt.h>

#include <limits>
#include <memory>

#include "app/cli/blend_options.h"
#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/export_takes.h"
#include "app/cli/figures.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/recipe_file.h"
#include "app/cli/slider_judgement.h"
#include "app/cli/slider_options.h"
#include "app/cli/space_options.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/workstation/presets.h"

namespace smidgen::cli {
namespace {

struct GenerateOptions {
    std::string model, out, recipe, preset, decoder;
    ExportOptions exporting;
    SpaceOptions space;
    BlendOptions blend;
    std::optional<double> duration, variation, lufs;
    std::optional<std::uint64_t> seed;
    std::optional<double> temperature, topP, guidance;
    std::optional<int> topK;
    std::string continueFrom;
    bool withoutPrior = false, withoutTools = false;
    std::vector<std::string> sliders;
    std::vector<std::string> explore;
    int count = 1;
};

/// A model with a prior speaks through it, unless a recipe or --no-prior says otherwise.
Status choosePrior(const GenerateOptions& options, const ModelSnapshot& model, bool saysNothingOfPrior,
                   Recipe& recipe) {
    const bool asked = options.temperature || options.topK || options.topP || options.guidance ||
                       !options.continueFrom.empty();
    if (options.withoutPrior) {
        if (asked)
            return failure(ErrorCode::invalidArgument,
                           "--no-prior leaves nothing for --temperature, --top-k, --top-p, --guidance or "
                           "--continue to change.");
        recipe.prior.reset();
        return {};
    }
    const bool there = model.prior.has_value();
    if (!there && asked)
        return failure(
            ErrorCode::unusableInput,
            "The model '" + model.name + "' has no prior to ask. Train one with 'smidgen train-prior'.");
    if (!there && !options.preset.empty()) recipe.prior.reset();
    if (there && !recipe.prior && (asked || saysNothingOfPrior)) recipe.prior.emplace();
    if (!recipe.prior) return {};
    if (options.temperature) recipe.prior->temperature = *options.temperature;
    if (options.topK) recipe.prior->topK = *options.topK;
    if (options.topP) recipe.prior->topP = *options.topP;
    if (options.guidance) recipe.prior->guidance = *options.guidance;
    if (!options.continueFrom.empty())
        recipe.prior->continueFrom = displayName(std::filesystem::absolute(options.continueFrom));
    return {};
}

/// What a recipe file or a preset says, or what is usual.
Result<Recipe> startingRecipe(const Workstation& workstation, const GenerateOptions& options) {
    Recipe recipe;
    if (!options.recipe.empty()) {
        auto read = readRecipe(options.recipe);
        if (!read) return propagate(read);
        recipe = std::move(*read);
    }
    if (options.preset.empty()) return recipe;
    auto preset = findPreset(workstation, options.preset);
    if (!preset) return propagate(preset);
    if (!options.recipe.empty() || isFactory(**preset)) return withPreset(recipe, **preset, true);
    return (*preset)->recipe;
}

/// Recipe and preset, if any, then what the options say.
Result<Recipe> composeRecipe(Session& session, Workstation& workstation, const GenerateOptions& options) {
    auto started = startingRecipe(workstation, options);
    if (!started) return propagate(started);
    Recipe recipe = std::move(*started);
    if (options.model.empty() && recipe.modelId.empty())
        return failure(ErrorCode::invalidArgument,
                       "The preset '" + options.preset + "' is for any model. Name one with --model.");
    auto model = workstation.findModel(options.model.empty() ? recipe.modelId : options.model);
    if (!model) return propagate(model);
    const bool saysNothing = recipe.modelId.empty();
    const std::string reference = workstation.referenceTo(**model);
    if (reference != recipe.modelId) recipe.explore.clear();  // directions are a model's own
    recipe.modelId = reference;
    recipe.modelName = (*model)->name;
    if (options.seed) recipe.seed = *options.seed;
    if (options.duration) recipe.seconds = *options.duration;
    if (Status placed = applySpace(options.space, recipe); !placed) return propagate(placed);
    if (options.variation) recipe.variation = *options.variation;
    if (options.lufs) recipe.targetLufs = *options.lufs;
    if (options.exporting.ceiling) recipe.truePeakCeilingDb = *options.exporting.ceiling;
    if (!options.decoder.empty()) {
        auto identity = decoderIdentity(options.decoder);
        if (!identity) return propagate(identity);
        recipe.decoder = std::move(*identity);
    }
    if (Status chosen = choosePrior(options, **model, saysNothing, recipe); !chosen) return propagate(chosen);
    if (Status set = setSliders(options.sliders, recipe); !set) return propagate(set);
    if (Status set = setExplore(options.explore, recipe); !set) return propagate(set);
    if (options.withoutTools) recipe.sliderTools = false;
    if (Status blended = applyBlend(session, workstation, options.blend, recipe); !blended)
        return propagate(blended);
    if (Status valid = recipe.validate(); !valid) return propagate(valid);
    return recipe;
}

Status generate(Session& session, const GenerateOptions& options) {
    Console& console = session.console();
    if (options.model.empty() && options.recipe.empty() && options.preset.empty()) {
        return failure(ErrorCode::invalidArgument,
                       "Name a model with --model, a recipe with --recipe, or a preset with --preset.");
    }
    auto place = outputPlace(options.out);
    if (!place) return propagate(place);
    if (!place->isFolder && options.count > 1) {
        return failure(
            ErrorCode::invalidArgument,
            fmt::format("{} takes do not fit into one file. Name a folder with --out.", options.count));
    }
    if (auto good = checkExportOptions(options.exporting, *place); !good) return good;
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto settings = exportSettings(**workstation, options.exporting, *place, "{model}-{seed}");
    if (!settings) return propagate(settings);
    auto recipe = composeRecipe(session, **workstation, options);
    if (!recipe) return propagate(recipe);

    auto rendering = (*workstation)->generate({*recipe, options.count});
    if (!rendering) return propagate(rendering);
    auto rendered = session.follow(*rendering);
    if (!rendered) return propagate(rendered);
    if (rendered->phase == JobPhase::cancelled) return stopped("Stopped; nothing was exported.");

    auto files = exportTakes(session, **workstation, rendered->takes, *place, *settings);
    if (!files) return propagate(files);
    nlohmann::json takes = nlohmann::json::array();
    for (const ExportedFile& file : *files) {
        const auto take = (*workstation)->take(file.take);
        if (take == nullptr) continue;
        takes.push_back(document(*take));
        takes.back()["file"] = displayName(file.path);
        takes.back()["exported"] = document(file);
        console.line(fmt::format("{}: seed {}, {}, {}, {} LUFS, true peak {} dB{}", displayName(file.path),
                                 take->recipe.seed, secondsText(take->seconds), nameOf(take->recipe.space),
                                 decibelText(file.lufs), decibelText(file.truePeakDb),
                                 file.remark.empty() ? "" : "; it " + file.remark));
        for (const std::string& line : sliderLines(*take)) console.line("  " + line);
        if (take->novelty)
            console.line(fmt::format("  novelty {:.2f}, closest to '{}'{}", take->novelty->novelty,
                                     take->novelty->closest, take->novelty->copied ? ": a copy" : ""));
    }
    console.document({{"model", recipe->modelId}, {"takes", takes}});
    return {};
}

}  // namespace

void addGenerateCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command = addCommand(
        app, "generate", "Make new sound from a model",
        "  smidgen generate --model forest --out take.wav\n"
        "  smidgen generate --model forest --out takes --count 8 --duration 20 --format flac\n"
        "  smidgen generate --model forest --out wide.wav --space stereo --width 1.2 --seed 42\n"
        "  smidgen generate --model forest --out round.wav --space binaural --azimuth 90 --move 8:-270\n"
        "  smidgen generate --model forest --out dark.wav --set brightness=0.1 --set space=0.9\n"
        "  smidgen generate --model forest --out room.wav --preset 'Dark room'\n"
        "  smidgen generate --model forest --blend drums:0.3 --out between.wav\n"
        "  smidgen generate --model forest --explore 1=2 --explore 3=-1 --out further.wav\n"
        "  smidgen generate --recipe take.wav --out again.wav\n"
        "Every take also enters the library, with the recipe that rebuilds it.");
    const auto options = std::make_shared<GenerateOptions>();
    command->add_option("--model", options->model, "Name, id or file of the model")
        ->type_name("MODEL")
        ->check(notEmpty());
    command->add_option("--out", options->out, "Sound file, or folder for several")
        ->required()
        ->type_name("FILE|DIR")
        ->check(notEmpty());
    command->add_option("--duration", options->duration, "Length of a take (default 8)")
        ->check(numberBetween(0.05, 3600, "seconds"));
    command->add_option("--count", options->count, "How many takes, from following seeds")
        ->check(wholeNumber(1, 1000))
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Seed of the first take (default 1)")
        ->check(wholeNumber(0, std::numeric_limits<std::int64_t>::max()));
    addSpaceOptions(*command, options->space);
    command->add_option("--variation", options->variation, "How far from what was learned (default 1)")
        ->check(numberBetween(0, 2, ""));
    command->add_option("--lufs", options->lufs, "Loudness of a take (default -16)")
        ->check(numberBetween(-60, 0, "LUFS"));
    command
        ->add_option("--decoder", options->decoder,
                     "griffin-lim, a size that came with the program (draft, standard), or a decoder's file")
        ->type_name("DECODER")
        ->check(notEmpty());
    addSetOption(*command, options->sliders);
    addExploreOption(*command, options->explore);
    addBlendOptions(*command, options->blend);
    command->add_flag("--no-tools", options->withoutTools,
                      "Sliders move what the model makes, and nothing is done to the sound afterwards");
    command
        ->add_option("--temperature", options->temperature, "Prior: 0 plays safe, above 1 dares (default 1)")
        ->check(numberBetween(0, 10, ""));
    command->add_option("--top-k", options->topK, "Prior: only the K likeliest codes (default 0: all)")
        ->check(wholeNumber(0, 8192));
    command
        ->add_option("--top-p", options->topP, "Prior: only the likeliest codes up to this share (default 1)")
        ->check(numberBetween(0.001, 1, ""));
    command
        ->add_option("--guidance", options->guidance,
                     "Prior: how closely it keeps to a sound's kind (default 1)")
        ->check(numberBetween(0, 10, ""));
    command->add_option("--continue", options->continueFrom, "Prior: a sound that the take begins with")
        ->type_name("FILE")
        ->check(notEmpty());
    command->add_flag("--no-prior", options->withoutPrior, "Walk among the model's sounds instead");
    command
        ->add_option(
            "--recipe", options->recipe,
            "Rebuild from this recipe: JSON, or a sound file that Smidgen wrote; options given change it")
        ->type_name("FILE")
        ->check(notEmpty());
    command
        ->add_option("--preset", options->preset,
                     "Begin from this preset (smidgen preset list); options given change it")
        ->type_name("NAME")
        ->check(notEmpty());
    addExportOptions(*command, options->exporting);
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return generate(session, *options); };
    });
}

}  // namespace smidgen::cli
