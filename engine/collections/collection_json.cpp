#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/collections/collection.h"
#include "engine/collections/encoded_bytes.h"
#include "engine/collections/findings.h"
#include "engine/collections/fingerprint.h"
#include "engine/collections/signal_statistics.h"
#include "engine/collections/utf8.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

using nlohmann::json;

constexpr int kVersion = 1;
constexpr std::string_view kFormat = "smidgen-collection";
constexpr Finding kFindings[] = {Finding::corrupt,       Finding::empty,          Finding::unreadable,
                                 Finding::missing,       Finding::notAudio,       Finding::tooShort,
                                 Finding::silent,        Finding::invalidSamples, Finding::duplicate,
                                 Finding::nearDuplicate, Finding::clipped,        Finding::rateMismatch};

/// JSON has no infinity: a level of silence is null.
json level(double value) {
    return std::isfinite(value) ? json(value) : json(nullptr);
}
double levelFrom(const json& value) {
    return value.is_null() ? -std::numeric_limits<double>::infinity() : value.get<double>();
}

static_assert(std::endian::native == std::endian::little, "numbers are stored as they lie in memory");
template <typename T>
std::string packed(const std::vector<T>& values) {
    return toBase64(std::as_bytes(std::span(values)));
}
/// Exactly `count` values, or none; all numbers finite.
template <typename T>
std::vector<T> unpacked(const std::string& text, std::size_t count) {
    const auto bytes = fromBase64(text);
    if (!bytes || (!bytes->empty() && bytes->size() != count * sizeof(T)))
        throw std::invalid_argument("a packed list of the wrong length");
    std::vector<float> numbers(bytes->size() / sizeof(float));
    if (!bytes->empty()) std::memcpy(numbers.data(), bytes->data(), bytes->size());
    for (const float number : numbers)
        if (!std::isfinite(number)) throw std::invalid_argument("a packed number that is not finite");
    std::vector<T> values(bytes->size() / sizeof(T));
    if (!bytes->empty()) std::memcpy(static_cast<void*>(values.data()), bytes->data(), bytes->size());
    return values;
}

json toJson(const SoundEntry& entry) {
    json findings = json::array();
    for (const Finding finding : entry.findings) findings.push_back(nameOf(finding));
    json object{{"hash", entry.contentHash},
                {"bytes", entry.bytes},
                {"modifiedNs", entry.modifiedNs},
                {"container", entry.format.container},
                {"encoding", entry.format.encoding},
                {"rate", entry.format.rate},
                {"channels", entry.format.channels},
                {"samples", entry.format.length.value},
                {"seconds", entry.seconds},
                {"lufs", level(entry.lufs)},
                {"peakDb", level(entry.peakDb)},
                {"silenceShare", entry.silenceShare},
                {"clippedShare", entry.clippedShare},
                {"findings", std::move(findings)},
                {"reason", entry.reason},
                {"thumbnail", packed(entry.thumbnail)},
                {"fingerprint", packed(entry.fingerprint)}};
    if (!entry.reasonWhenPresent.empty()) object["reasonWhenPresent"] = entry.reasonWhenPresent;
    const std::string path = displayName(entry.path);
    if (isValidUtf8(path)) {
        object["path"] = path;
    } else {  // a name in an old encoding: its bytes
        object["pathBytes"] = toBase64(std::as_bytes(std::span(entry.path.native())));
    }
    return object;
}

std::filesystem::path pathFrom(const json& object) {
    if (object.contains("path")) {
        const auto text = object.at("path").get<std::string>();
        return std::filesystem::path(std::u8string(text.begin(), text.end()));
    }
    const auto bytes = fromBase64(object.at("pathBytes").get<std::string>());
    if (!bytes) throw std::invalid_argument("a path that cannot be read");
    return std::filesystem::path(std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
}

Finding findingFrom(const std::string& name) {
    for (const Finding finding : kFindings)
        if (nameOf(finding) == name) return finding;
    throw std::invalid_argument("an unknown finding '" + name + "'");
}

double shareFrom(const json& value) {
    const auto share = value.get<double>();
    if (!(share >= 0 && share <= 1)) throw std::invalid_argument("a share outside 0…1");
    return share;
}

SoundEntry entryFrom(const json& object) {
    SoundEntry entry;
    entry.path = pathFrom(object);
    entry.contentHash = object.at("hash").get<std::string>();
    const bool plain = entry.contentHash.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!plain || (!entry.contentHash.empty() && entry.contentHash.size() != 32))
        throw std::invalid_argument("a content hash that is none");
    entry.bytes = object.at("bytes").get<std::int64_t>();
    entry.modifiedNs = object.at("modifiedNs").get<std::int64_t>();
    entry.format.container = object.at("container").get<std::string>();
    entry.format.encoding = object.at("encoding").get<std::string>();
    entry.format.rate = object.at("rate").get<int>();
    entry.format.channels = object.at("channels").get<int>();
    entry.format.length = Samples(object.at("samples").get<std::int64_t>());
    entry.seconds = object.at("seconds").get<double>();
    entry.lufs = levelFrom(object.at("lufs"));
    entry.peakDb = levelFrom(object.at("peakDb"));
    entry.silenceShare = shareFrom(object.at("silenceShare"));
    entry.clippedShare = shareFrom(object.at("clippedShare"));
    for (const json& name : object.at("findings"))
        entry.findings.push_back(findingFrom(name.get<std::string>()));
    entry.verdict = verdictOf(entry.findings);
    entry.reason = object.at("reason").get<std::string>();
    entry.reasonWhenPresent = object.value("reasonWhenPresent", std::string());
    entry.thumbnail = unpacked<PeakPair>(object.at("thumbnail").get<std::string>(), kThumbnailColumns);
    entry.fingerprint = unpacked<float>(object.at("fingerprint").get<std::string>(), kFingerprintSize);
    if (entry.bytes < 0 || entry.format.rate < 0 || entry.format.channels < 0 ||
        entry.format.length.value < 0 || !(entry.seconds >= 0))
        throw std::invalid_argument("a negative size");
    const bool measured = entry.format.rate > 0 && entry.format.channels > 0 && !entry.contentHash.empty();
    if (entry.usable() && !measured) throw std::invalid_argument("a usable sound without a format");
    return entry;
}

}  // namespace

std::string toJson(const Collection& collection) {
    json entries = json::array();
    for (const SoundEntry& entry : collection.entries) entries.push_back(toJson(entry));
    const json document{{"format", kFormat},
                        {"version", kVersion},
                        {"id", collection.id},
                        {"name", collection.name},
                        {"createdMs", collection.createdMs},
                        {"entries", std::move(entries)}};
    return document.dump(1, ' ', false, json::error_handler_t::replace);
}

Result<Collection> collectionFromJson(const std::string& text) {
    try {
        const json document = json::parse(text);
        if (document.at("format") != kFormat)
            return failure(ErrorCode::unusableInput, "This file is not a Smidgen collection.");
        if (const auto version = document.at("version").get<std::int64_t>(); version > kVersion)
            return failure(ErrorCode::unusableInput, "This collection was saved by a newer Smidgen (format " +
                                                         std::to_string(version) + "; this one reads up to " +
                                                         std::to_string(kVersion) +
                                                         "). Install the newer version to open it.");
        Collection collection;
        collection.id = document.at("id").get<std::string>();
        collection.name = document.at("name").get<std::string>();
        collection.createdMs = document.at("createdMs").get<std::int64_t>();
        for (const json& entry : document.at("entries")) collection.entries.push_back(entryFrom(entry));
        return collection;
    } catch (const std::exception& error) {
        return failure(
            ErrorCode::unusableInput,
            "This collection file is damaged and cannot be read. Restore it from a backup, or make the "
            "collection again from its folder.",
            error.what());
    }
}

}  // namespace smidgen
