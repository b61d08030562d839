// JUCE's message queue, offered to whichever event loop owns the main thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

namespace smidgen {

/// Owns JUCE's initialisation. Create one on the main thread after the window toolkit's application object
/// and destroy it before that; every call is on that thread. On Linux JUCE's queue is a set of file
/// descriptors: watch each for reading and call dispatch(fd) when it is ready. Elsewhere descriptors() is
/// empty and the native loop serves JUCE.
class MessageLoop {
 public:
    MessageLoop();
    ~MessageLoop();
    MessageLoop(const MessageLoop&) = delete;
    MessageLoop& operator=(const MessageLoop&) = delete;

    [[nodiscard]] std::vector<int> descriptors() const;
    void dispatch(int descriptor);
    /// `changed` may be called from any thread: queue a re-read of descriptors() on the main thread.
    void onDescriptorsChanged(std::function<void()> changed);
    /// For programs without a loop of their own (tests, command line): serves messages for up to
    /// `milliseconds`.
    void runFor(int milliseconds);

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
