// MIDI as bytes: channel messages out of a stream.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>

namespace smidgen {

/// A channel message: status byte 0x80 … 0xEF and one or two data bytes 0 … 127 (MIDI 1.0).
struct ChannelMessage {
    std::uint8_t status = 0;
    std::uint8_t first = 0;
    std::uint8_t second = 0;  ///< 0 for messages of one data byte
    [[nodiscard]] int kind() const { return status & 0xF0; }
    [[nodiscard]] int channel() const { return (status & 0x0F) + 1; }  ///< 1 … 16
    bool operator==(const ChannelMessage&) const = default;
};

/// Reads a stream as a cable carries it: running status, real-time bytes in between, system messages (left
/// out). Data bytes without a status are left out too. Any bytes at all may come. One thread.
class MidiStream {
 public:
    void feed(std::span<const std::uint8_t> bytes, const std::function<void(const ChannelMessage&)>& heard);

 private:
    std::uint8_t m_status = 0;  ///< running; 0: none
    std::uint8_t m_first = 0;
    bool m_hasFirst = false;
};

/// The bytes of a message: two or three.
struct MidiBytes {
    std::array<std::uint8_t, 3> bytes{};
    std::size_t size = 0;
    [[nodiscard]] std::span<const std::uint8_t> span() const { return {bytes.data(), size}; }
};
[[nodiscard]] MidiBytes bytesOf(const ChannelMessage& message);

}  // namespace smidgen
