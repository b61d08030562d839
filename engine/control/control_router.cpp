#include "engine/control/control_router.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/control/midi_decoder.h"

namespace smidgen {
namespace {

/// A slider may round what it was given; within this it still counts as where the control put it.
constexpr double kRounding = 0.01;
/// A motor fader that was sent somewhere reports its way there for so long.
constexpr double kEchoMs = 200;

}  // namespace

void ControlRouter::setMappings(std::vector<ControlMapping> mappings,
                                const std::vector<ControlTarget>& targets) {
    m_mappings = std::move(mappings);
    m_memories.assign(m_mappings.size(), {});
    for (std::size_t i = 0; i < m_mappings.size(); ++i)
        if (const ControlTarget* target = findTarget(targets, m_mappings[i].target))
            m_memories[i].kind = target->kind;
}

void ControlRouter::forget(const std::string& port) {
    for (Memory& memory : m_memories) {
        if (memory.port != port) continue;
        const TargetKind kind = memory.kind;
        memory = {};
        memory.kind = kind;
    }
}

std::vector<ControlChange> ControlRouter::route(const std::string& port, const MidiMove& move,
                                                const ControlState& state, double now) {
    std::vector<ControlChange> changes;
    for (std::size_t i = 0; i < m_mappings.size(); ++i) {
        const ControlMapping& mapping = m_mappings[i];
        if (!hears(mapping.source, move.source) || (!mapping.port.empty() && mapping.port != port)) continue;
        Memory& memory = m_memories[i];
        memory.port = port;
        if (isEcho(memory, move, now)) continue;
        memory.shown = move.value;
        memory.sentAt.reset();
        auto change = memory.kind == TargetKind::slider ? slide(mapping, memory, move, state)
                                                        : press(mapping, memory, move);
        if (!change) continue;
        change->target = mapping.target;
        change->origin.mapping = i;
        changes.push_back(*std::move(change));
    }
    return changes;
}

std::optional<ControlChange> ControlRouter::slide(const ControlMapping& mapping, Memory& memory,
                                                  const MidiMove& move, const ControlState& state) {
    ControlChange change;
    change.kind = ControlChange::Kind::position;
    const auto known = state.find(mapping.target);
    const double* current = known == state.end() ? nullptr : &known->second;
    if (mapping.encoding != Encoding::absolute) {
        const int steps = stepsOf(mapping.encoding, move.value) * (mapping.inverted ? -1 : 1);
        if (steps == 0) return std::nullopt;
        const double range = mapping.high - mapping.low;
        const double from = current != nullptr ? *current : mapping.low + range / 2;
        change.value = std::clamp(from + steps * mapping.step * range, mapping.low, mapping.high);
        return change;
    }
    if (move.source.kind == SourceKind::note && move.value == 0) return std::nullopt;  // released
    const double wanted = positionOf(mapping, move.value);
    const std::optional<double> before = std::exchange(memory.stands, wanted);
    if (mapping.takeOver == TakeOver::pickUp && current != nullptr) {
        const bool held = memory.put && std::abs(*memory.put - *current) <= kRounding;
        const double step = (mapping.high - mapping.low) / 127;
        // A slider that stands beyond the mapping's range is met at the nearer end of it.
        const double reached = std::clamp(*current, mapping.low, mapping.high);
        const bool met = std::abs(wanted - reached) <= 1.5 * step;
        const bool passed = before && (*before - reached) * (wanted - reached) < 0;
        memory.waiting = !held && !met && !passed;
        if (memory.waiting) {
            memory.put.reset();
            return std::nullopt;
        }
    }
    memory.waiting = false;
    memory.put = wanted;
    change.value = wanted;
    return change;
}

std::optional<ControlChange> ControlRouter::press(const ControlMapping& mapping, Memory& memory,
                                                  const MidiMove& move) {
    ControlChange change;
    bool down = move.value * 2 > largestValue(move.source.kind);
    if (move.source.kind == SourceKind::note) down = move.value > 0;
    if (mapping.inverted) down = !down;
    // A program is chosen, never let go.
    const bool was = move.source.kind != SourceKind::program && memory.down;
    memory.down = down;
    if (down == was) return std::nullopt;
    if (memory.kind == TargetKind::toggle && mapping.switching == SwitchMode::follow) {
        change.kind = ControlChange::Kind::turn;
        change.value = down ? 1 : 0;
        return change;
    }
    if (!down) return std::nullopt;
    change.kind = memory.kind == TargetKind::toggle ? ControlChange::Kind::flip : ControlChange::Kind::press;
    return change;
}

bool ControlRouter::isEcho(const Memory& memory, const MidiMove& move, double now) {
    if (!memory.sentAt || now - *memory.sentAt > kEchoMs || !memory.shown) return false;
    const int slack = largestValue(move.source.kind) / 64;
    const auto [low, high] = std::minmax(memory.shownBefore, *memory.shown);
    return move.value >= low - slack && move.value <= high + slack;
}

std::vector<MidiReply> ControlRouter::show(const std::string& target, double value,
                                           const ChangeOrigin& origin, double now) {
    std::vector<MidiReply> replies;
    for (std::size_t i = 0; i < m_mappings.size(); ++i) {
        const ControlMapping& mapping = m_mappings[i];
        Memory& memory = m_memories[i];
        if (mapping.target != target || !mapping.feedback || mapping.encoding != Encoding::absolute) continue;
        if (origin.mapping == i || memory.kind == TargetKind::action) continue;
        const std::string& port = mapping.port.empty() ? memory.port : mapping.port;
        if (port.empty()) continue;
        int shown = valueAt(mapping, value);
        if (memory.kind == TargetKind::toggle)
            shown = (value > 0.5) != mapping.inverted ? largestValue(mapping.source.kind) : 0;
        if (memory.shown == shown) continue;
        auto messages = messagesFor(mapping.source, shown);
        if (messages.empty()) continue;
        if (memory.kind == TargetKind::slider) {
            memory.shownBefore = memory.shown.value_or(shown);
            memory.sentAt = now;
        }
        memory.shown = shown;
        replies.push_back({port, std::move(messages)});
    }
    return replies;
}

std::optional<double> ControlRouter::waitingAt(std::size_t mapping) const {
    if (mapping >= m_memories.size() || !m_memories[mapping].waiting) return std::nullopt;
    return m_memories[mapping].stands;
}

}  // namespace smidgen
