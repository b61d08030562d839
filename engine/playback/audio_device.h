// A device of the system that sound goes out of or comes in through.
#pragma once

#include <compare>
#include <string>

namespace smidgen {

struct AudioDevice {
    std::string type;  ///< "ALSA", "JACK" …
    std::string name;
    auto operator<=>(const AudioDevice&) const = default;
};

}  // namespace smidgen
