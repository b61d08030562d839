#include "storage/wavetable/cube_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "storage/wavetable/cube_table.h"

namespace smidgen::storage {
namespace {

bool matches(const StoredNode& node, const StreamHeader& header) {
    return header.codec == node.header.codec && header.shape == node.header.shape &&
           header.error.largest == node.header.error.largest && header.error.rms == node.header.error.rms;
}

/// Table and streams, piece by piece.
template <typename Sink>
Status writeCube(const NodeStorage& storage, const Sink& sink) {
    const auto nodes = storage.nodes();
    if (Status written = sink(composeCubeTable(storage.layout(), nodes)); !written) return written;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        auto stream = storage.read(i);
        if (!stream) return propagate(stream);
        auto header = readStreamHeader(*stream);
        if (!header) return propagate(header);
        if (stream->size() != nodes[i].length || !matches(nodes[i], *header))
            return failure(ErrorCode::io, "The cube changed while it was saved. Save it again.");
        if (Status written = sink(*stream); !written) return written;
    }
    return {};
}

}  // namespace

Result<Bytes> cubeBytes(const NodeStorage& storage) {
    try {
        Bytes bytes;
        const auto append = [&bytes](const Bytes& piece) -> Status {
            bytes.insert(bytes.end(), piece.begin(), piece.end());
            return {};
        };
        if (auto written = writeCube(storage, append); !written) return propagate(written);
        return bytes;
    } catch (const std::bad_alloc&) {
        return outOfMemory(reportOf(storage).storedBytes);
    }
}

Status writeCubeFile(const NodeStorage& storage, const std::filesystem::path& path) {
    auto file = AtomicFile::create(path);
    if (!file) return propagate(file);
    const auto append = [&file](const Bytes& piece) { return file->write(piece); };
    if (auto written = writeCube(storage, append); !written) return written;
    return file->commit();
}

Result<std::unique_ptr<EncodedCube>> parseCube(std::span<const std::byte> bytes) {
    const std::string name = "cube";
    auto table = parseCubeTable(bytes, bytes.size(), name);
    if (!table) return propagate(table);
    auto cube = EncodedCube::create(table->layout);
    if (!cube) return cube;
    for (std::size_t i = 0; i < table->nodes.size(); ++i) {
        const auto stream = bytes.subspan(static_cast<std::size_t>(table->offsets[i]),
                                          static_cast<std::size_t>(table->nodes[i].length));
        auto header = readStreamHeader(stream);
        if (!header) return propagate(header);
        if (!matches(table->nodes[i], *header)) return damagedCube(name, "its table and its sounds disagree");
        if (auto put = (*cube)->set(table->nodes[i].point, Bytes(stream.begin(), stream.end())); !put)
            return propagate(put);
    }
    return cube;
}

Result<std::unique_ptr<CubeFile>> CubeFile::open(const std::filesystem::path& path) {
    std::unique_ptr<CubeFile> file(new CubeFile(path));
    const std::string name = displayName(path);
    file->m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file->m_descriptor < 0) return systemFailure(errno, "open", path);
    struct stat status = {};
    if (::fstat(file->m_descriptor, &status) != 0) return systemFailure(errno, "read", path);
    if (!S_ISREG(status.st_mode)) return damagedCube(name, "it is not a file");
    const auto size = static_cast<std::uint64_t>(status.st_size);
    Bytes start(static_cast<std::size_t>(std::min<std::uint64_t>(size, kLongestCubeHead)));
    if (auto read = file->readAt(0, start); !read) return propagate(read);
    start.resize(static_cast<std::size_t>(std::min(size, cubeTableSize(start))));
    if (auto read = file->readAt(0, start); !read) return propagate(read);
    auto table = parseCubeTable(start, size, name);
    if (!table) return propagate(table);
    file->m_layout = std::move(table->layout);
    file->m_nodes = std::move(table->nodes);
    file->m_offsets = std::move(table->offsets);
    return file;
}

CubeFile::~CubeFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Status CubeFile::readAt(std::uint64_t offset, std::span<std::byte> out) const {
    while (!out.empty()) {
        const ssize_t got = ::pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return systemFailure(errno, "read", m_path);
        if (got == 0) return damagedCube(displayName(m_path), "it became shorter while it was read");
        out = out.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<Bytes> CubeFile::read(std::size_t number) const {
    if (number >= m_nodes.size())
        return failure(ErrorCode::notFound, "The cube has no sound number " + std::to_string(number) + ".");
    try {
        Bytes stream(static_cast<std::size_t>(m_nodes[number].length));
        if (auto read = readAt(m_offsets[number], stream); !read) return propagate(read);
        auto header = readStreamHeader(stream);
        if (!header) return propagate(header);
        if (!matches(m_nodes[number], *header))
            return damagedCube(displayName(m_path), "its table and its sounds disagree");
        return stream;
    } catch (const std::bad_alloc&) {
        return outOfMemory(m_nodes[number].length);
    }
}

}  // namespace smidgen::storage
