// A UDP port that speaks OSC.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/control/control_change.h"
#include "engine/control/osc_message.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// "127.0.0.1:9123".
[[nodiscard]] std::string describe(const OscPeer& peer);

/// Listens in a thread of its own from open() until it is destroyed. The socket is ours, for liblo would
/// listen on every interface; the messages are liblo's. An ill-formed packet is answered by /smidgen/error
/// and a sentence, fifty times a second at most, and never one that is itself an error.
class OscServer {
 public:
    /// Called on the server's thread.
    using Receive = std::function<void(const OscPeer& from, std::vector<OscMessage> messages)>;

    /// `port` 1 … 65535, 0 for any that is free. `otherMachines`: on every interface, else on loopback only.
    /// Errors: conflict (another program has the port), refused (the system keeps it), io; each with a
    /// sentence.
    [[nodiscard]] static Result<std::unique_ptr<OscServer>> open(int port, bool otherMachines,
                                                                 Receive receive);
    ~OscServer();

    [[nodiscard]] int port() const;
    /// Any thread; does not wait. What the network does not take is lost, as UDP has it.
    void send(const OscPeer& to, const OscMessage& message);

 private:
    struct Impl;
    explicit OscServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

inline constexpr const char* kOscErrorAddress = "/smidgen/error";
/// "/smidgen/error" with what it is about and a sentence. Nobody answers one: two programs would go on for
/// ever.
[[nodiscard]] OscMessage oscError(const std::string& address, const std::string& sentence);

}  // namespace smidgen
