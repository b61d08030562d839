#include "storage/vectors/index_file.h"

#include <bit>
#include <cmath>

#include "storage/vectors/checked_stream.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;
using Link = std::atomic_ref<std::uint32_t>;

static_assert(std::endian::native == std::endian::little, "the file is written as memory is");

constexpr std::array<char, 8> kMagic{'S', 'M', 'V', 'E', 'C', 'I', 'D', 'X'};
constexpr std::size_t kHeaderBytes = 8 + 2 * 4 + 2 * 8 + 4 * 4 + 8 + 2 * 4 + 4 * 8;
constexpr std::size_t kFactorBytes = 16;

struct Header {
    std::array<char, 8> magic = kMagic;
    std::uint32_t version = kIndexFileVersion;
    std::uint32_t factors = 0;
    std::uint64_t generation = 0;
    std::uint64_t seed = 0;
    std::uint32_t links = 0;
    std::uint32_t buildEffort = 0;
    std::uint32_t rows = 0;
    std::uint32_t covered = 0;
    std::uint64_t entry = 0;
    std::uint32_t upperLists = 0;
    std::uint32_t effort = 0;
    std::array<double, 4> costs{};
};

/// The same order for reading and writing: `field` is called with each number.
template <typename AnyHeader, typename Field>
void forEachField(AnyHeader& header, Field field) {
    for (auto& letter : header.magic) field(letter);
    field(header.version);
    field(header.factors);
    field(header.generation);
    field(header.seed);
    field(header.links);
    field(header.buildEffort);
    field(header.rows);
    field(header.covered);
    field(header.entry);
    field(header.upperLists);
    field(header.effort);
    for (auto& cost : header.costs) field(cost);
}

std::size_t rowBytes(const RankShape& shape) {
    return 8 + shape.columns() * (sizeof(float) + sizeof(std::int16_t));
}

class IndexReader {
 public:
    IndexReader(CheckedReader source, const fs::path& path) : m_source(std::move(source)), m_path(path) {}

    [[nodiscard]] Result<std::shared_ptr<VectorStore>> read(const Space& space, const IndexOptions& options,
                                                            std::uint64_t generation) {
        if (auto good = readHeader(space, options, generation); !good) return propagate(good);
        auto store = std::make_shared<VectorStore>(space, options);
        if (m_source.size() != expectedSize(*store)) return refuse("its length does not fit its contents");
        if (auto good = readRows(*store); !good) return propagate(good);
        if (auto good = readLinks(*store); !good) return propagate(good);
        if (!m_source.finish()) return refuse("its checksum is wrong");
        store->graph.restore(m_header.covered, m_header.entry);
        Tuning tuning;
        tuning.effort = m_header.effort;
        tuning.costs = {m_header.costs[0], m_header.costs[1], m_header.costs[2], m_header.costs[3]};
        store->tune(tuning);
        return store;
    }

 private:
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& reason) const {
        if (m_source.failed() != 0) return systemFailure(m_source.failed(), "read", m_path);
        return failure(ErrorCode::unusableInput, "The index '" + displayName(m_path) + "' cannot be used: " +
                                                     reason + ". It will be made again from the vectors.");
    }
    [[nodiscard]] Status readHeader(const Space& space, const IndexOptions& options,
                                    std::uint64_t generation) {
        bool whole = true;
        forEachField(m_header, [&](auto& field) { whole = whole && m_source.number(field); });
        if (!whole || m_header.magic != kMagic) return refuse("it is not an index of vectors");
        if (m_header.version != kIndexFileVersion) return refuse("another version of Smidgen wrote it");
        if (m_header.generation != generation) return refuse("the vectors have changed since it was written");
        const GraphShape shape{m_header.links, m_header.buildEffort, m_header.seed};
        if (!(shape == options.graph)) return refuse("it was made with other settings");
        if (m_header.factors != space.factors().size()) return refuse("it is of another space");
        for (const Factor& factor : space.factors()) {
            std::uint32_t kind = 0;
            std::uint32_t dimension = 0;
            double curvature = 0.0;
            if (!m_source.number(kind) || !m_source.number(dimension) || !m_source.number(curvature))
                return refuse("it is too short");
            if (kind != static_cast<std::uint32_t>(factor.kind) ||
                dimension != static_cast<std::uint32_t>(factor.dimension) || curvature != factor.curvature)
                return refuse("it is of another space");
        }
        if (m_header.rows > RowTable::kMostRows || m_header.covered > m_header.rows || m_header.effort == 0 ||
            m_header.effort > (1U << 16U))
            return refuse("its numbers make no sense");
        for (const double cost : m_header.costs)
            if (!(cost >= 1e-3 && cost <= 1e6)) return refuse("its numbers make no sense");
        return {};
    }
    [[nodiscard]] std::uint64_t expectedSize(const VectorStore& store) const {
        const std::uint64_t links = store.graph.shape().links;
        return kHeaderBytes + std::uint64_t{m_header.factors} * kFactorBytes +
               (std::uint64_t{m_header.rows} + 63) / 64 * 8 +
               std::uint64_t{m_header.rows} * rowBytes(store.shape) +
               4 * links * (2 * std::uint64_t{m_header.covered} + m_header.upperLists) + StreamHash::kSize;
    }
    [[nodiscard]] Status readRows(VectorStore& store) {
        std::vector<std::uint64_t> alive((m_header.rows + 63) / 64);
        if (!m_source.numbers(std::span(alive))) return refuse("it is too short");
        PackedPoint point;
        point.coarse.resize(store.shape.columns());
        point.fine.resize(store.shape.columns());
        for (std::uint32_t i = 0; i < m_header.rows; ++i) {
            std::uint64_t key = 0;
            if (!m_source.number(key) || !m_source.numbers(std::span(point.coarse)) ||
                !m_source.numbers(std::span(point.fine)))
                return refuse("it is too short");
            if (!store.space.check(point)) return refuse("a vector in it is damaged");
            const bool living = ((alive[i / 64] >> (i % 64)) & 1U) != 0;
            if (living && store.keys.find(key)) return refuse("it holds a key twice");
            const auto slot = store.rows.append(key, point);
            if (!slot) return tl::unexpected<Error>(slot.error());
            if (living) {
                store.keys.assign(*slot);
            } else {
                store.rows.kill(*slot);
            }
        }
        return {};
    }
    [[nodiscard]] Status readLinks(VectorStore& store) {
        std::uint64_t lists = 0;
        for (std::uint32_t slot = 0; slot < m_header.covered; ++slot)
            lists += static_cast<std::uint64_t>(store.graph.levelOf(store.rows.key(slot)));
        if (lists != m_header.upperLists) return refuse("its levels make no sense");
        for (std::uint32_t slot = 0; slot < m_header.covered; ++slot)
            if (!readList(store, slot, 0)) return refuse("a link in it leads nowhere");
        for (std::uint32_t slot = 0; slot < m_header.covered; ++slot) {
            if (auto room = store.graph.prepare(slot); !room) return room;
            const int levels = store.graph.levelOf(store.rows.key(slot));
            for (int level = 1; level <= levels; ++level)
                if (!readList(store, slot, level)) return refuse("a link in it leads nowhere");
        }
        const auto entrySlot = static_cast<std::uint32_t>(m_header.entry);
        const bool startsSomewhere = entrySlot != 0 && entrySlot <= m_header.covered;
        if (startsSomewhere != (m_header.covered > 0)) return refuse("it starts nowhere");
        if (startsSomewhere ? store.graph.levelOf(store.rows.key(entrySlot - 1)) !=
                                  static_cast<int>(m_header.entry >> 32U)
                            : m_header.entry != 0)
            return refuse("it starts nowhere");
        return {};
    }
    /// Every link leads to a row that is on that level.
    [[nodiscard]] bool readList(VectorStore& store, std::uint32_t slot, int level) {
        const std::span<std::uint32_t> links = store.graph.list(slot, level);
        m_links.resize(links.size());
        if (!m_source.numbers(std::span(m_links))) return false;
        for (std::size_t i = 0; i < links.size(); ++i) {
            const std::uint32_t link = m_links[i];
            if (link > m_header.covered) return false;
            if (link != 0 && level > 0 && store.graph.levelOf(store.rows.key(link - 1)) < level) return false;
            Link(links[i]).store(link, std::memory_order_relaxed);
        }
        return true;
    }

    CheckedReader m_source;
    fs::path m_path;
    Header m_header;
    std::vector<std::uint32_t> m_links;
};

}  // namespace

Status writeIndexFile(const VectorStore& store, const fs::path& path, std::uint64_t generation) {
    Header header;
    const Tuning tuning = store.tuning();
    const GraphShape& shape = store.graph.shape();
    header.factors = static_cast<std::uint32_t>(store.space.factors().size());
    header.generation = generation;
    header.seed = shape.seed;
    header.links = static_cast<std::uint32_t>(shape.links);
    header.buildEffort = static_cast<std::uint32_t>(shape.buildEffort);
    header.covered = store.graph.covered();
    header.rows = store.rows.rows();
    header.entry = store.graph.entry();
    header.effort = static_cast<std::uint32_t>(tuning.effort);
    header.costs = {tuning.costs.scannedRow, tuning.costs.evaluation, tuning.costs.evaluationsPerEffort,
                    tuning.costs.listedRow};
    for (std::uint32_t slot = 0; slot < header.covered; ++slot)
        header.upperLists += static_cast<std::uint32_t>(store.graph.levelOf(store.rows.key(slot)));

    auto file = AtomicFile::create(path);
    if (!file) return propagate(file);
    CheckedWriter out(*file);
    forEachField(header, [&](const auto& field) { out.number(field); });
    for (const Factor& factor : store.space.factors()) {
        out.number(static_cast<std::uint32_t>(factor.kind));
        out.number(static_cast<std::uint32_t>(factor.dimension));
        out.number(factor.curvature);
    }
    for (std::uint32_t word = 0; word < (header.rows + 63) / 64; ++word) {
        std::uint64_t alive = 0;
        for (std::uint32_t slot = 64 * word; slot < std::min(header.rows, 64 * word + 64); ++slot)
            alive |= std::uint64_t{store.rows.alive(slot)} << (slot % 64);
        out.number(alive);
    }
    for (std::uint32_t slot = 0; slot < header.rows; ++slot) {
        const PackedView point = store.rows.point(slot);
        out.number(store.rows.key(slot));
        out.numbers(point.coarse);
        out.numbers(point.fine);
    }
    const auto writeList = [&](std::uint32_t slot, int level) {
        for (std::uint32_t& link : store.graph.list(slot, level))
            out.number(Link(link).load(std::memory_order_relaxed));
    };
    for (std::uint32_t slot = 0; slot < header.covered; ++slot) writeList(slot, 0);
    for (std::uint32_t slot = 0; slot < header.covered; ++slot)
        for (int level = 1; level <= store.graph.levelOf(store.rows.key(slot)); ++level)
            writeList(slot, level);
    if (auto written = out.finish(); !written) return written;
    return file->commitWithoutSync();
}

Result<std::shared_ptr<VectorStore>> readIndexFile(const fs::path& path, const Space& space,
                                                   const IndexOptions& options, std::uint64_t generation) {
    try {
        auto source = CheckedReader::open(path);
        if (!source) return propagate(source);
        return IndexReader(std::move(*source), path).read(space, options, generation);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory,
                       "There is not enough memory to open '" + displayName(path) + "'.");
    }
}

}  // namespace smidgen::storage
