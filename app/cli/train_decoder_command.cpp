// train-decoder: pre-training of the universal decoder.
#include <spdlog/fmt/fmt.h>

#include <limits>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"

namespace smidgen::cli {
namespace {

struct TrainDecoderOptions {
    std::vector<std::string> paths;
    std::string out;
    std::optional<std::string> size;
    std::optional<double> syntheticSeconds;
    std::optional<double> minutes;
    std::optional<std::int64_t> steps;
    int batch = 8;
    std::optional<double> learningRate;
    std::string base, through;
    std::int64_t seed = 1;
    bool resume = false;
};

Status trainDecoderCommand(Session& session, const TrainDecoderOptions& options) {
    Console& console = session.console();
    auto device = session.device();
    if (!device) return propagate(device);
    DecoderTrainingRequest request;
    request.paths = toPaths(options.paths);
    request.out = options.out;
    if (options.size)
        request.size = *options.size == "draft"    ? DecoderSize::draft
                       : *options.size == "studio" ? DecoderSize::studio
                                                   : DecoderSize::standard;
    request.syntheticSeconds = options.syntheticSeconds;
    request.minutes = options.minutes;
    request.steps = options.steps;
    request.batchSize = options.batch;
    request.learningRate = options.learningRate;
    if (!options.base.empty()) {
        auto base = decoderFile(options.base);
        if (!base) return propagate(base);
        request.base = std::move(*base);
    }
    if (std::error_code ignored;
        !options.through.empty() && !std::filesystem::is_regular_file(options.through, ignored)) {
        auto workstation = session.workstation();
        if (!workstation) return propagate(workstation);
        auto model = (*workstation)->findModel(options.through);
        if (!model) return propagate(model);
        request.through = (*model)->file;
    } else {
        request.through = options.through;
    }
    request.seed = static_cast<std::uint64_t>(options.seed);
    request.resume = options.resume;
    request.threads = session.threads();
    auto trained = Workstation::trainDecoder(
        request, *device, session.cancel(), [&](const DecoderTrainingProgress& progress) {
            std::string line = progress.sentence;
            if (progress.etaSeconds) line += ", about " + secondsText(*progress.etaSeconds) + " left";
            console.progress(line);
        });
    if (!trained) return propagate(trained);
    for (const std::string& sentence : trained->skipped) console.message(sentence);
    nlohmann::json gain;
    if (trained->gain)
        gain = {{"before", trained->gain->before},
                {"after", trained->gain->after},
                {"best_step", trained->gain->bestStep}};
    console.document({{"file", displayName(request.out)},
                      {"gain", gain},
                      {"steps", trained->steps},
                      {"seconds", trained->seconds},
                      {"recordings", trained->files},
                      {"recorded_seconds", trained->recordedSeconds},
                      {"log_spectral_distances", trained->distances},
                      {"mel_l1", trained->melL1},
                      {"skipped", trained->skipped}});
    console.line(fmt::format("{}: {} steps in {}", displayName(request.out), trained->steps,
                             secondsText(trained->seconds)));
    if (trained->gain)
        console.line(trained->gain->bestStep > 0
                         ? fmt::format("On recordings held back {:.4f} instead of {:.4f} (log-spectral "
                                       "distances plus mel L1), best after {} steps.",
                                       trained->gain->after, trained->gain->before, trained->gain->bestStep)
                         : "Nothing better than the base was found, so the file holds the base as it was.");
    return {};
}

}  // namespace

void addTrainDecoderCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command = addCommand(
        app, "train-decoder", "Pre-train the decoder that turns mel spectra into sound",
        "  smidgen train-decoder recordings --out decoder.safetensors --minutes 120\n"
        "  smidgen train-decoder recordings --out decoder.safetensors --minutes 240 --resume\n"
        "  smidgen train-decoder ~/sounds --base standard --through forest --out forest-decoder.safetensors\n"
        "  smidgen generate --model forest --decoder forest-decoder.safetensors --out take.wav\n"
        "With --base and --through it is fine-tuned on what a model of yours makes of your sounds.\n"
        "Without recordings it learns from synthesised sound alone. One seed and a number of steps give the\n"
        "same weights every time on the CPU. Use the result with: smidgen vocode --decoder "
        "decoder.safetensors");
    const auto options = std::make_shared<TrainDecoderOptions>();
    command->add_option("PATH", options->paths, "Recordings: sound files and folders (searched recursively)")
        ->type_name("")
        ->check(notEmpty());
    command->add_option("--out", options->out, "File to write the decoder to")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    command
        ->add_option(
            "--size", options->size,
            "How large: draft is the fastest; default: the base's, or standard. A draft --base grows "
            "into studio, keeping what it knows")
        ->check(oneOf({"draft", "standard", "studio"}));
    command
        ->add_option("--synthetic-seconds", options->syntheticSeconds,
                     "Synthesised sound to learn from; default: without end, three crops in ten")
        ->check(numberBetween(0, 1e7, "seconds"));
    CLI::Option* minutes =
        command->add_option("--minutes", options->minutes, "Time to train; default: 60, with --base 10")
            ->check(numberBetween(0.01, 100'000, "minutes"));
    command->add_option("--steps", options->steps, "Train exactly this many steps")
        ->check(wholeNumber(1, 100'000'000))
        ->excludes(minutes);
    command->add_option("--batch", options->batch, "Crops a step")
        ->check(wholeNumber(1, 1024))
        ->capture_default_str();
    command
        ->add_option(
            "--learning-rate", options->learningRate,
            "Highest rate, reached within 100 steps; it falls to nothing; default: 2e-3, with --base "
            "5e-5, since more would ruin what it knows")
        ->check(numberBetween(1e-7, 0.1, ""));
    command
        ->add_option("--base", options->base,
                     "Fine-tune this decoder (draft, standard, or a file); the best weights on recordings "
                     "held back are kept, so it never "
                     "ends worse than it began")
        ->type_name("DECODER")
        ->check(notEmpty());
    command
        ->add_option(
            "--through", options->through,
            "Name, id or file of a model: every second crop is learned from the mel that it makes of it")
        ->type_name("MODEL")
        ->check(notEmpty());
    command->add_option("--seed", options->seed, "Everything random follows from it")
        ->check(wholeNumber(0, std::numeric_limits<std::int64_t>::max()))
        ->capture_default_str();
    command->add_flag("--resume", options->resume, "Go on from the checkpoint beside the file");
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return trainDecoderCommand(session, *options); };
    });
}

}  // namespace smidgen::cli
