#include "storage/blocks/file_system.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "engine/foundation/atomic_file.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

class SystemFile final : public File {
 public:
    SystemFile(int descriptor, fs::path path) : m_descriptor(descriptor), m_path(std::move(path)) {}
    SystemFile(const SystemFile&) = delete;
    SystemFile& operator=(const SystemFile&) = delete;
    ~SystemFile() override { ::close(m_descriptor); }

    Result<std::uint64_t> size() override {
        struct stat status = {};
        if (::fstat(m_descriptor, &status) != 0) return systemFailure(errno, "read", m_path);
        return static_cast<std::uint64_t>(status.st_size);
    }
    Status readAt(std::uint64_t offset, std::span<std::byte> out) override {
        while (!out.empty()) {
            const ssize_t got = ::pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return systemFailure(errno, "read", m_path);
            if (got == 0)
                return failure(ErrorCode::unusableInput,
                               "'" + displayName(m_path) +
                                   "' is shorter than it should be. Run a repair, or "
                                   "restore a backup.");
            out = out.subspan(static_cast<std::size_t>(got));
            offset += static_cast<std::uint64_t>(got);
        }
        return {};
    }
    Status writeAt(std::uint64_t offset, std::span<const std::byte> bytes) override {
        while (!bytes.empty()) {
            const ssize_t put =
                ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return systemFailure(errno, "write", m_path);
            bytes = bytes.subspan(static_cast<std::size_t>(put));
            offset += static_cast<std::uint64_t>(put);
        }
        return {};
    }
    Status sync() override {
        if (::fsync(m_descriptor) != 0) return systemFailure(errno, "write", m_path);
        return {};
    }
    Result<bool> tryLock() override {
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0) return true;
        if (errno == EWOULDBLOCK) return false;
        return systemFailure(errno, "lock", m_path);
    }

 private:
    int m_descriptor;
    fs::path m_path;
};

class SystemFiles final : public FileSystem {
 public:
    Result<std::unique_ptr<File>> open(const fs::path& path, FileUse use) override {
        const int flags = use == FileUse::read    ? O_RDONLY
                          : use == FileUse::write ? O_RDWR
                                                  : O_RDWR | O_CREAT | O_EXCL;
        const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
        if (descriptor < 0) return systemFailure(errno, "open", path);
        return std::make_unique<SystemFile>(descriptor, path);
    }
    bool canWrite(const fs::path& path) override {
        return ::access(path.c_str(), W_OK) == 0 || errno == ENOENT || errno == ENOTDIR;
    }
    Status syncFolder(const fs::path& folder) override {
        const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0) return systemFailure(errno, "open the folder", folder);
        const int outcome = ::fsync(descriptor);
        const int code = errno;
        ::close(descriptor);
        // Some network and FUSE file systems cannot sync a folder.
        if (outcome != 0 && code != EINVAL && code != ENOTSUP) return systemFailure(code, "write", folder);
        return {};
    }
    Status remove(const fs::path& path) override {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) return systemFailure(errno, "remove", path);
        return {};
    }
    Status rename(const fs::path& from, const fs::path& to) override {
        if (::rename(from.c_str(), to.c_str()) != 0) return systemFailure(errno, "rename", from);
        return {};
    }
    Status createFolder(const fs::path& folder) override {
        std::error_code code;
        fs::create_directories(folder, code);
        if (code) return systemFailure(code.value(), "make the folder", folder);
        return {};
    }
    std::string sqliteLayer() const override { return {}; }
};

}  // namespace

FileSystem& systemFiles() {
    static SystemFiles files;
    return files;
}

}  // namespace smidgen::storage
