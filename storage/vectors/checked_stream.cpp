#include "storage/vectors/checked_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

namespace smidgen::storage {

struct StreamHash::State {
    State() : xxh(XXH3_createState()) {
        if (xxh == nullptr) throw std::bad_alloc();
        XXH3_128bits_reset(xxh);
    }
    ~State() { XXH3_freeState(xxh); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    XXH3_state_t* xxh;
};

StreamHash::StreamHash() : m_state(std::make_unique<State>()) {}
StreamHash::~StreamHash() = default;

void StreamHash::add(std::span<const std::byte> bytes) {
    XXH3_128bits_update(m_state->xxh, bytes.data(), bytes.size());
}

std::array<std::byte, StreamHash::kSize> StreamHash::digest() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(m_state->xxh));
    std::array<std::byte, kSize> bytes;
    std::memcpy(bytes.data(), canonical.digest, kSize);
    return bytes;
}

void CheckedWriter::bytes(std::span<const std::byte> bytes) {
    if (m_buffer.size() + bytes.size() > kBuffer) flush();
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

void CheckedWriter::flush() {
    m_hash.add(m_buffer);
    if (m_status) m_status = m_file.write(m_buffer);
    m_buffer.clear();
}

Status CheckedWriter::finish() {
    flush();
    const auto digest = m_hash.digest();
    if (m_status) m_status = m_file.write(digest);
    return m_status;
}

Result<CheckedReader> CheckedReader::open(const std::filesystem::path& path) {
    constexpr std::size_t kBuffer = 1U << 18U;
    CheckedReader reader;
    reader.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (reader.m_descriptor < 0) return systemFailure(errno, "open", path);
    struct stat status = {};
    if (::fstat(reader.m_descriptor, &status) != 0) return systemFailure(errno, "read", path);
    if (!S_ISREG(status.st_mode)) return failure(ErrorCode::io, "'" + displayName(path) + "' is not a file.");
    reader.m_size = static_cast<std::uint64_t>(status.st_size);
    reader.m_hash = std::make_unique<StreamHash>();
    reader.m_buffer.reserve(kBuffer);
    return reader;
}

CheckedReader::CheckedReader(CheckedReader&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_error(other.m_error),
      m_size(other.m_size),
      m_hash(std::move(other.m_hash)),
      m_buffer(std::move(other.m_buffer)),
      m_at(other.m_at) {}

CheckedReader::~CheckedReader() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

bool CheckedReader::raw(std::span<std::byte> out) {
    while (!out.empty()) {
        if (m_at == m_buffer.size()) {
            m_buffer.resize(m_buffer.capacity());
            m_at = 0;
            ssize_t got = 0;
            do {
                got = ::read(m_descriptor, m_buffer.data(), m_buffer.size());
            } while (got < 0 && errno == EINTR);
            if (got < 0) m_error = errno;
            m_buffer.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
            if (got <= 0) return false;
        }
        const std::size_t count = std::min(out.size(), m_buffer.size() - m_at);
        std::memcpy(out.data(), m_buffer.data() + m_at, count);
        m_at += count;
        out = out.subspan(count);
    }
    return true;
}

bool CheckedReader::bytes(std::span<std::byte> out) {
    if (!raw(out)) return false;
    m_hash->add(out);
    return true;
}

bool CheckedReader::finish() {
    const auto expected = m_hash->digest();
    std::array<std::byte, StreamHash::kSize> stored{};
    if (!raw(stored) || stored != expected) return false;
    std::byte more{};
    return !raw(std::span(&more, 1)) && m_error == 0;
}

}  // namespace smidgen::storage
