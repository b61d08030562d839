// One library of a hundred thousand blocks with a million vectors:
//     library_bench fill DIR [BLOCKS] [VECTORS_A_BLOCK]   fills it in batches, then leaves without closing
//     library_bench use DIR                               opens, searches, saves indexes, opens again,
//     verifies
// Vectors are those of a tree in hyperbolic space of 12 dimensions. Prints what each step takes, memory and
// the sizes of files.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "storage/backend/embedded_backend.h"
#include "storage/blocks/maintenance.h"
#include "tests/benchmarks/storage/hyperbolic_tree.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

const Caller kCaller{"bench", "bench"};
const std::string kSpace = "sounds";
constexpr std::size_t kDimension = 12;
constexpr std::size_t kBatch = 1000;
constexpr std::size_t kSearches = 200;

double milliseconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

template <typename T>
T valueOf(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "%s %s\n", result.error().sentence.c_str(), result.error().detail.c_str());
    std::exit(1);
}
void require(const Status& status) {
    if (status) return;
    std::fprintf(stderr, "%s %s\n", status.error().sentence.c_str(), status.error().detail.c_str());
    std::exit(1);
}

double residentMebibytes() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long pages = 0, resident = 0;
    if (file == nullptr || std::fscanf(file, "%ld %ld", &pages, &resident) != 2) std::abort();
    std::fclose(file);
    return static_cast<double>(resident) * 4096.0 / 1048576.0;
}

void printSizes(const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            std::printf("  %-48s %8.1f MiB\n", entry.path().lexically_relative(folder).c_str(),
                        static_cast<double>(entry.file_size()) / 1048576.0);
}

VectorSpace space() {
    return {kSpace, Space::hyperbolic(kDimension), Chart::hyperboloid};
}

void fill(const fs::path& folder, std::size_t blocks, std::size_t vectorsEach) {
    const auto points = benchmark::makeTreePoints(kDimension, blocks * vectorsEach, kSearches, 1.0);
    auto backend = valueOf(EmbeddedBackend::open(folder));
    require(backend->defineSpace(space()));
    std::size_t point = 0;
    std::vector<double> times;
    for (std::size_t first = 0; first < blocks; first += kBatch) {
        std::vector<Operation> batch;
        for (std::size_t i = first; i < std::min(blocks, first + kBatch); ++i) {
            BlockDraft draft;
            draft.name = "sound " + std::to_string(i);
            draft.kind = i % 5 == 0 ? BlockClass::take : BlockClass::custom;
            draft.metadata = R"({"seconds":)" + std::to_string(static_cast<double>(i % 100) / 10) + "}";
            draft.tags = {i % 2 == 0 ? "even" : "odd"};
            draft.content.resize(400, static_cast<std::byte>(i % 251));
            for (std::size_t v = 0; v < vectorsEach; ++v, ++point) {
                BlockVector vector{kSpace, {}};
                for (std::size_t c = 0; c <= kDimension; ++c)
                    vector.values.push_back(static_cast<float>(points.stored[point * points.stride() + c]));
                draft.vectors.push_back(std::move(vector));
            }
            batch.emplace_back(PutBlock{std::move(draft)});
        }
        times.push_back(milliseconds([&] { (void)valueOf(backend->putBatch(kCaller, batch)); }));
    }
    double sum = 0;
    for (const double time : times) sum += time;
    std::sort(times.begin(), times.end());
    std::printf("filled: %zu blocks, %zu vectors in %.1f s; a block %.1f us (median of batches)\n", blocks,
                point, sum / 1000, 1000 * times[times.size() / 2] / kBatch);
    std::fflush(stdout);
    ::_exit(0);  // as kill -9 does
}

std::vector<float> asFloats(const double* from) {
    return {from, from + kDimension + 1};
}

void printSearches(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-44s p50 %.2f ms  p95 %.2f ms\n", what, times[times.size() / 2],
                times[times.size() * 95 / 100]);
    std::fflush(stdout);
}

void search(EmbeddedBackend& backend, const char* what, const LikeQuery& query) {
    const auto points = benchmark::makeTreePoints(kDimension, 1, kSearches, 1.0);
    std::vector<double> times;
    for (std::size_t i = 0; i < kSearches; ++i) {
        const auto asked = asFloats(&points.queries[i * points.stride()]);
        times.push_back(
            milliseconds([&] { (void)valueOf(backend.searchLike(kCaller, kSpace, asked, query, 10, {})); }));
    }
    printSearches(what, times);
}

void use(const fs::path& folder) {
    std::unique_ptr<EmbeddedBackend> backend;
    std::printf("open after the kill: %.1f ms\n",
                milliseconds([&] { backend = valueOf(EmbeddedBackend::open(folder)); }));
    const auto points = benchmark::makeTreePoints(kDimension, 1, kSearches, 1.0);
    std::printf(
        "first search (fills the index from the vectors): %.0f ms\n", milliseconds([&] {
            (void)valueOf(backend->searchLike(kCaller, kSpace, asFloats(points.queries.data()), {}, 10, {}));
        }));
    std::printf("resident %.0f MiB\n", residentMebibytes());
    search(*backend, "exact", {});
    LikeQuery takes;
    takes.classes = {BlockClass::take};
    search(*backend, "exact, a fifth of the blocks", takes);
    LikeQuery near;
    near.exact = false;
    const auto wait = milliseconds([&] {
        for (;;) {
            const auto stats = valueOf(backend->stats(false));
            if (stats.spaces.front().indexed == stats.spaces.front().vectors) break;
            ::usleep(200'000);
        }
    });
    std::printf("graph built in the background: %.0f s more\n", wait / 1000);
    search(*backend, "inexact, by the graph", near);
    const auto stats = valueOf(backend->stats(true));
    std::printf(
        "recall of inexact searches %.4f; index %.0f MiB of memory, %.0f bytes a vector; resident %.0f MiB\n",
        stats.spaces.front().recall, static_cast<double>(stats.spaces.front().bytes) / 1048576.0,
        static_cast<double>(stats.spaces.front().bytes) / static_cast<double>(stats.spaces.front().vectors),
        residentMebibytes());
    std::vector<double> words;
    for (std::size_t i = 0; i < kSearches; ++i) {
        WordQuery query;
        query.text = "sound " + std::to_string(i * 97);
        words.push_back(milliseconds([&] { (void)valueOf(backend->searchWords(kCaller, query)); }));
    }
    printSearches("words", words);
    std::printf("save indexes and close: %.0f ms\n", milliseconds([&] {
                    require(backend->saveIndexes());
                    backend.reset();
                }));
    std::printf("open: %.1f ms\n", milliseconds([&] { backend = valueOf(EmbeddedBackend::open(folder)); }));
    std::printf(
        "first search (index from its file): %.0f ms\n", milliseconds([&] {
            (void)valueOf(backend->searchLike(kCaller, kSpace, asFloats(points.queries.data()), {}, 10, {}));
        }));
    const double verified = milliseconds([&] {
        const auto report = valueOf(verifyStore(backend->store()));
        std::printf("verify: %s, %llu blocks, %llu vectors\n", report.isSound() ? "sound" : "NOT SOUND",
                    static_cast<unsigned long long>(report.blocks),
                    static_cast<unsigned long long>(report.vectors));
    });
    std::printf("verify took %.1f s\n", verified / 1000);
    printSizes(folder);
}

}  // namespace
}  // namespace smidgen::storage

int main(int count, char** arguments) {
    const std::string what = count > 1 ? arguments[1] : "";
    const auto number = [&](int i, std::size_t otherwise) {
        return count > i ? static_cast<std::size_t>(std::strtoull(arguments[i], nullptr, 10)) : otherwise;
    };
    if (what == "fill" && count > 2)
        smidgen::storage::fill(arguments[2], number(3, 100'000), number(4, 10));
    else if (what == "use" && count > 2)
        smidgen::storage::use(arguments[2]);
    else
        return std::fprintf(stderr, "library_bench fill DIR [BLOCKS] [VECTORS_A_BLOCK] | use DIR\n"), 2;
    return 0;
}
