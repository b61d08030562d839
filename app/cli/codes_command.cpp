// encode, decode: a sound as codes, and codes as sound.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/output_place.h"
#include "app/cli/sound_options.h"
#include "engine/audio/audio_reader.h"
#include "engine/codes/code_archive.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/code_round_trips.h"

namespace smidgen::cli {
namespace {

struct CodesOptions {
    std::string model, input, out;
    int levels = 0;
    SoundOptions sound;
};

Status encode(Session& session, const CodesOptions& options) {
    Console& console = session.console();
    if (const Status place = checkFolderOf(options.out); !place) return place;
    if (const Status named = checkCodesName(options.out); !named) return named;
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto sound = readAudioAtInternalRate(options.input);
    if (!sound) return propagate(sound);
    console.progress("Encoding " + displayName(std::filesystem::path(options.input).filename()) + " …");
    auto codes = encodeToCodes(**workstation, options.model, *sound);
    if (!codes) return propagate(codes);
    if (auto written = writeCodes(*codes, options.out); !written) return written;
    const models::MelCodes& mid = codes->parts.front();
    console.document({{"file", options.out},
                      {"model", codes->modelId},
                      {"frames", mid.frames().value},
                      {"levels", mid.levels},
                      {"codebook_size", codes->codebookSize},
                      {"channels", codes->parts.size()}});
    console.line(fmt::format("{}: {} of {} codes out of {}{}", options.out,
                             counted(mid.frames().value, "frame"), mid.levels, codes->codebookSize,
                             codes->parts.size() > 1 ? ", mid and side" : ""));
    return {};
}

Status decode(Session& session, const CodesOptions& options) {
    Console& console = session.console();
    auto place = outputPlace(options.out);
    if (!place) return propagate(place);
    auto profile = writeProfile(options.sound, *place);
    if (!profile) return propagate(profile);
    if (place->isFolder) {
        return failure(ErrorCode::invalidArgument, "--out names a folder. Name a sound file, e.g. " +
                                                       displayName(place->path / "decoded.wav") + ".");
    }
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto codes = readCodes(options.input);
    if (!codes) return propagate(codes);
    console.progress("Decoding " + displayName(std::filesystem::path(options.input).filename()) + " …");
    auto sound = decodeFromCodes(**workstation, options.model, *codes, options.levels, session.cancel());
    if (!sound) return propagate(sound);
    WriteOptions writing;
    writing.profile = *profile;
    writing.tags = {{"title", displayName(std::filesystem::path(options.input).stem())},
                    {"software", "Smidgen"}};
    auto written = writeAudio(*sound, place->path, writing, session.cancel());
    if (!written) return propagate(written);
    console.document({{"file", displayName(written->path)},
                      {"seconds", sound->duration().value},
                      {"channels", sound->channelCount()}});
    console.line(displayName(written->path) + ": " + secondsText(sound->duration().value));
    return {};
}

}  // namespace

void addCodesCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* encoding = addCommand(
        app, "encode", "Write a sound down as codes",
        "  smidgen encode --model forest --input bird.wav --out bird.json\n"
        "  smidgen encode --model forest --input bird.wav --out bird.npz\n"
        "The model must be of the kind rvq. The file holds one row of codes per 21 ms: as JSON, or as "
        "NumPy arrays.");
    const auto from = std::make_shared<CodesOptions>();
    encoding->add_option("--model", from->model, "Name, id or file of the model")
        ->required()
        ->type_name("MODEL")
        ->check(notEmpty());
    encoding->add_option("--input", from->input, "Sound file to read")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    encoding->add_option("--out", from->out, "File of codes to write (.json or .npz)")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    encoding->callback([from, &invocation] {
        invocation.run = [from](Session& session) { return encode(session, *from); };
    });

    CLI::App* decoding =
        addCommand(app, "decode", "Make sound from codes",
                   "  smidgen decode --input bird.json --out bird.wav\n"
                   "  smidgen decode --model forest --input bird.json --levels 2 --out rough.wav");
    const auto to = std::make_shared<CodesOptions>();
    decoding->add_option("--model", to->model, "Name, id or file of the model; default: the one that encoded")
        ->type_name("MODEL")
        ->check(notEmpty());
    decoding->add_option("--input", to->input, "File of codes to read (.json or .npz)")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    decoding->add_option("--out", to->out, "Sound file to write")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    decoding->add_option("--levels", to->levels, "Only the first so many levels; 0: all")
        ->check(wholeNumber(0, 16))
        ->capture_default_str();
    addSoundOptions(*decoding, to->sound);
    decoding->callback(
        [to, &invocation] { invocation.run = [to](Session& session) { return decode(session, *to); }; });
}

}  // namespace smidgen::cli
