// One run of the command line: the options every command shares, and what commands work with.
#pragma once

#include <memory>
#include <string>

#include "app/cli/console.h"
#include "engine/foundation/cancel_token.h"
#include "engine/workstation/workstation.h"

namespace smidgen::cli {

struct SharedOptions {
    std::string library;  ///< empty: Workstation::defaultLibrary()
    std::string device = "auto";
    int threads = 0;      ///< 0: tuned
    std::string project;  ///< empty: the one that a library begins with
    std::string caller;   ///< empty: the program
    bool json = false;
    bool quiet = false;
    std::string log;  ///< file; empty: none
};

class Session {
 public:
    Session(SharedOptions options, CancelToken cancel);

    /// The workstation on the chosen library, opened on first use.
    [[nodiscard]] Result<Workstation*> workstation();
    /// For a command that keeps a library of its own.
    void useLibrary(const std::filesystem::path& folder) { m_options.library = folder.string(); }
    [[nodiscard]] bool libraryChosen() const { return !m_options.library.empty(); }
    [[nodiscard]] std::filesystem::path libraryFolder() const { return m_options.library; }

    [[nodiscard]] Result<models::DeviceChoice> device() const {
        return models::parseDeviceChoice(m_options.device);
    }

    [[nodiscard]] Console& console() { return m_console; }
    [[nodiscard]] const CancelToken& cancel() const { return m_cancel; }
    [[nodiscard]] int threads() const { return m_options.threads; }

    /// Shows the job's progress until it has ended; an interrupt cancels it and waits for its clean end.
    /// Errors: the job's own; cancelled.
    [[nodiscard]] Result<JobSnapshot> follow(JobId id);

 private:
    /// What a training foretells of itself, once, and its warnings from the `shown`-th on.
    void showNews(JobId id, bool& foretold, std::size_t& shown);
    SharedOptions m_options;
    CancelToken m_cancel;
    Console m_console;
    std::unique_ptr<Workstation> m_workstation;
};

}  // namespace smidgen::cli
