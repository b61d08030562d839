#include "engine/collections/sound_inspection.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <string_view>

#include "engine/audio/loudness.h"
#include "engine/collections/content_hash.h"
#include "engine/collections/findings.h"
#include "engine/collections/fingerprint.h"
#include "engine/collections/signal_statistics.h"

namespace smidgen {
namespace {

constexpr double kSilentPeakDb = -80.0;
constexpr double kClippedShare = 1e-4;
constexpr int kMeteredChannels = 64;
constexpr std::int64_t kBlockSamples = 1 << 16;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <typename... Values>
std::string formatted(const char* pattern, Values... values) {
    std::array<char, 256> text{};
    std::snprintf(text.data(), text.size(), pattern, values...);
    return text.data();
}

/// Whether the bytes begin as those of a sound file do, so that what cannot be decoded is a damaged sound.
bool beginsLikeSound(const std::filesystem::path& path) {
    std::array<char, 12> head{};
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return false;
    const ssize_t got = ::read(descriptor, head.data(), head.size());
    ::close(descriptor);
    if (got < 4) return false;
    const std::string_view text(head.data(), static_cast<std::size_t>(got));
    for (const std::string_view mark :
         {"RIFF", "RIFX", "RF64", "FORM", "fLaC", "OggS", "ID3", ".snd", "caff"})
        if (text.starts_with(mark)) return true;
    const auto second = static_cast<unsigned char>(head[1]);
    return static_cast<unsigned char>(head[0]) == 0xff && (second & 0xe6U) == 0xe2U;  // MPEG layer III
}

void notReadable(SoundEntry& entry, const std::string& why) {
    addFinding(entry, Finding::unreadable, "It cannot be read (" + why + ") and is left out.");
}

std::string systemReason(int code) {
    switch (code) {
        case EACCES:
        case EPERM:
            return "you have no permission";
        case ELOOP:
            return "its link leads back to itself";
        default:
            return std::strerror(code);
    }
}

/// Size, date and identity. False when there is nothing more to look at.
bool identify(SoundEntry& entry, const CancelToken& cancel) {
    const auto stamp = stampOf(entry.path);
    if (!stamp) {
        if (stamp.error() == ENOENT || stamp.error() == ENOTDIR)
            addFinding(
                entry, Finding::missing,
                "There is nothing at this place (a link without its file?); it is left out until the file "
                "is back.");
        else
            notReadable(entry, systemReason(stamp.error()));
        return false;
    }
    entry.bytes = stamp->bytes;
    entry.modifiedNs = stamp->modifiedNs;
    if (!stamp->regular) {
        notReadable(entry, stamp->folder ? "it is a folder" : "it is a device or a pipe, not a file");
        return false;
    }
    auto identity = identifyFile(entry.path, cancel);
    if (!identity) {
        if (identity.error() != ECANCELED) notReadable(entry, systemReason(identity.error()));
        return false;
    }
    entry.contentHash = identity->contentHash;
    entry.bytes = identity->bytes;
    if (entry.bytes == 0) {
        addFinding(entry, Finding::empty, "The file is empty (0 bytes) and is left out.");
        return false;
    }
    return true;
}

struct Measurements {
    SignalStatistics statistics;
    FingerprintBuilder fingerprint;
    LoudnessMeter loudness;
    bool metersMono;
};

/// Decodes to the end. False when a finding says that the sound cannot be used, or when cancelled.
bool decode(SoundEntry& entry, AudioReader& reader, Measurements& measure, const CancelToken& cancel) {
    const AudioFormat& format = reader.format();
    const std::int64_t frames = std::max<std::int64_t>(256, kBlockSamples / format.channels);
    std::vector<float> block(static_cast<std::size_t>(frames * format.channels));
    for (;;) {
        if (cancel.cancelled()) return false;
        const auto got = reader.read(block, frames);
        if (!got) {
            if (got.error().code == ErrorCode::io) {
                notReadable(entry, "a read error");
            } else {
                const double seconds = static_cast<double>(measure.statistics.length().value) / format.rate;
                addFinding(
                    entry, Finding::corrupt,
                    formatted("It is damaged: the sound breaks off after %.2f of %.2f s. It is left out; "
                              "export it again or restore it from a backup.",
                              seconds, entry.seconds));
            }
            return false;
        }
        if (*got == 0) return true;
        const auto samples = std::span(block).first(static_cast<std::size_t>(*got * format.channels));
        measure.statistics.append(samples);
        if (measure.statistics.invalidSamples() > 0) {
            addFinding(
                entry, Finding::invalidSamples,
                "It contains samples that are not numbers (NaN or infinity) and is left out; export it "
                "again.");
            return false;
        }
        measure.fingerprint.append(measure.statistics.mono());
        if (auto added = measure.loudness.append(measure.metersMono ? measure.statistics.mono() : samples);
            !added) {
            notReadable(entry, "its loudness cannot be measured");
            return false;
        }
    }
}

void judge(SoundEntry& entry) {
    if (entry.format.length.value == 0) {
        addFinding(entry, Finding::empty, "It holds no sound (0 samples) and is left out.");
    } else if (entry.seconds < kShortestSoundSeconds) {
        addFinding(entry, Finding::tooShort,
                   formatted("It lasts %.4g ms; sounds need at least %.0f ms. It is left out.",
                             entry.seconds * 1e3, kShortestSoundSeconds * 1e3));
    } else if (entry.peakDb < kSilentPeakDb) {
        addFinding(
            entry, Finding::silent,
            entry.peakDb == -kInfinity
                ? std::string("It is digital silence and is left out.")
                : formatted("It is silent (no sample above %.0f dBFS) and is left out.", kSilentPeakDb));
    } else if (entry.clippedShare > kClippedShare) {
        addFinding(entry, Finding::clipped, clippedSentence(entry.clippedShare));
    }
}

}  // namespace

SoundEntry inspectSound(const std::filesystem::path& path, const CancelToken& cancel) {
    SoundEntry entry;
    entry.path = path;
    entry.lufs = entry.peakDb = -kInfinity;
    if (!identify(entry, cancel)) return entry;
    auto reader = AudioReader::open(path);
    if (!reader) {
        if (reader.error().code != ErrorCode::unusableInput) {
            notReadable(entry, "the system refused");
        } else if (beginsLikeSound(path)) {
            addFinding(
                entry, Finding::corrupt,
                "It is damaged or of a kind Smidgen does not know, cannot be decoded and is left out.");
        } else {
            addFinding(entry, Finding::notAudio,
                       "Its content is not sound, whatever its name says; it is left out.");
        }
        return entry;
    }
    entry.format = reader->format();
    const int rate = entry.format.rate;
    entry.seconds = static_cast<double>(entry.format.length.value) / rate;
    // The largest positive value of eight bits is 127/128.
    const float fullScale = entry.format.encoding.starts_with("8-bit") ? 0.992F : 0.9999F;
    // Beyond what the standard's meter takes, the mean of the channels is measured.
    const bool metersMono = entry.format.channels > kMeteredChannels;
    auto loudness = LoudnessMeter::create(rate, metersMono ? 1 : entry.format.channels, false);
    if (!loudness) {
        notReadable(entry, "its loudness cannot be measured");
        return entry;
    }
    Measurements measure{SignalStatistics(rate, entry.format.channels, entry.format.length, fullScale),
                         FingerprintBuilder(rate, entry.format.length), std::move(*loudness), metersMono};
    if (!decode(entry, *reader, measure, cancel)) return entry;

    entry.format.length = measure.statistics.length();
    entry.seconds = static_cast<double>(entry.format.length.value) / rate;
    entry.peakDb = measure.statistics.peakDb();
    entry.silenceShare = measure.statistics.silenceShare();
    entry.clippedShare = measure.statistics.clippedShare();
    if (const auto measured = measure.loudness.finish()) entry.lufs = measured->integratedLufs;
    entry.thumbnail = measure.statistics.thumbnail();
    entry.fingerprint = measure.fingerprint.finish();
    judge(entry);
    return entry;
}

SoundEntry unreadableFolderEntry(const std::filesystem::path& path) {
    SoundEntry entry;
    entry.path = path;
    entry.lufs = entry.peakDb = -kInfinity;
    addFinding(entry, Finding::unreadable,
               "This folder cannot be opened; what is inside is left out. Check its permissions.");
    return entry;
}

}  // namespace smidgen
