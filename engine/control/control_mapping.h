// Which control moves what, and how.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/control/control_source.h"
#include "engine/control/control_target.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// What the values of a control mean.
enum class Encoding {
    absolute,        ///< where it stands
    twosComplement,  ///< turned by: 1 … 63 up, 127 … 64 down
    binaryOffset,    ///< 65 … up, 63 … down
    signMagnitude    ///< 1 … 63 up, 65 … 127 down
};
enum class Curve {
    linear,
    slowStart,  ///< fine steps at the low end: square
    fastStart   ///< fine steps at the high end: square root
};
/// What happens when a control stands elsewhere than what it moves.
enum class TakeOver {
    pickUp,  ///< it takes hold where it passes by
    jump
};
/// How something that is on or off follows a button.
enum class SwitchMode {
    press,  ///< every press changes it
    follow  ///< on while the button is down, or the fader above half
};

struct ControlMapping {
    std::string target;  ///< ControlTarget::id
    std::string port;    ///< the MIDI device's name; empty: any
    ControlSource source;
    Encoding encoding = Encoding::absolute;
    double low = 0;  ///< of a slider: its position at the control's lowest value
    double high = 1;
    bool inverted = false;
    Curve curve = Curve::linear;
    TakeOver takeOver = TakeOver::pickUp;
    double step = 0.01;  ///< of a relative encoder: how much of the range one step is
    SwitchMode switching = SwitchMode::press;
    bool feedback = true;  ///< what else moves the target is shown on the device
    bool operator==(const ControlMapping&) const = default;
};

/// Errors: invalidArgument: a target that is not there, a channel, number, range or step that cannot be.
[[nodiscard]] Status checkMapping(const ControlMapping& mapping, const std::vector<ControlTarget>& targets);

/// Where the control at `value` puts the slider.
[[nodiscard]] double positionOf(const ControlMapping& mapping, int value);
/// The value at which it would put the slider nearest to `position`.
[[nodiscard]] int valueAt(const ControlMapping& mapping, double position);
/// How many steps a relative encoder was turned, up positive; 0 for a value that says nothing.
[[nodiscard]] int stepsOf(Encoding encoding, int value);

/// One sentence a mapping that shares a control with `mapping`; it leaves out `except`, the index of the
/// mapping itself when it is among them.
[[nodiscard]] std::vector<std::string> conflictsOf(const ControlMapping& mapping,
                                                   const std::vector<ControlMapping>& mappings,
                                                   const std::vector<ControlTarget>& targets,
                                                   std::optional<std::size_t> except = std::nullopt);

}  // namespace smidgen
