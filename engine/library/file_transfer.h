// A large file on its way into another library, in pieces: broken off anywhere, it goes on from there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/library_blocks.h"

namespace smidgen {

struct FileTransfer {
    std::uint64_t bytesSent = 0;
    std::uint64_t bytesResumed = 0;  ///< that had arrived before
};

/// Brings `part` to what `wanted` says of the bytes at `from`: what is in it already stays, unless the whole
/// turns out to be another's; then it is sent from the beginning. Afterwards the part is whole, summed and on
/// the disk. `progress`: bytes there, after each piece. Errors: unusableInput (what lies at `from` is not
/// what was kept; the part goes), io and cancelled (the part stays), conflict (another process is at it).
[[nodiscard]] Result<FileTransfer> transferFile(const std::filesystem::path& from, const KeptFile& wanted,
                                                const std::filesystem::path& part, const CancelToken& cancel,
                                                const std::function<void(std::uint64_t)>& progress);

/// The part as a file at `to` too, which is not there yet; in one step. Errors: io.
[[nodiscard]] Status placePart(const std::filesystem::path& part, const std::filesystem::path& to);

}  // namespace smidgen
