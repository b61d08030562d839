#include "jack_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace smidgen::testing {
namespace {
constexpr std::size_t kLongest = 20 * 48000;
constexpr int kSlots = 4;
constexpr auto kPatience = std::chrono::seconds(10);
}  // namespace

JackServer::JackServer() {
    std::string slot;
    for (int i = 0; i < kSlots; ++i) {
        slot = "smidgen-test-" + std::to_string(i);
        const auto file = std::filesystem::temp_directory_path() / (slot + ".lock");
        m_lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (::flock(m_lock, i + 1 < kSlots ? LOCK_EX | LOCK_NB : LOCK_EX) == 0) break;
        ::close(m_lock);
    }
    m_name = slot;
    ::setenv("JACK_DEFAULT_SERVER", m_name.c_str(), 1);
    ::setenv("JACK_NO_AUDIO_RESERVATION", "1", 1);
    ::setenv("ALSA_CONFIG_PATH", "/dev/null", 1);
    jack_set_error_function([](const char*) {});
    jack_set_info_function([](const char*) {});
}

JackServer::~JackServer() {
    stop();
    ::close(m_lock);
}

bool JackServer::start() {
    m_process = ::fork();
    if (m_process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        const int nowhere = ::open("/dev/null", O_RDWR);
        ::dup2(nowhere, STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
        ::execlp("jackd", "jackd", "-n", m_name.c_str(), "--no-realtime", "-d", "dummy", "-r", "48000", "-p",
                 "1024", nullptr);
        ::_exit(127);
    }
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
        if (::waitpid(m_process, nullptr, WNOHANG) == m_process) {
            m_process = -1;
            return false;
        }
        jack_status_t status{};
        if (auto* client = jack_client_open("probe", JackNoStartServer, &status)) {
            const char** ports = jack_get_ports(client, "system:playback", nullptr, JackPortIsInput);
            const bool ready = ports && ports[0] && ports[1];
            jack_free(ports);
            jack_client_close(client);
            if (ready) return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

void JackServer::stop() {
    end(SIGTERM);
}
void JackServer::kill() {
    end(SIGKILL);
}

void JackServer::end(int signal) {
    if (m_process <= 0) return;
    ::kill(m_process, signal);
    ::waitpid(m_process, nullptr, 0);
    m_process = -1;
}

JackRecorder::JackRecorder() {
    for (auto& side : m_recorded) side.assign(kLongest, 0.0F);
    jack_status_t status{};
    m_client = jack_client_open("recorder", JackNoStartServer, &status);
    if (!m_client) return;
    const char* names[2] = {"in_1", "in_2"};
    for (int i = 0; i < 2; ++i)
        m_ports[i] = jack_port_register(m_client, names[i], JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
    jack_set_process_callback(m_client, process, this);
    jack_set_xrun_callback(
        m_client,
        [](void* self) {
            ++static_cast<JackRecorder*>(self)->m_xruns;
            return 0;
        },
        this);
    m_connected = jack_activate(m_client) == 0 &&
                  jack_connect(m_client, "Smidgen:out_1", "recorder:in_1") == 0 &&
                  jack_connect(m_client, "Smidgen:out_2", "recorder:in_2") == 0;
}

JackRecorder::~JackRecorder() {
    if (m_client) jack_client_close(m_client);
}

int JackRecorder::process(jack_nframes_t frames, void* self) {
    auto& recorder = *static_cast<JackRecorder*>(self);
    const auto start = recorder.m_frames.load();
    const auto count = std::min<std::size_t>(frames, kLongest - start);
    for (int i = 0; i < 2; ++i)
        std::copy_n(static_cast<const float*>(jack_port_get_buffer(recorder.m_ports[i], frames)), count,
                    recorder.m_recorded[i].begin() + static_cast<std::ptrdiff_t>(start));
    recorder.m_frames.store(start + count);
    return 0;
}

std::vector<float> JackRecorder::fromFirstSound(int side) const {
    const auto frames = m_frames.load();
    std::size_t first = 0;
    while (first < frames && m_recorded[0][first] == 0.0F && m_recorded[1][first] == 0.0F) ++first;
    return {m_recorded[side].begin() + static_cast<std::ptrdiff_t>(first),
            m_recorded[side].begin() + static_cast<std::ptrdiff_t>(frames)};
}

}  // namespace smidgen::testing
