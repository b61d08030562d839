#include "models/network_reach.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace smidgen::models {
namespace {

constexpr int kConnectMilliseconds = 1000;

class Socket {
 public:
    Socket(const addrinfo& address, int kind)
        : m_descriptor(::socket(address.ai_family, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {}
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

 private:
    int m_descriptor;
};

struct Addresses {
    std::unique_ptr<addrinfo, void (*)(addrinfo*)> list{nullptr, ::freeaddrinfo};
    std::string problem;  ///< when there is none
};

Addresses addressesOf(const std::string& host, int port) {
    Addresses addresses;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int problem = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (problem != 0) addresses.problem = ::gai_strerror(problem);
    addresses.list.reset(problem == 0 ? found : nullptr);
    return addresses;
}

bool accepts(const addrinfo& address) {
    const Socket socket(address, SOCK_STREAM);
    if (socket.descriptor() < 0) return false;
    if (::connect(socket.descriptor(), address.ai_addr, address.ai_addrlen) == 0) return true;
    if (errno != EINPROGRESS) return false;
    pollfd waiting{socket.descriptor(), POLLOUT, 0};
    if (::poll(&waiting, 1, kConnectMilliseconds) <= 0) return false;
    int error = 0;
    socklen_t length = sizeof error;
    return ::getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0;
}

}  // namespace

Result<std::string> ownAddressTowards(const std::string& host, int port) {
    const Addresses addresses = addressesOf(host, port);
    std::string problem = addresses.problem;
    for (const addrinfo* address = addresses.list.get(); address != nullptr; address = address->ai_next) {
        // A datagram socket is connected without a packet: the system only chooses the way.
        const Socket socket(*address, SOCK_DGRAM);
        sockaddr_storage own{};
        socklen_t length = sizeof own;
        std::array<char, NI_MAXHOST> text{};
        if (socket.descriptor() >= 0 &&
            ::connect(socket.descriptor(), address->ai_addr, address->ai_addrlen) == 0 &&
            ::getsockname(socket.descriptor(), reinterpret_cast<sockaddr*>(&own), &length) == 0 &&
            ::getnameinfo(reinterpret_cast<const sockaddr*>(&own), length, text.data(), text.size(), nullptr,
                          0, NI_NUMERICHOST) == 0)
            return std::string(text.data());
        problem = std::strerror(errno);
    }
    return failure(ErrorCode::io, "MASTER_ADDR is '" + host + "', which cannot be reached from here.",
                   problem);
}

bool answers(const std::string& host, int port) {
    const Addresses addresses = addressesOf(host, port);
    for (const addrinfo* address = addresses.list.get(); address != nullptr; address = address->ai_next)
        if (accepts(*address)) return true;
    return false;
}

}  // namespace smidgen::models
