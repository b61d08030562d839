#include "engine/audio/aiff_loop.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace smidgen {
namespace {

/// Big-endian numbers and text, one after the other.
class Bytes {
 public:
    Bytes& number(std::uint64_t value, int size) {
        for (int i = size - 1; i >= 0; --i)
            m_bytes.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFFU));
        return *this;
    }
    Bytes& text(std::string_view text) {
        for (const char c : text) m_bytes.push_back(static_cast<std::byte>(c));
        return *this;
    }
    [[nodiscard]] const std::vector<std::byte>& all() const { return m_bytes; }

 private:
    std::vector<std::byte> m_bytes;
};

constexpr int kBegin = 1, kEnd = 2;  ///< the markers' ids
constexpr int kForward = 1, kNone = 0;

}  // namespace

void appendAiffLoop(ByteStream& stream, const LoopSamples& loop) {
    Bytes chunks;
    // A marker's name is a counted string of even length with its count: a count of 0 and a pad.
    chunks.text("MARK").number(2 + 2 * 8, 4).number(2, 2);
    chunks.number(kBegin, 2).number(static_cast<std::uint64_t>(loop.start), 4).number(0, 2);
    chunks.number(kEnd, 2).number(static_cast<std::uint64_t>(loop.end), 4).number(0, 2);
    // Base note, detuning, lowest and highest note and velocity, gain; sustain and release loop.
    chunks.text("INST").number(20, 4);
    chunks.number(60, 1).number(0, 1).number(0, 1).number(127, 1).number(0, 1).number(127, 1).number(0, 2);
    chunks.number(kForward, 2).number(kBegin, 2).number(kEnd, 2);
    chunks.number(kNone, 2).number(0, 2).number(0, 2);
    stream.seek(stream.length());
    if (stream.length() % 2 != 0) stream.write(Bytes().number(0, 1).all());
    stream.write(chunks.all());
    const auto content = static_cast<std::uint64_t>(stream.length()) - 8;
    stream.seek(4);
    stream.write(Bytes().number(content, 4).all());
}

}  // namespace smidgen
