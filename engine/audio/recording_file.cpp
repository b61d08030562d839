#include "engine/audio/recording_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "engine/audio/byte_stream.h"
#include "engine/audio/sound_codec.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {

struct RecordingFile::Impl {
    std::filesystem::path path;
    std::unique_ptr<ByteStream> stream;
    std::unique_ptr<SoundCodec> codec;  ///< null once finished; dies before the stream
    int channels = 0;
    Samples length;

    ~Impl() {
        if (codec) static_cast<void>(codec->finish());
    }
    [[nodiscard]] Status sync() {
        if (!stream->sync()) return systemFailure(stream->errorNumber(), "write", path);
        return {};
    }
};

RecordingFile::RecordingFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
RecordingFile::RecordingFile(RecordingFile&&) noexcept = default;
RecordingFile& RecordingFile::operator=(RecordingFile&&) noexcept = default;
RecordingFile::~RecordingFile() = default;

Result<RecordingFile> RecordingFile::create(const std::filesystem::path& path, int rate, int channels) {
    if (rate <= 0 || channels <= 0)
        return failure(ErrorCode::invalidArgument, "A recording needs a sample rate and a channel.");
    std::error_code refused;
    std::filesystem::create_directories(path.parent_path(), refused);
    if (refused) return systemFailure(refused.value(), "write", path.parent_path());
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return systemFailure(errno, "write", path);
    ::close(descriptor);

    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->channels = channels;
    auto stream = ByteStream::openForWriting(path);
    if (!stream) return propagate(stream);
    impl->stream = std::move(*stream);
    auto codec = SoundCodec::encodeGrowing(*impl->stream, rate, channels, path);
    if (!codec) return propagate(codec);
    impl->codec = std::move(*codec);
    return RecordingFile(std::move(impl));
}

Status RecordingFile::append(std::span<const float> interleaved) {
    if (Status written = m_impl->codec->write(interleaved); !written) return written;
    m_impl->length += Samples(static_cast<std::int64_t>(interleaved.size()) / m_impl->channels);
    return {};
}

Status RecordingFile::secure() {
    if (Status written = m_impl->codec->updateHeader(); !written) return written;
    return m_impl->sync();
}

Status RecordingFile::finish() {
    const std::unique_ptr<SoundCodec> codec = std::move(m_impl->codec);
    if (Status finished = codec->finish(); !finished) return finished;
    return m_impl->sync();
}

Samples RecordingFile::length() const {
    return m_impl->length;
}

}  // namespace smidgen
