// smidgen: the workstation on the command line.
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <exception>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/option_checks.h"
#include "models/device.h"

namespace {

using smidgen::Error;
using smidgen::ErrorCode;
using smidgen::Status;
using namespace smidgen::cli;

constexpr const char* kExamples = R"(A first walk:
  smidgen dataset scan ~/sounds
  smidgen train ~/sounds --name forest --minutes 5
  smidgen generate --model forest --out takes --count 4
Every command explains itself: smidgen train --help

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 cancelled, 4 the input cannot be used.)";

void addSharedOptions(CLI::App& app, SharedOptions& shared) {
    app.add_option("--library", shared.library, "Folder of models, takes and collections")
        ->type_name("DIR")
        ->check(notEmpty())
        ->default_str("$SMIDGEN_LIBRARY or " + smidgen::Workstation::defaultLibrary().string());
    app.add_option("--project", shared.project, "Which project of the library to work in")
        ->type_name("NAME")
        ->check(notEmpty())
        ->default_str("library");
    app.add_option("--as", shared.caller, "Who is asking, for permissions")
        ->type_name("NAME")
        ->check(notEmpty())
        ->default_str("smidgen");
    app.add_option("--device", shared.device, "Where networks run")
        ->check(oneOf({"auto", "cpu", "cuda", "mps"}))
        ->capture_default_str();
    app.add_option("--threads", shared.threads, "Threads to compute with; 0 measures what is fastest")
        ->check(wholeNumber(0, 256))
        ->capture_default_str();
    app.add_flag("--json", shared.json, "Print the result as one JSON document");
    app.add_flag("--quiet", shared.quiet, "No progress and no messages, errors only");
    app.add_option("--log", shared.log, "Append a log to this file")->type_name("FILE")->check(notEmpty());
}

/// Left alone, the logger would write to standard output.
void writeNoLog() {
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("smidgen", std::make_shared<spdlog::sinks::null_sink_mt>()));
}

Status openLog(const std::string& file) {
    if (file.empty()) return {};
    try {
        spdlog::set_default_logger(std::make_shared<spdlog::logger>(
            "smidgen", std::make_shared<spdlog::sinks::basic_file_sink_mt>(file)));
        spdlog::set_level(spdlog::level::debug);
        spdlog::flush_on(spdlog::level::info);
        return {};
    } catch (const spdlog::spdlog_ex& problem) {
        return smidgen::failure(ErrorCode::io, "The log '" + file + "' cannot be written. Name another file.",
                                problem.what());
    }
}

int wrongUsage(const CLI::App& app, const std::string& sentence, bool json) {
    Console console({.json = json, .quiet = false});
    console.error(Error{ErrorCode::invalidArgument, sentence, ""});
    std::string name = "smidgen";
    const CLI::App& command = chosenCommand(app);
    for (const CLI::App* part = &command; part != nullptr && part->get_parent() != nullptr;
         part = part->get_parent()) {
        name.insert(7, " " + part->get_name());
    }
    std::fprintf(stderr, "See: %s --help\n", name.c_str());
    return exitCodeOf(ErrorCode::invalidArgument);
}

int run(const Invocation& invocation, const smidgen::CancelToken& cancel) {
    Session session(invocation.shared, cancel);
    Status status = openLog(invocation.shared.log);
    if (status) status = invocation.run(session);
    if (status) return 0;
    session.console().error(status.error());
    return exitCodeOf(status.error().code);
}

/// Whether the chosen command may run a network, for which the program starts anew with other threads.
bool runsNetworks(const CLI::App& app) {
    const CLI::App& command = chosenCommand(app);
    std::string first = command.get_name();
    for (const CLI::App* part = &command; part->get_parent() != nullptr; part = part->get_parent())
        first = part->get_name();
    for (const char* bare : {"control", "dataset", "model", "search", "store"})
        if (first == bare) return false;
    const std::string last = command.get_name();
    if (first == "cube") return last == "put" || last == "sample" || last == "path";
    return first != "history" || last == "rebuild";
}

}  // namespace

int main(int argc, char** argv) {
    writeNoLog();
    CLI::App app("Smidgen learns from a smidgen of your own sounds and makes new ones.", "smidgen");
    Invocation invocation;
    app.set_version_flag("--version", "smidgen " SMIDGEN_VERSION);
    app.footer(kExamples);
    app.allow_extras();
    addSharedOptions(app, invocation.shared);
    addDatasetCommands(app, invocation);
    addTrainCommand(app, invocation);
    addTrainPriorCommand(app, invocation);
    addGenerateCommand(app, invocation);
    addReconstructCommand(app, invocation);
    addVocodeCommand(app, invocation);
    addTrainDecoderCommand(app, invocation);
    addEvaluateCommand(app, invocation);
    addCodesCommands(app, invocation);
    addModelCommands(app, invocation);
    addPresetCommands(app, invocation);
    addHistoryCommands(app, invocation);
    addProfileCommands(app, invocation);
    addSearchCommand(app, invocation);
    addCubeCommands(app, invocation);
    addStoreCommands(app, invocation);
    addControlCommands(app, invocation);
    addDevicesCommand(app, invocation);
    addDemoCommand(app, invocation);
    addSynthesizeCommand(app, invocation);

    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {  // --help, --version
        return app.exit(asked);
    } catch (const CLI::ParseError& error) {
        return wrongUsage(app, explainUsage(app, error), invocation.shared.json);
    }
    if (const auto unknown = explainUnknownWords(app)) {
        return wrongUsage(app, *unknown, invocation.shared.json);
    }
    if (!invocation.run) {
        std::fputs(chosenCommand(app).help().c_str(), stderr);
        return exitCodeOf(ErrorCode::invalidArgument);
    }
    // Before anything that computes; the program starts anew here, so help and refusals come before it.
    if (runsNetworks(app)) smidgen::models::preparePassiveThreads(argv);
    smidgen::models::keepFreedMemory();
    try {
        return run(invocation, cancelOnInterrupt());
    } catch (const std::bad_alloc&) {
        std::fputs("smidgen: The memory is used up. Close other programs, or use fewer or shorter sounds.\n",
                   stderr);
    } catch (const std::exception& defect) {
        std::fprintf(stderr, "smidgen: This should not have happened (%s). Please report it.\n",
                     defect.what());
    }
    return 1;
}
