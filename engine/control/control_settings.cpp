#include "engine/control/control_settings.h"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "smidgen-controls";
constexpr int kVersion = 1;
constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr std::size_t kMostMappings = 4096;

template <typename Value>
using Words = std::vector<std::pair<Value, const char*>>;

const Words<SourceKind> kKinds{{SourceKind::controller, "controller"},
                               {SourceKind::controllerPair, "controller-14"},
                               {SourceKind::nrpn, "nrpn"},
                               {SourceKind::note, "note"},
                               {SourceKind::pitchBend, "pitch-bend"},
                               {SourceKind::program, "program"}};
const Words<Encoding> kEncodings{{Encoding::absolute, "absolute"},
                                 {Encoding::twosComplement, "twos-complement"},
                                 {Encoding::binaryOffset, "binary-offset"},
                                 {Encoding::signMagnitude, "sign-magnitude"}};
const Words<Curve> kCurves{
    {Curve::linear, "linear"}, {Curve::slowStart, "slow-start"}, {Curve::fastStart, "fast-start"}};
const Words<TakeOver> kTakeOvers{{TakeOver::pickUp, "pick-up"}, {TakeOver::jump, "jump"}};
const Words<SwitchMode> kSwitches{{SwitchMode::press, "press"}, {SwitchMode::follow, "follow"}};

template <typename Value>
const char* wordOf(const Words<Value>& words, Value value) {
    for (const auto& [each, word] : words)
        if (each == value) return word;
    return "";
}

/// Throws json::exception when the word is none of them.
template <typename Value>
Value valueOf(const Words<Value>& words, const json& object, const char* key, Value otherwise) {
    if (!object.contains(key)) return otherwise;
    const auto word = object.at(key).get<std::string>();
    for (const auto& [value, each] : words)
        if (word == each) return value;
    throw json::other_error::create(501, "unknown " + std::string(key) + ": " + word, &object);
}

/// Throws json::exception for what is no whole number of that size.
int wholeNumber(const json& value) {
    if (!value.is_number_integer()) throw json::other_error::create(501, "no whole number", &value);
    const auto number = value.get<std::int64_t>();
    if (number < -1'000'000 || number > 1'000'000)
        throw json::other_error::create(501, "number out of range", &value);
    return static_cast<int>(number);
}

json toJson(const ControlMapping& mapping) {
    return {{"target", mapping.target},
            {"port", mapping.port},
            {"kind", wordOf(kKinds, mapping.source.kind)},
            {"channel", mapping.source.channel},
            {"number", mapping.source.number},
            {"encoding", wordOf(kEncodings, mapping.encoding)},
            {"low", mapping.low},
            {"high", mapping.high},
            {"inverted", mapping.inverted},
            {"curve", wordOf(kCurves, mapping.curve)},
            {"take_over", wordOf(kTakeOvers, mapping.takeOver)},
            {"step", mapping.step},
            {"switching", wordOf(kSwitches, mapping.switching)},
            {"feedback", mapping.feedback}};
}

/// Throws json::exception.
ControlMapping mappingFrom(const json& object) {
    ControlMapping mapping;
    mapping.target = object.at("target").get<std::string>();
    mapping.port = object.value("port", "");
    mapping.source.kind = valueOf(kKinds, object, "kind", SourceKind::controller);
    mapping.source.channel = wholeNumber(object.at("channel"));
    mapping.source.number = wholeNumber(object.at("number"));
    mapping.encoding = valueOf(kEncodings, object, "encoding", mapping.encoding);
    mapping.low = object.value("low", mapping.low);
    mapping.high = object.value("high", mapping.high);
    mapping.inverted = object.value("inverted", mapping.inverted);
    mapping.curve = valueOf(kCurves, object, "curve", mapping.curve);
    mapping.takeOver = valueOf(kTakeOvers, object, "take_over", mapping.takeOver);
    mapping.step = object.value("step", mapping.step);
    mapping.switching = valueOf(kSwitches, object, "switching", mapping.switching);
    mapping.feedback = object.value("feedback", mapping.feedback);
    return mapping;
}

/// The copy's name, or nothing when it could not be made.
std::optional<std::string> keepAside(const std::filesystem::path& file) {
    for (int i = 1; i < 1000; ++i) {
        std::filesystem::path aside = file;
        aside += i == 1 ? ".unreadable" : ".unreadable-" + std::to_string(i);
        std::error_code error;
        if (std::filesystem::exists(aside, error)) {
            // The same file, read again, is kept already.
            const auto kept = readWholeFile(aside, kMostBytes), now = readWholeFile(file, kMostBytes);
            if (kept && now && *kept == *now) return displayName(aside.filename());
            continue;
        }
        if (!std::filesystem::copy_file(file, aside, error)) return std::nullopt;
        return displayName(aside.filename());
    }
    return std::nullopt;
}

std::string problemWith(const std::filesystem::path& file, const std::string& what) {
    const auto aside = keepAside(file);
    return "The controllers' settings " + displayName(file) + " " + what +
           (aside ? "; the file as it was is kept as " + *aside + "."
                  : "; the file could not be kept aside.");
}

/// One sentence a mapping that cannot be; throws json::exception for what is no document of ours.
std::vector<std::string> readInto(ControlSettings& settings, const json& document,
                                  const std::vector<ControlTarget>& targets) {
    const json midi = document.value("midi", json::object());
    settings.allInputs = midi.value("all_inputs", true);
    settings.inputs = midi.value("inputs", std::vector<std::string>());
    const json osc = document.value("osc", json::object());
    settings.osc = osc.value("on", false);
    settings.oscPort = wholeNumber(osc.value("port", json(kDefaultOscPort)));
    settings.oscOpen = osc.value("other_machines", false);
    std::vector<std::string> bad;
    if (settings.oscPort < 1 || settings.oscPort > 65535) {
        bad.push_back("the port of OSC is not from 1 to 65535");
        settings.oscPort = kDefaultOscPort;
    }
    const json mappings = document.value("mappings", json::array());
    for (std::size_t i = 0; i < mappings.size() && i < kMostMappings; ++i) {
        try {
            ControlMapping mapping = mappingFrom(mappings.at(i));
            const bool known = findTarget(targets, mapping.target) != nullptr;
            const std::vector<ControlTarget> itself{{mapping.target, mapping.target, TargetKind::slider}};
            if (const Status fits = checkMapping(mapping, known ? targets : itself); !fits) {
                bad.push_back("mapping " + std::to_string(i + 1) + ": " + fits.error().sentence);
                continue;
            }
            settings.mappings.push_back(std::move(mapping));
        } catch (const json::exception&) {
            bad.push_back("mapping " + std::to_string(i + 1) + " lacks a field or has a wrong one");
        }
    }
    if (mappings.size() > kMostMappings) bad.push_back("it has more than 4096 mappings");
    return bad;
}

}  // namespace

ReadControlSettings readControlSettings(const std::filesystem::path& file,
                                        const std::vector<ControlTarget>& targets) {
    ReadControlSettings read;
    const auto text = readWholeFile(file, kMostBytes);
    if (!text) {
        if (text.error().code == ErrorCode::unusableInput)
            read.problem = problemWith(file, "are too large to be any");
        else if (text.error().code != ErrorCode::notFound)
            read.problem = text.error().sentence;
        return read;
    }
    const json document = json::parse(*text, nullptr, false);
    try {
        if (!document.is_object() || document.value("format", "") != kFormat) {
            read.problem = problemWith(file, "are damaged and begin anew");
        } else if (wholeNumber(document.at("version")) != kVersion) {
            read.problem = problemWith(file, "were written by a newer version of Smidgen and begin anew");
        } else if (const auto bad = readInto(read.settings, document, targets); !bad.empty()) {
            read.problem = problemWith(
                file, "could not be used as a whole (" + bad.front() +
                          (bad.size() > 1 ? ", and " + std::to_string(bad.size() - 1) + " more" : "") + ")");
        }
    } catch (const json::exception&) {
        read.settings = {};
        read.problem = problemWith(file, "are damaged and begin anew");
    }
    return read;
}

Status writeControlSettings(const std::filesystem::path& file, const ControlSettings& settings) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) return systemFailure(error.value(), "create the folder", file.parent_path());
    json mappings = json::array();
    for (const ControlMapping& mapping : settings.mappings) mappings.push_back(toJson(mapping));
    const json document{
        {"format", kFormat},
        {"version", kVersion},
        {"midi", {{"all_inputs", settings.allInputs}, {"inputs", settings.inputs}}},
        {"osc", {{"on", settings.osc}, {"port", settings.oscPort}, {"other_machines", settings.oscOpen}}},
        {"mappings", mappings}};
    // Names of devices are whatever the driver says: bytes that are no UTF-8 are replaced, not thrown over.
    return writeFileAtomically(file, document.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

std::filesystem::path defaultControlFile() {
    const auto variable = [](const char* name) {
        const char* text = std::getenv(name);
        return std::filesystem::path(text != nullptr ? text : "");
    };
    std::filesystem::path folder = variable("XDG_CONFIG_HOME");
    if (folder.empty()) folder = variable("HOME") / ".config";
    return folder / "smidgen" / "controls.json";
}

}  // namespace smidgen
