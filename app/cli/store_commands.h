// The parts of `smidgen store`.
#pragma once

#include "app/cli/commands.h"

namespace smidgen::cli {

void addNamespaceCommands(CLI::App& store, Invocation& invocation);
void addPermitCommand(CLI::App& store, Invocation& invocation);
void addMessageCommands(CLI::App& store, Invocation& invocation);
void addSyncCommand(CLI::App& store, Invocation& invocation);
void addBridgeCommand(CLI::App& store, Invocation& invocation);
void addLookCommand(CLI::App& store, Invocation& invocation);
void addBringCommand(CLI::App& store, Invocation& invocation);

}  // namespace smidgen::cli
