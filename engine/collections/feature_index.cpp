// Index, in this order: content hash and settings hash (u32 length, characters), bands u32, channels u32,
// variants u32; per rendering: amounts (8 × f64, polarity u32, noise seed u64), frames i64, segments u32,
// each cleanStart i64, start i64, frames i64, offset u64, block checksums u64…; per channel: words u64, bits
// u64….
#include <bit>
#include <cstring>
#include <optional>
#include <type_traits>

#include "engine/collections/feature_file.h"

namespace smidgen {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");
constexpr std::uint32_t kMostRenderings = 4096;

class Output {
 public:
    template <typename T>
    void put(T value) {
        static_assert(std::is_arithmetic_v<T>);
        const std::size_t at = m_bytes.size();
        m_bytes.resize(at + sizeof(T));
        std::memcpy(m_bytes.data() + at, &value, sizeof(T));
    }
    void put(const std::string& text) {
        put(static_cast<std::uint32_t>(text.size()));
        m_bytes += text;
    }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

 private:
    std::string m_bytes;
};

/// Reading beyond the end gives zeros and marks the input as broken.
class Input {
 public:
    explicit Input(std::string_view bytes) : m_bytes(bytes) {}
    template <typename T>
    T get() {
        T value{};
        if (m_bytes.size() < sizeof(T)) {
            m_broken = true;
            m_bytes = {};
            return value;
        }
        std::memcpy(&value, m_bytes.data(), sizeof(T));
        m_bytes.remove_prefix(sizeof(T));
        return value;
    }
    std::string text() {
        const auto length = get<std::uint32_t>();
        if (!fits(length, 1)) return {};
        std::string value(m_bytes.substr(0, length));
        m_bytes.remove_prefix(length);
        return value;
    }
    /// Whether `count` items of `size` bytes can still come; broken when not.
    bool fits(std::uint64_t count, std::uint64_t size) {
        if (count > m_bytes.size() / size) m_broken = true;
        return !m_broken;
    }
    void mark(bool good) { m_broken = m_broken || !good; }
    [[nodiscard]] bool broken() const { return m_broken; }
    [[nodiscard]] bool wholeAndEmpty() const { return !m_broken && m_bytes.empty(); }

 private:
    std::string_view m_bytes;
    bool m_broken = false;
};

void put(Output& out, const AugmentationAmounts& a) {
    for (const double value : {a.pitchSemitones, a.stretch, a.noiseSnrDb, a.gainDb, a.allPassHz,
                               a.roomSeconds, a.tiltDbPerOctave, a.mixupShare})
        out.put(value);
    out.put<std::uint32_t>(a.flipPolarity ? 1 : 0);
    out.put(a.noiseSeed);
}

AugmentationAmounts amountsFrom(Input& in) {
    AugmentationAmounts a;
    for (double* value : {&a.pitchSemitones, &a.stretch, &a.noiseSnrDb, &a.gainDb, &a.allPassHz,
                          &a.roomSeconds, &a.tiltDbPerOctave, &a.mixupShare})
        *value = in.get<double>();
    a.flipPolarity = in.get<std::uint32_t>() != 0;
    a.noiseSeed = in.get<std::uint64_t>();
    return a;
}

/// One segment that continues where `frame` says and, when it has data, lies where `offset` says.
FeatureSegment segmentFrom(Input& in, std::int64_t frame, std::uint64_t bands, std::uint64_t dataEnd) {
    FeatureSegment segment;
    segment.cleanStart = in.get<std::int64_t>();
    segment.start = in.get<std::int64_t>();
    segment.frames = in.get<std::int64_t>();
    segment.offset = in.get<std::uint64_t>();
    in.mark(segment.start == frame && segment.frames > 0 && segment.frames < (std::int64_t{1} << 31) &&
            segment.cleanStart >= 0);
    if (in.broken() || segment.offset == 0) return segment;
    const std::uint64_t bytes = static_cast<std::uint64_t>(segment.frames) * bands * sizeof(std::uint16_t);
    in.mark(segment.offset <= dataEnd && bytes <= dataEnd - segment.offset);
    const auto blocks = static_cast<std::uint64_t>((segment.frames + kBlockFrames - 1) / kBlockFrames);
    if (!in.fits(blocks, sizeof(std::uint64_t))) return segment;
    for (std::uint64_t b = 0; b < blocks; ++b) segment.checksums.push_back(in.get<std::uint64_t>());
    return segment;
}

FeatureRendering renderingFrom(Input& in, std::uint64_t bands, std::uint64_t dataEnd) {
    FeatureRendering rendering;
    rendering.amounts = amountsFrom(in);
    rendering.frames = in.get<std::int64_t>();
    const auto segments = in.get<std::uint32_t>();
    std::int64_t frame = 0, cleanFrame = -1;
    for (std::uint32_t s = 0; s < segments && !in.broken(); ++s) {
        FeatureSegment segment = segmentFrom(in, frame, bands, dataEnd);
        in.mark(segment.cleanStart > cleanFrame);
        cleanFrame = segment.cleanStart;
        frame += segment.frames;
        rendering.segments.push_back(std::move(segment));
    }
    in.mark(!rendering.segments.empty() && frame == rendering.frames &&
            rendering.segments.front().cleanStart == 0);
    return rendering;
}

}  // namespace

std::string toBytes(const FeatureIndex& index) {
    Output out;
    out.put(index.contentHash);
    out.put(index.settingsHash);
    out.put(index.bands);
    out.put(index.channels);
    out.put(index.variants);
    for (const FeatureRendering& rendering : index.renderings) {
        put(out, rendering.amounts);
        out.put(rendering.frames);
        out.put(static_cast<std::uint32_t>(rendering.segments.size()));
        for (const FeatureSegment& segment : rendering.segments) {
            out.put(segment.cleanStart);
            out.put(segment.start);
            out.put(segment.frames);
            out.put(segment.offset);
            for (const std::uint64_t checksum : segment.checksums) out.put(checksum);
        }
    }
    for (const auto& bits : index.active) {
        out.put(static_cast<std::uint64_t>(bits.size()));
        for (const std::uint64_t word : bits) out.put(word);
    }
    return out.take();
}

Result<FeatureIndex> indexFromBytes(std::string_view bytes, std::uint64_t dataEnd) {
    Input in(bytes);
    FeatureIndex index;
    index.contentHash = in.text();
    index.settingsHash = in.text();
    index.bands = in.get<std::uint32_t>();
    index.channels = in.get<std::uint32_t>();
    index.variants = in.get<std::uint32_t>();
    in.mark(index.bands >= 1 && index.bands <= 4096 && index.channels >= 1 && index.channels <= 2 &&
            index.variants >= 1 && index.variants <= kMostRenderings);
    for (std::uint32_t r = 0; !in.broken() && r < index.channels * index.variants; ++r)
        index.renderings.push_back(renderingFrom(in, index.bands, dataEnd));
    for (std::uint32_t c = 0; !in.broken() && c < index.channels; ++c) {
        const auto words = in.get<std::uint64_t>();
        const auto frames = static_cast<std::uint64_t>(index.rendering(c, 0).frames);
        in.mark(words == (frames + 63) / 64);
        if (!in.fits(words, sizeof(std::uint64_t))) break;
        auto& bits = index.active.emplace_back();
        for (std::uint64_t w = 0; w < words; ++w) bits.push_back(in.get<std::uint64_t>());
        in.mark(frames % 64 == 0 || bits.back() >> (frames % 64) == 0);
    }
    if (!in.wholeAndEmpty()) return failure(ErrorCode::unusableInput, "A cached feature file is damaged.");
    return index;
}

}  // namespace smidgen
