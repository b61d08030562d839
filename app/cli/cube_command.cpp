// cube new, put, clear, list, info, import, export, rename, tag, delete, restore, purge.
#include <spdlog/fmt/fmt.h>

#include <memory>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/cube_fill_commands.h"
#include "app/cli/cube_sound_commands.h"
#include "app/cli/cube_words.h"
#include "app/cli/figures.h"
#include "app/cli/item_commands.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/output_place.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/cubes.h"

namespace smidgen::cli {
namespace {

using Cube = std::shared_ptr<const CubeSnapshot>;

nlohmann::json document(const CubeSnapshot& cube) {
    return {{"id", cube.id},       {"name", cube.name},   {"content", cube.content},
            {"model", cube.model}, {"size", cube.size},   {"axes", cube.axes},
            {"nodes", cube.nodes}, {"bytes", cube.bytes}, {"created_ms", cube.createdMs},
            {"tags", cube.tags}};
}

std::string sizeText(const CubeSnapshot& cube) {
    return fmt::format("{} × {} × {}", cube.size[0], cube.size[1], cube.size[2]);
}

std::string summary(const CubeSnapshot& cube) {
    return fmt::format("'{}': {} of {} places, {}, {}", cube.name, cube.nodes, sizeText(cube), cube.content,
                       bytesText(cube.bytes));
}

Status tell(Session& session, const Cube& cube) {
    session.console().document(document(*cube));
    session.console().line(summary(*cube));
    return {};
}

struct NewOptions {
    std::string name, size = "3x3x3", axes = "Timbre,Brightness,Harmonicity", content, model;
};

Result<CubeContent> contentFor(const std::string& content, const std::string& model, CubeContent otherwise) {
    if (content.empty()) return model.empty() ? otherwise : CubeContent::latents;
    const auto found = cubeContentOf(content);
    if (!found) return failure(ErrorCode::invalidArgument, "'" + content + "' is no content of a cube.");
    return *found;
}

Status makeNew(Session& session, const NewOptions& options) {
    auto size = cubeSize(options.size);
    if (!size) return propagate(size);
    auto axes = cubeAxes(options.axes);
    if (!axes) return propagate(axes);
    auto content = contentFor(options.content, options.model, CubeContent::mel);
    if (!content) return propagate(content);
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = makeCube(**workstation, {options.name, *size, *axes, *content, options.model});
    if (!cube) return propagate(cube);
    return tell(session, *cube);
}

struct PutOptions {
    std::string cube;
    std::vector<std::string> pairs;
    double start = 0;
    std::optional<double> seconds, largest;
    std::string codec = "auto";
};

std::optional<storage::Codec> codecNamed(const std::string& name) {
    for (std::size_t i = 0; i < storage::kCodecCount; ++i)
        if (const auto codec = static_cast<storage::Codec>(i); storage::codecName(codec) == name)
            return codec;
    return std::nullopt;
}

std::vector<std::string> codecWords() {
    std::vector<std::string> words{"auto"};
    for (std::size_t i = 0; i < storage::kCodecCount; ++i)
        words.emplace_back(storage::codecName(static_cast<storage::Codec>(i)));
    return words;
}

Status put(Session& session, const PutOptions& options) {
    if (options.pairs.size() % 2 != 0)
        return failure(ErrorCode::invalidArgument,
                       "Say where each sound goes: smidgen cube put CUBE 0,0,0 kick.wav 2,0,0 snare.wav");
    std::vector<CubePlacement> placements;
    for (std::size_t i = 0; i < options.pairs.size(); i += 2) {
        auto place = cubePlace(options.pairs[i]);
        if (!place) return propagate(place);
        placements.push_back({*place, options.pairs[i + 1], options.start, options.seconds});
    }
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = findCube(**workstation, options.cube);
    if (!cube) return propagate(cube);
    CubeExactness exactness = usualExactness(cubeContentOf((*cube)->content).value_or(CubeContent::numbers));
    if (options.largest) exactness.largest = *options.largest;
    exactness.codec = codecNamed(options.codec);
    auto filled =
        putOnCube(**workstation, (*cube)->id, placements, exactness, session.cancel(), [&](std::size_t done) {
            session.console().progress(fmt::format("{} of {} sounds", done, placements.size()));
        });
    if (!filled) return propagate(filled);
    return tell(session, *filled);
}

Status clear(Session& session, const std::string& name, const std::vector<std::string>& texts) {
    std::vector<CubePlace> places;
    for (const std::string& text : texts) {
        auto place = cubePlace(text);
        if (!place) return propagate(place);
        places.push_back(*place);
    }
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = findCube(**workstation, name);
    if (!cube) return propagate(cube);
    auto cleared = clearOnCube(**workstation, (*cube)->id, places);
    if (!cleared) return propagate(cleared);
    return tell(session, *cleared);
}

Status list(Session& session, bool trash) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    nlohmann::json cubes = nlohmann::json::array();
    for (const Cube& cube : cubesOf(**workstation, trash)) {
        cubes.push_back(document(*cube));
        session.console().line(cube->id + "  " + summary(*cube) +
                               (cube->tags.empty() ? "" : "  [" + joined(cube->tags) + "]"));
    }
    if (cubes.empty())
        session.console().message(trash ? "There is no cube in the trash."
                                        : "There is no cube. Make one: smidgen cube new drums");
    session.console().document({{"cubes", cubes}});
    return {};
}

Status info(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = findCube(**workstation, name);
    if (!cube) return propagate(cube);
    auto figures = figuresOf(**workstation, (*cube)->id, session.cancel());
    if (!figures) return propagate(figures);
    Console& console = session.console();
    console.line(summary(**cube));
    console.line(fmt::format("axes: {}, {}, {}", (*cube)->axes[0], (*cube)->axes[1], (*cube)->axes[2]));
    const bool decibels = (*cube)->content == nameOf(CubeContent::mel);
    nlohmann::json nodes = nlohmann::json::array();
    for (const CubeNodeFigures& node : figures->nodes) {
        nodes.push_back({{"place", {node.place.x, node.place.y, node.place.z}},
                         {"name", node.name},
                         {"seconds", node.seconds},
                         {"shape", {node.shape.rows, node.shape.columns, node.shape.channels}},
                         {"codec", storage::codecName(node.codec)},
                         {"bytes", node.bytes},
                         {"error", node.error}});
        console.line(fmt::format(
            "{:<12} {:<24} {:>8}  {:<16} {:<9} {:>9}  within {:.3g}{}", storage::pointText(node.place),
            node.name, node.seconds > 0 ? secondsText(node.seconds) : "", storage::shapeText(node.shape),
            storage::codecName(node.codec), bytesText(static_cast<std::int64_t>(node.bytes)), node.error,
            decibels ? " dB" : ""));
    }
    if (!figures->nodes.empty())
        console.line(fmt::format("{} of numbers kept in {}: {:.1f} to 1",
                                 bytesText(static_cast<std::int64_t>(figures->report.valueBytes)),
                                 bytesText(static_cast<std::int64_t>(figures->report.storedBytes)),
                                 figures->report.ratio()));
    nlohmann::json whole = document(**cube);
    whole["placed"] = nodes;
    whole["value_bytes"] = figures->report.valueBytes;
    whole["stored_bytes"] = figures->report.storedBytes;
    console.document(whole);
    return {};
}

struct ImportOptions {
    std::string file, name, content, model;
};

Status importFile(Session& session, const ImportOptions& options) {
    auto content = contentFor(options.content, options.model, CubeContent::numbers);
    if (!content) return propagate(content);
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = importCube(**workstation, options.file, options.name, *content, options.model);
    if (!cube) return propagate(cube);
    return tell(session, *cube);
}

Status exportFile(Session& session, const std::string& name, const std::string& file) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = findCube(**workstation, name);
    if (!cube) return propagate(cube);
    if (auto folder = checkFolderOf(file); !folder) return folder;
    if (auto written = exportCube(**workstation, (*cube)->id, file); !written) return written;
    session.console().document({{"file", file}});
    session.console().line("'" + (*cube)->name + "' is in " + file + ".");
    return {};
}

ItemWords words() {
    return {"cube", "cube", "CUBE", "drums"};
}

Status changeCubes(Session& session, const std::vector<std::string>& names, bool trashed,
                   const std::string& done, const std::function<Status(Workstation&, const Cube&)>& change) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    std::vector<Cube> cubes;
    for (const std::string& name : names) {
        auto cube = findCube(**workstation, name, trashed);
        if (!cube) return propagate(cube);
        cubes.push_back(*cube);
    }
    nlohmann::json ids = nlohmann::json::array();
    for (const Cube& cube : cubes) {
        if (auto changed = change(**workstation, cube); !changed) return changed;
        ids.push_back(cube->id);
        session.console().line("'" + cube->name + "' " + done + ".");
    }
    session.console().document({{"cubes", ids}});
    return {};
}

void addChange(CLI::App& cube, Invocation& invocation, const char* name, const char* about,
               const std::string& done, bool trashed, Status (*change)(Workstation&, const CubeId&)) {
    addChangeCommand(
        cube, invocation, words(), name, about, [=](Session& session, const std::vector<std::string>& cubes) {
            return changeCubes(
                session, cubes, trashed, done,
                [change](Workstation& workstation, const Cube& one) { return change(workstation, one->id); });
        });
}

void addContentOptions(CLI::App& command, std::string& content, std::string& model) {
    command
        .add_option("--content", content,
                    "What its nodes are: mel (spectra of sounds), latents (what --model hears in them), "
                    "cycles (waveforms played at a pitch), numbers")
        ->check(oneOf({"mel", "latents", "cycles", "numbers"}));
    command.add_option("--model", model, "Name, id or file of the model, for latents")
        ->type_name("MODEL")
        ->check(notEmpty());
}

void addNew(CLI::App& cube, Invocation& invocation) {
    CLI::App* command = addCommand(cube, "new", "Make an empty cube",
                                   "  smidgen cube new drums --size 3x3x1\n"
                                   "  smidgen cube new voices --axes Age,Breath,Height --model choir");
    const auto options = std::make_shared<NewOptions>();
    command->add_option("NAME", options->name, "Its name")->required()->type_name("")->check(notEmpty());
    command->add_option("--size", options->size, "Places along its axes")
        ->type_name("XxYxZ")
        ->capture_default_str();
    command->add_option("--axes", options->axes, "What its axes are called")
        ->type_name("X,Y,Z")
        ->capture_default_str();
    addContentOptions(*command, options->content, options->model);
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return makeNew(session, *options); };
    });
}

void addPut(CLI::App& cube, Invocation& invocation) {
    CLI::App* command =
        addCommand(cube, "put", "Put sounds on its nodes: sound files, or takes by name or id",
                   "  smidgen cube put drums 0,0,0 kick.wav 2,0,0 snare.wav 0,2,0 'forest 42'\n"
                   "  smidgen cube put drums 1,1,0 field.wav --start 12.5 --seconds 2");
    const auto options = std::make_shared<PutOptions>();
    command->add_option("CUBE", options->cube, "Name or id of a cube")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command
        ->add_option("PLACE SOUND", options->pairs, "A node (X,Y,Z) and what goes there, any number of times")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->add_option("--start", options->start, "Seconds into each sound")
        ->type_name("S")
        ->check(numberBetween(0, 1e6, "seconds"));
    command->add_option("--seconds", options->seconds, "So much of each sound")
        ->type_name("S")
        ->check(numberBetween(0.001, 3600, "seconds"));
    command->add_option("--codec", options->codec, "How nodes are kept; auto tries them all")
        ->capture_default_str()
        ->check(oneOf(codecWords()));
    command
        ->add_option(
            "--max-error", options->largest,
            "Largest error of any value kept: decibels of mel (default 0.5), else the nodes' own unit "
            "(default 0: every bit)")
        ->type_name("E")
        ->check(numberBetween(0, 1e9, ""));
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return put(session, *options); };
    });
}

void addClear(CLI::App& cube, Invocation& invocation) {
    CLI::App* command =
        addCommand(cube, "clear", "Take what lies on nodes away", "  smidgen cube clear drums 0,0,0 1,1,0");
    struct Options {
        std::string cube;
        std::vector<std::string> places;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("CUBE", options->cube, "Name or id of a cube")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->add_option("PLACE", options->places, "Nodes (X,Y,Z)")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) {
            return clear(session, options->cube, options->places);
        };
    });
}

void addExchange(CLI::App& cube, Invocation& invocation) {
    CLI::App* in = addCommand(cube, "import", "Take a cube in: a NumPy archive (.npz) or a cube file (.cube)",
                              "  smidgen cube import table.npz --content cycles\n"
                              "  smidgen cube import drums.cube --content mel --name Drums");
    const auto options = std::make_shared<ImportOptions>();
    in->add_option("FILE", options->file, "Archive or cube file")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    in->add_option("--name", options->name, "Its name; default: the file's")
        ->type_name("NAME")
        ->check(notEmpty());
    addContentOptions(*in, options->content, options->model);
    in->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return importFile(session, *options); };
    });
    addExportCommand(cube, invocation, words(), "Write a cube for Python (.npz), or as it is kept (.cube)",
                     "  smidgen cube export drums --out drums.npz", exportFile);
}

}  // namespace

void addCubeCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* cube =
        addCommand(app, "cube", "Wavetable cubes: sounds on a grid, and every sound between them",
                   "  smidgen cube new drums --size 3x3x1\n"
                   "  smidgen cube put drums 0,0,0 kick.wav 2,0,0 snare.wav\n"
                   "  smidgen cube path drums 0,0,0 2,0,0 --passes 8 --out morph.wav");
    addNew(*cube, invocation);
    addPut(*cube, invocation);
    addClear(*cube, invocation);
    addCubeSoundCommands(*cube, invocation);
    addCubeFillCommands(*cube, invocation);
    CLI::App* all = addCommand(*cube, "list", "Every cube, newest first", "  smidgen cube list");
    const auto trash = std::make_shared<bool>(false);
    all->add_flag("--trash", *trash, "Those in the trash");
    all->callback([trash, &invocation] {
        invocation.run = [trash](Session& session) { return list(session, *trash); };
    });
    CLI::App* one =
        addCommand(*cube, "info", "What lies where, and how it is kept", "  smidgen cube info drums");
    const auto name = std::make_shared<std::string>();
    one->add_option("CUBE", *name, "Name or id of a cube")->required()->type_name("")->check(notEmpty());
    one->callback(
        [name, &invocation] { invocation.run = [name](Session& session) { return info(session, *name); }; });
    addExchange(*cube, invocation);
    addRenameCommand(*cube, invocation, words(),
                     [](Session& session, const std::string& item, const std::string& newName) {
                         return changeCubes(session, {item}, false, "is called '" + newName + "' now",
                                            [&](Workstation& workstation, const Cube& each) {
                                                return renameCube(workstation, each->id, newName);
                                            });
                     });
    addTagCommand(*cube, invocation, words(),
                  [](Session& session, const std::string& item, const std::vector<std::string>& changes) {
                      return changeCubes(session, {item}, false, "has its tags",
                                         [&](Workstation& workstation, const Cube& each) {
                                             return tagCube(workstation, each->id,
                                                            changedTags(each->tags, changes));
                                         });
                  });
    addChange(*cube, invocation, "delete", "Move cubes to the trash", "is in the trash", false, trashCube);
    addChange(*cube, invocation, "restore", "Take cubes out of the trash", "is back", true, restoreCube);
    addChange(*cube, invocation, "purge", "Remove cubes in the trash for good", "is gone for good", true,
              purgeCube);
}

}  // namespace smidgen::cli
