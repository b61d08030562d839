#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cmath>
#include <map>
#include <mutex>

#include "engine/collections/content_hash.h"
#include "engine/collections/feature_file.h"
#include "engine/collections/half_float.h"
#include "engine/collections/open_features.h"

namespace smidgen {
namespace {

/// Up to half of the descriptors a process may have stay open, so that files in use survive their removal;
/// beyond that files are opened for every read.
class OpenFile {
 public:
    static int limit() {
        rlimit most{};
        return ::getrlimit(RLIMIT_NOFILE, &most) == 0
                   ? static_cast<int>(std::min<rlim_t>(most.rlim_cur / 2, 4096))
                   : 256;
    }
    explicit OpenFile(int descriptor) : m_descriptor(descriptor) {
        if (++s_open > limit()) release();
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() { release(); }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

 private:
    void release() {
        if (m_descriptor < 0) return;
        ::close(m_descriptor);
        --s_open;
        m_descriptor = -1;
    }
    static inline std::atomic<int> s_open{0};
    int m_descriptor;
};

std::mutex s_useMutex;
std::map<std::filesystem::path, int> s_uses;

class InUse {
 public:
    explicit InUse(const std::filesystem::path& path) : m_path(path) {
        const std::lock_guard lock(s_useMutex);
        ++s_uses[m_path];
    }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;
    ~InUse() {
        const std::lock_guard lock(s_useMutex);
        if (--s_uses[m_path] == 0) s_uses.erase(m_path);
    }

 private:
    const std::filesystem::path& m_path;
};

/// Which frames are active, with the count before every word.
struct ActiveFrames {
    std::vector<std::uint64_t> bits;
    std::vector<std::uint32_t> before;
    std::int64_t count = 0;

    explicit ActiveFrames(std::vector<std::uint64_t> words) : bits(std::move(words)) {
        for (const std::uint64_t word : bits) {
            before.push_back(static_cast<std::uint32_t>(count));
            count += std::popcount(word);
        }
    }
    [[nodiscard]] std::int64_t frame(std::int64_t n) const {
        const auto after = std::upper_bound(before.begin(), before.end(), static_cast<std::uint32_t>(n));
        const auto word = static_cast<std::size_t>(after - before.begin()) - 1;
        std::uint64_t left = bits[word];
        for (std::int64_t skip = n - before[word]; skip > 0; --skip) left &= left - 1;
        return static_cast<std::int64_t>(word * 64) + std::countr_zero(left);
    }
    /// How many lie before `frame`.
    [[nodiscard]] std::int64_t rank(std::int64_t frame) const {
        const auto word = static_cast<std::size_t>(frame) / 64;
        if (word >= bits.size()) return count;
        const std::uint64_t below = (std::uint64_t{1} << (frame % 64)) - 1;
        return before[word] + std::popcount(bits[word] & below);
    }
};

}  // namespace

struct SoundFeatures::Impl {
    Impl(int descriptor, std::filesystem::path from, FeatureIndex read)
        : file(descriptor), path(std::move(from)), index(std::move(read)) {
        for (auto& bits : index.active) active.emplace_back(std::move(bits));
        index.active.clear();
        for (std::uint32_t v = 0; v < index.variants; ++v) amounts.push_back(index.rendering(0, v).amounts);
    }
    [[nodiscard]] const FeatureRendering& rendering(int channel, int variant) const {
        return index.rendering(static_cast<std::size_t>(channel), static_cast<std::size_t>(variant));
    }
    [[nodiscard]] Status read(const FeatureSegment& segment, std::int64_t first, std::span<float> out) const;

    OpenFile file;
    std::filesystem::path path;
    InUse use{path};
    FeatureIndex index;
    std::vector<ActiveFrames> active;
    std::vector<AugmentationAmounts> amounts;
};

/// Frames from `first` of the segment; reads and checks the whole blocks they lie in.
Status SoundFeatures::Impl::read(const FeatureSegment& segment, std::int64_t first,
                                 std::span<float> out) const {
    const std::size_t bands = index.bands;
    const auto count = static_cast<std::int64_t>(out.size() / bands);
    const std::int64_t firstBlock = first / kBlockFrames;
    const std::int64_t begin = firstBlock * kBlockFrames;
    const std::int64_t end =
        std::min(segment.frames, (first + count + kBlockFrames - 1) / kBlockFrames * kBlockFrames);
    thread_local std::vector<std::uint16_t> halves;
    halves.resize(static_cast<std::size_t>(end - begin) * bands);
    const auto bytes = std::as_writable_bytes(std::span(halves));

    int descriptor = file.descriptor();
    const bool borrowed = descriptor >= 0;
    if (!borrowed) descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure(ErrorCode::io,
                       "Prepared sound data were removed while they were in use (the cache is full or was "
                       "emptied). Start again; what is missing is made anew.",
                       path.string());
    const auto got =
        readFully(descriptor, bytes,
                  segment.offset + static_cast<std::uint64_t>(begin) * bands * sizeof(std::uint16_t));
    if (!borrowed) ::close(descriptor);

    bool sound = got.has_value();
    const std::size_t blockBytes = static_cast<std::size_t>(kBlockFrames) * bands * sizeof(std::uint16_t);
    for (std::size_t at = 0; sound && at < bytes.size(); at += blockBytes) {
        const auto block = bytes.subspan(at, std::min(blockBytes, bytes.size() - at));
        sound =
            checksumOf(block) == segment.checksums[static_cast<std::size_t>(firstBlock) + at / blockBytes];
    }
    if (!sound) {
        ::unlink(path.c_str());
        return failure(
            ErrorCode::io,
            "Prepared sound data on the disk are damaged and were removed. Start again; they are made "
            "anew.",
            path.string());
    }
    fromHalf(std::span(halves).subspan(static_cast<std::size_t>(first - begin) * bands, out.size()), out);
    // The floor is not a binary16 number; the nearest one lies below it.
    for (float& value : out) value = std::max(value, kLogMelFloor);
    return {};
}

bool featuresInUse(const std::filesystem::path& path) {
    const std::lock_guard lock(s_useMutex);
    return s_uses.contains(path);
}

Result<SoundFeatures> openFeatures(const std::filesystem::path& path, const std::string& contentHash,
                                   const std::string& settingsHash) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return systemFailure(errno, "open", path);
    auto index = readFeatureFile(descriptor);
    if (!index || index->contentHash != contentHash || index->settingsHash != settingsHash) {
        ::close(descriptor);
        return failure(ErrorCode::unusableInput, "A cached feature file is damaged.",
                       index ? "another key" : index.error().detail);
    }
    return SoundFeatures(std::make_shared<const SoundFeatures::Impl>(descriptor, path, std::move(*index)));
}

const std::string& SoundFeatures::contentHash() const {
    return m_impl->index.contentHash;
}
int SoundFeatures::channels() const {
    return static_cast<int>(m_impl->index.channels);
}
int SoundFeatures::variants() const {
    return static_cast<int>(m_impl->index.variants);
}
Frames SoundFeatures::frames(int channel, int variant) const {
    return Frames(m_impl->rendering(channel, variant).frames);
}
double SoundFeatures::activeShare() const {
    return static_cast<double>(m_impl->active[0].count) / static_cast<double>(frames(0, 0).value);
}
const std::vector<AugmentationAmounts>& SoundFeatures::amounts() const {
    return m_impl->amounts;
}

std::int64_t SoundFeatures::activeFrames(int channel, int) const {
    return m_impl->active[static_cast<std::size_t>(channel)].count;
}

Frames SoundFeatures::activeFrame(int channel, int variant, std::int64_t n) const {
    return place(channel, variant, Frames(m_impl->active[static_cast<std::size_t>(channel)].frame(n)));
}

std::int64_t SoundFeatures::activeFramesBefore(int channel, Frames clean) const {
    return m_impl->active[static_cast<std::size_t>(channel)].rank(std::max<std::int64_t>(0, clean.value));
}

Frames SoundFeatures::place(int channel, int variant, Frames clean) const {
    const FeatureRendering& original = m_impl->rendering(channel, 0);
    const FeatureRendering& rendering = m_impl->rendering(channel, variant);
    if (clean.value <= 0 || variant == 0)
        return Frames(std::clamp<std::int64_t>(clean.value, 0, original.frames));
    if (clean.value >= original.frames) return Frames(rendering.frames);
    const auto after =
        std::upper_bound(rendering.segments.begin(), rendering.segments.end(), clean.value,
                         [](std::int64_t frame, const FeatureSegment& s) { return frame < s.cleanStart; });
    const FeatureSegment& segment = *(after - 1);
    const std::int64_t cleanEnd = after == rendering.segments.end() ? original.frames : after->cleanStart;
    const double share = static_cast<double>(clean.value - segment.cleanStart) /
                         static_cast<double>(cleanEnd - segment.cleanStart);
    return Frames(segment.start +
                  std::min<std::int64_t>(segment.frames - 1,
                                         std::llround(share * static_cast<double>(segment.frames))));
}

Status SoundFeatures::read(int channel, int variant, Frames start, std::span<float> out) const {
    const std::size_t bands = m_impl->index.bands;
    const std::int64_t first = start.value;
    const std::int64_t end = first + static_cast<std::int64_t>(out.size() / bands);
    std::fill(out.begin(), out.end(), kLogMelFloor);
    const auto& segments = m_impl->rendering(channel, variant).segments;
    auto next = std::partition_point(segments.begin(), segments.end(),
                                     [&](const FeatureSegment& s) { return s.start + s.frames <= first; });
    for (; next != segments.end() && next->start < end; ++next) {
        const FeatureSegment& segment = *next;
        const std::int64_t from = std::max(first, segment.start);
        const std::int64_t to = std::min(end, segment.start + segment.frames);
        if (segment.offset == 0) continue;
        const auto part = out.subspan(static_cast<std::size_t>(from - first) * bands,
                                      static_cast<std::size_t>(to - from) * bands);
        if (auto read = m_impl->read(segment, from - segment.start, part); !read) return read;
    }
    return {};
}

}  // namespace smidgen
