#include "engine/audio/sound_tags.h"

#include <aifffile.h>
#include <flacfile.h>
#include <id3v2tag.h>
#include <infotag.h>
#include <mpegfile.h>
#include <opusfile.h>
#include <tpropertymap.h>
#include <vorbisfile.h>
#include <wavfile.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "engine/audio/byte_order.h"
#include "engine/audio/byte_stream.h"
#include "engine/audio/sound_probe.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

struct FieldNames {
    std::string_view field;
    const char* xiph;
    const char* id3;  ///< TagLib's name for the frame
    const char* info;
};
constexpr std::array<FieldNames, 5> kFields{{{"title", "TITLE", "TITLE", "INAM"},
                                             {"artist", "ARTIST", "ARTIST", "IART"},
                                             {"comment", "COMMENT", "COMMENT", "ICMT"},
                                             {"software", "ENCODER", "ENCODING", "ISFT"},
                                             {"date", "DATE", "DATE", "ICRD"}}};

bool usesXiph(FileFormat format) {
    return format == FileFormat::flac || format == FileFormat::vorbis || format == FileFormat::opus;
}

TagLib::String toTagLib(std::string_view text) {
    return {std::string(text), TagLib::String::UTF8};
}

std::string propertyName(const std::string& field, FileFormat format) {
    for (const FieldNames& names : kFields)
        if (names.field == field) return usesXiph(format) ? names.xiph : names.id3;
    return field;
}

std::string fieldName(const std::string& property, FileFormat format) {
    for (const FieldNames& names : kFields)
        if (property == (usesXiph(format) ? names.xiph : names.id3)) return std::string(names.field);
    return property;
}

/// Copies valid UTF-8 without NUL; anything else becomes U+FFFD.
std::string cleanText(std::string_view text) {
    // json's serialiser knows UTF-8; quotes and escapes are undone by parsing what it wrote.
    const nlohmann::json value = std::string(text);
    const std::string dumped = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    auto clean = nlohmann::json::parse(dumped).get<std::string>();
    std::erase(clean, '\0');
    return clean;
}

/// Calls `use` with the opened TagLib file of this format; `readOnly` opens skip the sound itself.
template <typename Use>
void withFile(const std::filesystem::path& path, FileFormat format, Use use) {
    const char* name = path.c_str();
    const auto visit = [&](auto&& file) {
        if (file.isValid()) use(file);
    };
    switch (format) {
        case FileFormat::wav:
            return visit(TagLib::RIFF::WAV::File(name, false));
        case FileFormat::aiff:
            return visit(TagLib::RIFF::AIFF::File(name, false));
        case FileFormat::flac:
            return visit(TagLib::FLAC::File(name, false));
        case FileFormat::vorbis:
            return visit(TagLib::Ogg::Vorbis::File(name, false));
        case FileFormat::opus:
            return visit(TagLib::Ogg::Opus::File(name, false));
        case FileFormat::mp3:
            return visit(TagLib::MPEG::File(name, false));
    }
}

Tags readFields(const std::filesystem::path& path, FileFormat format) {
    Tags tags;
    withFile(path, format, [&](auto& file) {
        const TagLib::PropertyMap properties = file.properties();
        for (const auto& [key, values] : properties)
            if (!values.isEmpty()) tags[fieldName(key.to8Bit(true), format)] = values.front().to8Bit(true);
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(file)>, TagLib::RIFF::WAV::File>) {
            for (const FieldNames& names : kFields) {
                const TagLib::String text = file.InfoTag()->fieldText(names.info);
                if (!text.isEmpty()) tags.try_emplace(std::string(names.field), text.to8Bit(true));
            }
        }
    });
    if (usesXiph(format) && !tags.contains("comment") && tags.contains("DESCRIPTION"))
        tags["comment"] = tags["DESCRIPTION"];
    // Programs that rewrite a WAV often keep its INFO comment and drop the free fields.
    if (const auto comment = tags.find("comment"); comment != tags.end() && !tags.contains(kRecipeTag)) {
        const auto recipe = nlohmann::json::parse(comment->second, nullptr, false);
        if (recipe.is_object()) tags[kRecipeTag] = comment->second;
    }
    return tags;
}

/// False when TagLib could not save.
bool saveFields(const std::filesystem::path& path, FileFormat format, const Tags& tags) {
    bool saved = false;
    withFile(path, format, [&](auto& file) {
        using File = std::remove_cvref_t<decltype(file)>;
        TagLib::PropertyMap properties = file.properties();
        for (const auto& [field, value] : tags)
            properties.replace(toTagLib(propertyName(field, format)), TagLib::StringList(toTagLib(value)));
        file.setProperties(properties);
        if constexpr (std::is_same_v<File, TagLib::RIFF::WAV::File>) {
            for (const FieldNames& names : kFields)
                if (const auto tag = tags.find(std::string(names.field)); tag != tags.end())
                    file.InfoTag()->setFieldText(names.info, toTagLib(tag->second));
        }
        if constexpr (std::is_same_v<File, TagLib::MPEG::File>) {
            saved = file.save(File::ID3v2, TagLib::File::StripOthers, TagLib::ID3v2::v4,
                              TagLib::File::DoNotDuplicate);
        } else {
            saved = file.save();
        }
    });
    return saved;
}

FileFormat formatOf(Container container, ByteStream& stream, std::int64_t start) {
    switch (container) {
        case Container::wave:
            return FileFormat::wav;
        case Container::aiff:
            return FileFormat::aiff;
        case Container::flac:
            return FileFormat::flac;
        case Container::mpeg:
            return FileFormat::mp3;
        case Container::ogg:
            break;
    }
    // The first page of an Ogg stream holds one packet, the codec's header, after 27 bytes and one lacing
    // value.
    std::array<std::byte, 8> packet{};
    stream.readAt(start + 28, packet);
    return startsWith(packet, "OpusHead") ? FileFormat::opus : FileFormat::vorbis;
}

}  // namespace

Result<Tags> completeTags(const Tags& tags, const std::string& recipeJson) {
    Tags complete;
    for (const auto& [field, value] : tags) {
        std::string name = field;
        const bool known = std::ranges::any_of(kFields, [&](const FieldNames& n) { return n.field == name; });
        if (!known) {
            std::ranges::transform(name, name.begin(),
                                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
            const bool word = !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
                return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            });
            if (!word) {
                return failure(ErrorCode::invalidArgument,
                               "'" + cleanText(field) +
                                   "' cannot be a tag's name. Use letters, digits and "
                                   "the underscore.");
            }
        }
        if (auto text = cleanText(value); !text.empty()) complete[name] = std::move(text);
    }
    if (recipeJson.empty()) return complete;
    if (!nlohmann::json::accept(recipeJson)) {
        return failure(ErrorCode::invalidArgument,
                       "The recipe that should travel with the sound is damaged: it is no JSON.", recipeJson);
    }
    complete[kRecipeTag] = cleanText(recipeJson);
    complete.try_emplace("comment", complete[kRecipeTag]);
    return complete;
}

Status writeTags(const std::filesystem::path& file, FileFormat format, const Tags& tags,
                 const std::filesystem::path& name) try {
    if (tags.empty()) return {};
    // TagLib does not report a failed write; only the system's own last word tells.
    errno = 0;
    const bool saved = saveFields(file, format, tags);
    const int code = errno;
    if (code == ENOSPC || code == EDQUOT || code == EFBIG || code == EIO)
        return systemFailure(code, "write", name);
    const Tags found = saved ? readFields(file, format) : Tags{};
    const bool complete = saved && std::ranges::all_of(tags, [&](const auto& tag) {
                              const auto match = found.find(tag.first);
                              return match != found.end() && match->second == tag.second;
                          });
    if (complete) return {};
    return failure(ErrorCode::internal,
                   "The tags of '" + displayName(name) +
                       "' did not survive being written. Choose another format, and please report this.");
} catch (const std::exception& problem) {
    return failure(ErrorCode::internal, "The tags of '" + displayName(name) + "' could not be written.",
                   problem.what());
}

Result<Tags> readTags(const std::filesystem::path& path) try {
    auto stream = ByteStream::openForReading(path);
    if (!stream) return propagate(stream);
    auto probe = probeSound(**stream, path);
    if (!probe) return propagate(probe);
    return readFields(path, formatOf(probe->container, **stream, probe->start));
} catch (const std::exception& problem) {
    return failure(ErrorCode::unusableInput, "The tags of '" + displayName(path) + "' are damaged.",
                   problem.what());
}

}  // namespace smidgen
