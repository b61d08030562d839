// Eight threads at one store at once: put, change, remove, search, rebuild, scrub, send, receive. By hand,
// under ThreadSanitizer (-DSMIDGEN_SANITIZE=thread):
//     SMIDGEN_SOAK_SECONDS=60 build-tsan/bin/test_backend --gtest_filter=Soak.*
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <set>
#include <thread>

#include "storage/backend/embedded_backend.h"
#include "storage/blocks/maintenance.h"
#include "storage/messages/message_queues.h"
#include "tests/storage/blocks/fault_script.h"

namespace smidgen::storage {
namespace {

using testing::draft;
using testing::kAda;
using testing::StoreFolder;

/// What goes wrong, said once.
class Findings {
 public:
    template <typename T>
    bool expect(const Result<T>& outcome, const char* what) {
        if (outcome.has_value()) return true;
        add(std::string(what) + ": " + outcome.error().sentence + " " + outcome.error().detail);
        return false;
    }
    /// Another thread may have removed the block.
    template <typename T>
    void expectOrGone(const Result<T>& outcome, const char* what) {
        if (outcome || outcome.error().code != ErrorCode::notFound) expect(outcome, what);
    }
    void add(std::string what) {
        const std::lock_guard lock(m_mutex);
        m_all.insert(std::move(what));
    }
    [[nodiscard]] std::string text() {
        const std::lock_guard lock(m_mutex);
        std::string text;
        for (const std::string& each : m_all) text += each + "\n";
        return text;
    }

 private:
    std::mutex m_mutex;
    std::set<std::string> m_all;
};

class Soak : public ::testing::Test {
 public:
    static EmbeddedOptions busy() {
        EmbeddedOptions options;
        options.store.checkpointPages = 100;
        options.index.graphFrom = 100;
        options.index.buildThreads = 2;
        options.index.graph.buildEffort = 20;
        return options;
    }

    void SetUp() override {
        auto opened = EmbeddedBackend::open(m_folder.path(), busy());
        ASSERT_TRUE(opened) << opened.error().sentence;
        m_backend = std::move(*opened);
        ASSERT_TRUE(m_backend->defineSpace({"ball", Space::hyperbolic(3), Chart::tangent}));
        ASSERT_TRUE(m_backend->putBatch(kAda, batch(0, 300)));
    }

    static BlockDraft sound(std::uint64_t seed) {
        Random random(seed);
        BlockDraft made = draft("sound " + std::to_string(seed),
                                seed % 400 == 7 ? (1 << 20) + 300 : 200 + seed % 900, seed);
        made.tags = {"t" + std::to_string(seed % 5)};
        made.vectors = {{"ball", point(random)}};
        return made;
    }
    static std::vector<float> point(Random& random) {
        return {static_cast<float>(random.normal()), static_cast<float>(random.normal()),
                static_cast<float>(random.normal())};
    }
    static std::vector<Operation> batch(std::uint64_t from, std::uint64_t count) {
        std::vector<Operation> operations;
        for (std::uint64_t i = 0; i < count; ++i) operations.emplace_back(PutBlock{sound(from + i)});
        return operations;
    }

    void putMany(std::uint64_t round) {
        // Now and then so many that their words wait.
        m_findings.expect(m_backend->putBatch(kAda, batch(1000 + 100 * round, round % 5 == 0 ? 80 : 3)),
                          "put");
    }
    void putOneAndChangeIt(std::uint64_t round) {
        auto made = m_backend->putBatch(kAda, {PutBlock{sound(9'000'000 + round)}});
        if (!m_findings.expect(made, "put one")) return;
        BlockEdit edit;
        Random random(round);
        edit.name = "changed " + std::to_string(round);
        edit.vectors = std::vector<BlockVector>{{"ball", point(random)}};
        m_findings.expectOrGone(m_backend->putBatch(kAda, {EditBlock{made->front().id, 0, edit}}), "edit");
        m_findings.expectOrGone(m_backend->get(kAda, made->front().id, {}), "get");
    }
    void removeSome(std::uint64_t round) {
        BlockQuery query;
        query.limit = 20;
        query.descending = round % 2 == 0;
        auto page = m_backend->scan(kAda, query);
        if (!m_findings.expect(page, "scan")) return;
        for (std::size_t i = 0; i < page->blocks.size(); i += 5) {
            const EraseWay way = i % 2 == 0 ? EraseWay::forGood : EraseWay::trash;
            m_findings.expectOrGone(m_backend->erase(kAda, page->blocks[i].id, way, 0), "erase");
        }
    }
    void searchLike(std::uint64_t round) {
        Random random(round);
        LikeQuery query;
        query.exact = round % 2 == 0;
        if (round % 3 == 0) query.tags = {"t1"};
        auto found = m_backend->searchLike(kAda, "ball", point(random), query, 10, "");
        if (!m_findings.expect(found, "search by likeness")) return;
        double before = 0.0;
        for (const LikeHit& hit : found->hits) {
            if (hit.distance < before) m_findings.add("hits out of order");
            before = hit.distance;
        }
        if (round % 50 == 0) m_findings.expect(m_backend->stats(false), "statistics");
    }
    void searchWords(std::uint64_t round) {
        WordQuery query;
        query.text = round % 2 == 0 ? "sound" : "changed " + std::to_string(round);
        m_findings.expect(m_backend->searchWords(kAda, query), "search by words");
    }
    /// The index of the vectors, from nothing.
    void rebuild(std::uint64_t) {
        m_findings.expect(m_backend->saveIndexes(), "save indexes");
        const Space space = Space::hyperbolic(3);
        VectorIndex index(space, busy().index);
        std::atomic<bool> filled{false};
        std::vector<std::jthread> threads;
        threads.emplace_back([&] {
            Random random(1);
            while (!filled) {
                const std::vector<double> at{random.normal(), random.normal(), random.normal()};
                m_findings.expect(index.search(space.pack(Chart::tangent, at).value().point, {}), "search");
            }
        });
        Random random(2);
        for (std::uint64_t key = 0; key < 400; ++key) {
            const std::vector<double> at{random.normal(), random.normal(), random.normal()};
            m_findings.expect(index.put(key, space.pack(Chart::tangent, at).value().point), "put a vector");
            if (key % 3 == 0) index.erase(key / 2);
        }
        m_findings.expect(index.rebuild(), "rebuild");
        filled = true;
    }
    void goOver(std::uint64_t round) {
        BlockStore& store = m_backend->store();
        auto report = round % 4 == 0 ? verifyStore(store) : scrubStore(store, [](auto) { return true; });
        if (m_findings.expect(report, "scrub") && !report->isSound())
            m_findings.add("damaged: " + testing::problemsOf(*report));
        auto freed = compactPacks(store, 0.9);
        if (!freed && freed.error().code != ErrorCode::conflict) m_findings.expect(freed, "compact");
        m_findings.expect(statisticsOf(store), "statistics");
        m_findings.expect(checkpointStore(store, round % 8 == 0), "checkpoint");
    }
    void exchangeMessages(std::uint64_t round) {
        MessageQueues queues(m_backend->store());
        if (round == 0) m_findings.expect(queues.open(kAda, "q"), "open a queue");
        m_findings.expect(queues.send(kAda, "q", {"text", std::vector<std::byte>(100), {}, {}}), "send");
        Reading reading;
        reading.reader = "soak";
        auto got = queues.receive(kAda, "q", reading);
        if (m_findings.expect(got, "receive") && !got->empty())
            m_findings.expect(queues.acknowledge(kAda, "q", got->back().number), "acknowledge");
    }

    StoreFolder m_folder;
    std::unique_ptr<EmbeddedBackend> m_backend;
    Findings m_findings;
};

TEST_F(Soak, EightThreadsDoNotGetInEachOthersWay) {
    const std::chrono::seconds seconds(testing::rounds("SMIDGEN_SOAK_SECONDS", 2));
    const auto end = std::chrono::steady_clock::now() + seconds;
    using Work = void (Soak::*)(std::uint64_t);
    constexpr Work kWorks[] = {&Soak::putMany,    &Soak::putOneAndChangeIt, &Soak::removeSome,
                               &Soak::searchLike, &Soak::searchWords,       &Soak::rebuild,
                               &Soak::goOver,     &Soak::exchangeMessages};
    std::array<std::atomic<std::uint64_t>, std::size(kWorks)> rounds{};
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < std::size(kWorks); ++t)
            threads.emplace_back([&, t] {
                do {
                    (this->*kWorks[t])(rounds[t].load());
                    ++rounds[t];
                } while (std::chrono::steady_clock::now() < end);
            });
    }
    EXPECT_EQ(m_findings.text(), "");
    auto report = verifyStore(m_backend->store());
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->isSound()) << testing::problemsOf(*report);
    std::string done;
    for (const auto& each : rounds) done += " " + std::to_string(each.load());
    RecordProperty("rounds", done);
    std::printf("rounds of the threads:%s; %llu blocks\n", done.c_str(),
                static_cast<unsigned long long>(report->blocks));
}

}  // namespace
}  // namespace smidgen::storage
