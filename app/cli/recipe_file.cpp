#include "app/cli/recipe_file.h"

#include "engine/audio/audio_reader.h"
#include "engine/audio/audio_writer.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {

Result<Recipe> readRecipe(const std::filesystem::path& file) {
    constexpr std::size_t kMostBytes = 1 << 20;
    if (!hasAudioExtension(file)) {
        auto text = readWholeFile(file, kMostBytes);
        if (!text) return propagate(text);
        return recipeFromJson(*text);
    }
    auto tags = readTags(file);
    if (!tags) return propagate(tags);
    for (const char* field : {"SMIDGEN_RECIPE", "comment"}) {
        const auto tag = tags->find(field);
        if (tag == tags->end() || tag->second.empty() || tag->second.front() != '{') continue;
        return recipeFromJson(tag->second);
    }
    return failure(
        ErrorCode::unusableInput,
        displayName(file) + " carries no recipe: Smidgen did not write it, or its tags were removed.");
}

}  // namespace smidgen::cli
