#include "tests/storage/backend/conformance.h"

#include <algorithm>
#include <set>
#include <thread>

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::draft;
using testing::kAda;
using testing::kBen;
using testing::kSouth;

const VectorSpace kBall{"ball", Space::hyperbolic(4), Chart::tangent};

std::vector<float> randomPoint(Random& random, double radius = 4.0) {
    std::vector<float> point(4);
    for (float& x : point) x = static_cast<float>(random.uniform(-radius, radius));
    return point;
}

BlockDraft at(const std::string& name, std::vector<float> point) {
    BlockDraft made = draft(name);
    made.vectors = {{"ball", std::move(point)}};
    return made;
}

BlockId putIn(LibraryBackend& backend, BlockDraft what, const Caller& caller = kAda) {
    std::vector<Operation> one;
    one.emplace_back(PutBlock{std::move(what)});
    auto receipts = backend.putBatch(caller, one);
    EXPECT_TRUE(receipts) << (receipts ? "" : receipts.error().sentence);
    return receipts ? receipts->front().id : BlockId{};
}

/// From the definition: all blocks that may be shown, by their nearest vector in long double, nearest first.
std::vector<std::string> nearestByHand(LibraryBackend& backend, const Caller& caller,
                                       const BlockFilter& filter, const std::vector<float>& point,
                                       std::size_t k) {
    BlockQuery query;
    static_cast<BlockFilter&>(query) = filter;
    query.limit = 10'000;
    auto page = backend.scan(caller, query);
    EXPECT_TRUE(page);
    std::vector<std::pair<long double, std::string>> all;
    const auto lift = [](const std::vector<float>& tangent) {
        long double norm = 0;
        for (const float x : tangent) norm += static_cast<long double>(x) * x;
        norm = std::sqrt(norm);
        std::vector<long double> point4{std::cosh(norm)};
        for (const float x : tangent) point4.push_back(norm == 0 ? 0 : std::sinh(norm) / norm * x);
        return point4;
    };
    const auto from = lift(point);
    for (const Block& listed : page->blocks) {
        auto block = backend.get(caller, listed.id, {true, false});
        long double nearest = std::numeric_limits<long double>::infinity();
        for (const BlockVector& vector : block->vectors) {
            if (vector.space != "ball") continue;
            const auto to = lift(vector.values);
            long double product = from[0] * to[0];
            for (std::size_t i = 1; i < from.size(); ++i) product -= from[i] * to[i];
            nearest = std::min(nearest, std::acosh(std::max<long double>(product, 1)));
        }
        if (std::isfinite(nearest)) all.emplace_back(nearest, listed.name);
    }
    std::sort(all.begin(), all.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(k, all.size()); ++i) names.push_back(all[i].second);
    return names;
}

std::vector<std::string> like(LibraryBackend& backend, const Caller& caller, const LikeQuery& query,
                              const std::vector<float>& point, std::size_t k) {
    auto page = backend.searchLike(caller, "ball", point, query, k, "");
    EXPECT_TRUE(page) << (page ? "" : page.error().sentence + page.error().detail);
    std::vector<std::string> names;
    if (page)
        for (const LikeHit& hit : page->hits) names.push_back(hit.block.name);
    return names;
}

/// Blocks of several classes, tags, projects and statuses; some with several vectors.
std::vector<BlockId> fill(LibraryBackend& backend, std::size_t count = 200) {
    EXPECT_TRUE(backend.defineSpace(kBall));
    Random random(7);
    std::vector<BlockId> ids;
    std::vector<Operation> batch;
    for (std::size_t i = 0; i < count; ++i) {
        BlockDraft made = at("block " + std::to_string(i), randomPoint(random));
        made.id = BlockId::make();
        made.kind = i % 3 == 0 ? BlockClass::preset : BlockClass::take;
        made.tags = {"t" + std::to_string(i % 5)};
        if (i % 4 == 0) {
            made.vectors.push_back({"other", {1.0F}});
            made.vectors.push_back({"ball", randomPoint(random)});
            made.vectors.push_back({"ball", made.vectors[0].values});
        }
        if (i % 7 == 0) made.permissions = {{"ada", kMayAll}};
        ids.push_back(*made.id);
        batch.emplace_back(PutBlock{std::move(made)});
    }
    batch.emplace_back(SetStatus{ids[1], 0, BlockStatus::archived});
    batch.emplace_back(SetStatus{ids[2], 0, BlockStatus::deleted});
    batch.emplace_back(ShareBlock{ids[3], 0, "south", true});
    EXPECT_TRUE(backend.putBatch(kAda, batch));
    return ids;
}

TEST_P(Conformance, KeepsWhatItIsGiven) {
    BlockDraft made = at("kick", {0.5F, 0, 0, 0});
    made.content = testing::bytesOf(5000, 3);
    made.tags = {"low", "drum"};
    const auto content = made.content;
    const BlockId id = putIn(*backend, made);
    reopen();
    auto block = backend->get(kAda, id, {});
    ASSERT_TRUE(block);
    EXPECT_EQ(block->content, content);
    EXPECT_EQ(block->tags, (std::vector<std::string>{"drum", "low"}));
    EXPECT_EQ(block->vectors, made.vectors);
    EXPECT_EQ(block->version, 1U);
    EXPECT_EQ(codeOf(backend->get(kSouth, id, {})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(backend->get(kAda, BlockId::make(), {})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(backend->get({"", ""}, id, {})), ErrorCode::invalidArgument);
    const BackendCapabilities can = backend->capabilities();
    EXPECT_FALSE(can.name.empty());
    EXPECT_TRUE(can.writable && can.transactions && can.words && can.likeness && can.exactFilters);
}

TEST_P(Conformance, DoesAllOfABatchOrNothing) {
    ASSERT_TRUE(backend->defineSpace(kBall));
    const BlockId first = putIn(*backend, at("first", {1, 0, 0, 0}));
    std::vector<Operation> batch;
    BlockEdit moved;
    moved.name = "moved";
    moved.vectors = std::vector<BlockVector>{{"ball", {-3, 0, 0, 0}}};
    batch.emplace_back(EditBlock{first, 1, moved});
    batch.emplace_back(PutBlock{at("second", {2, 0, 0, 0})});
    batch.emplace_back(EditBlock{first, 1, moved});  // the version is another by now
    EXPECT_EQ(codeOf(backend->putBatch(kAda, batch)), ErrorCode::conflict);
    EXPECT_EQ(like(*backend, kAda, {}, {2, 0, 0, 0}, 5), std::vector<std::string>{"first"});
    EXPECT_EQ(backend->scan(kAda, {})->blocks.size(), 1U);
    WordQuery words;
    words.text = "second";
    EXPECT_TRUE(backend->searchWords(kAda, words)->hits.empty());
    batch.pop_back();
    ASSERT_TRUE(backend->putBatch(kAda, batch));
    EXPECT_EQ(like(*backend, kAda, {}, {2, 0, 0, 0}, 5), (std::vector<std::string>{"second", "moved"}));
    EXPECT_EQ(backend->searchWords(kAda, words)->hits.size(), 1U);
    std::vector<Operation> misfit;
    misfit.emplace_back(PutBlock{at("third", {1, 0})});
    EXPECT_EQ(codeOf(backend->putBatch(kAda, misfit)), ErrorCode::invalidArgument);
}

TEST_P(Conformance, ErasesIntoTheTrashOrForGood) {
    const auto ids = fill(*backend, 20);
    ASSERT_TRUE(backend->erase(kAda, ids[5], EraseWay::trash, 1));
    EXPECT_EQ(backend->get(kAda, ids[5], {})->status, BlockStatus::deleted);
    EXPECT_EQ(codeOf(backend->erase(kAda, ids[6], EraseWay::trash, 9)), ErrorCode::conflict);
    ASSERT_TRUE(backend->erase(kAda, ids[6], EraseWay::forGood, 1));
    ASSERT_TRUE(backend->erase(kAda, ids[2], EraseWay::forGood, 0)) << "was in the trash";
    EXPECT_EQ(codeOf(backend->get(kAda, ids[6], {})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(backend->erase(kBen, ids[7], EraseWay::forGood, 0)), ErrorCode::notFound) << "not Ben's";
    const auto names = like(*backend, kAda, {}, {0, 0, 0, 0}, 100);
    for (const char* gone : {"block 2", "block 5", "block 6"})
        EXPECT_EQ(std::count(names.begin(), names.end(), gone), 0) << gone;
    EXPECT_EQ(names.size(), 16U) << "20, without one archived and three erased";
}

TEST_P(Conformance, TellsWhatHasChangedInOrder) {
    const auto ids = fill(*backend, 10);
    auto page = backend->changesSince(0, 1000);
    ASSERT_TRUE(page);
    std::set<BlockId> seen;
    std::uint64_t last = 0;
    for (const BlockChange& change : page->changes) {
        EXPECT_GT(change.change, last);
        last = change.change;
        EXPECT_TRUE(seen.insert(change.id).second) << "each block once";
    }
    EXPECT_EQ(seen.size(), 10U);
    ASSERT_TRUE(backend->erase(kAda, ids[4], EraseWay::forGood, 0));
    auto after = backend->changesSince(page->next, 1000);
    ASSERT_EQ(after->changes.size(), 1U);
    EXPECT_TRUE(after->changes[0].purged);
    EXPECT_EQ(after->changes[0].id, ids[4]);
    EXPECT_TRUE(backend->changesSince(after->next, 1000)->changes.empty());
    std::size_t count = 0;
    for (std::uint64_t since = 0;;) {
        auto some = backend->changesSince(since, 3);
        count += some->changes.size();
        if (some->changes.empty()) break;
        since = some->next;
    }
    EXPECT_EQ(count, 10U);
}

TEST_P(Conformance, ScansByFilterPageByPage) {
    fill(*backend);
    BlockQuery query;
    query.classes = {BlockClass::preset};
    query.tags = {"t1"};
    query.limit = 4;
    std::size_t count = 0;
    for (;;) {
        auto page = backend->scan(kAda, query);
        ASSERT_TRUE(page);
        count += page->blocks.size();
        for (const Block& block : page->blocks) EXPECT_EQ(block.kind, BlockClass::preset);
        if (page->next.empty()) break;
        query.after = page->next;
    }
    std::size_t expected = 0;
    for (std::size_t i = 0; i < 200; ++i) expected += i % 3 == 0 && i % 5 == 1 && i != 1 && i != 2 ? 1 : 0;
    EXPECT_EQ(count, expected);
}

TEST_P(Conformance, FindsWhatIsNearestExactly) {
    fill(*backend);
    Random random(21);
    for (int round = 0; round < 20; ++round) {
        const auto point = randomPoint(random);
        const auto found = like(*backend, kAda, {}, point, 12);
        EXPECT_EQ(found, nearestByHand(*backend, kAda, {}, point, 12));
    }
    auto page = backend->searchLike(kAda, "ball", std::vector<float>{0, 0, 0, 0}, {}, 5, "");
    double last = 0.0;
    for (const LikeHit& hit : page->hits) {
        EXPECT_GE(hit.distance, last);
        last = hit.distance;
        auto block = backend->get(kAda, hit.block.id, {true, false});
        ASSERT_LT(hit.slot, block->vectors.size());
        EXPECT_EQ(block->vectors[hit.slot].space, "ball");
        double radius = 0.0;
        for (const float x : block->vectors[hit.slot].values)
            radius += static_cast<double>(x) * static_cast<double>(x);
        EXPECT_NEAR(hit.distance, std::sqrt(radius), 1e-5) << "the tangent vector's length is the distance";
        EXPECT_TRUE(hit.block.vectors.empty() && hit.block.content.empty());
    }
}

TEST_P(Conformance, FiltersLikenessExactly) {
    fill(*backend);
    Random random(22);
    std::vector<LikeQuery> queries(8);
    queries[0].classes = {BlockClass::preset};
    queries[1].tags = {"t3"};
    queries[2].statuses = {BlockStatus::archived, BlockStatus::deleted};
    queries[3].statuses.clear();
    queries[4].nameContains = "9";
    queries[5].tags = {"none"};
    queries[6].madeIn = "south";
    queries[7].classes = {BlockClass::preset};
    queries[7].tags = {"t0"};
    for (const LikeQuery& query : queries)
        for (const Caller& caller : {kAda, kBen, kSouth, Caller{"eve", "nowhere"}}) {
            const auto point = randomPoint(random);
            EXPECT_EQ(like(*backend, caller, query, point, 10),
                      nearestByHand(*backend, caller, query, point, 10));
        }
}

TEST_P(Conformance, PagesLikenessWithoutGapsWhileOthersWrite) {
    const auto ids = fill(*backend);
    const std::vector<float> point{0.3F, 0.1F, 0, 0};
    const auto expected = nearestByHand(*backend, kAda, {}, point, 1000);
    std::vector<std::string> seen;
    std::string mark;
    for (int pages = 0;; ++pages) {
        auto page = backend->searchLike(kAda, "ball", point, {}, 17, mark);
        ASSERT_TRUE(page) << page.error().sentence;
        EXPECT_FALSE(page->hits.empty());
        for (const LikeHit& hit : page->hits)
            if (hit.block.name.starts_with("block")) seen.push_back(hit.block.name);
        if (page->next.empty()) break;
        EXPECT_EQ(page->hits.size(), 17U);
        mark = page->next;
        putIn(*backend, at("new " + std::to_string(pages), {0.2F * static_cast<float>(pages), 0, 0, 0}));
    }
    EXPECT_EQ(seen, expected);
    for (const char* bad : {"x", "1", "1.", ".1", "1.1x", "fff0000000000000.1"})
        EXPECT_EQ(codeOf(backend->searchLike(kAda, "ball", point, {}, 17, bad)), ErrorCode::invalidArgument)
            << bad;
}

TEST_P(Conformance, FindsWhatIsLikeABlock) {
    const auto ids = fill(*backend);
    auto page = backend->searchLikeBlock(kAda, "ball", ids[8], {}, 5, "");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.size(), 5U);
    for (const LikeHit& hit : page->hits) EXPECT_NE(hit.block.id, ids[8]) << "not itself";
    const auto self = like(*backend, kAda, {}, backend->get(kAda, ids[8], {})->vectors[0].values, 6);
    EXPECT_EQ(self.front(), "block 8");
    EXPECT_EQ(page->hits.front().block.name, self[1]);
    EXPECT_EQ(codeOf(backend->searchLikeBlock(kSouth, "ball", ids[8], {}, 5, "")), ErrorCode::notFound);
    EXPECT_EQ(codeOf(backend->searchLikeBlock(kAda, "other", ids[9], {}, 5, "")), ErrorCode::notFound);
}

TEST_P(Conformance, FollowsEveryChangeOfVectors) {
    auto ids = fill(*backend, 60);
    Random random(5);
    for (int step = 0; step < 60; ++step) {
        const BlockId id = ids[random.below(ids.size())];
        auto block = backend->get(kAda, id, {true, false});
        std::vector<Operation> batch;
        switch (random.below(4)) {
            case 0: {
                BlockEdit edit;
                edit.vectors.emplace();
                for (std::uint64_t i = random.below(4); i > 0; --i)
                    edit.vectors->push_back({random.below(3) == 0 ? "other" : "ball", randomPoint(random)});
                for (BlockVector& vector : *edit.vectors)
                    if (vector.space == "other") vector.values.resize(1);
                batch.emplace_back(EditBlock{id, 0, edit});
                break;
            }
            case 1:
                batch.emplace_back(SetStatus{id, 0, static_cast<BlockStatus>(random.below(3))});
                break;
            case 2: {
                BlockDraft made = at("new " + std::to_string(step), randomPoint(random));
                made.id = BlockId::make();
                ids.push_back(*made.id);
                batch.emplace_back(PutBlock{std::move(made)});
                break;
            }
            default:
                ASSERT_TRUE(backend->erase(kAda, id, EraseWay::forGood, 0));
                std::erase(ids, id);
        }
        ASSERT_TRUE(backend->putBatch(kAda, batch)) << "an empty batch does nothing";
        if (step % 20 == 19) reopen();
        const auto point = randomPoint(random);
        ASSERT_EQ(like(*backend, kAda, {}, point, 15), nearestByHand(*backend, kAda, {}, point, 15)) << step;
    }
}

TEST_P(Conformance, NamesSpaces) {
    ASSERT_TRUE(backend->defineSpace(kBall));
    ASSERT_TRUE(backend->defineSpace(kBall));
    EXPECT_EQ(codeOf(backend->defineSpace({"ball", Space::hyperbolic(5), Chart::tangent})),
              ErrorCode::conflict);
    ASSERT_TRUE(
        backend->defineSpace({"flat", *Space::create({{FactorKind::euclidean, 2, 1.0}}), Chart::tangent}));
    BlockDraft both = draft("both");
    both.vectors = {{"ball", {1, 0, 0, 0}}, {"flat", {3, 4}}};
    putIn(*backend, both);
    reopen();
    EXPECT_EQ(backend->spaces()->size(), 2U);
    auto page = backend->searchLike(kAda, "flat", std::vector<float>{0, 0}, {}, 3, "");
    ASSERT_EQ(page->hits.size(), 1U);
    EXPECT_NEAR(page->hits[0].distance, 5.0, 1e-6);
    EXPECT_EQ(page->hits[0].slot, 1U);
    EXPECT_EQ(codeOf(backend->searchLike(kAda, "none", std::vector<float>{0}, {}, 3, "")),
              ErrorCode::notFound);
    EXPECT_EQ(codeOf(backend->searchLike(kAda, "flat", std::vector<float>{0}, {}, 3, "")),
              ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(backend->searchLike(kAda, "flat", std::vector<float>{0, 0}, {}, 0, "")),
              ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(backend->searchLike({"", ""}, "flat", std::vector<float>{0, 0}, {}, 1, "")),
              ErrorCode::invalidArgument);
}

TEST_P(Conformance, TellsHowItFares) {
    fill(*backend, 50);
    EXPECT_EQ(like(*backend, kAda, {}, {0, 0, 0, 0}, 3).size(), 3U);
    putIn(*backend, at("later", {0, 0, 0, 0}));
    auto figures = backend->stats(true);
    ASSERT_TRUE(figures);
    EXPECT_EQ(figures->blocks, 51U);
    EXPECT_GT(figures->bytes, 0U);
    EXPECT_EQ(figures->puts.count, 2U);
    EXPECT_EQ(figures->likeSearches.count, 1U);
    EXPECT_EQ(figures->pendingChanges, 1U);
    ASSERT_EQ(figures->spaces.size(), 1U);
    EXPECT_EQ(figures->spaces[0].vectors, 76U) << "50, and two more in each fourth block";
    EXPECT_GE(figures->spaces[0].recall, 0.9);
}

TEST_P(Conformance, ShowsBatchesWholeToSearchesMeanwhile) {
    ASSERT_TRUE(backend->defineSpace(kBall));
    const BlockId a = putIn(*backend, at("a 0", {1, 0, 0, 0}));
    const BlockId b = putIn(*backend, at("b 0", {-1, 0, 0, 0}));
    std::atomic<bool> done{false};
    std::thread writer([&] {
        for (int i = 1; i <= 60; ++i) {
            std::vector<Operation> batch;
            for (const auto& [id, name, x] : {std::tuple(a, "a ", 1.0F), std::tuple(b, "b ", -1.0F)}) {
                BlockEdit edit;
                edit.name = name + std::to_string(i);
                edit.vectors =
                    std::vector<BlockVector>{{"ball", {x * (1.0F + 0.01F * static_cast<float>(i)), 0, 0, 0}}};
                batch.emplace_back(EditBlock{id, 0, edit});
            }
            EXPECT_TRUE(backend->putBatch(kAda, batch));
        }
        done = true;
    });
    std::vector<std::thread> readers;
    for (int t = 0; t < 3; ++t)
        readers.emplace_back([&] {
            for (bool last = false; !last;) {
                last = done;
                auto page = backend->searchLike(kAda, "ball", std::vector<float>{0, 0, 0, 0}, {}, 2, "");
                ASSERT_TRUE(page) << page.error().sentence;
                ASSERT_EQ(page->hits.size(), 2U);
                const std::string one = page->hits[0].block.name.substr(2),
                                  two = page->hits[1].block.name.substr(2);
                EXPECT_EQ(one, two) << "of one moment";
                EXPECT_NEAR(page->hits[0].distance, 1.0 + 0.01 * std::stoi(one), 1e-5)
                    << "names and vectors, too";
                EXPECT_NEAR(page->hits[1].distance, page->hits[0].distance, 1e-5);
            }
        });
    writer.join();
    for (auto& reader : readers) reader.join();
}

}  // namespace
}  // namespace smidgen::storage
