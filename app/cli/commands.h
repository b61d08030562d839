// The commands of `smidgen`: each adds its options to the parser and, when chosen, what to run.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/cli/session.h"

namespace smidgen::cli {

/// What the command line asked for.
struct Invocation {
    SharedOptions shared;
    std::function<Status(Session&)> run;  ///< set by the chosen command
};

/// A command below `parent` that also understands the shared options.
[[nodiscard]] CLI::App* addCommand(CLI::App& parent, const std::string& name, const std::string& description,
                                   const std::string& examples);

[[nodiscard]] std::vector<std::filesystem::path> toPaths(const std::vector<std::string>& names);

/// The Status of a command that a person stopped.
[[nodiscard]] Status stopped(const std::string& sentence);

void addDatasetCommands(CLI::App& app, Invocation& invocation);
void addTrainCommand(CLI::App& app, Invocation& invocation);
void addTrainPriorCommand(CLI::App& app, Invocation& invocation);
void addGenerateCommand(CLI::App& app, Invocation& invocation);
void addReconstructCommand(CLI::App& app, Invocation& invocation);
void addVocodeCommand(CLI::App& app, Invocation& invocation);
void addTrainDecoderCommand(CLI::App& app, Invocation& invocation);
void addEvaluateCommand(CLI::App& app, Invocation& invocation);
void addCodesCommands(CLI::App& app, Invocation& invocation);
void addModelCommands(CLI::App& app, Invocation& invocation);
void addHistoryCommands(CLI::App& app, Invocation& invocation);
void addProfileCommands(CLI::App& app, Invocation& invocation);
void addPresetCommands(CLI::App& app, Invocation& invocation);
void addSearchCommand(CLI::App& app, Invocation& invocation);
void addCubeCommands(CLI::App& app, Invocation& invocation);
void addStoreCommands(CLI::App& app, Invocation& invocation);
void addControlCommands(CLI::App& app, Invocation& invocation);
void addDevicesCommand(CLI::App& app, Invocation& invocation);
void addDemoCommand(CLI::App& app, Invocation& invocation);
void addSynthesizeCommand(CLI::App& app, Invocation& invocation);

}  // namespace smidgen::cli
