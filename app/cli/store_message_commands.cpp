// store message: queues of a project, and what waits in them.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/figures.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/store_commands.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/library_messages.h"

namespace smidgen::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestBody = std::size_t{1} << 20;

Status open(Session& session, const std::string& queue) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    if (auto opened = openQueue(**workstation, queue); !opened) return opened;
    session.console().document({{"queue", queue}, {"open", true}});
    session.console().line("The queue '" + queue + "' is open, and '" + (*workstation)->caller() +
                           "' reads it.");
    return {};
}

Status close(Session& session, const std::string& queue) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    if (auto closed = closeQueue(**workstation, queue); !closed) return closed;
    session.console().document({{"queue", queue}, {"open", false}});
    session.console().line("The queue '" + queue + "' is closed.");
    return {};
}

Status list(Session& session) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto queues = queuesOf(**workstation);
    if (!queues) return propagate(queues);
    nlohmann::json entries = nlohmann::json::array();
    for (const QueueFigures& queue : *queues) {
        entries.push_back({{"name", queue.name},
                           {"owner", queue.owner},
                           {"waiting", queue.waiting},
                           {"bytes", queue.bytes},
                           {"oldest_ms", queue.oldestMs},
                           {"lost", queue.lost}});
        std::string line = fmt::format("{:<20}  {:<12}  {}, {}", queue.name, queue.owner,
                                       counted(static_cast<std::int64_t>(queue.waiting), "message"),
                                       bytesText(static_cast<std::int64_t>(queue.bytes)));
        if (queue.oldestMs > 0) line += ", the oldest of " + dateText(queue.oldestMs);
        if (queue.lost > 0) line += fmt::format(", {} lost", queue.lost);
        session.console().line(line);
    }
    if (queues->empty()) session.console().message("No queue is open in this project.");
    session.console().document({{"queues", entries}});
    return {};
}

struct Sending {
    std::string queue, type, text, file, from;
    std::vector<std::string> items;
    bool all = false;
};

Status send(Session& session, const Sending& sending) {
    if (sending.queue.empty() != sending.all)
        return failure(ErrorCode::invalidArgument, "Name a queue, or say --all; not both.");
    if (sending.text.empty() && sending.file.empty() && sending.items.empty())
        return failure(ErrorCode::invalidArgument,
                       "There is nothing to send: give --text, --file or --item.");
    MessageDraft draft;
    draft.body = sending.text;
    draft.from = sending.from;
    draft.type = !sending.type.empty() ? sending.type : sending.file.empty() ? "text" : "file";
    if (!sending.file.empty()) {
        auto body = readWholeFile(sending.file, kLargestBody);
        if (!body) return propagate(body);
        draft.body = std::move(*body);
    }
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto items = findItems(**workstation, sending.items);
    if (!items) return propagate(items);
    draft.items = std::move(*items);
    auto sent = sendMessage(**workstation, sending.queue, draft);
    if (!sent) return propagate(sent);
    Console& console = session.console();
    console.document({{"number", sent->number}, {"queues", sent->queues}, {"passed_by", sent->passedBy}});
    for (const std::string& queue : sent->passedBy)
        console.message("The queue '" + queue + "' is full: it was passed by.");
    if (sent->queues == 0)
        console.line("No queue took it.");
    else
        console.line(fmt::format("Message {} waits in {}.", sent->number,
                                 counted(static_cast<std::int64_t>(sent->queues), "queue")));
    return {};
}

struct Receiving {
    std::string queue, reader, out;
    std::int64_t after = 0;
    int limit = 20;
    double keep = 60;
};

bool isText(const std::string& bytes) {
    try {
        (void)nlohmann::json(bytes).dump();
    } catch (const nlohmann::json::exception&) {
        return false;  // not UTF-8
    }
    return bytes.find('\0') == std::string::npos;
}

/// Writes the body beside the others of `out`; empty when none is asked for.
Result<std::string> writeBody(const std::string& out, const QueueMessage& message) {
    if (out.empty()) return std::string();
    std::error_code error;
    fs::create_directories(out, error);
    if (error) return systemFailure(error.value(), "create the folder", out);
    const fs::path file = fs::path(out) / std::to_string(message.number);
    if (auto written = writeFileAtomically(file, message.body); !written) return propagate(written);
    return displayName(file);
}

Status receive(Session& session, const Receiving& receiving) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    QueueReading reading;
    reading.reader = receiving.reader;
    reading.after = receiving.after;
    reading.limit = static_cast<std::size_t>(receiving.limit);
    reading.keepMs = static_cast<std::int64_t>(receiving.keep * 1000);
    auto messages = receiveMessages(**workstation, receiving.queue, reading);
    if (!messages) return propagate(messages);
    Console& console = session.console();
    nlohmann::json entries = nlohmann::json::array();
    for (const QueueMessage& message : *messages) {
        auto file = writeBody(receiving.out, message);
        if (!file) return propagate(file);
        nlohmann::json entry = {{"number", message.number},    {"time_ms", message.timeMs},
                                {"sender", message.sender},    {"from", message.from},
                                {"type", message.type},        {"broadcast", message.broadcast},
                                {"bytes", message.body.size()}};
        console.line(fmt::format("{:>6}  {}  {} from {}{}", message.number, dateText(message.timeMs),
                                 message.type, message.sender,
                                 message.from.empty() ? "" : ", answer to '" + message.from + "'"));
        if (isText(message.body)) {
            entry["text"] = message.body;
            if (!message.body.empty()) console.line("        " + message.body);
        } else {
            console.line("        " + bytesText(static_cast<std::int64_t>(message.body.size())) +
                         " that are no text" + (file->empty() ? ": --out FOLDER keeps them" : ""));
        }
        if (!file->empty()) entry["file"] = *file;
        entry["items"] = nlohmann::json::array();
        for (const MessageItem& item : message.items) {
            if (!item.item) {
                entry["items"].push_back(nullptr);
                console.line("        names something that is not there for you");
                continue;
            }
            entry["items"].push_back(
                {{"kind", nameOf(item.item->kind)}, {"id", item.item->id}, {"name", item.name}});
            console.line(
                fmt::format("        {} '{}' ({})", nameOf(item.item->kind), item.name, item.item->id));
        }
        entries.push_back(std::move(entry));
    }
    console.document({{"queue", receiving.queue}, {"messages", entries}});
    if (messages->empty())
        console.message("Nothing waits in '" + receiving.queue + "'.");
    else
        console.message(fmt::format("When you have dealt with them: smidgen store message ack {} {}",
                                    receiving.queue, messages->back().number));
    return {};
}

Status acknowledge(Session& session, const std::string& queue, std::int64_t number) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    if (auto done = acknowledgeMessages(**workstation, queue, number); !done) return done;
    session.console().document({{"queue", queue}, {"acknowledged", number}});
    session.console().line(fmt::format("All up to message {} of '{}' are done with.", number, queue));
    return {};
}

CLI::Option* addQueue(CLI::App& command, std::string& queue, const char* about) {
    return command.add_option("QUEUE", queue, about)->type_name("")->check(notEmpty());
}

void addSend(CLI::App& parent, Invocation& invocation) {
    CLI::App* command = addCommand(parent, "send", "Send a message to one queue, or to all of the project",
                                   "  smidgen store message send drums --text 'louder'\n"
                                   "  smidgen store message send drums --type sound --item 'forest 42'\n"
                                   "  smidgen store message send --all --type codes --file codes.json");
    const auto sending = std::make_shared<Sending>();
    addQueue(*command, sending->queue, "The queue that gets it");
    command->add_flag("--all", sending->all, "To every queue of the project but the one it comes from");
    command->add_option("--type", sending->type, "What it is; default: text or file")
        ->type_name("WORD")
        ->check(notEmpty());
    CLI::Option* text = command->add_option("--text", sending->text, "What it says")->type_name("TEXT");
    command->add_option("--file", sending->file, "What it says, from a file of at most 1 MiB")
        ->type_name("FILE")
        ->check(notEmpty())
        ->excludes(text);
    command
        ->add_option("--item", sending->items,
                     "A take, model, cube or collection that it names; may be given several times")
        ->type_name("ITEM")
        ->allow_extra_args(false)
        ->check(notEmpty());
    command->add_option("--from", sending->from, "The queue to answer to")
        ->type_name("QUEUE")
        ->check(notEmpty());
    command->callback([sending, &invocation] {
        invocation.run = [sending](Session& session) { return send(session, *sending); };
    });
}

void addReceive(CLI::App& parent, Invocation& invocation) {
    CLI::App* command = addCommand(parent, "receive", "Show what waits in a queue; it waits on until 'ack'",
                                   "  smidgen store message receive drums\n"
                                   "  smidgen store message receive drums --limit 5 --out bodies --json");
    const auto receiving = std::make_shared<Receiving>();
    addQueue(*command, receiving->queue, "A queue that you have opened")->required();
    command->add_option("--limit", receiving->limit, "At most so many")
        ->type_name("N")
        ->capture_default_str()
        ->check(wholeNumber(1, 10'000));
    command->add_option("--after", receiving->after, "Only messages with higher numbers")
        ->type_name("NUMBER")
        ->check(wholeNumber(0, 1'000'000'000'000));
    command->add_option("--reader", receiving->reader, "Who reads; a queue has one reader at a time")
        ->type_name("NAME")
        ->check(notEmpty())
        ->default_str("the name of --as");
    command->add_option("--keep", receiving->keep, "Seconds for which no other reader gets any")
        ->type_name("S")
        ->capture_default_str()
        ->check(numberBetween(0, 86'400, "seconds"));
    command->add_option("--out", receiving->out, "A folder for what they say, a file each")
        ->type_name("FOLDER")
        ->check(notEmpty());
    command->callback([receiving, &invocation] {
        invocation.run = [receiving](Session& session) { return receive(session, *receiving); };
    });
}

void addAck(CLI::App& parent, Invocation& invocation) {
    CLI::App* command = addCommand(parent, "ack", "Be done with the messages up to a number",
                                   "  smidgen store message ack drums 17");
    struct Options {
        std::string queue;
        std::int64_t number = 0;
    };
    const auto options = std::make_shared<Options>();
    addQueue(*command, options->queue, "A queue that you have opened")->required();
    command->add_option("NUMBER", options->number, "Of the last one that you have dealt with")
        ->required()
        ->type_name("")
        ->check(wholeNumber(1, 1'000'000'000'000));
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) {
            return acknowledge(session, options->queue, options->number);
        };
    });
}

}  // namespace

void addMessageCommands(CLI::App& store, Invocation& invocation) {
    CLI::App* parent = addCommand(store, "message", "Messages between models: queues that keep them",
                                  "  smidgen store message open drums\n"
                                  "  smidgen store message send drums --text 'louder'\n"
                                  "  smidgen store message receive drums");
    const auto simple = [&](const char* name, const char* about,
                            Status (*run)(Session&, const std::string&)) {
        CLI::App* command =
            addCommand(*parent, name, about, std::string("  smidgen store message ") + name + " drums");
        const auto queue = std::make_shared<std::string>();
        addQueue(*command, *queue, "Its name")->required();
        command->callback([queue, run, &invocation] {
            invocation.run = [queue, run](Session& session) { return run(session, *queue); };
        });
    };
    simple("open", "Open a queue that you read", open);
    simple("close", "Close a queue, with what waits in it", close);
    CLI::App* listing =
        addCommand(*parent, "list", "The queues of the project", "  smidgen store message list");
    listing->callback([&invocation] { invocation.run = list; });
    addSend(*parent, invocation);
    addReceive(*parent, invocation);
    addAck(*parent, invocation);
}

}  // namespace smidgen::cli
