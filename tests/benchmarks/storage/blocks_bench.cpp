// What a durable write, a read, an opening and a scrub cost, in the terms of the yardstick store_bench, to be
// run beside it:
//     blocks_bench lat DIR      beside: store_bench sqlite-full lat DIR2, fsync_lat FILE
//     blocks_bench get DIR      reads again what lat has left, as often as DIR holds blocks, ten times
//     blocks_bench fill DIR N   N blocks of 4 KiB, then leaves without closing, as kill -9 does
//     blocks_bench open DIR     time to open and read one block; then list, scrub
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/random.h"
#include "storage/blocks/block_store.h"
#include "storage/blocks/maintenance.h"

namespace smidgen::storage {
namespace {

const Caller kCaller{"bench", "bench"};

double microseconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

void report(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-24s n=%zu p50 %.1f us p99 %.1f us\n", what, times.size(), times[times.size() / 2],
                times[times.size() * 99 / 100]);
    std::fflush(stdout);
}

void require(bool done, const std::string& why) {
    if (done) return;
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

/// The yardstick's small record: a vector of 13 values and 198 bytes of JSON.
BlockDraft small(std::uint64_t i) {
    Random random(i + 1);
    BlockDraft draft;
    draft.name = "take " + std::to_string(i);
    draft.kind = BlockClass::take;
    draft.vectors = {{"takes", std::vector<float>(13)}};
    for (float& value : draft.vectors[0].values) value = static_cast<float>(random.normal());
    draft.metadata = R"({"tags":["drum","loop"],"bpm":)" + std::to_string(80 + i % 80) +
                     R"(,"path":"/home/user/audio/session/)";
    while (draft.metadata.size() < 196) draft.metadata += static_cast<char>('a' + draft.metadata.size() % 26);
    draft.metadata += "\"}";
    return draft;
}

BlockDraft sized(std::uint64_t i, std::size_t bytes) {
    Random random(i + 99);
    BlockDraft draft;
    draft.name = "block " + std::to_string(i);
    draft.content.resize(bytes);
    for (std::size_t at = 0; at + 8 <= bytes; at += 8) {
        const std::uint64_t word = random.bits();
        for (std::size_t b = 0; b < 8; ++b) draft.content[at + b] = static_cast<std::byte>(word >> (8 * b));
    }
    return draft;
}

std::vector<Operation> batchOf(std::uint64_t from, std::size_t count,
                               const std::function<BlockDraft(std::uint64_t)>& make) {
    std::vector<Operation> operations;
    for (std::uint64_t i = from; i < from + count; ++i) operations.emplace_back(PutBlock{make(i)});
    return operations;
}

void latencies(const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    auto store = BlockStore::open(folder);
    require(store.has_value(), "cannot open");
    std::vector<BlockId> ids;
    std::vector<double> times;
    for (std::uint64_t i = 0; i < 3000; ++i) {
        BlockDraft draft = small(i);
        times.push_back(microseconds([&] {
            auto receipt = (*store)->put(kCaller, std::move(draft));
            require(receipt.has_value(), "put");
            ids.push_back(receipt->id);
        }));
    }
    report("put small 1", times);
    times.clear();
    for (std::uint64_t b = 0; b < 20; ++b) {
        const auto operations = batchOf(3000 + b * 1000, 1000, small);
        times.push_back(microseconds([&] {
                            auto receipts = (*store)->apply(kCaller, operations);
                            require(receipts.has_value(), "batch");
                            for (const Receipt& receipt : *receipts) ids.push_back(receipt.id);
                        }) /
                        1000);
    }
    report("put small batch1000/rec", times);
    WordQuery word;
    word.text = "loop";
    times = {microseconds([&] { require((*store)->searchWords(kCaller, word).has_value(), "words"); }) /
             20'000};
    report("their words, later /rec", times);
    times.clear();
    for (std::uint64_t i = 0; i < 1500; ++i) {
        BlockDraft draft = sized(i, 65536);
        times.push_back(
            microseconds([&] { require((*store)->put(kCaller, std::move(draft)).has_value(), "put"); }));
    }
    report("put 64KiB 1", times);
    times.clear();
    Random random(5);
    for (int i = 0; i < 20'000; ++i) {
        const BlockId id = ids[random.below(ids.size())];
        times.push_back(microseconds([&] { require((*store)->get(kCaller, id).has_value(), "get"); }));
    }
    report("get small", times);
}

void reads(const std::filesystem::path& folder) {
    auto store = BlockStore::open(folder);
    require(store.has_value(), "cannot open");
    std::vector<BlockId> ids;
    for (std::uint64_t since = 0;;) {
        auto page = (*store)->changesSince(since, 1000);
        require(page.has_value(), "changes");
        if (page->changes.empty()) break;
        since = page->next;
        for (const BlockChange& change : page->changes) ids.push_back(change.id);
    }
    for (int round = 0; round < 10; ++round) {
        std::vector<double> times;
        Random random(5);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const BlockId id = ids[random.below(ids.size())];
            times.push_back(microseconds(
                [&] { require((*store)->get(kCaller, id, {.content = false}).has_value(), "get"); }));
        }
        report(round == 0 ? "get, first" : "get, again", times);
    }
}

[[noreturn]] void fill(const std::filesystem::path& folder, std::uint64_t count) {
    std::filesystem::remove_all(folder);
    auto store = BlockStore::open(folder);
    require(store.has_value(), "cannot open");
    for (std::uint64_t i = 0; i < count; i += 100)
        require((*store)
                    ->apply(kCaller, batchOf(i, 100, [](std::uint64_t n) { return sized(n, 4096); }))
                    .has_value(),
                "fill");
    std::printf("filled %llu\n", static_cast<unsigned long long>(count));
    std::fflush(stdout);
    ::_exit(0);
}

void open(const std::filesystem::path& folder) {
    std::unique_ptr<BlockStore> store;
    const double opening = microseconds([&] {
        auto opened = BlockStore::open(folder);
        require(opened.has_value(), "cannot open");
        store = std::move(*opened);
        auto first = store->changesSince(0, 1);
        require(first.has_value() && !first->changes.empty(), "empty");
        require(store->get(kCaller, first->changes[0].id).has_value(), "first block");
    });
    std::printf("open and first get %.2f ms\n", opening / 1000);
    for (const SortBy sortBy : {SortBy::created, SortBy::name}) {
        BlockQuery query;
        query.sortBy = sortBy;
        query.descending = true;
        std::printf("list 100 by %s %.2f ms\n", sortBy == SortBy::name ? "name" : "time",
                    microseconds([&] { require(store->list(kCaller, query).has_value(), "list"); }) / 1000);
    }
    std::uint64_t bytes = 0;
    const double scrubbing = microseconds([&] {
        auto done = scrubStore(*store, [&](std::uint64_t more) {
            bytes += more;
            return true;
        });
        require(done.has_value() && done->isSound(), "scrub");
    });
    std::printf("scrub %.0f MB/s of content (%.0f MB)\n", static_cast<double>(bytes) / scrubbing,
                static_cast<double>(bytes) / 1e6);
}

}  // namespace
}  // namespace smidgen::storage

int main(int count, char** arguments) {
    const std::string mode = count > 2 ? arguments[1] : "";
    if (mode == "lat")
        smidgen::storage::latencies(arguments[2]);
    else if (mode == "get")
        smidgen::storage::reads(arguments[2]);
    else if (mode == "fill" && count > 3)
        smidgen::storage::fill(arguments[2], std::strtoull(arguments[3], nullptr, 10));
    else if (mode == "open")
        smidgen::storage::open(arguments[2]);
    else
        std::fprintf(stderr, "blocks_bench lat DIR | get DIR | fill DIR COUNT | open DIR\n");
}
