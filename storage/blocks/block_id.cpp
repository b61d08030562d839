#include "storage/blocks/block_id.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <random>

#include "engine/foundation/random.h"

namespace smidgen::storage {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::array<std::size_t, 4> kDashes{8, 13, 18, 23};

/// The last id's time and the chance that fills the rest. The 12 bits after the version count within a
/// millisecond (RFC 9562, 6.2, method 1).
struct Clock {
    std::mutex mutex;
    std::uint64_t milliseconds = 0;
    std::uint64_t count = 0;
    Random random{randomWord()};
};

int digitOf(char c) {
    const std::size_t at = kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::uint64_t randomWord() {
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) | device();
}

std::int64_t currentMilliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

BlockId BlockId::make() {
    static Clock clock;
    std::uint64_t time = static_cast<std::uint64_t>(currentMilliseconds());
    std::uint64_t count = 0, chance = 0;
    {
        const std::lock_guard lock(clock.mutex);
        if (time > clock.milliseconds) {
            clock.milliseconds = time;
            clock.count = clock.random.below(1024);
        } else if (++clock.count == 4096) {
            // More than the counter holds, or the clock was set back: borrow from the future.
            ++clock.milliseconds;
            clock.count = 0;
        }
        time = clock.milliseconds;
        count = clock.count;
        chance = clock.random.bits();
    }
    BlockId id;
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(time >> (40 - 8 * i));
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (count >> 8));
    id.bytes[7] = static_cast<std::uint8_t>(count);
    for (std::size_t i = 0; i < 8; ++i) id.bytes[8 + i] = static_cast<std::uint8_t>(chance >> (56 - 8 * i));
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
    return id;
}

std::string BlockId::text() const {
    std::string out;
    out.reserve(36);
    for (const std::uint8_t byte : bytes) {
        if (std::find(kDashes.begin(), kDashes.end(), out.size()) != kDashes.end()) out += '-';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::optional<BlockId> BlockId::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    BlockId id;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (std::find(kDashes.begin(), kDashes.end(), i) != kDashes.end()) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const int digit = digitOf(text[i]);
        if (digit < 0) return std::nullopt;
        std::uint8_t& byte = id.bytes[nibble / 2];
        byte = static_cast<std::uint8_t>((byte << 4) | digit);
        ++nibble;
    }
    return id;
}

}  // namespace smidgen::storage
