#include "engine/control/osc_addresses.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/steering/slider_positions.h"

namespace smidgen {
namespace {

constexpr int kMostTakes = 64;

tl::unexpected<Error> wrongArgument(const OscMessage& message, const std::string& expected) {
    return failure(ErrorCode::invalidArgument, message.address + " takes " + expected + ".");
}

std::optional<double> numberOf(const OscValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1.0 : 0.0;
    return std::nullopt;
}

}  // namespace

OscAddresses::OscAddresses(std::vector<ControlTarget> targets) : m_targets(std::move(targets)) {
    for (const ControlTarget& target : m_targets) {
        if (const auto slider = sliderOf(target.id)) {
            const std::string address = "/smidgen/slider/" + *slider;
            add(address, Way::slider, target.id, "f -0.25 to 1.25",
                "Moves " + target.name + "; without a number, tells where it stands.");
            add(address + "/free", Way::release, target.id, "", "Leaves " + target.name + " as it comes.");
        }
    }
    const auto addFor = [this](const char* id, const char* address, Way way, const char* arguments,
                               const char* does) {
        if (findTarget(m_targets, id) != nullptr) add(address, way, id, arguments, does);
    };
    addFor("transport.toggle", "/smidgen/transport/play", Way::turnOn, "", "Plays from the playhead.");
    addFor("transport.toggle", "/smidgen/transport/pause", Way::turnOff, "", "Pauses.");
    addFor("transport.stop", "/smidgen/transport/stop", Way::press, "", "Stops and goes to the start.");
    addFor("transport.start", "/smidgen/transport/start", Way::press, "", "Moves the playhead to the start.");
    addFor("transport.end", "/smidgen/transport/end", Way::press, "", "Moves the playhead to the end.");
    addFor("transport.loop", "/smidgen/transport/loop", Way::toggle, "[i 1 or 0]",
           "Loops or not; without a number, the other way.");
    addFor("generate.one", "/smidgen/generate", Way::count, "[i 1 to 64]",
           "Makes that many takes, or as many as are chosen.");
    addFor("generate.dice", "/smidgen/dice", Way::press, "", "Draws another seed.");
    addFor("generate.one", "/smidgen/seed", Way::seed, "i or h", "Sets the seed.");
    for (const ControlTarget& target : m_targets)
        if (target.kind != TargetKind::slider)
            add("/smidgen/action/" + target.id, target.kind == TargetKind::toggle ? Way::toggle : Way::press,
                target.id, target.kind == TargetKind::toggle ? "[i 1 or 0]" : "", target.name + ".");
    add("/smidgen/state", Way::tellAll, "", "", "Tells how all sliders and switches stand.");
    add("/smidgen/subscribe", Way::subscribe, "", "[i port]",
        "Tells all, and from then on what changes; to the port, or to where this came from.");
    add("/smidgen/unsubscribe", Way::unsubscribe, "", "[i port]", "Tells no more.");
}

void OscAddresses::add(const std::string& address, Way way, const std::string& target,
                       const std::string& arguments, const std::string& does) {
    m_entries.push_back({address, way, target});
    m_list.push_back({address, arguments, does});
}

Result<std::vector<OscRequest>> OscAddresses::read(const OscMessage& message) const {
    const bool pattern = isOscPattern(message.address);
    std::vector<OscRequest> requests;
    bool found = false;
    for (const Entry& entry : m_entries) {
        if (pattern ? !oscPatternFits(message.address, entry.address) : message.address != entry.address)
            continue;
        found = true;
        auto request = read(entry, message);
        if (!request) return propagate(request);
        if (*request) requests.push_back(**std::move(request));
    }
    if (found) return requests;
    if (message.address.starts_with("/smidgen/slider/")) {
        std::string names;
        for (const Attribute attribute : kAttributes)
            names += (names.empty() ? "" : ", ") + std::string(wordsFor(attribute).name);
        return failure(ErrorCode::notFound,
                       "There is no " + message.address + ". The sliders are " + names + ".");
    }
    return failure(ErrorCode::notFound,
                   "There is no " + message.address + ". Smidgen's help on controllers lists every address.");
}

Result<std::optional<OscRequest>> OscAddresses::read(const Entry& entry, const OscMessage& message) const {
    OscRequest request;
    ControlChange& change = request.change;
    change.target = entry.target;
    const bool bare = message.values.empty();
    const OscValue first = bare ? OscValue() : message.values.front();
    const std::optional<double> number = numberOf(first);
    if (message.values.size() > 1) return wrongArgument(message, "one argument at most");
    if (number && !std::isfinite(*number)) return wrongArgument(message, "numbers that are finite");
    // A button of a touch screen sends 1 when it is pressed and 0 when it is let go.
    const bool letGo = number && *number < 0.5;
    switch (entry.way) {
        case Way::slider:
            if (bare) {
                request.kind = OscRequest::Kind::tell;
                return request;
            }
            if (std::holds_alternative<std::monostate>(first)) {
                change.kind = ControlChange::Kind::release;
                return request;
            }
            if (!number || std::holds_alternative<bool>(first) || *number < kLowestPosition ||
                *number > kHighestPosition)
                return wrongArgument(message,
                                     "a number from -0.25 to 1.25 (0 to 1 is the collection's own range)");
            change.kind = ControlChange::Kind::position;
            change.value = *number;
            return request;
        case Way::release:
            change.kind = ControlChange::Kind::release;
            return letGo ? std::optional<OscRequest>() : request;
        case Way::press:
            if (!bare && !number) return wrongArgument(message, "no argument");
            change.kind = ControlChange::Kind::press;
            return letGo ? std::optional<OscRequest>() : request;
        case Way::count:
            change.kind = ControlChange::Kind::press;
            if (const auto* count = std::get_if<std::int64_t>(&first); !bare && count != nullptr) {
                if (*count == 0) return std::optional<OscRequest>();
                if (*count < 0 || *count > kMostTakes)
                    return wrongArgument(message, "how many takes to make, 1 to 64");
                change.value = static_cast<double>(*count);
            } else if (!bare && !number) {
                return wrongArgument(message, "how many takes to make, 1 to 64");
            }
            return letGo ? std::optional<OscRequest>() : request;
        case Way::turnOn:
        case Way::turnOff:
            if (!bare && !number) return wrongArgument(message, "no argument");
            change.kind = ControlChange::Kind::turn;
            change.value = entry.way == Way::turnOn ? 1 : 0;
            return letGo ? std::optional<OscRequest>() : request;
        case Way::toggle:
            if (!bare && !number) return wrongArgument(message, "1 or 0");
            change.kind = bare ? ControlChange::Kind::flip : ControlChange::Kind::turn;
            change.value = letGo ? 0 : 1;
            return request;
        case Way::seed: {
            const auto* seed = std::get_if<std::int64_t>(&first);
            if (bare || seed == nullptr || *seed < 0)
                return wrongArgument(message, "a whole number from 0 on (i or h)");
            change.kind = ControlChange::Kind::seed;
            change.target.clear();
            change.seed = static_cast<std::uint64_t>(*seed);
            return request;
        }
        case Way::tellAll:
            request.kind = OscRequest::Kind::tellAll;
            return request;
        case Way::subscribe:
        case Way::unsubscribe: {
            request.kind =
                entry.way == Way::subscribe ? OscRequest::Kind::subscribe : OscRequest::Kind::unsubscribe;
            if (bare) return request;
            const auto* port = std::get_if<std::int64_t>(&first);
            if (port == nullptr || *port < 1 || *port > 65535)
                return wrongArgument(message, "a UDP port from 1 to 65535, or nothing");
            request.port = static_cast<std::uint16_t>(*port);
            return request;
        }
    }
    return request;
}

std::optional<OscMessage> OscAddresses::stateOf(const std::string& target,
                                                std::optional<double> value) const {
    const ControlTarget* found = findTarget(m_targets, target);
    if (found == nullptr || found->kind == TargetKind::action) return std::nullopt;
    if (const auto slider = sliderOf(target))
        return OscMessage{"/smidgen/slider/" + *slider, {value ? OscValue(*value) : OscValue()}};
    std::string address = "/smidgen/action/" + target;
    if (target == "transport.toggle") address = "/smidgen/transport/play";
    if (target == "transport.loop") address = "/smidgen/transport/loop";
    return OscMessage{address, {std::int64_t{value.value_or(0) > 0.5 ? 1 : 0}}};
}

}  // namespace smidgen
