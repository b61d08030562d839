// Who is told of changes by OSC.
#pragma once

#include <optional>
#include <vector>

#include "engine/control/control_change.h"
#include "engine/control/osc_message.h"

namespace smidgen {

class OscServer;

/// At most 32; a further one takes the place of the one that subscribed longest ago. One thread.
class OscSubscribers {
 public:
    /// `to` is told; `from` is where its own messages come from.
    void add(const OscPeer& to, const OscPeer& from);
    void remove(const OscPeer& to);
    void clear() { m_all.clear(); }
    [[nodiscard]] std::size_t size() const { return m_all.size(); }
    /// All but the one that caused it.
    void tell(OscServer& server, const OscMessage& message, const std::optional<OscPeer>& cause) const;

 private:
    struct Subscriber {
        OscPeer to;
        OscPeer from;
    };
    std::vector<Subscriber> m_all;  ///< latest last
};

}  // namespace smidgen
