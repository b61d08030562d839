// reconstruct: a sound through a model and back.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/sound_options.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

struct ReconstructOptions {
    std::string model, input, out, decoder;
    SoundOptions sound;
};

Status reconstruct(Session& session, const ReconstructOptions& options) {
    Console& console = session.console();
    auto place = outputPlace(options.out);
    if (!place) return propagate(place);
    const std::filesystem::path input = options.input;
    auto profile = writeProfile(options.sound, *place);
    if (!profile) return propagate(profile);
    if (place->isFolder) {
        return failure(ErrorCode::invalidArgument, "--out names a folder. Name a sound file, e.g. " +
                                                       displayName(place->path / "rebuilt.wav") + ".");
    }
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto sound = readAudioAtInternalRate(input);
    if (!sound) return propagate(sound);
    if (auto source = AudioReader::open(input); source && !options.sound.rate) {
        WriteProfile asInput = *profile;
        asInput.rate = source->format().rate;
        // Opus and MP3 know few rates: there the internal one stays.
        if (asInput.validate()) *profile = asInput;
    }
    console.progress("Rebuilding " + displayName(input.filename()) + " …");
    auto rebuilt = (*workstation)->reconstruct(options.model, *sound, options.decoder, session.cancel());
    if (!rebuilt) return propagate(rebuilt);
    WriteOptions writing;
    writing.profile = *profile;
    writing.tags = {{"title", displayName(input.stem())}, {"software", "Smidgen"}};
    auto written = writeAudio(*rebuilt, place->path, writing, session.cancel());
    if (!written) return propagate(written);

    const MidSide before = toMidSide(*sound);
    const MidSide after = toMidSide(*rebuilt);
    const ReconstructionMetrics metrics = compareSignals(before.mid, after.mid);
    console.document({{"file", displayName(written->path)},
                      {"seconds", rebuilt->duration().value},
                      {"channels", rebuilt->channelCount()},
                      {"mel_l1", metrics.melL1},
                      {"lsd", metrics.lsd}});
    console.line(fmt::format("{}: {}, log10 mel L1 {:.3f}, log-spectral distance {:.3f}",
                             displayName(written->path), secondsText(rebuilt->duration().value),
                             metrics.melL1, metrics.lsd));
    return {};
}

}  // namespace

void addReconstructCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command = addCommand(app, "reconstruct", "Send a sound through a model and back",
                                   "  smidgen reconstruct --model forest --input bird.wav --out rebuilt.wav");
    const auto options = std::make_shared<ReconstructOptions>();
    command->add_option("--model", options->model, "Name, id or file of the model")
        ->required()
        ->type_name("MODEL")
        ->check(notEmpty());
    command->add_option("--input", options->input, "Sound file to read")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    command->add_option("--out", options->out, "Sound file to write")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    command
        ->add_option("--decoder", options->decoder,
                     "griffin-lim, a size that came with the program (draft, standard), or a decoder's file; "
                     "default: what takes use")
        ->type_name("DECODER")
        ->check(notEmpty());
    addSoundOptions(*command, options->sound);
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return reconstruct(session, *options); };
    });
}

}  // namespace smidgen::cli
