// What a controller asks for, and who asked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace smidgen {

/// Another program on the network: an IPv4 address and a UDP port, both in the machine's byte order.
struct OscPeer {
    std::uint32_t address = 0;
    std::uint16_t port = 0;
    auto operator<=>(const OscPeer&) const = default;
};

/// Who moved something: it is not told of its own movement.
struct ChangeOrigin {
    std::optional<std::size_t> mapping;  ///< index of the MIDI mapping
    std::optional<OscPeer> peer;
    bool operator==(const ChangeOrigin&) const = default;
};

struct ControlChange {
    enum class Kind {
        position,  ///< a slider to `value`
        release,   ///< a slider is left as it comes
        press,     ///< an action; `value` is how many takes "generate" shall make, 0: as chosen
        turn,      ///< something on (1) or off (0)
        flip,      ///< something on when it was off, and off when on
        seed       ///< the seed is `seed`
    };
    Kind kind = Kind::press;
    std::string target;  ///< ControlTarget::id; empty for a seed
    double value = 0;
    std::uint64_t seed = 0;
    ChangeOrigin origin;
    bool operator==(const ControlChange&) const = default;
};

/// Where everything stands now: sliders by position (absent: left as it comes), toggles 0 or 1.
using ControlState = std::map<std::string, double, std::less<>>;

}  // namespace smidgen
