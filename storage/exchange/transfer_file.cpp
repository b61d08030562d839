#include "storage/exchange/transfer_file.h"

#include <algorithm>

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/byte_stream.h"

namespace smidgen::storage {
namespace {

constexpr std::string_view kMagic = "SMIDPART";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderBytes = 80;
constexpr std::size_t kSumBytes = 16;
constexpr std::uint32_t kMostChunkBytes = 64 << 20;

std::uint64_t halfSum(std::span<const std::byte> bytes) {
    const Checksum sum = checksumOf(bytes);
    return ByteReader(std::as_bytes(std::span(sum))).u64();
}

std::vector<std::byte> headerBytes(const TransferHeader& header) {
    ByteWriter out;
    out.raw(std::as_bytes(std::span(kMagic)));
    out.u32(kVersion);
    out.u32(header.chunkBytes);
    out.fixed(header.block.bytes);
    out.fixed(header.record.sum);
    out.number(static_cast<std::uint64_t>(header.record.codec), 8);
    out.u64(header.record.size);
    out.u64(header.record.length);
    out.u64(halfSum(out.bytes()));
    return out.take();
}

Checksum chunkSum(std::uint64_t number, std::span<const std::byte> bytes) {
    ByteWriter covered;
    covered.u64(number);
    covered.raw(bytes);
    return checksumOf(covered.bytes());
}

Result<TransferHeader> headerOf(File& file, const std::filesystem::path& path) {
    const auto damaged = [&] {
        return failure(ErrorCode::unusableInput,
                       "'" + displayName(path) + "' is not the part of a transfer.");
    };
    std::vector<std::byte> bytes(kHeaderBytes);
    if (auto read = file.readAt(0, bytes); !read) return propagate(read);
    ByteReader in(bytes);
    const auto magic = in.raw(kMagic.size());
    TransferHeader header;
    const std::uint32_t version = in.u32();
    header.chunkBytes = in.u32();
    in.fixed(header.block.bytes);
    in.fixed(header.record.sum);
    const std::uint64_t codec = in.u64();
    header.record.size = in.u64();
    header.record.length = in.u64();
    if (!std::ranges::equal(magic, std::as_bytes(std::span(kMagic))) || version != kVersion ||
        in.u64() != halfSum(std::span(bytes).first(kHeaderBytes - 8)) || header.chunkBytes == 0 ||
        header.chunkBytes > kMostChunkBytes || codec > static_cast<std::uint64_t>(Compression::zstd))
        return damaged();
    header.record.codec = static_cast<Compression>(codec);
    return header;
}

}  // namespace

std::filesystem::path transferFolderOf(const std::filesystem::path& store) {
    return store / "incoming";
}

std::filesystem::path transferPathOf(const std::filesystem::path& store, const BlockId& block) {
    return transferFolderOf(store) / (block.text() + ".part");
}

Result<TransferHeader> readTransferHeader(FileSystem& files, const std::filesystem::path& path) {
    auto file = files.open(path, FileUse::read);
    if (!file) return propagate(file);
    return headerOf(**file, path);
}

std::uint64_t TransferFile::chunks() const {
    return (m_header.record.length + m_header.chunkBytes - 1) / m_header.chunkBytes;
}

std::uint64_t TransferFile::bytesOfChunk(std::uint64_t number) const {
    const std::uint64_t from = number * m_header.chunkBytes;
    return std::min<std::uint64_t>(m_header.chunkBytes, m_header.record.length - from);
}

std::uint64_t TransferFile::bytesArrived() const {
    return std::min(m_arrived * m_header.chunkBytes, m_header.record.length);
}

std::uint64_t TransferFile::placeOf(std::uint64_t number) const {
    return kHeaderBytes + number * (m_header.chunkBytes + kSumBytes);
}

Result<TransferFile> TransferFile::open(FileSystem& files, const std::filesystem::path& folder,
                                        const TransferHeader& header) {
    if (auto made = files.createFolder(transferFolderOf(folder)); !made) return propagate(made);
    TransferFile transfer(files, transferPathOf(folder, header.block), header);
    for (int attempt = 0; attempt < 2; ++attempt) {
        bool fresh = false;
        if (auto begun = transfer.begin(fresh); !begun) return propagate(begun);
        if (!fresh) return transfer;
    }
    return failure(ErrorCode::conflict,
                   "'" + displayName(transfer.m_path) + "' is being removed. Try again.");
}

/// `again`: an unusable file was removed.
Status TransferFile::begin(bool& again) {
    again = false;
    auto file = m_files->open(m_path, FileUse::write);
    const bool isNew = !file && file.error().code == ErrorCode::notFound;
    if (isNew) file = m_files->open(m_path, FileUse::create);
    if (!file) return propagate(file);
    auto locked = (*file)->tryLock();
    if (!locked) return propagate(locked);
    if (!*locked)
        return failure(
            ErrorCode::conflict,
            "'" + displayName(m_path) + "' is being received by another program. Wait for it to end.");
    m_file = std::move(*file);
    m_arrived = 0;
    if (isNew) {
        const auto bytes = headerBytes(m_header);
        return m_file->writeAt(0, bytes);
    }
    auto present = headerOf(*m_file, m_path);
    if (!present && present.error().code != ErrorCode::unusableInput) return propagate(present);
    if (!present || headerBytes(*present) != headerBytes(m_header)) {
        again = true;
        return remove();
    }
    while (m_arrived < chunks()) {
        auto chunk = readChunk(m_arrived);
        if (!chunk && chunk.error().code != ErrorCode::unusableInput) return propagate(chunk);
        if (!chunk) break;
        ++m_arrived;
    }
    return {};
}

Result<std::vector<std::byte>> TransferFile::readChunk(std::uint64_t number) {
    std::vector<std::byte> bytes(static_cast<std::size_t>(bytesOfChunk(number)) + kSumBytes);
    if (auto read = m_file->readAt(placeOf(number), bytes); !read) return propagate(read);
    const std::span<const std::byte> sum = std::span(bytes).last(kSumBytes);
    const Checksum expected = chunkSum(number, std::span(bytes).first(bytes.size() - kSumBytes));
    if (!std::ranges::equal(sum, std::as_bytes(std::span(expected))))
        return failure(ErrorCode::unusableInput, "A part of '" + displayName(m_path) + "' is damaged.");
    bytes.resize(bytes.size() - kSumBytes);
    return bytes;
}

Status TransferFile::append(std::span<const std::byte> bytes) {
    ByteWriter out;
    out.raw(bytes);
    out.fixed(chunkSum(m_arrived, bytes));
    if (auto written = m_file->writeAt(placeOf(m_arrived), out.bytes()); !written) return written;
    ++m_arrived;
    return {};
}

Result<std::vector<std::byte>> TransferFile::read() {
    std::vector<std::byte> all;
    all.reserve(static_cast<std::size_t>(m_header.record.length));
    for (std::uint64_t number = 0; number < m_arrived; ++number) {
        auto chunk = readChunk(number);
        if (!chunk) return propagate(chunk);
        all.insert(all.end(), chunk->begin(), chunk->end());
    }
    return all;
}

Status TransferFile::remove() {
    if (auto removed = m_files->remove(m_path); !removed) return removed;
    m_file.reset();
    return {};
}

}  // namespace smidgen::storage
