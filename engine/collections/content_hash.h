// xxh3-128: the identity of a file's bytes; xxh3-64: checksums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <tl/expected.hpp>

#include "engine/foundation/cancel_token.h"

namespace smidgen {

struct FileIdentity {
    std::string contentHash;  ///< 32 hexadecimal digits, canonical (big-endian) order
    std::int64_t bytes = 0;   ///< as read
};
/// Reads the file once, a block at a time. Errors: errno; ECANCELED when cancelled.
[[nodiscard]] tl::expected<FileIdentity, int> identifyFile(const std::filesystem::path& path,
                                                           const CancelToken& cancel = {});

/// As above; `goOn` is told how many bytes more were read and ends it with false (ECANCELED).
[[nodiscard]] tl::expected<FileIdentity, int> identifyFile(const std::filesystem::path& path,
                                                           const std::function<bool(std::int64_t)>& goOn);

[[nodiscard]] std::uint64_t checksumOf(std::span<const std::byte> bytes);
/// 32 hexadecimal digits of the xxh3-128 of a text, for keys.
[[nodiscard]] std::string hashOfText(const std::string& text);

/// What the system says of a file without reading it. Errors: errno.
struct FileStamp {
    std::int64_t bytes = 0;
    std::int64_t modifiedNs = 0;
    bool regular = false;
    bool folder = false;
};
[[nodiscard]] tl::expected<FileStamp, int> stampOf(const std::filesystem::path& path);

}  // namespace smidgen
