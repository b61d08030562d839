#include "engine/workstation/inspection/sound_inspector.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <variant>

#include "engine/workstation/inspection/mono_source.h"
#include "engine/workstation/inspection/recent_cache.h"
#include "engine/workstation/inspection/spectrum_analyzer.h"

namespace smidgen {
namespace {

using SampleVector = std::vector<float>;
using Wish = std::variant<SpectrumTileKey, std::int64_t>;

/// From this level on tiles come from the overview made while the whole sound is read once.
constexpr int kOverviewLevel = 6;
constexpr std::int64_t kOverviewStride = SpectrumTile::stride(kOverviewLevel);
constexpr std::int64_t kReadBlock = 8 * kOverviewStride;
constexpr std::size_t kMostWishes = 96;
static_assert(SoundOutline::kChunk % kReadBlock == 0);

/// Columns of a tile that can be filled when `known` of the sound's samples are; a last partial one counts
/// only when the sound is complete.
int fillable(const SpectrumTileKey& key, std::int64_t known, bool complete) {
    const std::int64_t stride = SpectrumTile::stride(key.level);
    const std::int64_t ready = (complete ? known + stride - 1 : known) / stride;
    return static_cast<int>(
        std::clamp<std::int64_t>(ready - key.index * SpectrumTile::kColumns, 0, SpectrumTile::kColumns));
}

std::size_t bytesOf(const PeakPyramid& peaks) {
    std::size_t bytes = 0;
    for (int level = 0; level < peaks.levels(); ++level)
        bytes += peaks.level(level).size() * (sizeof(PeakPair) + sizeof(float));
    return bytes;
}

/// The calling thread yields to the window's and the transport's when every core is busy.
void giveWay() {
#ifdef __linux__
    constexpr int kNiceness = 5;
    static_cast<void>(::setpriority(PRIO_PROCESS, 0, kNiceness));  // on Linux, of this thread alone
#endif
}

void putColumn(SpectrumTile& tile, int column, const SpectrumColumn& levels) {
    for (std::size_t b = 0; b < levels.size(); ++b)
        tile.values[b * SpectrumTile::kColumns + static_cast<std::size_t>(column)] = levels[b];
}

}  // namespace

struct SoundInspector::Impl {
    std::filesystem::path file;
    std::shared_ptr<const AudioBuffer> buffer;

    mutable std::mutex mutex;  ///< guards what follows, up to the listeners
    mutable std::condition_variable_any wake;
    std::shared_ptr<const SoundOutline> outline = std::make_shared<SoundOutline>();
    mutable RecentCache<SpectrumTileKey, SpectrumTile> tiles{kTileBytes};
    mutable RecentCache<std::int64_t, SampleVector> blocks{kSampleBytes};
    mutable std::vector<Wish> wishes;  ///< newest last
    std::size_t overviewBytes = 0;

    std::mutex listenerMutex;
    std::map<int, std::function<void()>> listeners;
    int lastListener = 0;

    // Used by the worker alone.
    std::optional<MonoSource> stream;
    std::optional<MonoSource> random;
    std::optional<SpectrumAnalyzer> analyzer;
    std::vector<SpectrumColumn> overview;
    PeakPyramid open;  ///< the chunk that is being read
    std::int64_t streamed = 0;
    SampleVector scratch;

    std::jthread worker;

    void run(const std::stop_token& stop);
    Status openSources();
    bool streamBlock();
    void publish(SoundOutline next);
    void closeChunk(SoundOutline& next);
    bool takeWish(Wish& wish);
    void grant(const Wish& wish);
    void makeTile(const SpectrumTileKey& key);
    void makeSamples(std::int64_t index);
    std::int64_t readAt(std::int64_t start, std::span<float> out);
    void want(const Wish& wish) const;
    void notify();
};

// The worker

void SoundInspector::Impl::run(const std::stop_token& stop) {
    giveWay();
    if (auto opened = openSources(); !opened) {
        SoundOutline failed;
        failed.complete = true;
        failed.error = std::move(opened.error());
        publish(std::move(failed));
        return;
    }
    bool streaming = true;
    while (!stop.stop_requested()) {
        Wish wish;
        if (takeWish(wish)) {
            grant(wish);
        } else if (streaming) {
            streaming = streamBlock();
        } else {
            std::unique_lock lock(mutex);
            wake.wait(lock, stop, [this] { return !wishes.empty(); });
        }
    }
}

Status SoundInspector::Impl::openSources() {
    if (buffer) {
        stream.emplace(buffer);
        random.emplace(buffer);
    } else {
        for (auto* source : {&stream, &random}) {
            auto opened = MonoSource::open(file);
            if (!opened) return propagate(opened);
            source->emplace(std::move(*opened));
        }
    }
    analyzer.emplace(stream->rate());
    SoundOutline next;
    next.rate = stream->rate();
    next.channels = stream->channels();
    next.length = stream->length();
    publish(std::move(next));
    return {};
}

/// Reads one block of the whole sound; false when that was the last.
bool SoundInspector::Impl::streamBlock() {
    scratch.resize(static_cast<std::size_t>(kReadBlock));
    std::int64_t count = 0;
    std::optional<Error> error;
    while (count < kReadBlock) {
        const auto read = stream->read(std::span(scratch).subspan(static_cast<std::size_t>(count)));
        if (!read) error = read.error();
        if (!read || *read == 0) break;
        count += *read;
    }
    const std::span<const float> block = std::span(scratch).first(static_cast<std::size_t>(count));
    open.append(block);
    for (std::int64_t at = 0; at < count; at += kOverviewStride)
        overview.push_back(analyzer->column(block, at, kOverviewStride));
    streamed += count;

    const bool ended = error || count < kReadBlock;
    if (!ended && streamed % SoundOutline::kChunk != 0) return true;
    SoundOutline next = *outline;
    closeChunk(next);
    if (ended) {
        next.complete = true;
        next.length = next.known;
        next.error = std::move(error);
        overview.shrink_to_fit();
    }
    publish(std::move(next));
    return !ended;
}

void SoundInspector::Impl::closeChunk(SoundOutline& next) {
    if (open.length().value > 0) {
        open.finish();
        next.chunks.push_back(std::make_shared<const PeakPyramid>(std::move(open)));
        open = PeakPyramid();
    }
    next.known = Samples(streamed);
}

void SoundInspector::Impl::publish(SoundOutline next) {
    {
        const std::lock_guard lock(mutex);
        outline = std::make_shared<const SoundOutline>(std::move(next));
        overviewBytes = overview.capacity() * sizeof(SpectrumColumn);
    }
    notify();
}

bool SoundInspector::Impl::takeWish(Wish& wish) {
    const std::lock_guard lock(mutex);
    if (wishes.empty()) return false;
    wish = wishes.back();
    wishes.pop_back();
    return true;
}

void SoundInspector::Impl::grant(const Wish& wish) {
    if (const auto* key = std::get_if<SpectrumTileKey>(&wish)) {
        makeTile(*key);
    } else {
        makeSamples(std::get<std::int64_t>(wish));
    }
    notify();
}

void SoundInspector::Impl::makeTile(const SpectrumTileKey& key) {
    const std::int64_t stride = SpectrumTile::stride(key.level);
    const std::int64_t firstColumn = key.index * SpectrumTile::kColumns;
    auto tile = std::make_shared<SpectrumTile>();
    tile->key = key;
    tile->values.assign(static_cast<std::size_t>(SpectrumTile::kColumns) * SpectrumTile::kBands, 0);
    if (key.level >= kOverviewLevel) {
        tile->filled = fillable(key, streamed, outline->complete);
        const std::int64_t pooled = stride / kOverviewStride;
        for (int c = 0; c < tile->filled; ++c) {
            const auto from = static_cast<std::size_t>((firstColumn + c) * pooled);
            const auto count = std::min(static_cast<std::size_t>(pooled), overview.size() - from);
            putColumn(*tile, c, poolColumns(std::span(overview).subspan(from, count)));
        }
    } else {
        tile->filled = fillable(key, outline->length.value, true);
        constexpr std::int64_t kMargin = SpectrumAnalyzer::kWindow;
        SampleVector signal(static_cast<std::size_t>(tile->filled * stride + 2 * kMargin));
        readAt(firstColumn * stride - kMargin, signal);
        for (int c = 0; c < tile->filled; ++c)
            putColumn(*tile, c, analyzer->column(signal, kMargin + c * stride, stride));
    }
    const std::size_t bytes = tile->values.size() + sizeof(SpectrumTile);
    const std::lock_guard lock(mutex);
    tiles.insert(key, std::move(tile), bytes);
}

void SoundInspector::Impl::makeSamples(std::int64_t index) {
    const std::int64_t start = index * kSampleBlock;
    const std::int64_t count = std::clamp<std::int64_t>(outline->length.value - start, 0, kSampleBlock);
    auto block = std::make_shared<SampleVector>(static_cast<std::size_t>(count));
    readAt(start, *block);
    const std::size_t bytes = block->size() * sizeof(float) + sizeof(SampleVector);
    const std::lock_guard lock(mutex);
    blocks.insert(index, std::move(block), bytes);
}

/// Zero where there is nothing to be read, or where reading fails. Returns how many samples were read.
std::int64_t SoundInspector::Impl::readAt(std::int64_t start, std::span<float> out) {
    std::fill(out.begin(), out.end(), 0.0F);
    const std::int64_t skip = std::max<std::int64_t>(0, -start);
    const std::int64_t from = start + skip;
    const std::int64_t count =
        std::min(static_cast<std::int64_t>(out.size()) - skip, outline->length.value - from);
    if (count <= 0 || !random->seek(from)) return 0;
    std::int64_t done = 0;
    while (done < count) {
        const auto read = random->read(
            out.subspan(static_cast<std::size_t>(skip + done), static_cast<std::size_t>(count - done)));
        if (!read || *read == 0) break;
        done += *read;
    }
    return done;
}

void SoundInspector::Impl::notify() {
    const std::lock_guard lock(listenerMutex);
    for (const auto& [id, listener] : listeners) listener();
}

/// With `mutex` held.
void SoundInspector::Impl::want(const Wish& wish) const {
    std::erase(wishes, wish);
    wishes.push_back(wish);
    if (wishes.size() > kMostWishes) wishes.erase(wishes.begin());
    wake.notify_one();
}

// Any thread

SoundInspector::SoundInspector(std::filesystem::path file) : m_impl(std::make_unique<Impl>()) {
    m_impl->file = std::move(file);
    m_impl->worker = std::jthread([impl = m_impl.get()](const std::stop_token& stop) { impl->run(stop); });
}

SoundInspector::SoundInspector(std::shared_ptr<const AudioBuffer> sound) : m_impl(std::make_unique<Impl>()) {
    m_impl->buffer = std::move(sound);
    m_impl->worker = std::jthread([impl = m_impl.get()](const std::stop_token& stop) { impl->run(stop); });
}

SoundInspector::~SoundInspector() = default;

std::shared_ptr<const SoundOutline> SoundInspector::outline() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->outline;
}

std::shared_ptr<const SpectrumTile> SoundInspector::tile(const SpectrumTileKey& key) const {
    if (key.level < 0 || key.level >= SpectrumTile::kLevels || key.index < 0) return nullptr;
    const std::lock_guard lock(m_impl->mutex);
    auto found = m_impl->tiles.find(key);
    const SoundOutline& outline = *m_impl->outline;
    const std::int64_t known = key.level >= kOverviewLevel ? outline.known.value : outline.length.value;
    const bool complete = key.level < kOverviewLevel || outline.complete;
    if ((found ? found->filled : 0) < fillable(key, known, complete)) m_impl->want(key);
    return found;
}

std::shared_ptr<const SpectrumTile> SoundInspector::cachedTile(const SpectrumTileKey& key) const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->tiles.find(key);
}

std::shared_ptr<const std::vector<float>> SoundInspector::samples(std::int64_t index) const {
    const std::lock_guard lock(m_impl->mutex);
    auto found = m_impl->blocks.find(index);
    if (!found && index >= 0 && index * kSampleBlock < m_impl->outline->length.value) m_impl->want(index);
    return found;
}

int SoundInspector::addListener(std::function<void()> changed) {
    const std::lock_guard lock(m_impl->listenerMutex);
    m_impl->listeners.emplace(++m_impl->lastListener, std::move(changed));
    return m_impl->lastListener;
}

void SoundInspector::removeListener(int id) {
    const std::lock_guard lock(m_impl->listenerMutex);
    m_impl->listeners.erase(id);
}

std::size_t SoundInspector::memoryBytes() const {
    const std::lock_guard lock(m_impl->mutex);
    std::size_t bytes = m_impl->overviewBytes + m_impl->tiles.bytes() + m_impl->blocks.bytes();
    for (const auto& chunk : m_impl->outline->chunks) bytes += bytesOf(*chunk);
    return bytes;
}

}  // namespace smidgen
