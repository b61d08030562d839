// What VectorIndex does besides: building the graph, tidying dead rows away, and the thread that does both.
#include <cmath>

#include "storage/vectors/index_file.h"
#include "storage/vectors/tuning.h"
#include "storage/vectors/vector_index.h"

namespace smidgen::storage {
namespace {

/// Fewer rows than this are scanned beside the graph without anybody noticing.
constexpr std::size_t kFewRows = 1024;

/// Copies living rows of one store to another, remembering where they came from.
class Mover {
 public:
    Mover(const VectorStore& from, VectorStore& to) : m_from(from), m_to(to) {}

    [[nodiscard]] std::uint32_t left() const { return m_from.rows.rows() - m_done; }
    [[nodiscard]] Status moveUpTo(std::uint32_t end, const CancelToken& cancel) {
        for (; m_done < end; ++m_done) {
            if (m_done % kFewRows == 0 && cancel.cancelled())
                return failure(ErrorCode::cancelled, "Indexing the vectors was stopped.");
            if (!m_from.rows.alive(m_done)) continue;
            const auto slot = m_to.rows.append(m_from.rows.key(m_done), m_from.rows.point(m_done));
            if (!slot) return tl::unexpected<Error>(slot.error());
            m_to.keys.assign(*slot);
            m_origins.push_back(m_done);
        }
        return {};
    }
    /// Rows that died after they were moved die here too. With the writer held off.
    void buryTheDead() {
        for (std::uint32_t slot = 0; slot < m_origins.size(); ++slot) {
            if (m_from.rows.alive(m_origins[slot])) continue;
            m_to.rows.kill(slot);
            const std::uint64_t key = m_to.rows.key(slot);
            if (m_to.keys.find(key) == slot) m_to.keys.erase(key);
        }
    }

 private:
    const VectorStore& m_from;
    VectorStore& m_to;
    std::uint32_t m_done = 0;
    std::vector<std::uint32_t> m_origins;
};

}  // namespace

bool VectorIndex::wantsTidying(const VectorStore& store) const {
    const std::size_t dead = store.rows.deadRows();
    return dead > kFewRows && 3 * dead > store.rows.rows();
}

bool VectorIndex::wantsGraph(const VectorStore& store) const {
    const std::size_t rows = store.rows.rows();
    return rows >= m_options.graphFrom &&
           rows - store.graph.covered() > std::max<std::size_t>(kFewRows, rows / 50);
}

Status VectorIndex::buildGraph(VectorStore& store, std::uint32_t to, const CancelToken& cancel) const {
    if (to < m_options.graphFrom) return {};
    const std::uint32_t before = store.graph.covered();
    if (auto built = store.graph.extend(to, m_options.buildThreads, cancel); !built) return built;
    // A graph half as large again searches differently.
    if (to > before + before / 2) tune(store);
    return {};
}

void VectorIndex::tune(VectorStore& store) const {
    store.tune(tuneSearches(store, m_options.recallGoal));
}

Status VectorIndex::refresh(const CancelToken& cancel) {
    const std::lock_guard guard(m_building);
    if (wantsTidying(*store()))
        if (auto tidied = compact(cancel); !tidied) return tidied;
    const StorePointer current = store();
    return buildGraph(*current, current->rows.rows(), cancel);
}

Status VectorIndex::rebuild(const CancelToken& cancel) {
    const std::lock_guard guard(m_building);
    return compact(cancel);
}

Status VectorIndex::compact(const CancelToken& cancel) {
    constexpr int kMostRounds = 16;
    const StorePointer old = store();
    const auto fresh = std::make_shared<VectorStore>(m_space, m_options);
    Mover mover(*old, *fresh);
    // What is put meanwhile is a little more each round, until little enough is left to hold the writer off.
    for (int round = 0; round < kMostRounds && (round == 0 || mover.left() > kFewRows); ++round) {
        if (auto moved = mover.moveUpTo(old->rows.rows(), cancel); !moved) return moved;
        if (auto built = buildGraph(*fresh, fresh->rows.rows(), cancel); !built) return built;
    }
    const std::lock_guard guard(m_writing);
    if (auto moved = mover.moveUpTo(old->rows.rows(), cancel); !moved) return moved;
    mover.buryTheDead();
    replaceStore(fresh);
    return {};
}

Status VectorIndex::save(const std::filesystem::path& path, std::uint64_t generation) const {
    const std::lock_guard guard(m_building);
    return writeIndexFile(*store(), path, generation);
}

Status VectorIndex::load(const std::filesystem::path& path, std::uint64_t generation) {
    const std::lock_guard building(m_building);
    auto loaded = readIndexFile(path, m_space, m_options, generation);
    if (!loaded) return propagate(loaded);
    const bool unfinished = wantsGraph(**loaded) || wantsTidying(**loaded);
    {
        const std::lock_guard writing(m_writing);
        replaceStore(std::move(*loaded));
    }
    if (unfinished) wakeWorker();
    return {};
}

void VectorIndex::wakeWorker() {
    if (!m_options.background) return;
    {
        const std::lock_guard guard(m_waking);
        if (m_wanted) return;
        m_wanted = true;
    }
    m_wake.notify_one();
}

void VectorIndex::work(const std::stop_token& stop) {
    for (;;) {
        {
            std::unique_lock guard(m_waking);
            if (!m_wake.wait(guard, stop, [this] { return m_wanted; })) return;
            m_wanted = false;
        }
        // Without memory for it searches go on as they are; the next put asks again.
        (void)refresh(m_stopping);
    }
}

}  // namespace smidgen::storage
