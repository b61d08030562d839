#include "engine/workstation/library_messages.h"

#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/workstation/workstation.h"
#include "storage/messages/message_queues.h"

namespace smidgen {
namespace {

MessageItem itemNamed(const Library& library, const storage::BlockId& id) {
    auto block = library.store().get(library.caller(), id, {false, false});
    if (!block) return {};
    MessageItem item;
    item.name = block->name;
    if (const auto kind = itemKindOf(*block)) item.item = ItemName{*kind, itemIdOf(*block)};
    return item;
}

}  // namespace

Status openQueue(Workstation& workstation, const std::string& queue) {
    const Library& library = workstation.items();
    return storage::MessageQueues(library.store()).open(library.caller(), queue);
}

Status closeQueue(Workstation& workstation, const std::string& queue) {
    const Library& library = workstation.items();
    return storage::MessageQueues(library.store()).close(library.caller(), queue);
}

Result<std::vector<QueueFigures>> queuesOf(Workstation& workstation) {
    const Library& library = workstation.items();
    auto queues = storage::MessageQueues(library.store()).list(library.caller());
    if (!queues) return propagate(queues);
    std::vector<QueueFigures> figures;
    for (const storage::QueueState& queue : *queues)
        figures.push_back({queue.name, queue.owner, queue.waiting, queue.bytes, queue.oldest, queue.lost});
    return figures;
}

Result<SentMessage> sendMessage(Workstation& workstation, const std::string& queue,
                                const MessageDraft& draft) {
    const Library& library = workstation.items();
    storage::Message message;
    message.type = draft.type;
    const auto* const first = reinterpret_cast<const std::byte*>(draft.body.data());
    message.body.assign(first, first + draft.body.size());
    message.from = draft.from;
    for (const ItemName& item : draft.items) {
        auto block = library.blockOf(item.kind, item.id);
        if (!block) return propagate(block);
        message.blocks.push_back(block->id);
    }
    storage::MessageQueues queues(library.store());
    auto sent = queue.empty() ? queues.broadcast(library.caller(), message)
                              : queues.send(library.caller(), queue, message);
    if (!sent) return propagate(sent);
    return SentMessage{sent->number, sent->queues, std::move(sent->passedBy)};
}

Result<std::vector<QueueMessage>> receiveMessages(Workstation& workstation, const std::string& queue,
                                                  const QueueReading& reading) {
    const Library& library = workstation.items();
    const std::string reader = reading.reader.empty() ? library.caller().name : reading.reader;
    storage::MessageQueues queues(library.store());
    auto received =
        queues.receive(library.caller(), queue, {reader, reading.after, reading.limit, reading.keepMs});
    if (!received) return propagate(received);
    // Who has got nothing keeps nobody waiting.
    if (received->empty())
        if (auto released = queues.release(library.caller(), queue, reader); !released)
            return propagate(released);
    std::vector<QueueMessage> messages;
    for (storage::ReceivedMessage& one : *received) {
        QueueMessage message{
            one.number, one.time, one.broadcast, one.sender, one.message.from, one.message.type, {}, {}};
        message.body.assign(reinterpret_cast<const char*>(one.message.body.data()), one.message.body.size());
        for (const storage::BlockId& id : one.message.blocks) message.items.push_back(itemNamed(library, id));
        messages.push_back(std::move(message));
    }
    return messages;
}

Status acknowledgeMessages(Workstation& workstation, const std::string& queue, std::int64_t number) {
    const Library& library = workstation.items();
    return storage::MessageQueues(library.store()).acknowledge(library.caller(), queue, number);
}

}  // namespace smidgen
