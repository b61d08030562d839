// A sound file that grows while it is recorded.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "engine/foundation/result.h"
#include "engine/foundation/units.h"

namespace smidgen {

/// WAV of 32-bit float, RF64 once it is beyond 4 GiB: samples are kept as the driver gave them. After a crash
/// the file is whole up to the last secure(). One writer, on any one thread at a time.
class RecordingFile {
 public:
    /// Creates the file, which must not be there yet, and the folders above it. Errors: invalidArgument (no
    /// rate or channels), io (already there, no permission, no room).
    [[nodiscard]] static Result<RecordingFile> create(const std::filesystem::path& path, int rate,
                                                      int channels);
    RecordingFile(RecordingFile&&) noexcept;
    RecordingFile& operator=(RecordingFile&&) noexcept;
    /// Ends the file as finish() would; what cannot be written then is lost without a word.
    ~RecordingFile();

    /// Interleaved, a whole number of samples for each channel. Errors: io (the disk is full).
    [[nodiscard]] Status append(std::span<const float> interleaved);
    /// Brings what was appended to the disk, and its length into the header. Errors: io.
    [[nodiscard]] Status secure();
    /// Ends the file and brings it to the disk. Nothing may follow. Errors: io.
    [[nodiscard]] Status finish();
    /// Of each channel, as far as it could be appended.
    [[nodiscard]] Samples length() const;

 private:
    struct Impl;
    explicit RecordingFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
