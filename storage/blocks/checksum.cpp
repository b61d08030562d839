#include "storage/blocks/checksum.h"

#include <xxhash.h>

#include <algorithm>

namespace smidgen::storage {

Checksum checksumOf(std::span<const std::byte> bytes) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    Checksum sum;
    std::copy(std::begin(canonical.digest), std::end(canonical.digest), sum.begin());
    return sum;
}

}  // namespace smidgen::storage
