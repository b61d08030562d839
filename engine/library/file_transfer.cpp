#include "engine/library/file_transfer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = std::size_t{1} << 20;

class Descriptor {
 public:
    Descriptor() = default;
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_number, other.m_number);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (m_number >= 0) ::close(m_number);
    }
    [[nodiscard]] int number() const { return m_number; }

 private:
    int m_number = -1;
};

/// The part, made when it is missing, for this process alone.
Result<Descriptor> openPart(const fs::path& part) {
    for (;;) {
        Descriptor file(::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
        if (file.number() < 0) return systemFailure(errno, "write", part);
        if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK) return systemFailure(errno, "write", part);
            return failure(ErrorCode::conflict,
                           "This is being sent by another program already. Wait for its end.");
        }
        // Its former owner may have finished, and taken it away, in between.
        struct stat opened {
        }, named{};
        if (::fstat(file.number(), &opened) == 0 && ::stat(part.c_str(), &named) == 0 &&
            opened.st_ino == named.st_ino)
            return file;
    }
}

Status writeAll(int file, const std::byte* bytes, std::size_t count, const fs::path& path) {
    while (count > 0) {
        const ssize_t put = ::write(file, bytes, count);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return systemFailure(errno, "write", path);
        bytes += put;
        count -= static_cast<std::size_t>(put);
    }
    return {};
}

/// Appends what `part` lacks of the file at `from`; from its beginning when it has more than there is.
Result<FileTransfer> append(const fs::path& from, const KeptFile& wanted, int to, const fs::path& part,
                            const CancelToken& cancel, const std::function<void(std::uint64_t)>& progress) {
    const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (source.number() < 0) return systemFailure(errno, "read", from);
    off_t there = ::lseek(to, 0, SEEK_END);
    if (there > wanted.bytes) {
        if (::ftruncate(to, 0) != 0) return systemFailure(errno, "write", part);
        there = ::lseek(to, 0, SEEK_SET);
    }
    if (there < 0 || ::lseek(source.number(), there, SEEK_SET) < 0) return systemFailure(errno, "read", from);
    FileTransfer transfer;
    transfer.bytesResumed = static_cast<std::uint64_t>(there);
    std::vector<std::byte> piece(kPiece);
    for (;;) {
        if (progress) progress(transfer.bytesResumed + transfer.bytesSent);
        if (cancel.cancelled())
            return failure(ErrorCode::cancelled, "The transfer was stopped. Start it again to go on.");
        const ssize_t got = ::read(source.number(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return systemFailure(errno, "read", from);
        if (got == 0) break;
        if (auto written = writeAll(to, piece.data(), static_cast<std::size_t>(got), part); !written)
            return propagate(written);
        transfer.bytesSent += static_cast<std::uint64_t>(got);
    }
    if (::fsync(to) != 0) return systemFailure(errno, "write", part);
    return transfer;
}

}  // namespace

Result<FileTransfer> transferFile(const fs::path& from, const KeptFile& wanted, const fs::path& part,
                                  const CancelToken& cancel,
                                  const std::function<void(std::uint64_t)>& progress) {
    std::error_code ignored;
    fs::create_directories(part.parent_path(), ignored);
    auto file = openPart(part);
    if (!file) return propagate(file);
    FileTransfer all;
    for (;;) {
        auto sent = append(from, wanted, file->number(), part, cancel, progress);
        if (!sent) return propagate(sent);
        all.bytesSent += sent->bytesSent;
        all.bytesResumed = sent->bytesResumed;
        const auto arrived = identifyFile(part, cancel);
        if (!arrived && cancel.cancelled())
            return failure(ErrorCode::cancelled, "The transfer was stopped. Start it again to go on.");
        if (!arrived) return systemFailure(arrived.error(), "read", part);
        if (arrived->contentHash == wanted.sum) return all;
        if (::ftruncate(file->number(), 0) != 0) return systemFailure(errno, "write", part);
        if (sent->bytesResumed > 0) continue;
        fs::remove(part, ignored);
        return failure(
            ErrorCode::unusableInput,
            "'" + displayName(from) + "' is not what was kept: it is damaged, or was changed from outside.");
    }
}

Status placePart(const fs::path& part, const fs::path& to) {
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    fs::create_hard_link(part, to, error);
    // Some disks know no second name for a file.
    if (error && !fs::exists(to)) fs::rename(part, to, error);
    if (error) return systemFailure(error.value(), "write", to);
    const Descriptor folder(::open(to.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() < 0 || ::fsync(folder.number()) != 0) return systemFailure(errno, "write", to);
    return {};
}

}  // namespace smidgen
