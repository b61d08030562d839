#include "storage/wavetable/zip_archive.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>
#include <set>
#include <utility>

namespace smidgen::storage {
namespace {

constexpr std::uint32_t kLocalMagic = 0x04034b50;
constexpr std::uint32_t kDirectoryMagic = 0x02014b50;
constexpr std::uint32_t kEndMagic = 0x06054b50;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLongestComment = 65535;
constexpr std::size_t kLocalSize = 30;
constexpr std::uint64_t kTooLarge = 0xFFFFFFFF;
constexpr std::size_t kTooMany = 0xFFFF;
/// No deflated byte can stand for more.
constexpr std::uint64_t kMostExpansion = 1032;
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kFirstOf1980 = 0x21;
constexpr std::uint16_t kDeflated = 8;

std::uint32_t crcOf(std::span<const std::byte> bytes) {
    return static_cast<std::uint32_t>(
        ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// Raw deflate, without zlib's own header.
class Inflater {
 public:
    Inflater() { m_ready = ::inflateInit2(&m_stream, -MAX_WBITS) == Z_OK; }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() {
        if (m_ready) ::inflateEnd(&m_stream);
    }
    /// Whether `packed` unpacks to exactly `out`.
    [[nodiscard]] bool unpack(std::span<const std::byte> packed, std::span<std::byte> out) {
        if (!m_ready) throw std::bad_alloc();
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
        m_stream.avail_in = static_cast<uInt>(packed.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data());
        m_stream.avail_out = static_cast<uInt>(out.size());
        return ::inflate(&m_stream, Z_FINISH) == Z_STREAM_END && m_stream.avail_in == 0 &&
               m_stream.avail_out == 0;
    }

 private:
    z_stream m_stream{};
    bool m_ready = false;
};

Bytes deflated(std::span<const std::byte> content) {
    z_stream stream{};
    if (::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    Bytes packed(::deflateBound(&stream, content.size()));
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    ::deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    ::deflateEnd(&stream);
    return packed;
}

}  // namespace

tl::unexpected<Error> ZipReader::refuse(const std::string& how) const {
    return failure(ErrorCode::unusableInput,
                   "'" + m_name + "' is not a usable archive: " + how + ". Save it again from Python.");
}

Result<ZipReader> ZipReader::open(std::span<const std::byte> archive, std::uint64_t mostBytes,
                                  const std::string& name) {
    ZipReader reader(archive, name);
    if (auto read = reader.readDirectory(mostBytes); !read) return propagate(read);
    return reader;
}

Status ZipReader::readDirectory(std::uint64_t mostBytes) {
    if (m_archive.size() < kEndSize) return refuse("it is too short");
    if (m_archive.size() >= kTooLarge) return refuse("archives of 4 GiB and more are not read");
    std::size_t end = m_archive.size() - kEndSize;
    const std::size_t earliest = end > kLongestComment ? end - kLongestComment : 0;
    const auto isEnd = [this](std::size_t at) {
        std::uint32_t magic = 0;
        return NodeReader(m_archive.subspan(at)).integer(magic) && magic == kEndMagic;
    };
    while (end > earliest && !isEnd(end)) --end;
    if (!isEnd(end)) return refuse("its directory is missing");

    NodeReader closing(m_archive.subspan(end + sizeof(kEndMagic)));
    std::array<std::uint16_t, 4> counts{};  // this disk, directory's disk, entries here, entries in all
    std::uint32_t size = 0;
    std::uint32_t offset = 0;
    bool whole = true;
    for (std::uint16_t& count : counts) whole = whole && closing.integer(count);
    whole = whole && closing.integer(size) && closing.integer(offset);
    if (!whole || counts[0] != 0 || counts[1] != 0 || counts[2] != counts[3])
        return refuse("it is only a part of one");
    if (offset > end || size != end - offset) return refuse("its directory is not where it should be");

    NodeReader directory(m_archive.subspan(offset, size));
    std::set<std::string> names;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < counts[3]; ++i) {
        ZipEntry entry;
        if (auto read = readEntry(directory, entry); !read) return read;
        if (!names.insert(entry.name).second) return refuse("the name '" + entry.name + "' is there twice");
        total += entry.size;
        if (total > mostBytes) return refuse("unpacked it would be larger than is allowed here");
        m_entries.push_back(std::move(entry));
    }
    if (!directory.atEnd()) return refuse("its directory is longer than it says");
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const ZipEntry& entry : m_entries)
        ranges.emplace_back(entry.dataAt, entry.dataAt + entry.packedSize);
    std::sort(ranges.begin(), ranges.end());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const std::uint64_t limit = i + 1 < ranges.size() ? ranges[i + 1].first : offset;
        if (ranges[i].second > limit) return refuse("its entries overlap");
    }
    return {};
}

Status ZipReader::readEntry(NodeReader& directory, ZipEntry& entry) const {
    std::uint32_t magic = 0;
    std::array<std::uint16_t, 6> head{};  // made by, needed, flags, method, time, date
    std::uint32_t packed = 0;
    std::uint32_t size = 0;
    std::array<std::uint16_t, 5> lengths{};  // name, extra, comment, disk, internal attributes
    std::uint32_t external = 0;
    std::uint32_t local = 0;
    std::span<const std::byte> skipped;
    bool whole = directory.integer(magic) && magic == kDirectoryMagic;
    for (std::uint16_t& value : head) whole = whole && directory.integer(value);
    whole =
        whole && directory.integer(entry.checksum) && directory.integer(packed) && directory.integer(size);
    for (std::uint16_t& value : lengths) whole = whole && directory.integer(value);
    whole = whole && directory.integer(external) && directory.integer(local) &&
            directory.text(lengths[0], entry.name) && directory.raw(lengths[1], skipped) &&
            directory.raw(lengths[2], skipped);
    if (!whole) return refuse("its directory is damaged");
    if ((head[2] & 1U) != 0) return refuse("it is encrypted");
    if (head[3] != 0 && head[3] != kDeflated) return refuse("it is packed in a way that is not known here");
    if (packed == kTooLarge || size == kTooLarge || local == kTooLarge)
        return refuse("archives of 4 GiB and more are not read");
    entry.deflated = head[3] == kDeflated;
    entry.packedSize = packed;
    entry.size = size;
    if (entry.deflated ? entry.size > kMostExpansion * entry.packedSize : entry.size != entry.packedSize)
        return refuse("'" + entry.name + "' claims more than it can hold");

    if (local > m_archive.size() - std::min<std::size_t>(m_archive.size(), kLocalSize))
        return refuse("'" + entry.name + "' lies outside it");
    NodeReader header(m_archive.subspan(local));
    std::span<const std::byte> fixed;
    std::uint16_t nameLength = 0;
    std::uint16_t extraLength = 0;
    std::string name;
    if (!header.integer(magic) || magic != kLocalMagic || !header.raw(kLocalSize - 8, fixed) ||
        !header.integer(nameLength) || !header.integer(extraLength) || !header.text(nameLength, name) ||
        !header.raw(extraLength, skipped) || name != entry.name || header.left() < entry.packedSize)
        return refuse("'" + entry.name + "' is damaged");
    entry.dataAt = m_archive.size() - header.left();
    return {};
}

Result<Bytes> ZipReader::read(const ZipEntry& entry) const {
    try {
        const auto packed = m_archive.subspan(static_cast<std::size_t>(entry.dataAt),
                                              static_cast<std::size_t>(entry.packedSize));
        Bytes content(static_cast<std::size_t>(entry.size));
        if (!entry.deflated) {
            std::copy(packed.begin(), packed.end(), content.begin());
        } else {
            Inflater inflater;
            if (!inflater.unpack(packed, content)) return refuse("'" + entry.name + "' cannot be unpacked");
        }
        if (crcOf(content) != entry.checksum) return refuse("the checksum of '" + entry.name + "' is wrong");
        return content;
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory to unpack '" + entry.name + "'.");
    }
}

Status ZipWriter::write(std::span<const std::byte> bytes) {
    m_written += bytes.size();
    return m_sink(bytes);
}

Status ZipWriter::add(const std::string& name, std::span<const std::byte> content) {
    Bytes packed;
    try {
        if (m_deflate) packed = deflated(content);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory to pack '" + name + "'.");
    }
    const std::span<const std::byte> data = m_deflate ? std::span<const std::byte>(packed) : content;
    if (m_written + data.size() + m_directory.size() + (1U << 20) >= kTooLarge || m_entries + 1 >= kTooMany)
        return failure(ErrorCode::invalidArgument,
                       "The cube is too large for one NPZ file (4 GiB, 65534 arrays). Export a part of it.");
    const auto local = static_cast<std::uint32_t>(m_written);
    Bytes common;
    NodeWriter fields(common);
    fields.integer(kVersion);
    fields.integer(std::uint16_t{0});
    fields.integer(m_deflate ? kDeflated : std::uint16_t{0});
    fields.integer(std::uint16_t{0});
    fields.integer(kFirstOf1980);
    fields.integer(crcOf(content));
    fields.integer(static_cast<std::uint32_t>(data.size()));
    fields.integer(static_cast<std::uint32_t>(content.size()));
    fields.integer(static_cast<std::uint16_t>(name.size()));
    fields.integer(std::uint16_t{0});

    Bytes header;
    NodeWriter headerWriter(header);
    headerWriter.integer(kLocalMagic);
    headerWriter.raw(common);
    headerWriter.text(name);
    NodeWriter directory(m_directory);
    directory.integer(kDirectoryMagic);
    directory.integer(kVersion);
    directory.raw(common);
    for (int i = 0; i < 3; ++i) directory.integer(std::uint16_t{0});  // comment, disk, internal attributes
    directory.integer(std::uint32_t{0});
    directory.integer(local);
    directory.text(name);
    ++m_entries;
    if (auto written = write(header); !written) return written;
    return write(data);
}

Status ZipWriter::finish() {
    const auto offset = static_cast<std::uint32_t>(m_written);
    const auto size = static_cast<std::uint32_t>(m_directory.size());
    NodeWriter writer(m_directory);
    writer.integer(kEndMagic);
    writer.integer(std::uint32_t{0});
    writer.integer(static_cast<std::uint16_t>(m_entries));
    writer.integer(static_cast<std::uint16_t>(m_entries));
    writer.integer(size);
    writer.integer(offset);
    writer.integer(std::uint16_t{0});
    return write(m_directory);
}

}  // namespace smidgen::storage
