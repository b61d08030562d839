#include "engine/control/midi_stream.h"

namespace smidgen {
namespace {

/// Program change and channel pressure.
bool hasOneDataByte(std::uint8_t status) {
    return (status & 0xF0) == 0xC0 || (status & 0xF0) == 0xD0;
}

}  // namespace

void MidiStream::feed(std::span<const std::uint8_t> bytes,
                      const std::function<void(const ChannelMessage&)>& heard) {
    for (const std::uint8_t byte : bytes) {
        if (byte >= 0xF8) continue;  // real time: may stand inside any message
        if (byte >= 0x80) {
            m_status = byte < 0xF0 ? byte : 0;  // a system message ends running status
            m_hasFirst = false;
        } else if (m_status == 0) {
            continue;
        } else if (hasOneDataByte(m_status)) {
            heard({m_status, byte, 0});
        } else if (!m_hasFirst) {
            m_first = byte;
            m_hasFirst = true;
        } else {
            m_hasFirst = false;
            heard({m_status, m_first, byte});
        }
    }
}

MidiBytes bytesOf(const ChannelMessage& message) {
    return {{message.status, message.first, message.second},
            hasOneDataByte(message.status) ? std::size_t{2} : std::size_t{3}};
}

}  // namespace smidgen
