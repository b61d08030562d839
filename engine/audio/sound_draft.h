// A sound file that is whole, verified and measured, but not yet in its place.
#pragma once

#include <filesystem>

#include "engine/audio/audio_writer.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {

/// Lies beside its target under another name. Destroyed without commit() it leaves nothing, and an older file
/// of the target's name is untouched.
class SoundDraft {
 public:
    /// Everything that writeAudio() does but the last step. Errors as there.
    [[nodiscard]] static Result<SoundDraft> write(const AudioBuffer& buffer,
                                                  const std::filesystem::path& target,
                                                  const WriteOptions& options, const CancelToken& cancel);

    /// What commit() will give, but for the sidecar.
    [[nodiscard]] const WrittenFile& file() const { return m_file; }
    /// Places the file, and its sidecar with it. Errors: io, invalidArgument (a target that exists by now),
    /// cancelled.
    [[nodiscard]] Result<WrittenFile> commit(const CancelToken& cancel);

 private:
    SoundDraft(AtomicFile part, WriteOptions options)
        : m_part(std::move(part)), m_options(std::move(options)) {}
    AtomicFile m_part;
    WriteOptions m_options;
    WrittenFile m_file;
};

}  // namespace smidgen
