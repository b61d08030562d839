#include "engine/foundation/atomic_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

namespace smidgen {
namespace {

namespace fs = std::filesystem;

std::string uniqueSuffix() {
    static std::atomic<unsigned> counter{0};
    return std::to_string(::getpid()) + "-" + std::to_string(counter++);
}

Status syncFolder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return systemFailure(errno, "open the folder", folder);
    const int outcome = ::fsync(descriptor);
    const int code = errno;
    ::close(descriptor);
    // Some network and FUSE file systems cannot sync a folder; the rename itself has succeeded there.
    if (outcome != 0 && code != EINVAL && code != ENOTSUP) return systemFailure(code, "write", folder);
    return {};
}

}  // namespace

tl::unexpected<Error> systemFailure(int errorNumber, std::string_view action, const fs::path& path) {
    const std::string name = "'" + displayName(path) + "'";
    const std::string did = std::string(action);
    const std::string detail = did + " " + path.string() + ": " + std::strerror(errorNumber);
    switch (errorNumber) {
        case ENOSPC:
        case EDQUOT:
            return failure(ErrorCode::io,
                           "Could not " + did + " " + name +
                               ": no space is left on the disk. Free some space or choose another place.",
                           detail);
        case EACCES:
        case EPERM:
            return failure(ErrorCode::io,
                           "Could not " + did + " " + name +
                               ": permission denied. Choose another place or change the permissions.",
                           detail);
        case EROFS:
            return failure(ErrorCode::io,
                           "Could not " + did + " " + name + ": the disk is read-only. Choose another place.",
                           detail);
        case ENOENT:
            return failure(ErrorCode::notFound,
                           "Could not " + did + " " + name + ": it does not exist. Check the name and path.",
                           detail);
        default:
            return failure(ErrorCode::io,
                           "Could not " + did + " " + name + ": " + std::strerror(errorNumber) + ".", detail);
    }
}

std::string displayName(const fs::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

Result<AtomicFile> AtomicFile::create(const fs::path& target) {
    AtomicFile file;
    file.m_target = target;
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    // A name near the limit of 255 bytes must still leave room for the suffix.
    const std::string name = target.filename().string().substr(0, 200);
    file.m_part = folder / ("." + name + "." + uniqueSuffix() + ".part");
    file.m_descriptor = ::open(file.m_part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file.m_descriptor < 0) {
        const int code = errno;
        file.m_part.clear();
        return systemFailure(code, "write", target);
    }
    return file;
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept {
    *this = std::move(other);
}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
    if (this != &other) {
        discard();
        m_target = std::move(other.m_target);
        m_part = std::move(other.m_part);
        m_descriptor = std::exchange(other.m_descriptor, -1);
        other.m_part.clear();
    }
    return *this;
}

AtomicFile::~AtomicFile() {
    discard();
}

void AtomicFile::discard() noexcept {
    if (m_descriptor >= 0) ::close(m_descriptor);
    m_descriptor = -1;
    if (!m_part.empty()) ::unlink(m_part.c_str());
    m_part.clear();
}

Status AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return systemFailure(errno, "write", m_target);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Status AtomicFile::commit() {
    if (::fsync(m_descriptor) != 0) return systemFailure(errno, "write", m_target);
    if (auto renamed = commitWithoutSync(); !renamed) return renamed;
    return syncFolder(m_target.has_parent_path() ? m_target.parent_path() : fs::path("."));
}

Status AtomicFile::commitWithoutSync() {
    ::close(m_descriptor);
    m_descriptor = -1;
    if (::rename(m_part.c_str(), m_target.c_str()) != 0) return systemFailure(errno, "write", m_target);
    m_part.clear();
    return {};
}

void removeStaleParts(const fs::path& folder) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with('.') || !name.ends_with(".part")) continue;
        // .<name>.<process>-<count>.part
        const std::size_t dash = name.rfind('-');
        const std::size_t dot = dash == std::string::npos ? dash : name.rfind('.', dash);
        if (dot == std::string::npos) continue;
        const int process = std::atoi(name.substr(dot + 1, dash - dot - 1).c_str());
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) fs::remove(entry.path(), ignored);
    }
}

Status writeFileAtomically(const fs::path& target, std::string_view text) {
    auto file = AtomicFile::create(target);
    if (!file) return propagate(file);
    if (auto written = file->write(std::as_bytes(std::span(text.data(), text.size()))); !written)
        return written;
    return file->commit();
}

Result<std::string> readWholeFile(const fs::path& path, std::size_t maxBytes) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return systemFailure(errno, "open", path);
    std::string text;
    char block[1 << 16];
    for (;;) {
        const ssize_t got = ::read(descriptor, block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            const int code = errno;
            ::close(descriptor);
            return systemFailure(code, "read", path);
        }
        if (got == 0) break;
        if (text.size() + static_cast<std::size_t>(got) > maxBytes) {
            ::close(descriptor);
            return failure(ErrorCode::unusableInput,
                           "'" + displayName(path) + "' is larger than the " +
                               std::to_string(maxBytes >> 10) +
                               " KiB such a file may have. It is probably not what its name says.");
        }
        text.append(block, static_cast<std::size_t>(got));
    }
    ::close(descriptor);
    return text;
}

}  // namespace smidgen
