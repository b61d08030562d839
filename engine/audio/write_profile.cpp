#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>

#include "engine/audio/audio_writer.h"

namespace smidgen {
namespace {

std::string_view displayedFormat(FileFormat format) {
    switch (format) {
        case FileFormat::wav:
            return "WAV";
        case FileFormat::flac:
            return "FLAC";
        case FileFormat::aiff:
            return "AIFF";
        case FileFormat::vorbis:
            return "Ogg Vorbis";
        case FileFormat::opus:
            return "Opus";
        case FileFormat::mp3:
            return "MP3";
    }
    return "";
}

int nearestRate(FileFormat format, int rate) {
    if (format == FileFormat::opus) return 48000;
    if (format == FileFormat::mp3) {
        static constexpr std::array<int, 3> kRates{32000, 44100, 48000};
        return *std::ranges::min_element(kRates, {},
                                         [&](int r) { return std::abs(static_cast<long long>(r) - rate); });
    }
    const int possible = std::clamp(rate, 8000, 192000);
    // FLAC's streamable subset writes high rates in tens of hertz.
    if (format == FileFormat::flac && possible > 65535) return (possible + 5) / 10 * 10;
    return possible;
}

}  // namespace

Status WriteProfile::validate() const {
    const std::string name(displayedFormat(format));
    if (name.empty())
        return failure(ErrorCode::invalidArgument, "This file format is not known. Choose WAV.");
    if (format == FileFormat::flac && depth == SampleDepth::float32) {
        return failure(ErrorCode::invalidArgument,
                       "FLAC cannot hold 32-bit float. Choose 24-bit, or WAV for 32-bit float.");
    }
    if (const int nearest = nearestRate(format, rate); nearest != rate) {
        return failure(ErrorCode::invalidArgument, name + " cannot be written at " + std::to_string(rate) +
                                                       " Hz. Choose " + std::to_string(nearest) + " Hz.");
    }
    if (!(lossyQuality >= 0.0 && lossyQuality <= 1.0)) {
        return failure(ErrorCode::invalidArgument,
                       "The quality goes from 0 to 1. Choose " + std::string(lossyQuality > 1.0   ? "1."
                                                                             : lossyQuality < 0.0 ? "0."
                                                                                                  : "0.7."));
    }
    return {};
}

bool isLossy(FileFormat format) {
    return format == FileFormat::vorbis || format == FileFormat::opus || format == FileFormat::mp3;
}

bool hasLoopChunk(FileFormat format) {
    return format == FileFormat::wav || format == FileFormat::aiff;
}

tl::unexpected<Error> noLoopIn(FileFormat format) {
    return failure(ErrorCode::invalidArgument,
                   std::string(displayedFormat(format)) +
                       " holds no loop points that players agree on. Choose WAV, AIFF, FLAC, Ogg Vorbis or "
                       "Opus, or leave the loop out.");
}

std::string_view nameOf(FileFormat format) {
    return format == FileFormat::vorbis ? "vorbis" : fileExtension(format);
}

std::optional<FileFormat> formatNamed(std::string_view name) {
    for (const FileFormat format : {FileFormat::wav, FileFormat::flac, FileFormat::aiff, FileFormat::vorbis,
                                    FileFormat::opus, FileFormat::mp3})
        if (nameOf(format) == name) return format;
    return std::nullopt;
}

std::string_view nameOf(SampleDepth depth) {
    return depth == SampleDepth::int16 ? "16" : depth == SampleDepth::int24 ? "24" : "32f";
}

std::optional<SampleDepth> depthNamed(std::string_view name) {
    for (const SampleDepth depth : {SampleDepth::int16, SampleDepth::int24, SampleDepth::float32})
        if (nameOf(depth) == name) return depth;
    return std::nullopt;
}

std::string_view fileExtension(FileFormat format) {
    switch (format) {
        case FileFormat::wav:
            return "wav";
        case FileFormat::flac:
            return "flac";
        case FileFormat::aiff:
            return "aiff";
        case FileFormat::vorbis:
            return "ogg";
        case FileFormat::opus:
            return "opus";
        case FileFormat::mp3:
            return "mp3";
    }
    return "";
}

std::optional<FileFormat> formatOfExtension(const std::filesystem::path& path) {
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (extension == ".wav" || extension == ".wave") return FileFormat::wav;
    if (extension == ".flac") return FileFormat::flac;
    if (extension == ".aif" || extension == ".aiff" || extension == ".aifc") return FileFormat::aiff;
    if (extension == ".ogg" || extension == ".oga") return FileFormat::vorbis;
    if (extension == ".opus") return FileFormat::opus;
    if (extension == ".mp3") return FileFormat::mp3;
    return std::nullopt;
}

}  // namespace smidgen
