#include "engine/control/control_desk.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <utility>

#include "engine/control/control_learner.h"
#include "engine/control/hand_over.h"
#include "engine/control/midi_decoder.h"
#include "engine/control/midi_stream.h"
#include "engine/control/osc_server.h"
#include "engine/control/osc_subscribers.h"

namespace smidgen {
namespace {

/// A window may round a position it was given.
constexpr double kSamePosition = 0.002;

/// Bytes of MIDI when `port` is not −1, else OSC messages.
struct Arrival {
    int port = -1;
    std::array<std::uint8_t, 8> bytes{};
    std::uint8_t size = 0;
    OscPeer from;
    std::vector<OscMessage> messages;
};

struct Port {
    std::string name;
    MidiStream stream;
    MidiDecoder decoder;
};

/// Adds a change; an earlier position of the same slider gives way unless something else came between.
void merge(std::vector<ControlChange>& changes, ControlChange change) {
    const auto movesSlider = [](const ControlChange& each) {
        return each.kind == ControlChange::Kind::position || each.kind == ControlChange::Kind::release;
    };
    if (movesSlider(change))
        for (auto earlier = changes.rbegin(); earlier != changes.rend() && movesSlider(*earlier); ++earlier)
            if (earlier->target == change.target) {
                *earlier = std::move(change);
                return;
            }
    changes.push_back(std::move(change));
}

}  // namespace

struct ControlDesk::Impl {
    Impl(std::vector<ControlTarget> all, std::function<void()> call)
        : targets(all), addresses(std::move(all)), wake(std::move(call)) {}

    std::vector<ControlTarget> targets;
    OscAddresses addresses;
    std::function<void()> wake;
    std::atomic<bool> woken{false};
    HandOverQueue<Arrival> queue;

    std::vector<std::unique_ptr<Port>> ports;
    ControlRouter router;
    std::vector<std::size_t> places;  ///< of the router's mappings among those that were set
    ControlLearner learner;
    ControlState state;
    std::function<void(const MidiReply&)> reply;
    OscSubscribers subscribers;
    std::unique_ptr<OscServer> server;  ///< dies first: its thread puts into the queue

    void put(Arrival arrival) {
        queue.put(std::move(arrival));
        if (!woken.exchange(true) && wake) wake();
    }

    void takeMidi(const Arrival& arrival, double now, TakenControls& taken) {
        if (static_cast<std::size_t>(arrival.port) >= ports.size()) return;
        Port& port = *ports[static_cast<std::size_t>(arrival.port)];
        port.stream.feed(std::span(arrival.bytes).first(arrival.size), [&](const ChannelMessage& message) {
            for (const MidiMove& move : port.decoder.read(message)) takeMove(port.name, move, now, taken);
        });
    }

    void takeMove(const std::string& port, const MidiMove& move, double now, TakenControls& taken) {
        taken.moves.push_back({port, move});
        if (learner.target()) {
            if (auto learned = learner.hear(port, move)) taken.learned = std::move(learned);
            return;
        }
        for (ControlChange& change : router.route(port, move, state, now)) {
            apply(change, now);
            change.origin.mapping = places[*change.origin.mapping];
            merge(taken.changes, std::move(change));
        }
    }

    /// Takes what was asked for as done; whoever does it says so by moved() when it came out otherwise.
    void apply(ControlChange& change, double now) {
        switch (change.kind) {
            case ControlChange::Kind::position:
                stand(change.target, change.value, change.origin, now);
                break;
            case ControlChange::Kind::release:
                stand(change.target, std::nullopt, change.origin, now);
                break;
            case ControlChange::Kind::flip: {
                const auto known = state.find(change.target);
                change.kind = ControlChange::Kind::turn;
                change.value = known == state.end() || known->second < 0.5 ? 1 : 0;
                stand(change.target, change.value, change.origin, now);
                break;
            }
            case ControlChange::Kind::turn:
                stand(change.target, change.value, change.origin, now);
                break;
            case ControlChange::Kind::press:
            case ControlChange::Kind::seed:
                break;
        }
    }

    void stand(const std::string& target, std::optional<double> value, const ChangeOrigin& origin,
               double now) {
        if (value)
            state[target] = *value;
        else
            state.erase(target);
        if (value)
            for (const MidiReply& each : router.show(target, *value, origin, now))
                if (reply) reply(each);
        const auto message = addresses.stateOf(target, value);
        if (server && message) subscribers.tell(*server, *message, origin.peer);
    }

    void tell(const OscPeer& to, const ControlTarget& target) {
        const auto known = state.find(target.id);
        const auto value =
            known == state.end() ? std::optional<double>() : std::optional<double>(known->second);
        if (const auto message = addresses.stateOf(target.id, value); server && message)
            server->send(to, *message);
    }

    void takeOsc(const Arrival& arrival, double now, TakenControls& taken) {
        if (!server) return;
        for (const OscMessage& message : arrival.messages) {
            if (message.address == kOscErrorAddress) continue;
            auto requests = addresses.read(message);
            if (!requests) {
                server->send(arrival.from, oscError(message.address, requests.error().sentence));
                taken.refusals.push_back(requests.error().sentence);
                continue;
            }
            for (OscRequest& request : *requests) obey(arrival.from, std::move(request), now, taken);
        }
    }

    void obey(const OscPeer& from, OscRequest request, double now, TakenControls& taken) {
        OscPeer to = from;
        if (request.port != 0) to.port = request.port;
        switch (request.kind) {
            case OscRequest::Kind::change:
                request.change.origin.peer = from;
                apply(request.change, now);
                merge(taken.changes, std::move(request.change));
                break;
            case OscRequest::Kind::tell:
                if (const ControlTarget* target = findTarget(targets, request.change.target))
                    tell(from, *target);
                break;
            case OscRequest::Kind::subscribe:
                subscribers.add(to, from);
                server->send(to, {"/smidgen/subscribed", {std::int64_t{to.port}}});
                for (const ControlTarget& target : targets) tell(to, target);
                break;
            case OscRequest::Kind::tellAll:
                for (const ControlTarget& target : targets) tell(from, target);
                break;
            case OscRequest::Kind::unsubscribe:
                subscribers.remove(to);
                server->send(to, {"/smidgen/unsubscribed", {std::int64_t{to.port}}});
                break;
        }
    }
};

ControlDesk::ControlDesk(std::vector<ControlTarget> targets, std::function<void()> wake)
    : m_impl(std::make_unique<Impl>(std::move(targets), std::move(wake))) {}
ControlDesk::~ControlDesk() = default;

void ControlDesk::heardMidi(int port, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        Arrival arrival;
        arrival.port = port;
        const auto part = bytes.first(std::min(bytes.size(), arrival.bytes.size()));
        std::copy(part.begin(), part.end(), arrival.bytes.begin());
        arrival.size = static_cast<std::uint8_t>(part.size());
        bytes = bytes.subspan(part.size());
        m_impl->put(std::move(arrival));
    }
}

int ControlDesk::addPort(const std::string& name) {
    auto& ports = m_impl->ports;
    const auto found =
        std::find_if(ports.begin(), ports.end(), [&](const auto& port) { return port->name == name; });
    if (found == ports.end()) {
        ports.push_back(std::make_unique<Port>());
        ports.back()->name = name;
        return static_cast<int>(ports.size()) - 1;
    }
    (*found)->stream = {};
    (*found)->decoder = {};
    return static_cast<int>(found - ports.begin());
}

TakenControls ControlDesk::take(double now) {
    m_impl->woken.store(false);
    TakenControls taken;
    for (Arrival arrival; m_impl->queue.take(arrival);) {
        if (arrival.port >= 0)
            m_impl->takeMidi(arrival, now, taken);
        else
            m_impl->takeOsc(arrival, now, taken);
    }
    return taken;
}

const std::vector<ControlTarget>& ControlDesk::targets() const {
    return m_impl->targets;
}
const OscAddresses& ControlDesk::addresses() const {
    return m_impl->addresses;
}

void ControlDesk::setMappings(std::vector<ControlMapping> mappings) {
    std::vector<ControlMapping> known;
    m_impl->places.clear();
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        if (findTarget(m_impl->targets, mappings[i].target) == nullptr) continue;
        m_impl->places.push_back(i);
        known.push_back(std::move(mappings[i]));
    }
    m_impl->router.setMappings(std::move(known), m_impl->targets);
}

void ControlDesk::forgetPort(const std::string& port) {
    m_impl->router.forget(port);
}

std::optional<double> ControlDesk::waitingAt(std::size_t mapping) const {
    const auto& places = m_impl->places;
    const auto found = std::find(places.begin(), places.end(), mapping);
    if (found == places.end()) return std::nullopt;
    return m_impl->router.waitingAt(static_cast<std::size_t>(found - places.begin()));
}

void ControlDesk::learn(const ControlTarget& target) {
    m_impl->learner.begin(target);
}
void ControlDesk::cancelLearning() {
    m_impl->learner.cancel();
}
bool ControlDesk::learning() const {
    return m_impl->learner.target().has_value();
}
std::string ControlDesk::learningHint() const {
    return m_impl->learner.hint();
}

void ControlDesk::moved(const std::string& target, std::optional<double> value, double now) {
    const auto known = m_impl->state.find(target);
    const bool same =
        known == m_impl->state.end() ? !value : value && std::abs(known->second - *value) <= kSamePosition;
    if (!same) m_impl->stand(target, value, {}, now);
}

void ControlDesk::showEverything(double now) {
    for (const auto& [target, value] : m_impl->state)
        for (const MidiReply& each : m_impl->router.show(target, value, {}, now))
            if (m_impl->reply) m_impl->reply(each);
}

const ControlState& ControlDesk::state() const {
    return m_impl->state;
}

void ControlDesk::onMidiReply(std::function<void(const MidiReply&)> reply) {
    m_impl->reply = std::move(reply);
}

Status ControlDesk::openOsc(int port, bool otherMachines) {
    closeOsc();
    auto server = OscServer::open(
        port, otherMachines, [impl = m_impl.get()](const OscPeer& from, std::vector<OscMessage> messages) {
            Arrival arrival;
            arrival.from = from;
            arrival.messages = std::move(messages);
            impl->put(std::move(arrival));
        });
    if (!server) return propagate(server);
    m_impl->server = *std::move(server);
    return {};
}

void ControlDesk::closeOsc() {
    m_impl->server.reset();
    m_impl->subscribers.clear();
}

std::optional<int> ControlDesk::oscPort() const {
    if (!m_impl->server) return std::nullopt;
    return m_impl->server->port();
}

std::size_t ControlDesk::subscribers() const {
    return m_impl->subscribers.size();
}

}  // namespace smidgen
