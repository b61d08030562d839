#include "ui/bridge/words.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/bridge/text.h"

namespace smidgen::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Words", text);
}

}  // namespace

QString kindText(const ModelSnapshot& model) {
    if (model.kind == "vae") return tr("Continuous (VAE)");
    if (model.kind == "rvq") return tr("Codes (RVQ)");
    return toText(model.kind);
}

QString learnedText(const ModelSnapshot& model) {
    if (model.steps == 0) return model.base.empty() ? tr("untrained") : tr("base, unchanged");
    return countText(static_cast<int>(model.steps), tr("step"), tr("steps"));
}

QString healthText(const ModelSnapshot& model) {
    const QString health = toText(model.health);
    return model.codebooks.levels.empty() ? health : health.section(QStringLiteral("; Level"), 0, 0);
}

bool healthy(const ModelSnapshot& model) {
    return model.health.empty() || model.health == "healthy";
}

AttributeText attributeText(Attribute attribute) {
    switch (attribute) {
        case Attribute::density:
            return {tr("Density"), tr("sparse"), tr("dense"), tr("How many events a second.")};
        case Attribute::brightness:
            return {tr("Brightness"), tr("dark"), tr("bright"), tr("Where the spectrum has its centre.")};
        case Attribute::warmth:
            return {tr("Warmth"), tr("thin"), tr("warm"), tr("How much low stands against high.")};
        case Attribute::roughness:
            return {tr("Roughness"), tr("smooth"), tr("rough"), tr("How much it beats and rasps.")};
        case Attribute::tension:
            return {tr("Tension"), tr("consonant"), tr("dissonant"),
                    tr("How far its tones are from one chord.")};
        case Attribute::rhythm:
            return {tr("Rhythm"), tr("ambient"), tr("rhythmic"), tr("Whether it strikes or flows.")};
        case Attribute::pulse:
            return {tr("Pulse"), tr("loose"), tr("steady"), tr("How regularly its events come.")};
        case Attribute::space:
            return {tr("Space"), tr("dry"), tr("reverberant"), tr("How long it rings on.")};
    }
    return {};
}

QString decoderText(const Recipe& recipe) {
    if (recipe.decoder == "griffin-lim") return tr("Griffin-Lim");
    const QString identity = toText(recipe.decoder);
    if (identity.contains(u'/')) return toText(toPath(identity).filename());
    return identity.section(u'-', 0, 0);
}

QString priorText(const PriorRecipe& prior) {
    const PriorRecipe usual;
    QStringList parts;
    if (prior.temperature != usual.temperature)
        parts.append(tr("temperature %1").arg(numberText(prior.temperature, 2)));
    if (prior.topK != usual.topK) parts.append(tr("top-k %1").arg(prior.topK));
    if (prior.topP != usual.topP) parts.append(tr("top-p %1").arg(numberText(prior.topP, 2)));
    if (prior.guidance != usual.guidance) parts.append(tr("guidance %1").arg(numberText(prior.guidance, 2)));
    return parts.isEmpty() ? tr("as usual") : parts.join(QStringLiteral(", "));
}

QString closestText(const TakeNovelty& novelty) {
    return toText(toPath(toText(novelty.closest)).stem());
}

QString nearnessText(const TakeNovelty& novelty) {
    constexpr double kDecibelsPerDecade = 20;
    return tr("%1 dB away").arg(numberText(kDecibelsPerDecade * novelty.closestDistance, 1));
}

QString noveltyLine(const TakeNovelty& novelty) {
    if (novelty.copied) return tr("a copy of %1").arg(closestText(novelty));
    return tr("near %1, %2").arg(closestText(novelty), nearnessText(novelty));
}

}  // namespace smidgen::ui
