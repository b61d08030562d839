#include "engine/codes/code_edit_text.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace smidgen {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kVersion = 1;

tl::unexpected<Error> damaged(const std::string& detail) {
    return failure(ErrorCode::unusableInput, "What was done to these codes cannot be read: it is damaged.",
                   detail);
}

Json changesOf(const CodeDocument& document) {
    Json changes = Json::array();
    for (int channel = 0; channel < document.channels(); ++channel)
        for (int level = 0; level < document.levels(); ++level) {
            std::int64_t next = -1;
            for (std::int64_t frame = 0; frame < document.frames().value; ++frame) {
                const CodeCell cell{channel, level, frame};
                if (document.code(cell) == document.originalCode(cell)) continue;
                if (frame != next) changes.push_back({channel, level, frame, Json::array()});
                changes.back()[3].push_back(document.code(cell));
                next = frame + 1;
            }
        }
    return changes;
}

Status readChange(const Json& change, CodeDocument& document) {
    CodeCell cell{change.at(0).get<int>(), change.at(1).get<int>(), change.at(2).get<std::int64_t>()};
    for (const auto& value : change.at(3)) {
        const auto code = value.get<std::int64_t>();
        if (!document.contains(cell) || code < 0 || code >= document.edited.codebookSize)
            return damaged("a cell or code that the original does not have");
        document.setCode(cell, static_cast<std::uint16_t>(code));
        ++cell.frame;
    }
    return {};
}

}  // namespace

std::string editsToJson(const CodeDocument& document) {
    Json lanes = Json::array();
    for (const CodeLane& lane : document.lanes)
        lanes.push_back(
            {{"name", lane.name}, {"muted", lane.muted}, {"soloed", lane.soloed}, {"locked", lane.locked}});
    const Json json = {{"smidgen_code_edits", kVersion},
                       {"name", document.name},
                       {"model_name", document.modelName},
                       {"source", document.source},
                       {"decoder", document.decoder},
                       {"frames_per_second", document.framesPerSecond},
                       {"lanes", lanes},
                       {"changes", changesOf(document)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<CodeDocument> documentFromEdits(SoundCodes original, const std::string& edits) {
    try {
        const auto json = Json::parse(edits);
        if (json.at("smidgen_code_edits").get<int>() > kVersion)
            return failure(ErrorCode::unusableInput,
                           "These codes were edited with a newer Smidgen. Update Smidgen to open them.");
        CodeDocument document =
            makeCodeDocument(std::move(original), json.at("frames_per_second").get<double>());
        if (!std::isfinite(document.framesPerSecond) || document.framesPerSecond <= 0)
            return damaged("frames a second");
        document.name = json.at("name").get<std::string>();
        document.modelName = json.at("model_name").get<std::string>();
        document.source = json.at("source").get<std::string>();
        document.decoder = json.at("decoder").get<std::string>();
        const auto& lanes = json.at("lanes");
        if (lanes.size() != document.lanes.size()) return damaged("another number of lanes");
        for (std::size_t i = 0; i < document.lanes.size(); ++i)
            document.lanes[i] = {lanes[i].at("name").get<std::string>(), lanes[i].at("muted").get<bool>(),
                                 lanes[i].at("soloed").get<bool>(), lanes[i].at("locked").get<bool>()};
        for (const auto& change : json.at("changes"))
            if (auto read = readChange(change, document); !read) return propagate(read);
        return document;
    } catch (const Json::exception& error) {
        return damaged(error.what());
    }
}

}  // namespace smidgen
