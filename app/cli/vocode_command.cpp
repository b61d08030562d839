// vocode: a sound through the decoder alone.
#include <spdlog/fmt/fmt.h>

#include <ctime>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/sound_options.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/generation/generator.h"

namespace smidgen::cli {
namespace {

struct VocodeOptions {
    std::string input, out, decoder;
    int iterations = 48;
    SoundOptions sound;
};

double processorSeconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

Status vocodeCommand(Session& session, const VocodeOptions& options) {
    Console& console = session.console();
    auto place = outputPlace(options.out);
    if (!place) return propagate(place);
    auto profile = writeProfile(options.sound, *place);
    if (!profile) return propagate(profile);
    if (place->isFolder)
        return failure(ErrorCode::invalidArgument, "--out names a folder. Name a sound file, e.g. " +
                                                       displayName(place->path / "decoded.wav") + ".");
    const std::filesystem::path input = options.input;
    auto sound = readAudioAtInternalRate(input);
    if (!sound) return propagate(sound);
    const std::string name = options.decoder.empty() ? bestDecoder() : options.decoder;
    auto decoder = makeDecoder(name, {options.iterations});
    if (!decoder) return propagate(decoder);
    console.progress("Decoding " + displayName(input.filename()) + " …");
    const double before = processorSeconds();
    auto decoded = vocode(**decoder, *sound, session.cancel());
    if (!decoded) return propagate(decoded);
    const double spent = processorSeconds() - before;
    WriteOptions writing;
    writing.profile = *profile;
    writing.tags = {{"title", displayName(input.stem())}, {"software", "Smidgen"}};
    auto written = writeAudio(*decoded, place->path, writing, session.cancel());
    if (!written) return propagate(written);
    const ReconstructionMetrics metrics = compareSignals(toMidSide(*sound).mid, toMidSide(*decoded).mid);
    console.document({{"file", displayName(written->path)},
                      {"decoder", name},
                      {"seconds", decoded->duration().value},
                      {"cpu_seconds", spent},
                      {"mel_l1", metrics.melL1},
                      {"lsd", metrics.lsd},
                      {"lsd_short", metrics.lsdShort}});
    console.line(fmt::format("{}: {} through {}, log10 mel L1 {:.3f}, log-spectral distance {:.3f}",
                             displayName(written->path), secondsText(decoded->duration().value), name,
                             metrics.melL1, metrics.lsd));
    return {};
}

}  // namespace

void addVocodeCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command = addCommand(
        app, "vocode", "Send a sound through its mel spectrum and a decoder: the best a model can do",
        "  smidgen vocode --input bell.wav --out decoded.wav\n"
        "  smidgen vocode --input bell.wav --out old.wav --decoder griffin-lim");
    const auto options = std::make_shared<VocodeOptions>();
    command->add_option("--input", options->input, "Sound file to read")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    command->add_option("--out", options->out, "Sound file to write")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    command
        ->add_option(
            "--decoder", options->decoder,
            "griffin-lim, a size that came with the program (draft, standard), or a decoder's file; default: "
            "the standard one")
        ->type_name("DECODER")
        ->check(notEmpty());
    command->add_option("--iterations", options->iterations, "Of griffin-lim")
        ->check(wholeNumber(1, 1000))
        ->capture_default_str();
    addSoundOptions(*command, options->sound);
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return vocodeCommand(session, *options); };
    });
}

}  // namespace smidgen::cli
