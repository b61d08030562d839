#include "app/cli/blend_options.h"

#include <spdlog/fmt/fmt.h>

#include <charconv>

#include "app/cli/option_checks.h"

namespace smidgen::cli {
namespace {

/// Ids and files have colons, too: the last one counts.
Result<BlendPart> partOf(const Workstation& workstation, const std::string& text) {
    const std::size_t colon = text.rfind(':');
    BlendPart part;
    const std::string number = colon == std::string::npos ? "" : text.substr(colon + 1);
    const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), part.ratio);
    if (problem != std::errc() || end != number.data() + number.size() || number.empty())
        return failure(ErrorCode::invalidArgument,
                       "'" + text + "': a blend names a model and its share, as in --blend drums:0.3.");
    auto model = workstation.findModel(text.substr(0, colon));
    if (!model) return propagate(model);
    part.modelId = workstation.referenceTo(**model);
    part.modelName = (*model)->name;
    return part;
}

}  // namespace

void addBlendOptions(CLI::App& command, BlendOptions& options) {
    command
        .add_option("--blend", options.parts,
                    "Another model and its share of the take, as drums:0.3; the first keeps the rest")
        ->type_name("MODEL:RATIO")
        ->check(notEmpty());
    command
        .add_option("--blend-by", options.kind,
                    "latents: one sound between the models, where they fit; audio: their sounds mixed; auto: "
                    "latents where they fit")
        ->capture_default_str()
        ->check(oneOf({"auto", "audio", "latents"}));
}

Status applyBlend(Session& session, Workstation& workstation, const BlendOptions& options, Recipe& recipe) {
    const bool says = !options.parts.empty() || options.kind != "auto";
    if (!says) return {};  // as the recipe has it
    if (!options.parts.empty()) recipe.blend.clear();
    for (const std::string& text : options.parts) {
        auto part = partOf(workstation, text);
        if (!part) return propagate(part);
        recipe.blend.push_back(std::move(*part));
    }
    if (recipe.blend.empty())
        return failure(ErrorCode::invalidArgument,
                       "--blend-by says how models meet: name another with --blend.");
    if (auto valid = recipe.validate(); !valid) return valid;
    recipe.blendKind = options.kind == "audio" ? BlendKind::audio : BlendKind::latents;
    if (options.kind == "audio") return {};
    for (const BlendPart& part : recipe.blend) {
        session.console().progress("Comparing with '" + part.modelName + "'");
        auto fit = workstation.measureBlend(recipe.modelId, part.modelId, session.cancel());
        if (!fit) return propagate(fit);
        session.console().message(fmt::format("'{}' says what '{}' says within {:.1f} dB.", recipe.modelName,
                                              part.modelName, fit->errorDb));
        if (fit->fits) continue;
        if (options.kind == "latents") return failure(ErrorCode::unusableInput, fit->reason);
        session.console().message(fit->reason);
        recipe.blendKind = BlendKind::audio;
    }
    return {};
}

}  // namespace smidgen::cli
