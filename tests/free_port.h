// Tests of several processes find each other on the loopback interface.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace smidgen::test {

/// A port of the loopback interface that nothing listens on.
inline int freePort() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    EXPECT_EQ(0, ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), length));
    EXPECT_EQ(0, ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length));
    ::close(descriptor);
    return ::ntohs(address.sin_port);
}

}  // namespace smidgen::test
