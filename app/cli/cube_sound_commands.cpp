#include "app/cli/cube_sound_commands.h"

#include <spdlog/fmt/fmt.h>

#include <memory>
#include <optional>

#include "app/cli/cube_words.h"
#include "app/cli/figures.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/sound_options.h"
#include "engine/audio/audio_writer.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/cube_takes.h"

namespace smidgen::cli {
namespace {

struct ListenOptions {
    std::string cube;
    std::vector<std::string> places;
    std::string out, how = "trilinear", pitch = "A2", decoder;
    std::optional<double> seconds;
    int passes = 1;
    int slice = 3;
    SoundOptions sound;
};

storage::SamplingOptions samplingOf(const ListenOptions& options) {
    storage::SamplingOptions sampling;
    if (options.how == "bilinear") sampling.interpolation = storage::Interpolation::bilinear;
    if (options.how == "nearest") sampling.interpolation = storage::Interpolation::nearest;
    sampling.sliceAxis = static_cast<std::uint32_t>(options.slice - 1);
    sampling.outside = storage::OutsideRule::error;
    return sampling;
}

/// The values of one place, for Python.
Status writeSample(Session& session, Workstation& workstation, const CubeSnapshot& cube,
                   const storage::Coordinate& place, const ListenOptions& options) {
    auto node = sampleCube(workstation, cube.id, place, samplingOf(options));
    if (!node) return propagate(node);
    if (auto written = writeNumbers(**node, options.out); !written) return written;
    const storage::NodeShape& shape = (*node)->shape;
    session.console().document(
        {{"file", options.out}, {"shape", {shape.rows, shape.columns, shape.channels}}});
    session.console().line(options.out + ": " + storage::shapeText(shape) + " numbers");
    return {};
}

Status listen(Session& session, const ListenOptions& options) {
    MorphRequest request;
    for (const std::string& text : options.places) {
        auto place = cubeCoordinate(text);
        if (!place) return propagate(place);
        request.places.push_back(*place);
    }
    auto pitch = pitchHertz(options.pitch);
    if (!pitch) return propagate(pitch);
    request.hertz = *pitch;
    request.sampling = samplingOf(options);
    request.seconds = options.seconds;
    request.passes = options.passes;
    const bool numbers = request.places.size() == 1 && options.out.ends_with(".npy");
    if (auto folder = checkFolderOf(options.out); !folder) return folder;
    Result<OutputPlace> place = numbers ? Result<OutputPlace>(OutputPlace{}) : outputPlace(options.out);
    if (!place) return propagate(place);
    if (place->isFolder)
        return failure(ErrorCode::invalidArgument, "--out names a folder. Name a sound file, e.g. " +
                                                       displayName(place->path / "morph.wav") + ".");
    auto profile = writeProfile(options.sound, *place);
    if (!profile) return propagate(profile);
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = findCube(**workstation, options.cube);
    if (!cube) return propagate(cube);
    if (numbers) return writeSample(session, **workstation, **cube, request.places.front(), options);
    session.console().progress("Morphing …");
    auto sound = listenToCube(**workstation, (*cube)->id, request, options.decoder, session.cancel());
    if (!sound) return propagate(sound);
    WriteOptions writing;
    writing.profile = *profile;
    writing.tags = {{"title", (*cube)->name}, {"software", "Smidgen"}};
    auto written = writeAudio(*sound, place->path, writing, session.cancel());
    if (!written) return propagate(written);
    session.console().document({{"file", displayName(written->path)},
                                {"seconds", sound->duration().value},
                                {"channels", sound->channelCount()}});
    session.console().line(
        fmt::format("{}: {}", displayName(written->path), secondsText(sound->duration().value)));
    return {};
}

Status match(Session& session, const std::string& name, const std::string& sound) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = findCube(**workstation, name);
    if (!cube) return propagate(cube);
    session.console().progress("Comparing …");
    auto found = matchOnCube(**workstation, (*cube)->id, sound, session.cancel());
    if (!found) return propagate(found);
    const storage::Coordinate& place = found->match.place;
    session.console().document({{"place", {place.x, place.y, place.z}},
                                {"distance", found->match.distance},
                                {"unit", found->decibels ? "dB" : "nodes' own"},
                                {"words", found->words}});
    session.console().line(fmt::format("{:.3f},{:.3f},{:.3f}: {}, {:.3g}{} from it", place.x, place.y,
                                       place.z, found->words, found->match.distance,
                                       found->decibels ? " dB" : ""));
    return {};
}

void addListenOptions(CLI::App& command, ListenOptions& options) {
    command.add_option("--out", options.out, "Sound file to write")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    command
        .add_option("--how", options.how,
                    "Mixed from eight nodes (trilinear), from four of the nearest slice (bilinear), or the "
                    "nearest one")
        ->capture_default_str()
        ->check(oneOf({"trilinear", "bilinear", "nearest"}));
    command
        .add_option("--slice-axis", options.slice, "For bilinear: the axis that slices lie across, 1 to 3")
        ->type_name("N")
        ->capture_default_str()
        ->check(wholeNumber(1, 3));
    command
        .add_option("--duration", options.seconds,
                    "Seconds; default: as long as the sounds there, or 2 of cycles")
        ->type_name("S")
        ->check(numberBetween(0.01, 3600, "seconds"));
    command.add_option("--pitch", options.pitch, "Of cycles: hertz, or a note like A2")
        ->type_name("HZ|NOTE")
        ->capture_default_str()
        ->check(notEmpty());
    command
        .add_option("--decoder", options.decoder,
                    "griffin-lim, a size that came with the program (draft, standard), or a decoder's file; "
                    "default: what takes use")
        ->type_name("DECODER")
        ->check(notEmpty());
    addSoundOptions(command, options.sound);
}

void addCube(CLI::App& command, ListenOptions& options) {
    command.add_option("CUBE", options.cube, "Name or id of a cube")
        ->required()
        ->type_name("")
        ->check(notEmpty());
}

}  // namespace

void addCubeSoundCommands(CLI::App& cube, Invocation& invocation) {
    CLI::App* sample = addCommand(cube, "sample", "Hear one place of a cube, or write its numbers (.npy)",
                                  "  smidgen cube sample drums 0.5,1,0 --out between.wav\n"
                                  "  smidgen cube sample table 1.2,0,0 --pitch C3 --out tone.wav\n"
                                  "  smidgen cube sample table 1.2,0,0 --out numbers.npy");
    const auto one = std::make_shared<ListenOptions>();
    addCube(*sample, *one);
    sample->add_option("PLACE", one->places, "Where: X,Y,Z")
        ->required()
        ->expected(1)
        ->type_name("")
        ->check(notEmpty());
    addListenOptions(*sample, *one);
    sample->callback(
        [one, &invocation] { invocation.run = [one](Session& session) { return listen(session, *one); }; });

    CLI::App* near = addCommand(cube, "match", "Where in a cube the sound comes closest to another",
                                "  smidgen cube match drums thud.wav\n"
                                "  smidgen cube match drums 'forest 42' --json");
    struct MatchOptions {
        std::string cube, sound;
    };
    const auto wanted = std::make_shared<MatchOptions>();
    near->add_option("CUBE", wanted->cube, "Name or id of a cube")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    near->add_option("SOUND", wanted->sound, "A sound file, or a take by name or id")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    near->callback([wanted, &invocation] {
        invocation.run = [wanted](Session& session) { return match(session, wanted->cube, wanted->sound); };
    });

    CLI::App* path = addCommand(cube, "path", "Hear a way through a cube",
                                "  smidgen cube path drums 0,0,0 2,2,0 0,2,0 --passes 16 --out walk.wav\n"
                                "  smidgen cube path pads 0,0,0 2,2,2 --duration 20 --out drift.flac");
    const auto many = std::make_shared<ListenOptions>();
    addCube(*path, *many);
    path->add_option("PLACE", many->places, "Its corners: X,Y,Z, two or more")
        ->required()
        ->expected(2, 10'000)
        ->type_name("")
        ->check(notEmpty());
    path->add_option("--passes", many->passes, "How often the sound is heard on the way")
        ->type_name("N")
        ->capture_default_str()
        ->check(wholeNumber(1, kMostPasses));
    addListenOptions(*path, *many);
    path->callback([many, &invocation] {
        invocation.run = [many](Session& session) { return listen(session, *many); };
    });
}

}  // namespace smidgen::cli
