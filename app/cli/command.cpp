#include "app/cli/commands.h"

namespace smidgen::cli {

CLI::App* addCommand(CLI::App& parent, const std::string& name, const std::string& description,
                     const std::string& examples) {
    CLI::App* command = parent.add_subcommand(name, description);
    command->fallthrough();
    command->allow_extras();
    command->footer("Examples:\n" + examples + "\nOptions that every command has: smidgen --help");
    return command;
}

std::vector<std::filesystem::path> toPaths(const std::vector<std::string>& names) {
    return {names.begin(), names.end()};
}

Status stopped(const std::string& sentence) {
    return failure(ErrorCode::cancelled, sentence);
}

}  // namespace smidgen::cli
