#include "engine/control/control_source.h"

namespace smidgen {
namespace {

std::string nameOf(const ControlSource& source) {
    const std::string number = std::to_string(source.number);
    switch (source.kind) {
        case SourceKind::controller:
            return "controller " + number;
        case SourceKind::controllerPair:
            return "controllers " + number + " and " + std::to_string(source.number + 32) + " (14 bits)";
        case SourceKind::nrpn:
            return "NRPN " + number;
        case SourceKind::note:
            return "note " + number;
        case SourceKind::pitchBend:
            return "pitch bend";
        case SourceKind::program:
            return "program " + number;
    }
    return {};
}

/// The plain controllers whose messages a source is made of.
bool usesController(const ControlSource& source, int number) {
    if (source.kind == SourceKind::controller) return source.number == number;
    if (source.kind == SourceKind::controllerPair)
        return source.number == number || source.number + 32 == number;
    return false;
}

}  // namespace

int largestNumber(SourceKind kind) {
    switch (kind) {
        case SourceKind::controllerPair:
            return 31;
        case SourceKind::nrpn:
            return 16383;
        case SourceKind::pitchBend:
            return 0;
        default:
            return 127;
    }
}

int largestValue(SourceKind kind) {
    return kind == SourceKind::controllerPair || kind == SourceKind::nrpn || kind == SourceKind::pitchBend
               ? 16383
               : 127;
}

bool hears(const ControlSource& heard, const ControlSource& sent) {
    return heard.kind == sent.kind && heard.number == sent.number &&
           (heard.channel == 0 || heard.channel == sent.channel);
}

bool overlap(const ControlSource& a, const ControlSource& b) {
    if (a.channel != 0 && b.channel != 0 && a.channel != b.channel) return false;
    if (a.kind == b.kind && a.number == b.number) return true;
    for (const ControlSource* one : {&a, &b}) {
        const ControlSource& other = one == &a ? b : a;
        if (one->kind == SourceKind::controller && usesController(other, one->number)) return true;
    }
    return false;
}

std::string describe(const ControlSource& source) {
    return nameOf(source) +
           (source.channel == 0 ? " on any channel" : " on channel " + std::to_string(source.channel));
}

}  // namespace smidgen
