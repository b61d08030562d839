#include "engine/control/osc_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

namespace smidgen {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kMostErrorsASecond = 50;

tl::unexpected<Error> refusal(int number, int port) {
    const std::string name = "UDP port " + std::to_string(port);
    if (number == EADDRINUSE)
        return failure(ErrorCode::conflict,
                       name +
                           " is taken by another program. Choose another port for OSC, or close that "
                           "program.");
    if (number == EACCES)
        return failure(ErrorCode::refused,
                       name + " is kept for the system. Choose a port for OSC from 1024 on.");
    return failure(ErrorCode::io, name + " cannot be opened for OSC: " + std::strerror(number) + ".");
}

sockaddr_in socketAddress(const OscPeer& peer) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(peer.address);
    address.sin_port = ::htons(peer.port);
    return address;
}

}  // namespace

struct OscServer::Impl {
    Receive receive;
    int socket = -1;
    int stopRead = -1;
    int stopWrite = -1;
    int port = 0;
    int errors = 0;  ///< in the second that began at errorsSince
    Clock::time_point errorsSince = Clock::now();
    std::thread thread;

    ~Impl() {
        if (thread.joinable()) {
            const char stop = 0;
            while (::write(stopWrite, &stop, 1) < 0 && errno == EINTR) {
            }
            thread.join();
        }
        for (const int descriptor : {socket, stopRead, stopWrite})
            if (descriptor >= 0) ::close(descriptor);
    }

    Status open(int wanted, bool otherMachines) {
        socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        int ends[2] = {-1, -1};
        if (socket < 0 || ::pipe2(ends, O_CLOEXEC) != 0) return refusal(errno, wanted);
        stopRead = ends[0];
        stopWrite = ends[1];
        const int room = 1 << 20;  // what comes while this thread has no processor
        ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        sockaddr_in address =
            socketAddress({otherMachines ? INADDR_ANY : INADDR_LOOPBACK, static_cast<std::uint16_t>(wanted)});
        if (::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            return refusal(errno, wanted);
        socklen_t length = sizeof address;
        if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0)
            return refusal(errno, wanted);
        port = ::ntohs(address.sin_port);
        return {};
    }

    void send(const OscPeer& to, const OscMessage& message) const {
        const auto bytes = writeOscMessage(message);
        const sockaddr_in address = socketAddress(to);
        if (!bytes.empty())
            static_cast<void>(::sendto(socket, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                                       reinterpret_cast<const sockaddr*>(&address), sizeof address));
    }

    void run() {
        std::array<pollfd, 2> polled{pollfd{socket, POLLIN, 0}, pollfd{stopRead, POLLIN, 0}};
        std::vector<std::uint8_t> buffer(65536);
        for (;;) {
            if (::poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) return;
            if (polled[1].revents != 0) return;
            sockaddr_in from{};
            socklen_t length = sizeof from;
            const auto size = ::recvfrom(socket, buffer.data(), buffer.size(), 0,
                                         reinterpret_cast<sockaddr*>(&from), &length);
            if (size >= 0)
                heard({::ntohl(from.sin_addr.s_addr), ::ntohs(from.sin_port)},
                      std::span(buffer).first(static_cast<std::size_t>(size)));
        }
    }

    void heard(const OscPeer& from, std::span<const std::uint8_t> packet) {
        if (packet.empty()) return;
        auto messages = readOscPacket(packet);
        if (messages) {
            receive(from, *std::move(messages));
            return;
        }
        if (Clock::now() - errorsSince > std::chrono::seconds(1)) {
            errorsSince = Clock::now();
            errors = 0;
        }
        const std::string_view text(reinterpret_cast<const char*>(packet.data()), packet.size());
        if (text.starts_with(kOscErrorAddress) || ++errors > kMostErrorsASecond) return;
        send(from, oscError("", messages.error().sentence));
    }
};

OscServer::OscServer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
OscServer::~OscServer() = default;

Result<std::unique_ptr<OscServer>> OscServer::open(int port, bool otherMachines, Receive receive) {
    auto impl = std::make_unique<Impl>();
    impl->receive = std::move(receive);
    if (Status opened = impl->open(port, otherMachines); !opened) return propagate(opened);
    impl->thread = std::thread([raw = impl.get()] { raw->run(); });
    return std::unique_ptr<OscServer>(new OscServer(std::move(impl)));
}

int OscServer::port() const {
    return m_impl->port;
}

void OscServer::send(const OscPeer& to, const OscMessage& message) {
    m_impl->send(to, message);
}

std::string describe(const OscPeer& peer) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8)
        text += std::to_string((peer.address >> shift) & 0xFF) + (shift > 0 ? "." : "");
    return text + ":" + std::to_string(peer.port);
}

OscMessage oscError(const std::string& address, const std::string& sentence) {
    return {kOscErrorAddress, {address, sentence}};
}

}  // namespace smidgen
