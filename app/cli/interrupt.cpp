#include "app/cli/interrupt.h"

#include <unistd.h>
#include <csignal>

namespace smidgen::cli {
namespace {

const CancelToken* g_interrupted = nullptr;

/// Async-signal-safe: a lock-free store, write() and _exit() only.
void onSignal(int) {
    if (g_interrupted->cancelled()) _exit(3);
    g_interrupted->cancel();
    constexpr char kMessage[] = "\nStopping cleanly; press Ctrl-C again to quit at once.\n";
    [[maybe_unused]] const auto written = write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
}

}  // namespace

CancelToken cancelOnInterrupt() {
    static const CancelToken token;
    g_interrupted = &token;
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    return token;
}

}  // namespace smidgen::cli
