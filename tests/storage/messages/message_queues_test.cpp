// Messages that models leave for each other.
#include "storage/messages/message_queues.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <latch>
#include <map>
#include <thread>

#include "storage/blocks/byte_stream.h"
#include "storage/blocks/maintenance.h"
#include "storage/blocks/message_table.h"
#include "storage/blocks/store_core.h"
#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::kAda;
using testing::kBen;
using testing::kSouth;
using testing::openStore;
using testing::StoreFolder;

Message text(const std::string& body, const std::string& from = {}) {
    const auto bytes = std::as_bytes(std::span(body));
    return {"text", {bytes.begin(), bytes.end()}, {}, from};
}

std::string textOf(const ReceivedMessage& message) {
    return {reinterpret_cast<const char*>(message.message.body.data()), message.message.body.size()};
}

Reading reading(const std::string& reader = "one") {
    Reading made;
    made.reader = reader;
    return made;
}

std::vector<std::string> waiting(MessageQueues& queues, const Caller& caller, const std::string& queue,
                                 const Reading& how = reading()) {
    auto received = queues.receive(caller, queue, how);
    EXPECT_TRUE(received) << (received ? "" : received.error().sentence);
    std::vector<std::string> texts;
    if (received)
        for (const ReceivedMessage& message : *received) texts.push_back(textOf(message));
    return texts;
}

void expectSound(BlockStore& store) {
    auto report = verifyStore(store);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->isSound()) << testing::problemsOf(*report);
}

using Texts = std::vector<std::string>;

TEST(Messages, ComeInOrderUntilTheyAreAcknowledged) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    MessageQueues queues(*store);
    ASSERT_TRUE(queues.open(kBen, "decoder"));
    const BlockId sound = testing::putOne(*store, testing::draft("sound", 100));
    Message first = text("first", "encoder");
    first.blocks = {sound};
    auto receipt = queues.send(kAda, "decoder", first);
    ASSERT_TRUE(receipt) << receipt.error().sentence;
    EXPECT_EQ(receipt->queues, 1U);
    for (const char* body : {"second", "third"}) ASSERT_TRUE(queues.send(kAda, "decoder", text(body)));
    auto received = queues.receive(kBen, "decoder", reading());
    ASSERT_TRUE(received);
    ASSERT_EQ(received->size(), 3U);
    EXPECT_EQ((*received)[0].sender, "ada");
    EXPECT_EQ((*received)[0].message.from, "encoder");
    EXPECT_EQ((*received)[0].message.blocks, std::vector<BlockId>{sound});
    EXPECT_FALSE((*received)[0].broadcast);
    EXPECT_EQ(waiting(queues, kBen, "decoder"), (Texts{"first", "second", "third"})) << "again";
    Reading later = reading();
    later.after = (*received)[1].number;
    EXPECT_EQ(waiting(queues, kBen, "decoder", later), Texts{"third"});
    ASSERT_TRUE(queues.acknowledge(kBen, "decoder", (*received)[1].number));
    EXPECT_EQ(waiting(queues, kBen, "decoder"), Texts{"third"});
    ASSERT_TRUE(queues.acknowledge(kBen, "decoder", (*received)[0].number)) << "twice does no harm";
    ASSERT_TRUE(queues.acknowledge(kBen, "decoder", (*received)[2].number));
    EXPECT_EQ(waiting(queues, kBen, "decoder"), Texts{});
    auto next = queues.send(kAda, "decoder", text("fourth"));
    ASSERT_TRUE(next);
    EXPECT_GT(next->number, (*received)[2].number) << "numbers are not given again";
    EXPECT_EQ(codeOf(queues.acknowledge(kBen, "decoder", next->number)), ErrorCode::invalidArgument)
        << "it was not received";
    expectSound(*store);
}

TEST(Messages, ForAllReachEveryQueueButTheSenders) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    MessageQueues queues(*store);
    for (const char* name : {"a", "b", "c"}) ASSERT_TRUE(queues.open(kAda, name));
    ASSERT_TRUE(queues.open(kSouth, "a"));
    ASSERT_TRUE(queues.send(kAda, "b", text("direct")));
    auto receipt = queues.broadcast(kAda, text("to all", "a"));
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->queues, 2U);
    EXPECT_EQ(waiting(queues, kAda, "a"), Texts{});
    EXPECT_EQ(waiting(queues, kAda, "b"), (Texts{"direct", "to all"}));
    EXPECT_EQ(waiting(queues, kAda, "c"), Texts{"to all"});
    EXPECT_EQ(waiting(queues, kSouth, "a"), Texts{}) << "projects are isolated";
    ASSERT_TRUE(queues.acknowledge(kAda, "b", receipt->number));
    EXPECT_EQ(waiting(queues, kAda, "c"), Texts{"to all"}) << "each queue for itself";
    ASSERT_TRUE(queues.close(kAda, "c"));
    EXPECT_EQ(queues.broadcast(kSouth, text("nobody", "a"))->queues, 0U);
    expectSound(*store);
    EXPECT_EQ(
        (*store->core().readers.lend())->connection.integerOf("SELECT count(*) FROM message")->value_or(9), 0)
        << "nothing is left of what all have read";
}

TEST(Messages, AreForThoseWhoMay) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    MessageQueues queues(*store);
    ASSERT_TRUE(queues.open(kBen, "q"));
    ASSERT_TRUE(queues.open(kBen, "q")) << "again";
    EXPECT_EQ(codeOf(queues.open(kAda, "q")), ErrorCode::refused);
    EXPECT_EQ(codeOf(queues.receive(kAda, "q", reading())), ErrorCode::refused);
    EXPECT_EQ(codeOf(queues.acknowledge(kAda, "q", 0)), ErrorCode::refused);
    EXPECT_EQ(codeOf(queues.close(kAda, "q")), ErrorCode::refused);
    EXPECT_EQ(codeOf(queues.send(kSouth, "q", text("x"))), ErrorCode::notFound);
    EXPECT_EQ(codeOf(queues.send(kAda, "none", text("x"))), ErrorCode::notFound);
    EXPECT_EQ(codeOf(queues.receive({"", ""}, "q", reading())), ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(queues.receive(kBen, "q", reading(""))), ErrorCode::invalidArgument);
    Message hidden = text("x");
    BlockDraft secret = testing::draft("secret");
    secret.permissions = {{"eve", kMayRead}};
    hidden.blocks = {testing::putOne(*store, secret)};
    EXPECT_EQ(codeOf(queues.send(kBen, "q", hidden)), ErrorCode::notFound);
    EXPECT_TRUE(queues.send(kAda, "q", hidden));
    expectSound(*store);
}

TEST(Messages, HaveOneReaderAtATime) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    std::int64_t now = 1000;
    MessageQueues queues(*store, {}, [&] { return now; });
    ASSERT_TRUE(queues.open(kAda, "q"));
    ASSERT_TRUE(queues.send(kAda, "q", text("x")));
    EXPECT_EQ(waiting(queues, kAda, "q", reading("one")), Texts{"x"});
    EXPECT_EQ(codeOf(queues.receive(kAda, "q", reading("two"))), ErrorCode::conflict);
    now += 59'999;
    EXPECT_EQ(codeOf(queues.receive(kAda, "q", reading("two"))), ErrorCode::conflict);
    now += 1;
    EXPECT_EQ(waiting(queues, kAda, "q", reading("two")), Texts{"x"}) << "the first never came back";
    ASSERT_TRUE(queues.release(kAda, "q", "one")) << "has nothing to give back";
    EXPECT_EQ(codeOf(queues.receive(kAda, "q", reading("one"))), ErrorCode::conflict);
    ASSERT_TRUE(queues.release(kAda, "q", "two"));
    EXPECT_EQ(waiting(queues, kAda, "q", reading("one")), Texts{"x"});
}

TEST(Messages, ThatNobodyReadsDoNotGrowWithoutBound) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    std::int64_t now = 1'000'000;
    MessageLimits limits;
    limits.mostWaiting = 5;
    limits.mostBytes = 100;
    limits.mostWaitingBytes = 250;
    limits.keptFor = 1000;
    limits.mostQueues = 2;
    MessageQueues queues(*store, limits, [&] { return now; });
    ASSERT_TRUE(queues.open(kAda, "dead"));
    ASSERT_TRUE(queues.open(kAda, "live"));
    EXPECT_EQ(codeOf(queues.open(kAda, "third")), ErrorCode::conflict);
    EXPECT_EQ(codeOf(queues.send(kAda, "dead", text(std::string(101, 'x')))), ErrorCode::invalidArgument);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(queues.send(kAda, "dead", text("old")));
    EXPECT_EQ(codeOf(queues.send(kAda, "dead", text("one more"))), ErrorCode::conflict);
    auto receipt = queues.broadcast(kAda, text("news"));
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->passedBy, Texts{"dead"});
    EXPECT_EQ(waiting(queues, kAda, "live"), Texts{"news"});
    ASSERT_TRUE(queues.acknowledge(kAda, "live", receipt->number));
    now += 1001;
    ASSERT_TRUE(queues.send(kAda, "dead", text("new"))) << "the old ones have made room";
    auto states = queues.list(kAda);
    ASSERT_TRUE(states);
    EXPECT_EQ((*states)[0].waiting, 1U);
    EXPECT_EQ((*states)[0].lost, 5U);
    EXPECT_EQ((*states)[0].bytes, 3U);
    EXPECT_EQ((*states)[0].oldest, now);
    EXPECT_EQ(waiting(queues, kAda, "dead"), Texts{"new"});
    ASSERT_TRUE(queues.send(kAda, "dead", text(std::string(100, 'x'))));
    ASSERT_TRUE(queues.send(kAda, "dead", text(std::string(100, 'x'))));
    EXPECT_EQ(codeOf(queues.send(kAda, "dead", text(std::string(100, 'x')))), ErrorCode::conflict)
        << "by size";
    now += 2000;
    EXPECT_EQ(waiting(queues, kAda, "dead"), Texts{}) << "too old when they are asked for";
    EXPECT_EQ((*queues.list(kAda))[0].lost, 8U);
    expectSound(*store);
}

TEST(Messages, SurviveARestartAndARepair) {
    StoreFolder folder;
    std::int64_t last = 0;
    {
        auto store = openStore(folder.path());
        MessageQueues queues(*store);
        ASSERT_TRUE(queues.open(kAda, "q"));
        ASSERT_TRUE(queues.open(kAda, "r"));
        for (const char* body : {"1", "2", "3"}) ASSERT_TRUE(queues.send(kAda, "q", text(body)));
        ASSERT_TRUE(queues.broadcast(kAda, text("4")));
        last = waiting(queues, kAda, "q").empty() ? 0 : queues.receive(kAda, "q", reading())->back().number;
        ASSERT_TRUE(queues.acknowledge(kAda, "q", last - 3));
    }
    {
        auto store = openStore(folder.path());
        MessageQueues queues(*store);
        EXPECT_EQ(waiting(queues, kAda, "q"), (Texts{"2", "3", "4"}));
    }
    auto raw = Connection::open(databaseOf(folder.path()), OpenMode::readWrite);
    ASSERT_TRUE(raw);
    ASSERT_TRUE(raw->execute("UPDATE message SET body = x'00' WHERE key = 3"));
    {
        auto store = openStore(folder.path());
        auto report = verifyStore(*store);
        ASSERT_TRUE(report);
        EXPECT_FALSE(report->isSound());
        MessageQueues queues(*store);
        EXPECT_EQ(codeOf(queues.receive(kAda, "q", reading())), ErrorCode::unusableInput)
            << "damage is never delivered";
    }
    { const auto closed = std::move(*raw); }
    auto report = repairStore(folder.path(), testing::quietOptions());
    ASSERT_TRUE(report) << report.error().sentence;
    EXPECT_EQ(report->lost, Texts{"Message 3."});
    auto store = openStore(folder.path());
    expectSound(*store);
    MessageQueues queues(*store);
    EXPECT_EQ(waiting(queues, kAda, "q"), (Texts{"2", "4"}));
    EXPECT_EQ(waiting(queues, kAda, "r"), Texts{"4"});
    EXPECT_GT(queues.send(kAda, "q", text("5"))->number, last);
}

/// Of a message, as its row has it.
Checksum sumOf(std::int64_t number, std::int64_t time, const std::string& sender) {
    ByteWriter covered;
    covered.u64(static_cast<std::uint64_t>(number));
    covered.u64(static_cast<std::uint64_t>(time));
    covered.u8(0);
    covered.text(sender);
    for (int empty = 0; empty < 4; ++empty) covered.u32(0);
    return checksumOf(covered.bytes());
}

TEST(Messages, OfANumberThatIsNeverGivenAreSavedWhole) {
    StoreFolder from, to;
    auto damaged = openStore(from.path());
    ASSERT_TRUE(MessageQueues(*damaged).open(kAda, "q"));
    auto raw = Connection::open(databaseOf(from.path()), OpenMode::readWrite);
    {
        Statement insert = raw->use("INSERT INTO message VALUES(0, 5, 0, 'ada', '', '', x'', x'', ?1)");
        const Checksum sum = sumOf(0, 5, "ada");
        insert.bind(1, sum);
        ASSERT_TRUE(insert.run());
    }
    ASSERT_TRUE(raw->execute("INSERT INTO delivery SELECT key, 0, 0 FROM queue"));
    auto saved = openStore(to.path());
    std::size_t lost = 0;
    ASSERT_TRUE(saved->core().write({[&](Writer& writer) {
                                         return salvageMessages(*raw, writer.connection,
                                                                [&](const std::string&) { ++lost; });
                                     },
                                     nullptr}));
    EXPECT_EQ(lost, 0U);
    expectSound(*saved);
}

TEST(Messages, WithLooseEndsAreNoticed) {
    for (const char* sql : {"DELETE FROM delivery WHERE queue = 1", "DELETE FROM message",
                            "DELETE FROM queue", "UPDATE delivery SET bytes = 7",
                            "UPDATE message SET sender = 'eve'", "UPDATE queue SET project = 99"}) {
        StoreFolder folder;
        {
            auto store = openStore(folder.path());
            MessageQueues queues(*store);
            ASSERT_TRUE(queues.open(kAda, "q"));
            ASSERT_TRUE(queues.send(kAda, "q", text("body")));
        }
        {
            auto raw = Connection::open(databaseOf(folder.path()), OpenMode::readWrite);
            ASSERT_TRUE(raw);
            ASSERT_TRUE(raw->execute(sql)) << sql;
        }
        auto store = openStore(folder.path());
        auto report = verifyStore(*store);
        ASSERT_TRUE(report);
        EXPECT_FALSE(report->isSound()) << sql;
    }
}

TEST(Messages, OfManyThreadsKeepTheOrderOfEach) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    MessageQueues queues(*store);
    ASSERT_TRUE(queues.open(kAda, "q"));
    constexpr int kThreads = 4, kEach = 50;
    std::latch start(kThreads);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            start.arrive_and_wait();
            for (int i = 0; i < kEach; ++i)
                EXPECT_TRUE(
                    queues.send({"sender" + std::to_string(t), "north"}, "q", text(std::to_string(i))));
        });
    std::map<std::string, int> next;
    int count = 0;
    while (count < kThreads * kEach) {
        Reading some = reading();
        some.most = 7;
        auto received = queues.receive(kAda, "q", some);
        ASSERT_TRUE(received) << received.error().sentence;
        if (received->empty()) continue;
        for (const ReceivedMessage& message : *received) {
            EXPECT_EQ(textOf(message), std::to_string(next[message.sender]++));
            ++count;
        }
        ASSERT_TRUE(queues.acknowledge(kAda, "q", received->back().number));
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(waiting(queues, kAda, "q"), Texts{});
    expectSound(*store);
}

TEST(Messages, OfAnotherProcessThatIsKilledAreThereWhenItSaidSo) {
    StoreFolder folder;
    {
        auto store = openStore(folder.path());
        ASSERT_TRUE(MessageQueues(*store).open(kAda, "q"));
    }
    for (int round = 0; round < 5; ++round) {
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe(ends.data()), 0);
        const pid_t process = ::fork();
        ASSERT_GE(process, 0);
        if (process == 0) {
            ::close(ends[0]);
            auto own = BlockStore::open(folder.path(), testing::quietOptions());
            if (!own) ::_exit(1);
            MessageQueues queues(**own);
            for (int i = 0;; ++i) {
                if (!queues.send(kAda, "q", text(std::to_string(i)))) ::_exit(2);
                if (::write(ends[1], &i, sizeof i) != sizeof i) ::_exit(3);
            }
        }
        ::close(ends[1]);
        auto store = openStore(folder.path());
        MessageQueues queues(*store);
        int said = -1;
        while (said < 20 + round && ::read(ends[0], &said, sizeof said) == sizeof said) {
        }
        ::kill(process, SIGKILL);
        ::waitpid(process, nullptr, 0);
        while (::read(ends[0], &said, sizeof said) == sizeof said) {
        }
        ::close(ends[0]);
        auto texts = waiting(queues, kAda, "q", [] {
            Reading all = reading();
            all.most = 10'000;
            return all;
        }());
        EXPECT_GE(static_cast<int>(texts.size()), said + 1);
        EXPECT_LE(static_cast<int>(texts.size()), said + 2) << "one that it could not tell of";
        for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(texts[i], std::to_string(i));
        ASSERT_TRUE(queues.acknowledge(kAda, "q", INT64_MAX >> 1).has_value() == false);
        ASSERT_TRUE(queues.close(kAda, "q"));
        ASSERT_TRUE(queues.open(kAda, "q"));
        expectSound(*store);
    }
}

}  // namespace
}  // namespace smidgen::storage
