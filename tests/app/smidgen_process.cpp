#include "tests/app/smidgen_process.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace smidgen::test {
namespace {

std::filesystem::path temporaryFile() {
    std::string name = (std::filesystem::temp_directory_path() / "smidgen-output-XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    if (descriptor < 0) throw std::runtime_error("no temporary file");
    close(descriptor);
    return name;
}

std::string contents(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace

Running::Running(const std::vector<std::string>& arguments, const Setting& setting)
    : m_out(temporaryFile()), m_err(temporaryFile()) {
    std::vector<std::string> words{std::string(SMIDGEN_BIN_DIR) + "/smidgen"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    m_process = fork();
    if (m_process < 0) throw std::runtime_error("fork failed");
    if (m_process > 0) return;
    for (const auto& [name, value] : setting.environment) setenv(name.c_str(), value.c_str(), 1);
    if (setting.obeyPermissions) {
        prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
        prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
    }
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(open(m_out.c_str(), O_WRONLY | O_TRUNC), STDOUT_FILENO);
    dup2(open(m_err.c_str(), O_WRONLY | O_TRUNC), STDERR_FILENO);
    execv(argv.front(), argv.data());
    _exit(127);
}

Running::~Running() {
    if (!m_ended) {
        send(SIGKILL);
        waitpid(m_process, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove(m_out, ignored);
    std::filesystem::remove(m_err, ignored);
}

void Running::send(int signal) const {
    kill(m_process, signal);
}

bool Running::ended() {
    if (!m_ended) m_ended = waitpid(m_process, &m_status, WNOHANG) == m_process;
    return m_ended;
}

std::string Running::errorsSoFar() const {
    return contents(m_err);
}

Ending Running::wait() {
    if (!m_ended) m_ended = waitpid(m_process, &m_status, 0) == m_process;
    Ending ending;
    if (WIFEXITED(m_status)) ending.exitCode = WEXITSTATUS(m_status);
    if (WIFSIGNALED(m_status)) ending.signal = WTERMSIG(m_status);
    ending.out = contents(m_out);
    ending.err = contents(m_err);
    return ending;
}

Ending smidgen(const std::vector<std::string>& arguments, const Running::Setting& setting) {
    return Running(arguments, setting).wait();
}

}  // namespace smidgen::test
