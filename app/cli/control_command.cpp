// control: what controllers send, and OSC to a studio that runs.
#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <chrono>
#include <mutex>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/midi_listening.h"
#include "app/cli/option_checks.h"
#include "engine/control/control_settings.h"
#include "engine/control/osc_server.h"
#include "engine/foundation/atomic_file.h"
#include "engine/foundation/shipped_files.h"

namespace smidgen::cli {
namespace {

constexpr int kTurnMs = 10;
constexpr std::size_t kMostRemembered = 100'000;
/// Answers come together: after the last one nothing more is awaited for longer than this.
constexpr std::chrono::milliseconds kQuiet{100};
constexpr std::uint32_t kLoopback = 0x7F000001;

struct ControlOptions {
    std::string settings;  ///< empty: defaultControlFile()
    int oscPort = 0;       ///< 0: no OSC
    bool otherMachines = false;
    std::string midi;
    bool noMidi = false;
    double seconds = 0;  ///< 0: until Ctrl-C
    int count = 0;       ///< 0: any number
    std::string address;
    std::vector<std::string> values;
    int sendPort = kDefaultOscPort;
    double wait = 0.5;
};

std::vector<ControlTarget> knownTargets() {
    const auto file = shippedFile("shortcuts.json");
    const auto text = file ? readWholeFile(*file, std::size_t{1} << 20) : Result<std::string>(std::string());
    return controlTargets(text ? *text : std::string());
}

std::vector<ControlMapping> readMappings(Session& session, const ControlOptions& options,
                                         const std::vector<ControlTarget>& targets) {
    const std::filesystem::path file =
        options.settings.empty() ? defaultControlFile() : std::filesystem::path(options.settings);
    const ReadControlSettings read = readControlSettings(file, targets);
    if (!read.problem.empty()) session.console().message(read.problem);
    return read.settings.mappings;
}

std::string wordOf(ControlChange::Kind kind) {
    switch (kind) {
        case ControlChange::Kind::position:
            return "position";
        case ControlChange::Kind::release:
            return "free";
        case ControlChange::Kind::press:
            return "press";
        case ControlChange::Kind::turn:
        case ControlChange::Kind::flip:
            return "turn";
        case ControlChange::Kind::seed:
            return "seed";
    }
    return {};
}

nlohmann::json document(const ControlChange& change) {
    nlohmann::json json{{"target", change.kind == ControlChange::Kind::seed ? "seed" : change.target},
                        {"what", wordOf(change.kind)},
                        {"value", nullptr},
                        {"from", change.origin.peer ? describe(*change.origin.peer) : "midi"}};
    if (change.kind == ControlChange::Kind::position || change.kind == ControlChange::Kind::turn ||
        (change.kind == ControlChange::Kind::press && change.value > 0))
        json["value"] = change.value;
    if (change.kind == ControlChange::Kind::seed) json["value"] = change.seed;
    return json;
}

/// For people: OSC's numbers have seven digits.
std::string textOf(const nlohmann::json& value) {
    if (value.is_null()) return "nil";
    if (value.is_string()) return value.get<std::string>();
    return value.is_number_float() ? fmt::format("{:.6g}", value.get<double>()) : value.dump();
}

std::string row(const ControlChange& change) {
    const nlohmann::json json = document(change);
    return fmt::format("  → {:<22} {:<9} {}", json["target"].get<std::string>(), wordOf(change.kind),
                       json["value"].is_null() ? "" : textOf(json["value"]));
}

Status listen(Session& session, const ControlOptions& options) {
    Console& console = session.console();
    const auto targets = knownTargets();
    ControlDesk desk(targets, {});
    desk.setMappings(readMappings(session, options, targets));
    std::unique_ptr<MidiListening> midi;
    if (!options.noMidi) {
        auto opened = MidiListening::open(desk, options.midi);
        if (!opened) return propagate(opened);
        midi = *std::move(opened);
        const std::string problem = listMidiInputs().problem;
        if (midi->names().empty() && !problem.empty()) console.message(problem);
    }
    if (options.oscPort > 0) {
        if (Status opened = desk.openOsc(options.oscPort, options.otherMachines); !opened) return opened;
        console.message(fmt::format("Listening for OSC on UDP port {}{}.", options.oscPort,
                                    options.otherMachines ? "" : " of this machine"));
    } else if (options.noMidi) {
        return failure(ErrorCode::invalidArgument,
                       "There is nothing to listen to: give --osc-port, or leave out --no-midi.");
    }
    console.message("Move a control, or send OSC; Ctrl-C ends.");

    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    nlohmann::json heard = nlohmann::json::array();
    int count = 0;
    const auto ends = [&] {
        const std::chrono::duration<double> passed = Clock::now() - start;
        return session.cancel().cancelled() || (options.seconds > 0 && passed.count() >= options.seconds) ||
               (options.count > 0 && count >= options.count);
    };
    while (!ends()) {
        if (midi) {
            for (const std::string& news : midi->serve(kTurnMs)) console.message(news);
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(kTurnMs));
        }
        const double now = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
        const TakenControls taken = desk.take(now);
        for (const HeardMove& move : taken.moves) {
            console.line(fmt::format("{}: {} = {}", move.port, describe(move.move.source), move.move.value));
            if (heard.size() < kMostRemembered)
                heard.push_back({{"port", move.port},
                                 {"control", describe(move.move.source)},
                                 {"value", move.move.value},
                                 {"largest", largestValue(move.move.source.kind)}});
            ++count;
        }
        for (const ControlChange& change : taken.changes) {
            console.line(row(change));
            if (heard.size() < kMostRemembered) heard.push_back(document(change));
            if (change.origin.peer) ++count;
        }
        for (const std::string& refusal : taken.refusals) {
            console.message("Answered: " + refusal);
            ++count;
        }
    }
    console.document({{"heard", heard}});
    return {};
}

Status list(Session& session, const ControlOptions& options) {
    const auto targets = knownTargets();
    Console& console = session.console();
    nlohmann::json mappings = nlohmann::json::array();
    for (const ControlMapping& mapping : readMappings(session, options, targets)) {
        const ControlTarget* target = findTarget(targets, mapping.target);
        console.line(fmt::format("{:<18} {}{}", target != nullptr ? target->name : mapping.target,
                                 describe(mapping.source),
                                 mapping.port.empty() ? "" : " of " + mapping.port));
        mappings.push_back({{"target", mapping.target},
                            {"control", describe(mapping.source)},
                            {"port", mapping.port},
                            {"low", mapping.low},
                            {"high", mapping.high},
                            {"inverted", mapping.inverted}});
    }
    if (mappings.empty()) console.line("Nothing is mapped yet; the studio learns controls.");
    const OscAddresses osc(targets);
    nlohmann::json addresses = nlohmann::json::array();
    console.line("OSC addresses:");
    for (const OscAddress& each : osc.list()) {
        console.line(fmt::format("  {:<34} {:<16} {}", each.address, each.arguments, each.does));
        addresses.push_back({{"address", each.address}, {"arguments", each.arguments}, {"does", each.does}});
    }
    console.document({{"mappings", mappings}, {"addresses", addresses}});
    return {};
}

OscValue valueOf(const std::string& word) {
    if (word == "true") return true;
    if (word == "false") return false;
    if (word == "nil") return OscValue();
    const char* end = word.data() + word.size();
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(word.data(), end, whole); read.ptr == end && read.ec == std::errc())
        return whole;
    double real = 0;
    if (const auto read = std::from_chars(word.data(), end, real); read.ptr == end && read.ec == std::errc())
        return real;
    return word;
}

nlohmann::json document(const OscMessage& message) {
    nlohmann::json values = nlohmann::json::array();
    for (const OscValue& value : message.values)
        std::visit(
            [&values](const auto& each) {
                if constexpr (std::is_same_v<std::decay_t<decltype(each)>, std::monostate>)
                    values.push_back(nullptr);
                else
                    values.push_back(each);
            },
            value);
    return {{"address", message.address}, {"values", values}};
}

Status send(Session& session, const ControlOptions& options) {
    if (!options.address.starts_with('/'))
        return failure(ErrorCode::invalidArgument, "An OSC address begins with '/', e.g. /smidgen/state; '" +
                                                       options.address + "' does not.");
    OscMessage message{options.address, {}};
    for (const std::string& word : options.values) message.values.push_back(valueOf(word));
    using Clock = std::chrono::steady_clock;
    std::mutex mutex;
    std::vector<OscMessage> answers;
    auto end = Clock::now() + std::chrono::milliseconds(static_cast<int>(options.wait * 1000));
    auto server = OscServer::open(0, false, [&](const OscPeer&, std::vector<OscMessage> messages) {
        const std::lock_guard lock(mutex);
        answers.insert(answers.end(), messages.begin(), messages.end());
        end = Clock::now() + kQuiet;
    });
    if (!server) return propagate(server);
    (*server)->send({kLoopback, static_cast<std::uint16_t>(options.sendPort)}, message);
    const auto waiting = [&] {
        const std::lock_guard lock(mutex);
        return Clock::now() < end && !session.cancel().cancelled();
    };
    while (waiting()) std::this_thread::sleep_for(std::chrono::milliseconds(kTurnMs));
    server->reset();
    nlohmann::json all = nlohmann::json::array();
    for (const OscMessage& answer : answers) {
        const nlohmann::json json = document(answer);
        std::string text = answer.address;
        for (const auto& value : json["values"]) text += " " + textOf(value);
        session.console().line(text);
        all.push_back(json);
    }
    session.console().document({{"answers", all}});
    return {};
}

}  // namespace

void addControlCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* control = addCommand(app, "control", "MIDI controllers and OSC",
                                   "  smidgen control listen --osc-port 9123\n  smidgen control list\n"
                                   "  smidgen control send /smidgen/slider/brightness 0.7");
    control->require_subcommand(0, 1);
    const auto options = std::make_shared<ControlOptions>();
    const auto addSettings = [options](CLI::App* command) {
        command->add_option("--settings", options->settings, "File of the studio's mappings")
            ->type_name("FILE")
            ->check(notEmpty())
            ->default_str(displayName(defaultControlFile()));
    };

    CLI::App* listening = addCommand(
        *control, "listen", "Print what controllers and other programs send, and what it does",
        "  smidgen control listen\n  smidgen control listen --no-midi --osc-port 9123 --seconds 10 --json");
    addSettings(listening);
    CLI::Option* port =
        listening->add_option("--osc-port", options->oscPort, "Also listen for OSC there (UDP)")
            ->check(wholeNumber(1, 65535));
    listening->add_flag("--other-machines", options->otherMachines, "OSC from other machines too")
        ->needs(port);
    CLI::Option* name = listening->add_option("--midi", options->midi, "Only this MIDI input")
                            ->type_name("NAME")
                            ->check(notEmpty());
    listening->add_flag("--no-midi", options->noMidi, "No MIDI")->excludes(name);
    listening->add_option("--seconds", options->seconds, "End after so long; otherwise Ctrl-C ends")
        ->check(numberBetween(0.01, 1e6, "seconds"));
    listening->add_option("--count", options->count, "End after so many messages")
        ->check(wholeNumber(1, 1'000'000'000));
    listening->callback([&invocation, options] {
        invocation.run = [options](Session& session) { return listen(session, *options); };
    });

    CLI::App* listed = addCommand(*control, "list", "The studio's mappings, and every OSC address",
                                  "  smidgen control list --json");
    addSettings(listed);
    listed->callback([&invocation, options] {
        invocation.run = [options](Session& session) { return list(session, *options); };
    });

    CLI::App* sending =
        addCommand(*control, "send", "Send OSC to a running studio, and print what it answers",
                   "  smidgen control send /smidgen/state\n"
                   "  smidgen control send /smidgen/slider/space 0.25 --port 9123");
    sending->add_option("ADDRESS", options->address, "e.g. /smidgen/generate")->required()->type_name("");
    sending->add_option("VALUE", options->values, "Numbers, true, false, nil or text")->type_name("");
    sending->add_option("--port", options->sendPort, "UDP port of the studio")
        ->check(wholeNumber(1, 65535))
        ->capture_default_str();
    sending->add_option("--wait", options->wait, "How long to wait for an answer, in seconds")
        ->check(numberBetween(0, 60, "seconds"))
        ->capture_default_str();
    sending->callback([&invocation, options] {
        invocation.run = [options](Session& session) { return send(session, *options); };
    });
}

}  // namespace smidgen::cli
