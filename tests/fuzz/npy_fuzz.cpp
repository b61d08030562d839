// Any bytes at all as a NumPy array, and good arrays with any bytes changed.
//
// Input: a byte that chooses (odd: changes of one of three good arrays), then the array or the changes.
#include <array>
#include <cstdint>

#include "storage/wavetable/npy.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

constexpr std::size_t kMostValues = std::size_t{1} << 18;

std::vector<std::uint8_t> goodArray(int which) {
    const std::array<std::uint64_t, 2> shape{3, 4};
    const std::array<float, 12> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    const std::array<std::string, 2> words{"timbre", "h\xC3\xB6he"};
    const std::array<std::int64_t, 3> whole{1, -2, 3};
    const Bytes bytes = which == 0   ? composeNpy(shape, values)
                        : which == 1 ? composeNpyText(words, false)
                                     : composeNpyIntegers(whole);
    return fuzz::octets(std::span<const std::byte>(bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    fuzz::Choices choices(bytes, size);
    const std::uint8_t first = choices.byte();
    const auto rest = choices.rest();
    const std::vector<std::uint8_t> file = first % 2 == 1
                                               ? fuzz::edited(goodArray(first / 2 % 3), choices)
                                               : std::vector<std::uint8_t>(rest.begin(), rest.end());
    const auto array = parseNpy(std::as_bytes(std::span(file)), kMostValues, "fuzz.npy");
    if (!array) {
        expect(array.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(array.error());
        return 0;
    }
    std::uint64_t count = 1;
    for (const std::uint64_t side : array->shape) count *= side;
    expect(count <= kMostValues);
    expect(count == (array->kind == NpyKind::text ? array->strings.size() : array->numbers.size()));
    if (array->kind != NpyKind::number) return 0;
    const auto again = parseNpy(composeNpy(array->shape, array->numbers), kMostValues, "fuzz.npy");
    expect(again && again->shape == array->shape && again->numbers.size() == array->numbers.size());
    return 0;
}
