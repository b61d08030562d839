#include "engine/jobs/model_growth.h"

#include <algorithm>
#include <cstdio>

#include "engine/collections/findings.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

std::string figure(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", value);
    return text;
}

/// "the new sounds are rebuilt at 0.15 instead of 0.20, those it knew at …"
std::string changes(const GrowthReport& report) {
    std::string text;
    if (report.now.fresh > 0)
        text = "the new sounds are rebuilt at " + figure(report.now.fresh) + " instead of " +
               figure(report.before.fresh);
    if (report.now.known > 0)
        text += (text.empty() ? "the sounds it knew are rebuilt at " : ", those it knew at ") +
                figure(report.now.known) + " instead of " + figure(report.before.known);
    return text + " (log10 mel L1 of what was held back)";
}

}  // namespace

void HashedMels::add(std::vector<float> mel, std::string hash) {
    mels.push_back(std::move(mel));
    hashes.push_back(std::move(hash));
}

Result<HashedMels> ModelGrowth::keptSounds() const {
    const std::vector<models::Latents>& anchors = model->anchors();
    const bool remembersNone = known.found.empty() && known.gone.empty();
    HashedMels kept;
    const auto decode = [&](std::size_t anchor, const std::string& hash) -> Status {
        auto mel = model->decode(anchors[anchor]);
        if (!mel) return propagate(mel);
        if (!mel->empty()) kept.add(std::move(*mel), hash);
        return {};
    };
    for (std::size_t i = 0; remembersNone && i < anchors.size(); ++i)
        if (auto made = decode(i, {}); !made) return propagate(made);
    for (const SoundReference& sound : known.gone) {
        if (sound.anchor < 0 || sound.anchor >= static_cast<int>(anchors.size())) continue;
        auto made = decode(static_cast<std::size_t>(sound.anchor), sound.contentHash);
        if (!made) return propagate(made);
    }
    return kept;
}

std::string ModelGrowth::remark() const {
    const std::size_t all = known.found.size() + known.gone.size();
    if (all == 0)
        return "'" + name + "' does not say where its sounds lie. It is reminded of them by what it kept.";
    if (known.gone.empty()) return {};
    return std::to_string(known.gone.size()) + " of the " + std::to_string(all) + " sounds that '" + name +
           "' knows are no longer where they were, or have changed. It is reminded of them by what it kept.";
}

Result<ModelGrowth> growthOf(const Library& library, const ModelRecord& record,
                             std::shared_ptr<const models::MelVae> model, const CancelToken& cancel,
                             const std::function<void(const ScanProgress&)>& progress) {
    auto known = findRememberedSounds(library, soundReferencesOf(record.metadata), cancel, progress);
    if (!known) return propagate(known);
    return ModelGrowth{std::move(model), record.file, record.id, record.name, std::move(*known)};
}

Status leaveOutKnown(const ModelGrowth& growth, std::vector<SoundEntry>& sounds) {
    std::size_t usable = 0, left = 0;
    for (SoundEntry& sound : sounds) {
        if (!sound.usable()) continue;
        ++usable;
        if (!growth.known.knows(sound.contentHash)) {
            ++left;
            continue;
        }
        sound.verdict = Verdict::skipped;
        sound.findings.push_back(Finding::duplicate);
        sound.reason = "The model knows this sound already.";
    }
    if (usable > 0 && left == 0)
        return failure(ErrorCode::unusableInput,
                       "'" + growth.name + "' knows all of these sounds already. Name others to add.");
    return {};
}

bool isProgress(const GrowthFigures& now, const GrowthFigures& best, const GrowthFigures& before) {
    return now.fresh <= before.fresh && now.known <= before.known && now.balanced() < best.balanced();
}

std::string growthSentence(const GrowthReport& report, const std::string& name) {
    if (report.now.balanced() == 0) return "Done. Nothing was held back, so it is not known what it gained.";
    if (report.now.balanced() < report.before.balanced()) return "Done: " + changes(report) + ".";
    return "Done: no weights were found that serve new and known sounds better than those of '" + name +
           "' do, so they stay as they are. Takes can draw on the new sounds all the same.";
}

}  // namespace smidgen
