// What takes, models and cubes have in common on the command line: they can be renamed, tagged, and
// written to a file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace smidgen::cli {

struct ItemWords {
    std::string command;  ///< the parent: "history"
    std::string item;     ///< "take"
    std::string slot;     ///< "TAKE"
    std::string example;  ///< as typed: "'forest 42'"
};

/// `rename(session, item, name)`.
void addRenameCommand(
    CLI::App& parent, Invocation& invocation, const ItemWords& words,
    std::function<Status(Session&, const std::string& item, const std::string& name)> rename);

/// `tag(session, item, changes)`: see changedTags().
void addTagCommand(
    CLI::App& parent, Invocation& invocation, const ItemWords& words,
    std::function<Status(Session&, const std::string& item, const std::vector<std::string>& changes)> tag);

/// A change of several at once: `change(session, items)`.
void addChangeCommand(CLI::App& parent, Invocation& invocation, const ItemWords& words,
                      const std::string& name, const std::string& about,
                      std::function<Status(Session&, const std::vector<std::string>& items)> change);

/// `write(session, item, file)`; `example`: of a whole command.
void addExportCommand(
    CLI::App& parent, Invocation& invocation, const ItemWords& words, const std::string& about,
    const std::string& example,
    std::function<Status(Session&, const std::string& item, const std::string& file)> write);

}  // namespace smidgen::cli
