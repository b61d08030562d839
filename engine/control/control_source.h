// Where a movement comes from: one control of a MIDI device.
#pragma once

#include <cstdint>
#include <string>

namespace smidgen {

enum class SourceKind {
    controller,      ///< 0 … 127
    controllerPair,  ///< 0 … 31 with its fine half 32 above: 14 bits
    nrpn,            ///< non-registered parameter 0 … 16383: 14 bits
    note,            ///< its velocity; released: 0
    pitchBend,       ///< 14 bits, no number
    program          ///< a program chosen
};

struct ControlSource {
    SourceKind kind = SourceKind::controller;
    int channel = 1;  ///< 1 … 16; 0: any
    int number = 0;
    auto operator<=>(const ControlSource&) const = default;
};

/// The largest number a source of that kind has; 0 for pitch bend.
[[nodiscard]] int largestNumber(SourceKind kind);
/// The largest value it sends: 127 or 16383.
[[nodiscard]] int largestValue(SourceKind kind);

/// Whether a movement of `sent` moves what listens to `heard`, which may name any channel.
[[nodiscard]] bool hears(const ControlSource& heard, const ControlSource& sent);
/// Whether one movement of a device can move both: the same control, or halves of one.
[[nodiscard]] bool overlap(const ControlSource& a, const ControlSource& b);

/// "controller 7 on channel 1", "pitch bend on channel 9".
[[nodiscard]] std::string describe(const ControlSource& source);

/// One movement, complete.
struct MidiMove {
    ControlSource source;
    int value = 0;  ///< 0 … largestValue(source.kind)
    bool operator==(const MidiMove&) const = default;
};

}  // namespace smidgen
