// Which OSC address does what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/control/control_change.h"
#include "engine/control/control_target.h"
#include "engine/control/osc_message.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// What a message asks for.
struct OscRequest {
    enum class Kind {
        change,
        tell,  ///< how `change.target` stands
        tellAll,
        subscribe,  ///< tell all now, and what changes; to `port` when it is not 0
        unsubscribe
    };
    Kind kind = Kind::change;
    ControlChange change;  ///< without an origin
    std::uint16_t port = 0;
};

struct OscAddress {
    std::string address;
    std::string arguments;  ///< "f -0.25 to 1.25", "[i 1 or 0]"
    std::string does;       ///< "Moves Brightness; without a number it is told."
};

/// The addresses of a list of targets.
class OscAddresses {
 public:
    explicit OscAddresses(std::vector<ControlTarget> targets);

    /// Errors: notFound (no such address), invalidArgument; each with a sentence for whoever sent it.
    [[nodiscard]] Result<std::vector<OscRequest>> read(const OscMessage& message) const;
    /// How a slider or toggle stands; nil for a slider that is left as it comes. Nothing for actions.
    [[nodiscard]] std::optional<OscMessage> stateOf(const std::string& target,
                                                    std::optional<double> value) const;
    /// All of them, for people.
    [[nodiscard]] const std::vector<OscAddress>& list() const { return m_list; }

 private:
    enum class Way {
        slider,
        release,
        press,
        count,
        toggle,
        turnOn,
        turnOff,
        seed,
        tellAll,
        subscribe,
        unsubscribe
    };
    struct Entry {
        std::string address;
        Way way = Way::press;
        std::string target;
    };
    void add(const std::string& address, Way way, const std::string& target, const std::string& arguments,
             const std::string& does);
    [[nodiscard]] Result<std::optional<OscRequest>> read(const Entry& entry, const OscMessage& message) const;

    std::vector<ControlTarget> m_targets;
    std::vector<Entry> m_entries;
    std::vector<OscAddress> m_list;
};

}  // namespace smidgen
