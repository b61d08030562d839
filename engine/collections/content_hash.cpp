#include "engine/collections/content_hash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <memory>
#include <vector>

namespace smidgen {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18;

std::string hexadecimal(XXH128_hash_t hash) {
    constexpr char kDigits[] = "0123456789abcdef";
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    std::string text;
    for (const unsigned char byte : canonical.digest) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

}  // namespace

tl::expected<FileIdentity, int> identifyFile(const std::filesystem::path& path, const CancelToken& cancel) {
    return identifyFile(path, [&](std::int64_t) { return !cancel.cancelled(); });
}

tl::expected<FileIdentity, int> identifyFile(const std::filesystem::path& path,
                                             const std::function<bool(std::int64_t)>& goOn) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return tl::unexpected(errno);
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
    XXH3_128bits_reset(state.get());
    std::vector<std::byte> block(kBlock);
    FileIdentity identity;
    int code = goOn(0) ? 0 : ECANCELED;
    while (code == 0) {
        const ssize_t got = ::read(descriptor, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) code = errno;
        if (got <= 0) break;
        XXH3_128bits_update(state.get(), block.data(), static_cast<std::size_t>(got));
        identity.bytes += got;
        if (!goOn(got)) code = ECANCELED;
    }
    ::close(descriptor);
    if (code != 0) return tl::unexpected(code);
    identity.contentHash = hexadecimal(XXH3_128bits_digest(state.get()));
    return identity;
}

std::uint64_t checksumOf(std::span<const std::byte> bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

std::string hashOfText(const std::string& text) {
    return hexadecimal(XXH3_128bits(text.data(), text.size()));
}

tl::expected<FileStamp, int> stampOf(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return tl::unexpected(errno);
    FileStamp stamp;
    stamp.bytes = status.st_size;
    stamp.modifiedNs =
        static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
    stamp.regular = S_ISREG(status.st_mode);
    stamp.folder = S_ISDIR(status.st_mode);
    return stamp;
}

}  // namespace smidgen
