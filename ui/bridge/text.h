// Engine strings, paths and errors as Qt text, and figures as people write them.
#pragma once

#include <QString>
#include <filesystem>
#include <string>

namespace smidgen::ui {

[[nodiscard]] QString toText(const std::string& utf8);
[[nodiscard]] QString toText(const std::filesystem::path& path);
[[nodiscard]] std::filesystem::path toPath(const QString& text);

/// "0:08", "6:12", "1:02:03"; below ten seconds with one decimal: "4.8 s".
[[nodiscard]] QString durationText(double seconds);
/// "00:04.812": the transport's readout.
[[nodiscard]] QString clockText(double seconds);
/// "about 4 min", "about 20 s"; for what is left of a job.
[[nodiscard]] QString roughDuration(double seconds);
/// "−16.2 LUFS"; "silent" for −∞.
[[nodiscard]] QString lufsText(double lufs);
/// A number with a true minus sign.
[[nodiscard]] QString numberText(double value, int decimals);
/// "48 kHz", "44.1 kHz".
[[nodiscard]] QString rateText(int hertz);
/// "mono", "stereo", "6 channels".
[[nodiscard]] QString channelsText(int channels);
/// "412 MB".
[[nodiscard]] QString bytesText(std::int64_t bytes);
/// "1 sound", "43 sounds".
[[nodiscard]] QString countText(int count, const QString& one, const QString& many);
/// "14 Mar 2025, 20:14" of a Unix time in milliseconds.
[[nodiscard]] QString momentText(std::int64_t unixMs);

}  // namespace smidgen::ui
