#include "engine/audio/sound_draft.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <string>
#include <utility>

#include "engine/audio/byte_stream.h"
#include "engine/audio/resampler.h"
#include "engine/audio/sidecar.h"
#include "engine/audio/sound_encoding.h"
#include "engine/audio/sound_tags.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 255;  // bytes, of every file system we know

std::string quoted(const fs::path& path) {
    return "'" + displayName(path) + "'";
}

Status checkChannels(const AudioBuffer& buffer, FileFormat format) {
    const int most = format == FileFormat::mp3                                    ? 2
                     : format == FileFormat::flac                                 ? 8
                     : format == FileFormat::vorbis || format == FileFormat::opus ? 255
                                                                                  : 1024;
    if (buffer.channelCount() <= most) return {};
    return failure(ErrorCode::invalidArgument, "A " + std::string(fileExtension(format)) +
                                                   " file holds at most " + std::to_string(most) +
                                                   " channels, and this sound has " +
                                                   std::to_string(buffer.channelCount()) + ". Choose WAV.");
}

Status checkBuffer(const AudioBuffer& buffer, const WriteProfile& profile) {
    if (buffer.length().value == 0) {
        return failure(ErrorCode::invalidArgument,
                       "There is no sound to write: its length is 0. Choose a longer part.");
    }
    const auto length = static_cast<std::size_t>(buffer.length().value);
    for (const std::vector<float>& channel : buffer.channels) {
        if (channel.size() != length)
            return failure(ErrorCode::invalidArgument, "The channels of this sound differ in length.");
        if (!std::ranges::all_of(channel, [](float x) { return std::isfinite(x); })) {
            return failure(
                ErrorCode::unusableInput,
                "The sound holds invalid samples (not a number or infinity) and was not written. Make "
                "it again.");
        }
    }
    if (profile.format == FileFormat::wav || profile.format == FileFormat::aiff) {
        const double bytes =
            static_cast<double>(resampledLength(buffer.length(), buffer.rate, profile.rate).value) *
            buffer.channelCount() *
            (profile.depth == SampleDepth::int16   ? 2
             : profile.depth == SampleDepth::int24 ? 3
                                                   : 4);
        if (bytes > 0xFF000000U) {
            return failure(ErrorCode::invalidArgument, "The sound is larger than the 4 GiB a " +
                                                           std::string(fileExtension(profile.format)) +
                                                           " file can hold. Choose FLAC, or cut it.");
        }
    }
    return checkChannels(buffer, profile.format);
}

Status checkTarget(const fs::path& target, bool overwrite, bool sidecar) {
    const std::size_t nameBytes = target.filename().native().size() + (sidecar ? sidecarSuffix().size() : 0);
    if (nameBytes == 0)
        return failure(ErrorCode::invalidArgument,
                       "'" + displayName(target) + "' names no file. Add a name.");
    if (nameBytes > kLongestName) {
        return failure(ErrorCode::invalidArgument, "The name " + quoted(target) + " is " +
                                                       std::to_string(nameBytes - kLongestName) +
                                                       " bytes too long for a file. Choose a shorter one.");
    }
    std::error_code ignored;
    if (fs::is_directory(target, ignored)) {
        return failure(ErrorCode::invalidArgument,
                       quoted(target) + " is a folder, and a file cannot replace it. Choose another name.");
    }
    if (!overwrite && fs::exists(target, ignored)) {
        return failure(ErrorCode::invalidArgument,
                       quoted(target) + " exists already. Choose another name, or allow it to be replaced.");
    }
    return {};
}

/// Apart from checkTarget(): once a sound's own sidecar is placed, there is one.
Status checkSidecar(const fs::path& target, const WriteOptions& options) {
    if (!options.sidecar || options.overwrite) return {};
    fs::path sidecar = target;
    sidecar += sidecarSuffix();
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(sidecar, ignored))) return {};
    return failure(
        ErrorCode::invalidArgument,
        quoted(sidecar) + " exists already. Choose another name for the sound, or allow it to be replaced.");
}

Status checkLoop(const AudioBuffer& buffer, const WriteOptions& options) {
    if (!options.loop) return {};
    if (options.profile.format == FileFormat::mp3) return noLoopIn(options.profile.format);
    const double length = buffer.duration().value;
    const double end = options.loop->end.value_or(length);
    const LoopSamples samples =
        samplesOf(*options.loop, resampledLength(buffer.length(), buffer.rate, options.profile.rate),
                  options.profile.rate);
    if (options.loop->start >= 0 && end <= length + 0.5 / buffer.rate && samples.start < samples.end)
        return {};
    return failure(ErrorCode::invalidArgument, "A loop from " + std::to_string(options.loop->start) + " to " +
                                                   std::to_string(end) + " s does not lie in a sound of " +
                                                   std::to_string(length) + " s. Choose other points.");
}

/// So that what is verified has reached the disk, and a full or broken one has said so.
Status syncFile(const fs::path& part, const fs::path& target) {
    auto stream = ByteStream::openForWriting(part);
    if (!stream) return propagate(stream);
    if (!(*stream)->sync()) return systemFailure((*stream)->errorNumber(), "write", target);
    return {};
}

/// The recipe, and a loop where the format has no chunk for it: by the names that game engines read.
Result<Tags> tagsOf(const WriteOptions& options, Samples length) {
    Tags tags = options.tags;
    if (options.loop && !hasLoopChunk(options.profile.format)) {
        const LoopSamples loop = samplesOf(*options.loop, length, options.profile.rate);
        tags["LOOPSTART"] = std::to_string(loop.start);
        tags["LOOPLENGTH"] = std::to_string(loop.end - loop.start);
    }
    return completeTags(tags, options.recipeJson);
}

}  // namespace

Result<SoundDraft> SoundDraft::write(const AudioBuffer& buffer, const fs::path& target,
                                     const WriteOptions& options, const CancelToken& cancel) try {
    const WriteProfile& profile = options.profile;
    if (auto valid = profile.validate(); !valid) return propagate(valid);
    if (auto valid = checkBuffer(buffer, profile); !valid) return propagate(valid);
    if (auto valid = checkLoop(buffer, options); !valid) return propagate(valid);
    if (auto valid = checkTarget(target, options.overwrite, options.sidecar); !valid) return propagate(valid);
    if (auto valid = checkSidecar(target, options); !valid) return propagate(valid);
    const Samples length = resampledLength(buffer.length(), buffer.rate, profile.rate);
    auto tags = tagsOf(options, length);
    if (!tags) return propagate(tags);

    auto part = AtomicFile::create(target);
    if (!part) return propagate(part);
    SoundDraft draft(std::move(*part), options);
    const fs::path& file = draft.m_part.partPath();
    SoundEncoding encoding(buffer, options, target, cancel);
    if (auto encoded = encoding.run(file); !encoded) return propagate(encoded);
    if (auto tagged = writeTags(file, profile.format, *tags, target); !tagged) return propagate(tagged);
    if (auto synced = syncFile(file, target); !synced) return propagate(synced);
    auto verified =
        verifySound(file, options, buffer.channelCount(), length, encoding.digest(), target, cancel);
    if (!verified) return propagate(verified);
    draft.m_file.path = target;
    draft.m_file.length = length;
    draft.m_file.loudness = *verified;
    draft.m_file.bytes = static_cast<std::int64_t>(fs::file_size(file));
    return draft;
} catch (const std::bad_alloc&) {
    return failure(ErrorCode::outOfMemory, "There is not enough memory to write " + quoted(target) + ".");
} catch (const fs::filesystem_error& problem) {
    return systemFailure(problem.code().value(), "write", target);
}

Result<WrittenFile> SoundDraft::commit(const CancelToken& cancel) try {
    const fs::path& target = m_file.path;
    if (cancel.cancelled()) return stoppedWriting(target);
    if (auto valid = checkSidecar(target, m_options); !valid) return propagate(valid);
    Sidecar sidecar(target);
    if (m_options.sidecar) {
        if (auto placed = sidecar.place(m_options.recipeJson.empty() ? "{}" : m_options.recipeJson); !placed)
            return propagate(placed);
        m_file.sidecar = sidecar.path();
    }
    if (auto valid = checkTarget(target, m_options.overwrite, m_options.sidecar); !valid)
        return propagate(valid);
    if (auto committed = m_part.commit(); !committed) return propagate(committed);
    sidecar.keep();
    return m_file;
} catch (const fs::filesystem_error& problem) {
    return systemFailure(problem.code().value(), "write", m_file.path);
}

}  // namespace smidgen
