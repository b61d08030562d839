// Any bytes at all as the arrived part of a transfer, and a good part with any bytes changed. Whatever lies
// there, the transfer goes on to its end and gives what was sent.
//
// Input: a byte of choices (1: changes of a good part, 2: the header's sum made right, 4: a transfer as its
// header says, not the good one), then the file or the changes.
#include <algorithm>
#include <string>

#include "storage/exchange/transfer_file.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/memory_files.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

constexpr std::size_t kHeaderBytes = 80;
constexpr std::uint32_t kChunk = 64;
const std::filesystem::path kFolder = "/nowhere";

std::vector<std::byte> sentBytes() {
    std::vector<std::byte> bytes(3 * kChunk + 10);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 7);
    return bytes;
}

TransferHeader goodHeader() {
    TransferHeader header;
    header.block.bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    const auto bytes = sentBytes();
    header.record = {Compression::plain, bytes.size(), bytes.size(), checksumOf(bytes)};
    header.chunkBytes = kChunk;
    return header;
}

/// Two of four chunks have arrived.
std::vector<std::uint8_t> goodPart() {
    fuzz::MemoryFiles files;
    auto transfer = TransferFile::open(files, kFolder, goodHeader());
    const auto bytes = sentBytes();
    expect(transfer && transfer->append(std::span(bytes).first(kChunk)) &&
           transfer->append(std::span(bytes).subspan(kChunk, kChunk)));
    auto file = files.open(transferPathOf(kFolder, goodHeader().block), FileUse::read);
    std::vector<std::byte> part((*file)->size().value());
    expect((*file)->readAt(0, part).has_value());
    return fuzz::octets(std::span<const std::byte>(part));
}

void finish(fuzz::MemoryFiles& files, TransferFile& transfer, const TransferHeader& header) {
    const auto bytes = sentBytes();
    expect(transfer.chunks() == 4 && transfer.arrived() <= 4);
    while (!transfer.isWhole()) {
        const std::size_t from = static_cast<std::size_t>(transfer.arrived()) * kChunk;
        const auto piece = std::span(bytes).subspan(
            from, static_cast<std::size_t>(transfer.bytesOfChunk(transfer.arrived())));
        expect(transfer.append(piece).has_value());
    }
    const auto all = transfer.read();
    // A part that was forged with the right sums is found by the content's own sum, not here.
    expect(all && all->size() == header.record.length);
    expect(transfer.remove().has_value() && !files.has(transferPathOf(kFolder, header.block)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const std::vector<std::uint8_t> good = goodPart();
    fuzz::Choices choices(bytes, size);
    const std::uint8_t flags = choices.byte();
    const auto rest = choices.rest();
    std::vector<std::uint8_t> part =
        (flags & 1U) != 0 ? fuzz::edited(good, choices) : std::vector<std::uint8_t>(rest.begin(), rest.end());
    if ((flags & 2U) != 0 && part.size() >= kHeaderBytes) {
        const Checksum sum = checksumOf(std::as_bytes(std::span(part)).first(kHeaderBytes - 8));
        std::copy_n(sum.begin(), 8, part.begin() + kHeaderBytes - 8);
    }
    TransferHeader header = goodHeader();
    fuzz::MemoryFiles files;
    const auto path = transferPathOf(kFolder, header.block);
    files.fill(path, part);
    const auto present = readTransferHeader(files, path);
    if (!present) {
        expect(present.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(present.error());
    }
    const bool asItSays = (flags & 4U) != 0 && present.has_value();
    if (asItSays) {
        header = *present;
        files.fill(transferPathOf(kFolder, header.block), part);
    }
    auto transfer = TransferFile::open(files, kFolder, header);
    if (!transfer) {
        expect(asItSays);
        fuzz::expectSentence(transfer.error());
        return 0;
    }
    if (!asItSays) {
        finish(files, *transfer, header);
        return 0;
    }
    expect(transfer->arrived() <= transfer->chunks() && transfer->bytesArrived() <= header.record.length);
    if (header.record.length < (1U << 20)) expect(transfer->read().has_value());
    return 0;
}
