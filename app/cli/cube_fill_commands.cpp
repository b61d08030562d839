// cube fill, axes: gaps rendered by a model, and what the axes are called.
#include <spdlog/fmt/fmt.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/cube_fill_commands.h"
#include "app/cli/cube_words.h"
#include "app/cli/figures.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "engine/workstation/cube_fill.h"

namespace smidgen::cli {
namespace {

Status fill(Session& session, const std::string& name, const std::string& model) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = findCube(**workstation, name);
    if (!cube) return propagate(cube);
    Console& console = session.console();
    auto filled = renderGaps(
        **workstation, (*cube)->id, model, session.cancel(),
        [&](std::size_t done, std::size_t of) { console.progress(fmt::format("Gap {} of {}", done, of)); });
    if (!filled) return propagate(filled);
    if (auto put = putBack(**workstation, (*cube)->id, *filled); !put) return put;
    nlohmann::json places = nlohmann::json::array();
    for (const KeptNode& node : *filled) places.push_back({node.place.x, node.place.y, node.place.z});
    console.document({{"cube", (*cube)->id}, {"filled", places}});
    console.line(fmt::format("'{}': {} filled.", (*cube)->name,
                             counted(static_cast<std::int64_t>(filled->size()), "gap")));
    return {};
}

Status nameAxes(Session& session, const std::string& name, const std::vector<std::string>& axes) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto cube = findCube(**workstation, name);
    if (!cube) return propagate(cube);
    if (auto named = nameCubeAxes(**workstation, (*cube)->id, {axes[0], axes[1], axes[2]}); !named)
        return named;
    session.console().document({{"cube", (*cube)->id}, {"axes", axes}});
    session.console().line(fmt::format("'{}': {}, {}, {}.", (*cube)->name, axes[0], axes[1], axes[2]));
    return {};
}

}  // namespace

void addCubeFillCommands(CLI::App& cube, Invocation& invocation) {
    CLI::App* command =
        addCommand(cube, "fill", "Let a model make what its empty nodes sound like, of what lies around them",
                   "  smidgen cube fill drums --model Forest");
    const auto names = std::make_shared<std::pair<std::string, std::string>>();
    command->add_option("CUBE", names->first, "Name or id of a cube")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command
        ->add_option("--model", names->second, "Name, id or file of the model; a cube of latents has its own")
        ->type_name("MODEL")
        ->check(notEmpty());
    command->callback([names, &invocation] {
        invocation.run = [names](Session& session) { return fill(session, names->first, names->second); };
    });

    CLI::App* axes = addCommand(cube, "axes", "Name the axes of a cube by what changes along them",
                                "  smidgen cube axes drums 'dark → bright' 'dry → wet' Harmonicity");
    struct Options {
        std::string cube;
        std::vector<std::string> names;
    };
    const auto options = std::make_shared<Options>();
    axes->add_option("CUBE", options->cube, "Name or id of a cube")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    axes->add_option("NAME", options->names, "Of x, y and z")
        ->required()
        ->expected(3)
        ->type_name("")
        ->check(notEmpty());
    axes->callback([options, &invocation] {
        invocation.run = [options](Session& session) {
            return nameAxes(session, options->cube, options->names);
        };
    });
}

}  // namespace smidgen::cli
