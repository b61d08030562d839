#include "engine/generation/take_judge.h"

#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace smidgen {
namespace {

double number(const std::map<std::string, std::string>& metadata, const char* key) {
    const auto found = metadata.find(key);
    double value = 0;
    if (found != metadata.end())
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return value;
}

}  // namespace

Result<LogMel> melOfSound(const models::MelVae& model, const models::CodedSound& sound) {
    models::MelCodes codes = sound.grid;
    codes.g = sound.conditions.global;
    if (codes.g.empty()) codes.g.assign(static_cast<std::size_t>(model.shape().globalDims), 0.0F);
    auto latents = model.latentsOf(codes);
    if (!latents) return propagate(latents);
    auto values = model.decode(*latents);
    if (!values) return propagate(values);
    return LogMel{model.shape().melBands, std::move(*values)};
}

Result<NoveltyIndex> noveltyIndexOf(const models::MelVae& model, std::span<const models::CodedSound> sounds) {
    NoveltyIndex index;
    std::set<std::string> names;
    for (const models::CodedSound& sound : sounds) {
        if (!names.insert(sound.name).second) continue;
        auto mel = melOfSound(model, sound);
        if (!mel) return propagate(mel);
        index.add(sound.name, *mel);
    }
    return index;
}

Result<TakeJudge> TakeJudge::create(std::shared_ptr<const models::MelVae> model,
                                    std::shared_ptr<const models::CodePrior> prior) {
    TakeJudge judge;
    auto index = noveltyIndexOf(*model, prior->sources());
    if (!index) return propagate(index);
    judge.m_training = std::move(*index);
    judge.m_scale = {number(prior->metadata(), kHeldOutDistanceMetadata),
                     number(prior->metadata(), kCopyBelowMetadata)};
    judge.m_model = std::move(model);
    judge.m_prior = std::move(prior);
    return judge;
}

Result<TakeNovelty> TakeJudge::judge(const models::MelCodes& codes, const models::Latents& latents) const {
    auto values = m_model->decode(latents);
    if (!values) return propagate(values);
    const LogMel mel{m_model->shape().melBands, std::move(*values)};
    const NoveltyReport report = noveltyOf(mel, m_training, m_scale);
    const SharedRun run =
        longestSharedRun(codes, m_prior->sources(), kCopyLevels, m_prior->shape().framesPerSecond);
    TakeNovelty novelty;
    novelty.novelty = report.novelty;
    novelty.copied = run.copied() || report.copied();
    novelty.closest = run.copied() ? run.source : report.closest;
    novelty.closestDistance = report.closestDistance;
    novelty.sharedSeconds = run.seconds;
    return novelty;
}

}  // namespace smidgen
