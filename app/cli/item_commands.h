// What takes, models and cubes have in common on the command line: they can be renamed and tagged.
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

}  // namespace smidgen::cli
