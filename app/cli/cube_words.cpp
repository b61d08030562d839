#include "app/cli/cube_words.h"

#include <charconv>
#include <cmath>
#include <vector>

namespace smidgen::cli {
namespace {

std::vector<std::string> parts(const std::string& text, char separator) {
    std::vector<std::string> all(1);
    for (const char c : text) {
        if (c == separator)
            all.emplace_back();
        else
            all.back() += c;
    }
    return all;
}

template <typename Number>
bool read(const std::string& text, Number& number) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() && !text.empty();
}

tl::unexpected<Error> notThat(const std::string& text, const std::string& wanted) {
    return failure(ErrorCode::invalidArgument, "'" + text + "' is not " + wanted + ".");
}

}  // namespace

Result<std::array<std::uint32_t, 3>> cubeSize(const std::string& text) {
    std::array<std::uint32_t, 3> size{};
    const auto numbers = parts(text, 'x');
    bool good = numbers.size() == 3;
    for (std::size_t i = 0; i < 3 && good; ++i) good = read(numbers[i], size[i]);
    if (!good) return notThat(text, "a size like 3x3x3");
    return size;
}

Result<std::array<std::string, 3>> cubeAxes(const std::string& text) {
    const auto names = parts(text, ',');
    if (names.size() != 3) return notThat(text, "three names like Timbre,Brightness,Harmonicity");
    return std::array<std::string, 3>{names[0], names[1], names[2]};
}

Result<CubePlace> cubePlace(const std::string& text) {
    CubePlace place;
    const auto numbers = parts(text, ',');
    if (numbers.size() != 3 || !read(numbers[0], place.x) || !read(numbers[1], place.y) ||
        !read(numbers[2], place.z))
        return notThat(text, "a node like 0,2,1");
    return place;
}

Result<storage::Coordinate> cubeCoordinate(const std::string& text) {
    storage::Coordinate place;
    const auto numbers = parts(text, ',');
    if (numbers.size() != 3 || !read(numbers[0], place.x) || !read(numbers[1], place.y) ||
        !read(numbers[2], place.z))
        return notThat(text, "a place like 0.5,2,1");
    return place;
}

Result<double> pitchHertz(const std::string& text) {
    double hertz = 0;
    if (read(text, hertz)) return hertz;
    // Semitones of the white keys above C.
    constexpr int kKeys[] = {9, 11, 0, 2, 4, 5, 7};
    std::size_t at = 0;
    const char letter =
        text.empty() ? '\0' : static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    if (letter < 'A' || letter > 'G') return notThat(text, "a pitch like 110 (hertz) or A2");
    int key = kKeys[letter - 'A'];
    for (at = 1; at < text.size() && (text[at] == '#' || text[at] == 'b'); ++at)
        key += text[at] == '#' ? 1 : -1;
    int octave = 0;
    if (!read(text.substr(at), octave) || octave < -1 || octave > 10)
        return notThat(text, "a pitch like 110 (hertz) or A2");
    return 440.0 * std::exp2((key + 12 * (octave + 1) - 69) / 12.0);
}

}  // namespace smidgen::cli
