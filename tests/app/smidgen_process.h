// Runs the real program and collects what it says.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace smidgen::test {

/// What a finished program left behind.
struct Ending {
    int exitCode = -1;  ///< −1 when a signal ended it
    int signal = 0;
    std::string out;
    std::string err;
    /// Standard output as one JSON document; discarded (see is_discarded()) when it is not one.
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
};

/// A running `smidgen`. Its outputs go to files, so that it never waits for a reader.
class Running {
 public:
    struct Setting {
        std::map<std::string, std::string> environment;  ///< besides the test's own
        bool obeyPermissions = false;  ///< a superuser's right to read everything is given up
    };
    Running(const std::vector<std::string>& arguments, const Setting& setting);
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running();

    void send(int signal) const;
    [[nodiscard]] bool ended();
    [[nodiscard]] std::string errorsSoFar() const;
    [[nodiscard]] Ending wait();

 private:
    std::filesystem::path m_out;
    std::filesystem::path m_err;
    int m_process = -1;
    int m_status = 0;
    bool m_ended = false;
};

/// Runs `smidgen ARGUMENTS` to its end.
[[nodiscard]] Ending smidgen(const std::vector<std::string>& arguments, const Running::Setting& setting = {});

}  // namespace smidgen::test
