// devices: what can compute, what can sound, and what can be played on.
#include <spdlog/fmt/fmt.h>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/midi_listening.h"
#include "app/cli/sound_cards.h"
#include "models/device.h"

namespace smidgen::cli {
namespace {

Status listDevices(Session& session) {
    Console& console = session.console();
    nlohmann::json compute = nlohmann::json::array();
    console.line("Compute:");
    for (const models::DeviceReport& device : models::probeDevices()) {
        compute.push_back(document(device));
        std::string row = fmt::format("  {:<5} {:<10} {}", models::nameOf(device.kind),
                                      device.usable ? "usable" : "not usable", device.name);
        if (!device.explanation.empty()) row += (device.name.empty() ? "" : ": ") + device.explanation;
        console.line(row);
    }
    nlohmann::json audio = nlohmann::json::array();
    console.line("Sound:");
    const std::vector<SoundCard> cards = readSoundCards("/proc/asound/cards");
    for (const SoundCard& card : cards) {
        audio.push_back({{"id", card.id}, {"driver", card.driver}, {"name", card.name}});
        console.line(fmt::format("  {:<10} {} ({})", card.id, card.name, card.driver));
    }
    if (cards.empty()) console.line("  no sound card; everything but listening works");
    console.line("MIDI inputs:");
    const MidiInputList midi = listMidiInputs();
    for (const std::string& name : midi.names) console.line("  " + name);
    if (!midi.problem.empty()) console.line("  " + midi.problem);
    if (midi.problem.empty() && midi.names.empty()) console.line("  none is plugged in");
    console.document({{"compute", compute},
                      {"audio", audio},
                      {"midi", {{"inputs", midi.names}, {"problem", midi.problem}}}});
    return {};
}

}  // namespace

void addDevicesCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        addCommand(app, "devices", "Devices to compute with, each tried; sound cards and MIDI inputs",
                   "  smidgen devices\n  smidgen devices --json");
    command->callback(
        [&invocation] { invocation.run = [](Session& session) { return listDevices(session); }; });
}

}  // namespace smidgen::cli
