#include "engine/control/osc_message.h"

#include <lo/lo.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>

namespace smidgen {
namespace {

constexpr std::size_t kMostMessages = 512;
constexpr std::size_t kLargestPacket = 65507;  // UDP over IPv4
constexpr int kDeepest = 8;
constexpr std::size_t kLongestPattern = 128;
constexpr std::ptrdiff_t kMostStars = 4;
constexpr char kBundle[8] = {'#', 'b', 'u', 'n', 'd', 'l', 'e', '\0'};

using Message = std::unique_ptr<std::remove_pointer_t<lo_message>, decltype(&lo_message_free)>;

tl::unexpected<Error> illFormed(std::string sentence) {
    return failure(ErrorCode::unusableInput, std::move(sentence));
}

std::uint32_t bigEndian(std::span<const std::uint8_t> bytes) {
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
           std::uint32_t{bytes[3]};
}

/// liblo hands out 64-bit arguments where they lie in the message, which is at multiples of four bytes.
template <typename Number>
Number numberAt(const char* place) {
    Number number{};
    std::memcpy(&number, place, sizeof number);
    return number;
}

Result<OscValue> valueOf(lo_type type, const char* place) {
    switch (type) {
        case LO_INT32:
            return OscValue(std::int64_t{numberAt<std::int32_t>(place)});
        case LO_INT64:
            return OscValue(numberAt<std::int64_t>(place));
        case LO_FLOAT:
            return OscValue(double{numberAt<float>(place)});
        case LO_DOUBLE:
            return OscValue(numberAt<double>(place));
        case LO_STRING:
        case LO_SYMBOL:
            return OscValue(std::string(place));
        case LO_TRUE:
            return OscValue(true);
        case LO_FALSE:
            return OscValue(false);
        case LO_NIL:
            return OscValue(std::monostate());
        default:
            return illFormed("Smidgen takes numbers, text, true, false and nil, not an argument of type '" +
                             std::string(1, static_cast<char>(type)) + "'.");
    }
}

Result<OscMessage> readMessage(std::span<const std::uint8_t> packet) {
    const auto end = std::find(packet.begin(), packet.end(), 0);
    if (packet.empty() || packet.front() != '/' || end == packet.end())
        return illFormed("This is no OSC message: it does not begin with an address.");
    OscMessage read;
    read.address.assign(packet.begin(), end);
    if (!std::all_of(read.address.begin(), read.address.end(),
                     [](unsigned char c) { return c > 0x20 && c < 0x7F; }))
        return illFormed("The address of this OSC message has characters that none may have.");
    std::vector<std::uint8_t> bytes(packet.begin(), packet.end());  // liblo reads them in place
    int result = 0;
    const Message message(lo_message_deserialise(bytes.data(), bytes.size(), &result), lo_message_free);
    if (!message)
        return illFormed("The OSC message to " + read.address +
                         " is ill-formed: its arguments do not fit their types, or are cut off.");
    const int count = lo_message_get_argc(message.get());
    const char* types = lo_message_get_types(message.get());
    lo_arg** arguments = lo_message_get_argv(message.get());
    for (int i = 0; i < count; ++i) {
        auto value = valueOf(static_cast<lo_type>(types[i]), reinterpret_cast<const char*>(arguments[i]));
        if (!value) return propagate(value);
        read.values.push_back(*std::move(value));
    }
    return read;
}

Status readElement(std::span<const std::uint8_t> packet, int depth, std::vector<OscMessage>& messages) {
    const bool bundle =
        packet.size() >= sizeof kBundle && std::memcmp(packet.data(), kBundle, sizeof kBundle) == 0;
    if (!bundle) {
        if (messages.size() >= kMostMessages)
            return illFormed("This OSC bundle has more than 512 messages; send several.");
        auto message = readMessage(packet);
        if (!message) return propagate(message);
        messages.push_back(*std::move(message));
        return {};
    }
    if (depth >= kDeepest)
        return illFormed("This OSC bundle has bundles within bundles more than eight deep.");
    if (packet.size() < sizeof kBundle + 8) return illFormed("This OSC bundle ends within its time.");
    packet = packet.subspan(sizeof kBundle + 8);
    while (!packet.empty()) {
        if (packet.size() < 4) return illFormed("This OSC bundle ends within the length of an element.");
        const std::size_t size = bigEndian(packet);
        packet = packet.subspan(4);
        if (size == 0 || size % 4 != 0 || size > packet.size())
            return illFormed("An element of this OSC bundle says it is longer than what is there.");
        if (const Status read = readElement(packet.first(size), depth + 1, messages); !read) return read;
        packet = packet.subspan(size);
    }
    return {};
}

void add(lo_message message, const OscValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        if (*whole >= std::numeric_limits<std::int32_t>::min() &&
            *whole <= std::numeric_limits<std::int32_t>::max())
            lo_message_add_int32(message, static_cast<std::int32_t>(*whole));
        else
            lo_message_add_int64(message, *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        lo_message_add_float(message, static_cast<float>(*real));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        lo_message_add_string(message, text->c_str());
    } else if (const auto* truth = std::get_if<bool>(&value)) {
        *truth ? lo_message_add_true(message) : lo_message_add_false(message);
    } else {
        lo_message_add_nil(message);
    }
}

std::vector<std::string> partsOf(const std::string& address) {
    std::vector<std::string> parts(1);
    for (const char letter : address) {
        if (letter == '/')
            parts.emplace_back();
        else
            parts.back() += letter;
    }
    return parts;
}

}  // namespace

Result<std::vector<OscMessage>> readOscPacket(std::span<const std::uint8_t> packet) {
    if (packet.size() % 4 != 0)
        return illFormed("This is no OSC packet: its length is " + std::to_string(packet.size()) +
                         " bytes, which four does not divide.");
    std::vector<OscMessage> messages;
    if (Status read = readElement(packet, 0, messages); !read) return propagate(read);
    return messages;
}

std::vector<std::uint8_t> writeOscMessage(const OscMessage& message) {
    const Message built(lo_message_new(), lo_message_free);
    for (const OscValue& value : message.values) add(built.get(), value);
    std::vector<std::uint8_t> bytes(lo_message_length(built.get(), message.address.c_str()));
    if (bytes.size() > kLargestPacket) return {};
    lo_message_serialise(built.get(), message.address.c_str(), bytes.data(), nullptr);
    return bytes;
}

bool isOscPattern(const std::string& address) {
    return address.find_first_of("?*[{") != std::string::npos;
}

bool oscPatternFits(const std::string& pattern, const std::string& address) {
    if (pattern.size() > kLongestPattern || std::count(pattern.begin(), pattern.end(), '*') > kMostStars)
        return false;
    // Part by part: a star does not reach across a slash (OSC 1.0), though liblo's does.
    const auto patterns = partsOf(pattern);
    const auto parts = partsOf(address);
    return std::equal(patterns.begin(), patterns.end(), parts.begin(), parts.end(),
                      [](const std::string& each, const std::string& part) {
                          return lo_pattern_match(part.c_str(), each.c_str()) != 0;
                      });
}

}  // namespace smidgen
