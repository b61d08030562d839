#include "engine/control/osc_subscribers.h"

#include "engine/control/osc_server.h"

namespace smidgen {
namespace {
constexpr std::size_t kMost = 32;
}

void OscSubscribers::add(const OscPeer& to, const OscPeer& from) {
    remove(to);
    if (m_all.size() >= kMost) m_all.erase(m_all.begin());
    m_all.push_back({to, from});
}

void OscSubscribers::remove(const OscPeer& to) {
    std::erase_if(m_all, [&](const Subscriber& each) { return each.to == to; });
}

void OscSubscribers::tell(OscServer& server, const OscMessage& message,
                          const std::optional<OscPeer>& cause) const {
    for (const Subscriber& each : m_all)
        if (!cause || (each.from != *cause && each.to != *cause)) server.send(each.to, message);
}

}  // namespace smidgen
