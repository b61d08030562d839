#include "app/cli/item_commands.h"

#include <memory>

#include "app/cli/option_checks.h"

namespace smidgen::cli {
namespace {

void addItem(CLI::App& command, const ItemWords& words, std::string& item) {
    command.add_option(words.slot, item, "Name or id of a " + words.item)
        ->required()
        ->type_name("")
        ->check(notEmpty());
}

}  // namespace

void addRenameCommand(CLI::App& parent, Invocation& invocation, const ItemWords& words,
                      std::function<Status(Session&, const std::string&, const std::string&)> rename) {
    CLI::App* command = addCommand(parent, "rename", "Give a " + words.item + " another name",
                                   "  smidgen " + words.command + " rename " + words.example + " gutter");
    struct Names {
        std::string item, name;
    };
    const auto names = std::make_shared<Names>();
    addItem(*command, words, names->item);
    command->add_option("NAME", names->name, "Its new name")->required()->type_name("")->check(notEmpty());
    command->callback([names, rename = std::move(rename), &invocation] {
        invocation.run = [names, rename](Session& session) {
            return rename(session, names->item, names->name);
        };
    });
}

void addTagCommand(CLI::App& parent, Invocation& invocation, const ItemWords& words,
                   std::function<Status(Session&, const std::string&, const std::vector<std::string>&)> tag) {
    const std::string example = "  smidgen " + words.command + " tag " + words.example;
    CLI::App* command = addCommand(parent, "tag", "Add tags to a " + words.item + ", or take them away",
                                   example + " wet roof\n" + example + " --remove roof");
    struct Tags {
        std::string item;
        std::vector<std::string> add, remove;
    };
    const auto tags = std::make_shared<Tags>();
    addItem(*command, words, tags->item);
    command->add_option("TAG", tags->add, "Tags to add")->type_name("")->check(notEmpty());
    command->add_option("--remove", tags->remove, "Tags to take away")->type_name("TAG")->check(notEmpty());
    command->callback([tags, tag = std::move(tag), &invocation] {
        invocation.run = [tags, tag](Session& session) {
            std::vector<std::string> changes = tags->add;
            for (const std::string& each : tags->remove) changes.push_back("-" + each);
            return tag(session, tags->item, changes);
        };
    });
}

void addChangeCommand(CLI::App& parent, Invocation& invocation, const ItemWords& words,
                      const std::string& name, const std::string& about,
                      std::function<Status(Session&, const std::vector<std::string>&)> change) {
    CLI::App* command = addCommand(parent, name.c_str(), about.c_str(),
                                   ("  smidgen " + words.command + " " + name + " " + words.example).c_str());
    const auto items = std::make_shared<std::vector<std::string>>();
    command
        ->add_option(words.slot, *items,
                     "Names or ids of " + words.item + "s; the beginning of an id is enough")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->callback([items, change = std::move(change), &invocation] {
        invocation.run = [items, change](Session& session) { return change(session, *items); };
    });
}

void addExportCommand(CLI::App& parent, Invocation& invocation, const ItemWords& words,
                      const std::string& about, const std::string& example,
                      std::function<Status(Session&, const std::string&, const std::string&)> write) {
    CLI::App* command = addCommand(parent, "export", about, example);
    struct Names {
        std::string item, file;
    };
    const auto names = std::make_shared<Names>();
    addItem(*command, words, names->item);
    command->add_option("--out", names->file, "File to write")
        ->required()
        ->type_name("FILE")
        ->check(notEmpty());
    command->callback([names, write = std::move(write), &invocation] {
        invocation.run = [names, write](Session& session) {
            return write(session, names->item, names->file);
        };
    });
}

}  // namespace smidgen::cli
