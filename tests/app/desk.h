// A library for a test, and commands on it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {

/// Runs a command on the library of `scratch`, as JSON.
class Desk {
 public:
    explicit Desk(const Scratch& scratch, std::string name = "library")
        : m_library(scratch.text(std::move(name))) {}
    [[nodiscard]] Ending run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--library", m_library, "--json"});
        return smidgen(arguments);
    }
    /// The document of a command that has to succeed.
    nlohmann::json told(const std::vector<std::string>& arguments) const {
        const Ending ending = run(arguments);
        EXPECT_EQ(0, ending.exitCode) << arguments.front() << ": " << ending.err;
        return ending.json();
    }
    [[nodiscard]] const std::string& library() const { return m_library; }

 private:
    std::string m_library;
};

}  // namespace smidgen::test
