// Any bytes at all as a pack file, and a good pack with any bytes changed; read at any place.
//
// Input: a byte of choices (1: changes of a good pack, 2: the headers' sums made right, 4: the content's sum
// made right as well), the record's place, its length (two bytes each), then the file or the changes.
#include <algorithm>
#include <cstring>
#include <string>

#include "storage/blocks/pack_store.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/memory_files.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

constexpr std::uint64_t kName = 0x1234;

struct Good {
    std::vector<std::uint8_t> file;
    std::vector<PackPlace> places;
    std::vector<PackRecord> records;
};

/// Two records: one as it is, one compressed.
Good makeGood() {
    Good good;
    std::vector<std::byte> file = packHeader(kName);
    for (const bool compress : {false, true}) {
        std::vector<std::byte> content(700);
        for (std::size_t i = 0; i < content.size(); ++i)
            content[i] = static_cast<std::byte>(compress ? i / 50 : i * 167);
        const Packed packed = compress ? packWhenItPays(content) : Packed{};
        const std::span<const std::byte> stored =
            compress ? std::span<const std::byte>(packed.bytes) : content;
        const PackRecord record{packed.codec, content.size(), stored.size(), checksumOf(content)};
        good.places.push_back({kName, file.size(), stored.size()});
        good.records.push_back(record);
        const auto header = recordHeader(record);
        file.insert(file.end(), header.begin(), header.end());
        file.insert(file.end(), stored.begin(), stored.end());
    }
    good.file = fuzz::octets(std::span<const std::byte>(file));
    return good;
}

void seal(std::vector<std::uint8_t>& file, std::size_t at, std::size_t size) {
    if (file.size() < size || at > file.size() - size) return;
    const Checksum sum = checksumOf(std::as_bytes(std::span(file).subspan(at, size - 8)));
    std::copy_n(sum.begin(), 8, file.begin() + static_cast<std::ptrdiff_t>(at + size - 8));
}

/// The record that its header at `place` promises.
std::optional<PackRecord> recordAt(const std::vector<std::uint8_t>& file, std::size_t place) {
    if (file.size() < kPackRecordBytes || place > file.size() - kPackRecordBytes) return std::nullopt;
    const auto record = readRecordHeader(std::as_bytes(std::span(file)).subspan(place, kPackRecordBytes));
    if (!record) {
        fuzz::expectSentence(record.error());
        return std::nullopt;
    }
    return *record;
}

/// Gives the record at `place` the sum of what its bytes unpack to.
void sumContent(std::vector<std::uint8_t>& file, std::size_t place) {
    constexpr std::size_t kSumAt = 32;
    const auto record = recordAt(file, place);
    if (!record || record->length > file.size() - kPackRecordBytes - place) return;
    const auto stored = std::as_bytes(std::span(file))
                            .subspan(place + kPackRecordBytes, static_cast<std::size_t>(record->length));
    const auto content = unpack(record->codec, stored, record->size);
    if (!content) return;
    const Checksum sum = checksumOf(*content);
    std::copy(sum.begin(), sum.end(), file.begin() + static_cast<std::ptrdiff_t>(place + kSumAt));
    seal(file, place, kPackRecordBytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const Good good = makeGood();
    fuzz::Choices choices(bytes, size);
    const std::uint8_t flags = choices.byte();
    PackPlace place{kName, choices.number(2), choices.number(2)};
    std::vector<std::uint8_t> file;
    if ((flags & 1U) != 0) {
        place = good.places[place.offset % good.places.size()];
        file = fuzz::edited(good.file, choices);
    } else {
        const auto rest = choices.rest();
        file.assign(rest.begin(), rest.end());
    }
    if ((flags & 2U) != 0) {
        seal(file, 0, kPackHeaderBytes);
        seal(file, static_cast<std::size_t>(place.offset), kPackRecordBytes);
    }
    if ((flags & 4U) != 0) sumContent(file, static_cast<std::size_t>(place.offset));

    fuzz::MemoryFiles files;
    PackStore packs(files, "/nowhere/packs", 1 << 20);
    files.fill(packs.pathOf(kName), file);
    if (const auto header = packs.checkHeader(kName); !header) fuzz::expectSentence(header.error());
    const auto record = recordAt(file, static_cast<std::size_t>(place.offset));
    if (record && (flags & 1U) == 0) place.length = record->length;
    const PackRecord expected = record.value_or(good.records.front());
    const auto content = packs.read(place, expected);
    if (content) {
        expect(content->size() == expected.size && checksumOf(*content) == expected.sum);
    } else {
        expect(content.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(content.error());
    }
    std::vector<std::byte> piece(std::min<std::uint64_t>(place.length, 64));
    (void)packs.readStored(place, place.length - piece.size(), piece);
    return 0;
}
