#include "engine/control/control_learner.h"

#include <algorithm>

namespace smidgen {
namespace {

constexpr int kEncoderRepeats = 3;

/// The encoding under which `value`, sent over and over, is a small step; nothing when it is none.
std::optional<Encoding> encodingOf(int value) {
    if (value >= 1 && value <= 3) return Encoding::twosComplement;
    if (value >= 125) return Encoding::twosComplement;
    if (value >= 61 && value <= 67 && value != 64) return Encoding::binaryOffset;
    return std::nullopt;
}

}  // namespace

void ControlLearner::begin(const ControlTarget& target) {
    m_target = target;
    m_seen.clear();
    m_latest.reset();
}

void ControlLearner::cancel() {
    m_target.reset();
    m_seen.clear();
    m_latest.reset();
}

std::optional<ControlMapping> ControlLearner::hear(const std::string& port, const MidiMove& move) {
    if (!m_target) return std::nullopt;
    const bool slider = m_target->kind == TargetKind::slider;
    const SourceKind kind = move.source.kind;
    if (kind == SourceKind::controllerPair) return std::nullopt;  // told as plain controllers too
    if (slider && (kind == SourceKind::note || kind == SourceKind::program)) return std::nullopt;
    if (kind == SourceKind::note && move.value == 0) return std::nullopt;

    const Key key{port, move.source};
    const auto [place, isNew] = m_seen.try_emplace(key, Seen{move.value, move.value, -1, 0, 0});
    Seen& seen = place->second;
    seen.lowest = std::min(seen.lowest, move.value);
    seen.highest = std::max(seen.highest, move.value);
    seen.repeats = seen.last == move.value ? seen.repeats + 1 : 1;
    seen.last = move.value;
    ++seen.count;
    m_latest = key;
    ControlMapping mapping;
    mapping.target = m_target->id;
    mapping.port = port;
    mapping.source = wholeOf(key);
    // Of a pair the coarse half says how far it went; the fine one runs through its whole range in a step.
    const bool fineHalf = mapping.source.kind == SourceKind::controllerPair && move.source.number >= 32;
    if (fineHalf || !settles(mapping.source, seen)) return std::nullopt;
    if (slider && kind == SourceKind::controller && mapping.source.kind == kind &&
        seen.repeats >= kEncoderRepeats)
        mapping.encoding = encodingOf(seen.last).value_or(Encoding::absolute);
    cancel();
    return mapping;
}

bool ControlLearner::settles(const ControlSource& source, const Seen& seen) const {
    if (source.kind == SourceKind::note || source.kind == SourceKind::program) return true;
    const int travel = seen.highest - seen.lowest;
    const int whole = source.kind == SourceKind::controllerPair ? 127 : largestValue(source.kind);
    if (m_target->kind != TargetKind::slider) return travel * 2 > whole;
    if (source.kind == SourceKind::controller && seen.repeats >= kEncoderRepeats && encodingOf(seen.last))
        return true;
    // An encoder that was turned both ways looks like a jump across the range; the repeats decide.
    const bool steps = source.kind == SourceKind::controller && encodingOf(seen.lowest) &&
                       encodingOf(seen.highest) && encodingOf(seen.last);
    return !steps && travel * 16 >= whole;
}

ControlSource ControlLearner::wholeOf(const Key& key) const {
    const ControlSource& source = key.second;
    if (source.kind != SourceKind::controller || source.number >= 64) return source;
    const int other = source.number < 32 ? source.number + 32 : source.number - 32;
    const auto half = m_seen.find({key.first, {source.kind, source.channel, other}});
    // A coarse half heard at all makes the other one fine; to be coarse, the fine one has to move with it.
    const bool pair = half != m_seen.end() && (source.number >= 32 || half->second.count >= 2);
    if (!pair) return source;
    return {SourceKind::controllerPair, source.channel, source.number % 32};
}

std::string ControlLearner::hint() const {
    if (!m_target) return {};
    const bool slider = m_target->kind == TargetKind::slider;
    if (m_latest)
        return slider ? "Move " + describe(m_latest->second) + " further, or the control that shall move " +
                            m_target->name + "."
                      : "Press and release the button that shall do “" + m_target->name + "”.";
    return slider ? "Move the knob or fader that shall move " + m_target->name +
                        " (turn an endless encoder to the right)."
                  : "Press the button, pad or key that shall do “" + m_target->name + "”.";
}

}  // namespace smidgen
