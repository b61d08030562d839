// A few things to control.
#pragma once

#include <vector>

#include "engine/control/control_mapping.h"
#include "engine/control/control_target.h"

namespace smidgen::testing {

inline std::vector<ControlTarget> sampleTargets() {
    return controlTargets(R"({"version": 1, "shortcuts": [
        {"id": "transport.toggle", "text": "Play or pause", "toggle": true},
        {"id": "transport.stop", "text": "Stop"},
        {"id": "transport.loop", "text": "Loop", "toggle": true},
        {"id": "generate.one", "text": "Generate"},
        {"id": "generate.dice", "text": "Dice"}]})");
}

inline ControlMapping mappingOf(const std::string& target, const ControlSource& source) {
    ControlMapping mapping;
    mapping.target = target;
    mapping.source = source;
    return mapping;
}

}  // namespace smidgen::testing
