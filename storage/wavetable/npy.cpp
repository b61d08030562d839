#include "storage/wavetable/npy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "storage/wavetable/npy_header.h"

namespace smidgen::storage {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kAlignment = 64;
constexpr std::uint32_t kReplacement = 0xFFFD;

std::uint64_t wordAt(const std::byte* bytes, std::size_t size, bool bigEndian) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < size; ++i)
        word |= std::to_integer<std::uint64_t>(bytes[bigEndian ? size - 1 - i : i]) << (8 * i);
    return word;
}

/// IEEE 754 half precision.
float fromHalf(std::uint64_t bits) {
    const double sign = (bits & 0x8000U) != 0 ? -1 : 1;
    const auto exponent = static_cast<int>((bits >> 10) & 0x1FU);
    const auto fraction = static_cast<double>(bits & 0x3FFU);
    if (exponent == 31) return fraction == 0 ? static_cast<float>(sign * INFINITY) : std::nanf("");
    if (exponent == 0) return static_cast<float>(sign * std::ldexp(fraction, -24));
    return static_cast<float>(sign * std::ldexp(fraction + 1024, exponent - 25));
}

float numberFrom(std::uint64_t word, const NpyHeader& header) {
    if (header.type == 'f') {
        if (header.size == 2) return fromHalf(word);
        if (header.size == 4) return std::bit_cast<float>(static_cast<std::uint32_t>(word));
        return static_cast<float>(std::bit_cast<double>(word));
    }
    if (header.type != 'i') return static_cast<float>(word);
    const unsigned unused = 64 - 8 * header.size;
    return static_cast<float>(static_cast<std::int64_t>(word << unused) >> unused);
}

void appendUtf8(std::uint32_t c, std::string& text) {
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = kReplacement;
    if (c < 0x80) {
        text += static_cast<char>(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr std::array<std::uint32_t, 4> kLead{0, 0xC0, 0xE0, 0xF0};
    text += static_cast<char>(kLead[static_cast<std::size_t>(more)] | (c >> (6 * more)));
    for (int i = more; i-- > 0;) text += static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F));
}

/// Code points of UTF-8; bytes that are not become U+FFFD.
std::vector<std::uint32_t> codePoints(std::string_view text) {
    std::vector<std::uint32_t> points;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[i++]);
        const int more = lead < 0x80                   ? 0
                         : lead >= 0xF0 && lead < 0xF8 ? 3
                         : lead >= 0xE0 && lead < 0xF0 ? 2
                         : lead >= 0xC0 && lead < 0xE0 ? 1
                                                       : -1;
        std::uint32_t point = more < 0 ? kReplacement : more == 0 ? lead : lead & (0x3FU >> more);
        for (int k = 0; k < more; ++k) {
            if (i == text.size() || (static_cast<std::uint8_t>(text[i]) & 0xC0U) != 0x80U) {
                point = kReplacement;
                break;
            }
            point = point << 6 | (static_cast<std::uint8_t>(text[i++]) & 0x3FU);
        }
        points.push_back(point);
    }
    return points;
}

/// Where the value at row-major place `index` lies in column-major order.
std::size_t fortranPlace(std::size_t index, const std::vector<std::uint64_t>& shape) {
    std::size_t place = 0;
    std::size_t stride = 1;
    std::vector<std::size_t> at(shape.size());
    for (std::size_t d = shape.size(); d-- > 0;) {
        at[d] = index % shape[d];
        index /= shape[d];
    }
    for (std::size_t d = 0; d < shape.size(); ++d) {
        place += at[d] * stride;
        stride *= shape[d];
    }
    return place;
}

Bytes composed(const std::string& descr, const std::string& shape, std::size_t dataSize) {
    std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
    const std::size_t prefix = kMagic.size() + 4;
    header.resize((prefix + header.size() + kAlignment) / kAlignment * kAlignment - prefix, ' ');
    header.back() = '\n';
    Bytes bytes;
    bytes.reserve(prefix + header.size() + dataSize);
    NodeWriter writer(bytes);
    writer.text(kMagic);
    writer.integer(std::uint8_t{1});
    writer.integer(std::uint8_t{0});
    writer.integer(static_cast<std::uint16_t>(header.size()));
    writer.text(header);
    return bytes;
}

std::string shapeLiteral(std::span<const std::uint64_t> shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
    return text + (shape.size() == 1 ? ",)" : ")");
}

tl::unexpected<Error> refusal(const std::string& name, const std::string& how) {
    return failure(ErrorCode::unusableInput,
                   "The NumPy array '" + name + "' cannot be used: " + how + ". Save it again from Python.");
}

/// An array whose header was read and whose length is as the header says.
struct OpenArray {
    NpyHeader header;
    const std::byte* data = nullptr;
    std::size_t count = 0;  ///< values
    std::size_t size = 0;   ///< bytes of one
};

Result<OpenArray> openArray(std::span<const std::byte> bytes, std::size_t mostValues,
                            const std::string& name) {
    const auto refuse = [&name](const std::string& how) { return refusal(name, how); };
    NodeReader reader(bytes);
    std::string text;
    std::uint8_t major = 0;
    std::uint8_t minor = 0;
    if (!reader.text(kMagic.size(), text) || text != kMagic) return refuse("it does not begin like one");
    if (!reader.integer(major) || !reader.integer(minor) || major < 1 || major > 3 || minor != 0)
        return refuse("its version is unknown");
    std::uint16_t shortLength = 0;
    std::uint32_t length = 0;
    const bool sized = major == 1 ? reader.integer(shortLength) : reader.integer(length);
    if (!sized || !reader.text(major == 1 ? shortLength : length, text))
        return refuse("its header is cut short");
    const auto header = parseNpyHeader(text);
    if (!header) return refuse("its header or its type is not one that is known here");
    std::uint64_t count = 1;
    for (const std::uint64_t side : header->shape) {
        if (side != 0 && count > mostValues / side) return refuse("it has too many values");
        count *= side;
    }
    if (count > mostValues) return refuse("it has too many values");
    const bool isText = header->type == 'U';
    const std::size_t size = isText ? std::size_t{4} * header->size : header->size;
    if (reader.left() % size != 0 || reader.left() / size != count)
        return refuse("it is not as long as it says");
    return OpenArray{*header, bytes.data() + (bytes.size() - reader.left()), static_cast<std::size_t>(count),
                     size};
}

}  // namespace

Result<NpyArray> parseNpy(std::span<const std::byte> bytes, std::size_t mostValues, const std::string& name) {
    auto open = openArray(bytes, mostValues, name);
    if (!open) return propagate(open);
    const NpyHeader* const header = &open->header;
    const std::byte* const data = open->data;
    const std::size_t size = open->size;
    const bool isText = header->type == 'U';
    NpyArray array;
    array.kind = isText ? NpyKind::text : NpyKind::number;
    array.shape = header->shape;
    const bool bigEndian = header->order == '>';
    for (std::size_t i = 0; i < open->count; ++i) {
        const std::size_t place = header->fortranOrder ? fortranPlace(i, header->shape) : i;
        const std::byte* value = data + place * size;
        if (!isText) {
            array.numbers.push_back(numberFrom(wordAt(value, size, bigEndian), *header));
            continue;
        }
        std::string string;
        for (std::size_t c = 0; c < header->size; ++c) {
            const auto point = static_cast<std::uint32_t>(wordAt(value + 4 * c, 4, bigEndian));
            if (point == 0) break;
            appendUtf8(point, string);
        }
        array.strings.push_back(std::move(string));
    }
    return array;
}

Result<std::int64_t> parseNpyInteger(std::span<const std::byte> bytes, const std::string& name) {
    auto open = openArray(bytes, 1, name);
    if (!open) return propagate(open);
    const NpyHeader& header = open->header;
    if (open->count != 1 || header.type == 'U') return refusal(name, "it is not one number");
    const std::uint64_t word = wordAt(open->data, open->size, header.order == '>');
    if (header.type == 'f') {
        const double value =
            open->size == 8 ? std::bit_cast<double>(word) : static_cast<double>(numberFrom(word, header));
        if (!(std::abs(value) < 9.2e18)) return refusal(name, "its number is too large");
        return static_cast<std::int64_t>(value);
    }
    if (header.type == 'i') {
        const unsigned unused = 64 - 8 * header.size;
        return static_cast<std::int64_t>(word << unused) >> unused;
    }
    if (word > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return refusal(name, "its number is too large");
    return static_cast<std::int64_t>(word);
}

Bytes composeNpy(std::span<const std::uint64_t> shape, std::span<const float> values) {
    Bytes bytes = composed("<f4", shapeLiteral(shape), values.size_bytes());
    static_assert(std::endian::native == std::endian::little);
    NodeWriter(bytes).raw(std::as_bytes(values));
    return bytes;
}

Bytes composeNpyText(std::span<const std::string> strings, bool scalar) {
    std::size_t longest = 1;
    std::vector<std::vector<std::uint32_t>> all;
    for (const std::string& string : strings) {
        all.push_back(codePoints(string));
        longest = std::max(longest, all.back().size());
    }
    const std::array<std::uint64_t, 1> shape{strings.size()};
    Bytes bytes = composed("<U" + std::to_string(longest),
                           shapeLiteral(scalar ? std::span<const std::uint64_t>() : shape),
                           4 * longest * strings.size());
    NodeWriter writer(bytes);
    for (auto& points : all) {
        points.resize(longest, 0);
        for (const std::uint32_t point : points) writer.integer(point);
    }
    return bytes;
}

Bytes composeNpyIntegers(std::span<const std::int64_t> values, std::span<const std::uint64_t> shape) {
    const std::array<std::uint64_t, 1> plain{values.size()};
    Bytes bytes = composed("<i8", shapeLiteral(shape.empty() ? plain : shape), values.size_bytes());
    NodeWriter writer(bytes);
    for (const std::int64_t value : values) writer.integer(value);
    return bytes;
}

}  // namespace smidgen::storage
