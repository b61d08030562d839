#include "engine/audio/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "engine/foundation/atomic_file.h"

namespace smidgen {

Result<std::unique_ptr<ByteStream>> ByteStream::openForReading(const std::filesystem::path& path) {
    // Without O_NONBLOCK, opening a pipe would wait for its other end.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) return systemFailure(errno, "open", path);
    std::unique_ptr<ByteStream> stream(new ByteStream(descriptor));
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return systemFailure(errno, "open", path);
    if (!S_ISREG(status.st_mode)) {
        return failure(ErrorCode::unusableInput,
                       "'" + displayName(path) + "' is " +
                           (S_ISDIR(status.st_mode) ? "a folder" : "a device or pipe") +
                           ", not a sound file. Choose a file.");
    }
    stream->m_fileLength = status.st_size;
    return stream;
}

Result<std::unique_ptr<ByteStream>> ByteStream::openForWriting(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return systemFailure(errno, "write", path);
    return std::unique_ptr<ByteStream>(new ByteStream(descriptor));
}

ByteStream::~ByteStream() {
    ::close(m_descriptor);
}

void ByteStream::present(std::vector<std::byte> prefix, std::int64_t skip) {
    m_prefix = std::move(prefix);
    m_skip = std::clamp<std::int64_t>(skip, 0, m_fileLength);
    m_position = 0;
}

std::int64_t ByteStream::length() const {
    return static_cast<std::int64_t>(m_prefix.size()) + m_fileLength - m_skip;
}

void ByteStream::seek(std::int64_t position) {
    m_position = std::max<std::int64_t>(0, position);
}

std::int64_t ByteStream::read(std::span<std::byte> bytes) {
    const std::int64_t got = readAt(m_position, bytes);
    m_position += got;
    return got;
}

std::int64_t ByteStream::readAt(std::int64_t position, std::span<std::byte> bytes) {
    const auto prefix = static_cast<std::int64_t>(m_prefix.size());
    std::int64_t done = 0;
    if (position < prefix) {
        done = std::min<std::int64_t>(prefix - position, static_cast<std::int64_t>(bytes.size()));
        std::copy_n(m_prefix.begin() + position, done, bytes.begin());
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    while (!bytes.empty()) {
        const ssize_t got =
            ::pread(m_descriptor, bytes.data(), bytes.size(), position + done - prefix + m_skip);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && m_error == 0) m_error = errno;
        if (got <= 0) break;
        done += got;
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return done;
}

void ByteStream::write(std::span<const std::byte> bytes) {
    while (m_error == 0 && !bytes.empty()) {
        const ssize_t put = ::pwrite(m_descriptor, bytes.data(), bytes.size(), m_position);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) {
            m_error = put < 0 ? errno : EIO;
            break;
        }
        m_position += put;
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    m_position += static_cast<std::int64_t>(bytes.size());
    m_fileLength = std::max(m_fileLength, m_position);
}

bool ByteStream::sync() {
    if (::fsync(m_descriptor) != 0 && m_error == 0) m_error = errno;
    return m_error == 0;
}

}  // namespace smidgen
