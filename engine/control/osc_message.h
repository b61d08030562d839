// Open Sound Control 1.0 as values: one message, and packets of bytes. Knows no network.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen {

/// Nil, a whole number (i, h), a real one (f, d), text (s, S), or true and false.
using OscValue = std::variant<std::monostate, std::int64_t, double, std::string, bool>;

struct OscMessage {
    std::string address;  ///< "/smidgen/slider/brightness"
    std::vector<OscValue> values;
    bool operator==(const OscMessage&) const = default;
};

/// The messages of a packet; a bundle's are done at once, whatever its time says. Errors: unusableInput with
/// a sentence for whoever sent it; any bytes at all may come. At most 512 messages, bundles eight deep.
[[nodiscard]] Result<std::vector<OscMessage>> readOscPacket(std::span<const std::uint8_t> packet);
/// Whole numbers as i where they fit, else h; real ones as f. Empty when the message is too large for UDP.
[[nodiscard]] std::vector<std::uint8_t> writeOscMessage(const OscMessage& message);

/// Whether `pattern` (with ? * [] {} as OSC has them) fits `address`. A pattern of more than 128 characters
/// or four stars fits nothing, for it would take too long.
[[nodiscard]] bool oscPatternFits(const std::string& pattern, const std::string& address);
[[nodiscard]] bool isOscPattern(const std::string& address);

}  // namespace smidgen
