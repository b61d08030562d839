// A MIDI input and output of ours on a JACK server. Private to engine/playback.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace smidgen {

/// Client "Smidgen MIDI" with the ports "in" and "out"; a patch bay connects them. Owner's thread, except
/// where said.
class JackMidi {
 public:
    /// Called on a thread of this object with one message of up to three bytes; longer ones are left out.
    using Receive = std::function<void(std::span<const std::uint8_t>)>;

    /// Whether this system has JACK, running or not.
    [[nodiscard]] static bool available();
    /// Null when no server runs. Starts none.
    [[nodiscard]] static std::unique_ptr<JackMidi> open(Receive receive);
    ~JackMidi();

    /// True once the server has gone; this object is of no more use then.
    [[nodiscard]] bool lost() const;
    /// One message of up to three bytes, sent with the next cycle; left out when a thousand wait already.
    void send(std::span<const std::uint8_t> message);

 private:
    struct Impl;
    explicit JackMidi(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
