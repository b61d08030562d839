#include "models/weights_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <new>
#include <span>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "models/weights_header.h"

namespace smidgen::models {
namespace {

namespace fs = std::filesystem;

/// An open file with its header read and checked.
class OpenWeights {
 public:
    [[nodiscard]] static Result<OpenWeights> open(const fs::path& path) {
        OpenWeights file(path);
        file.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (file.m_descriptor < 0) return systemFailure(errno, "open", path);
        struct stat status = {};
        if (::fstat(file.m_descriptor, &status) != 0) return systemFailure(errno, "read", path);
        if (!S_ISREG(status.st_mode)) return file.refuse("it is not a file");
        const auto size = static_cast<std::uint64_t>(status.st_size);
        std::array<std::byte, 8> prefix{};
        if (size < prefix.size()) return file.refuse("it is too short");
        if (auto read = file.read(0, prefix); !read) return propagate(read);
        std::uint64_t length = 0;
        for (std::size_t i = prefix.size(); i-- > 0;)
            length = (length << 8) | std::to_integer<std::uint64_t>(prefix[i]);
        if (length > size - prefix.size()) return file.refuse("its header claims to be longer than the file");
        if (length > kLongestWeightsHeader) return file.refuse("its header is longer than 16 MiB");
        std::string json(static_cast<std::size_t>(length), '\0');
        if (auto read = file.read(prefix.size(), std::as_writable_bytes(std::span(json))); !read)
            return propagate(read);
        file.m_dataStart = prefix.size() + length;
        auto header = parseWeightsHeader(json, size - file.m_dataStart, displayName(path));
        if (!header) return propagate(header);
        file.m_header = std::move(*header);
        return file;
    }
    OpenWeights(OpenWeights&& other) noexcept
        : m_path(std::move(other.m_path)),
          m_header(std::move(other.m_header)),
          m_dataStart(other.m_dataStart),
          m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    OpenWeights& operator=(OpenWeights&&) = delete;
    ~OpenWeights() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }

    [[nodiscard]] WeightsHeader& header() { return m_header; }
    [[nodiscard]] Status readTensor(const TensorEntry& entry, std::span<std::byte> out) const {
        return read(m_dataStart + entry.begin, out);
    }

 private:
    explicit OpenWeights(fs::path path) : m_path(std::move(path)) {}

    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& reason) const {
        return failure(
            ErrorCode::unusableInput,
            "'" + displayName(m_path) + "' is not a usable model file: " + reason + ". Choose another file.");
    }
    [[nodiscard]] Status read(std::uint64_t offset, std::span<std::byte> out) const {
        while (!out.empty()) {
            const ssize_t got = ::pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return systemFailure(errno, "read", m_path);
            if (got == 0) return refuse("it became shorter while it was read");
            out = out.subspan(static_cast<std::size_t>(got));
            offset += static_cast<std::uint64_t>(got);
        }
        return {};
    }

    fs::path m_path;
    WeightsHeader m_header;
    std::uint64_t m_dataStart = 0;
    int m_descriptor = -1;
};

tl::unexpected<Error> outOfMemory(const fs::path& path) {
    return failure(ErrorCode::outOfMemory, "There is not enough memory to open '" + displayName(path) + "'.");
}

}  // namespace

Status saveWeights(const WeightsFile& file, const fs::path& path) {
    auto composed = composeWeightsHeader(file);
    if (!composed) return propagate(composed);
    auto target = AtomicFile::create(path);
    if (!target) return propagate(target);
    std::array<std::byte, 8> prefix{};
    for (std::size_t i = 0; i < prefix.size(); ++i)
        prefix[i] = static_cast<std::byte>((composed->json.size() >> (8 * i)) & 0xFF);
    if (auto written = target->write(prefix); !written) return written;
    if (auto written = target->write(std::as_bytes(std::span(composed->json))); !written) return written;
    for (const StoredTensor* tensor : composed->order)
        if (auto written = target->write(tensor->bytes); !written) return written;
    return target->commit();
}

Result<WeightsFile> loadWeights(const fs::path& path) {
    try {
        auto file = OpenWeights::open(path);
        if (!file) return propagate(file);
        WeightsFile weights;
        for (auto& [name, entry] : file->header().tensors) {
            StoredTensor tensor{entry.type, std::move(entry.shape), {}};
            tensor.bytes.resize(static_cast<std::size_t>(entry.end - entry.begin));
            if (auto read = file->readTensor(entry, tensor.bytes); !read) return propagate(read);
            weights.tensors.emplace(name, std::move(tensor));
        }
        weights.metadata = std::move(file->header().metadata);
        return weights;
    } catch (const std::bad_alloc&) {
        return outOfMemory(path);
    }
}

Result<std::map<std::string, std::string>> loadWeightsMetadata(const fs::path& path) {
    try {
        auto file = OpenWeights::open(path);
        if (!file) return propagate(file);
        return std::move(file->header().metadata);
    } catch (const std::bad_alloc&) {
        return outOfMemory(path);
    }
}

}  // namespace smidgen::models
