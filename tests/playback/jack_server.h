// A JACK server with the dummy driver, and a client that records what Smidgen plays through it.
#pragma once

#include <jack/jack.h>
#include <sys/types.h>

#include <atomic>
#include <string>
#include <vector>

namespace smidgen::testing {

/// 48 kHz, 1024 samples a cycle: a machine that compiles beside the tests keeps up. Makes this process use a
/// server name of its own and no ALSA device, so that a machine's real devices are never touched. The name
/// is one of a few, held by a lock: JACK has room for eight names in all and frees that of a killed server
/// only when a server of the same name starts again. Stops the server at the end.
class JackServer {
 public:
    JackServer();
    ~JackServer();
    JackServer(const JackServer&) = delete;
    JackServer& operator=(const JackServer&) = delete;

    /// False when jackd does not start or does not answer within ten seconds.
    [[nodiscard]] bool start();
    void stop();  ///< asks it to end
    void kill();  ///< as a crash would

 private:
    void end(int signal);
    std::string m_name;
    int m_lock = -1;  ///< of the name
    pid_t m_process = -1;
};

/// Records both outputs of Smidgen from its making on, up to twenty seconds at 48 kHz.
class JackRecorder {
 public:
    JackRecorder();
    ~JackRecorder();
    JackRecorder(const JackRecorder&) = delete;
    JackRecorder& operator=(const JackRecorder&) = delete;

    /// False when Smidgen's ports are not there.
    [[nodiscard]] bool connected() const { return m_connected; }
    [[nodiscard]] int xruns() const { return m_xruns.load(); }
    [[nodiscard]] std::size_t frames() const { return m_frames.load(); }
    /// What was recorded so far, from the first frame on in which a side is not zero.
    [[nodiscard]] std::vector<float> fromFirstSound(int side) const;

 private:
    static int process(jack_nframes_t frames, void* self);
    jack_client_t* m_client = nullptr;
    jack_port_t* m_ports[2] = {nullptr, nullptr};
    bool m_connected = false;
    std::vector<float> m_recorded[2];
    std::atomic<std::size_t> m_frames{0};
    std::atomic<int> m_xruns{0};
};

}  // namespace smidgen::testing
