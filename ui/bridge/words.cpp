#include "ui/bridge/words.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/bridge/text.h"

namespace smidgen::ui {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

}  // namespace

QString kindText(const ModelSnapshot& model) {
    if (model.kind == "vae") return Words::tr("Continuous (VAE)");
    if (model.kind == "rvq") return Words::tr("Codes (RVQ)");
    return toText(model.kind);
}

QString learnedText(const ModelSnapshot& model) {
    if (model.steps == 0) return model.base.empty() ? Words::tr("untrained") : Words::tr("base, unchanged");
    return countText(static_cast<int>(model.steps), Words::tr("step"), Words::tr("steps"));
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
            return {Words::tr("Density"), Words::tr("sparse"), Words::tr("dense"),
                    Words::tr("How many events a second.")};
        case Attribute::brightness:
            return {Words::tr("Brightness"), Words::tr("dark"), Words::tr("bright"),
                    Words::tr("Where the spectrum has its centre.")};
        case Attribute::warmth:
            return {Words::tr("Warmth"), Words::tr("thin"), Words::tr("warm"),
                    Words::tr("How much low stands against high.")};
        case Attribute::roughness:
            return {Words::tr("Roughness"), Words::tr("smooth"), Words::tr("rough"),
                    Words::tr("How much it beats and rasps.")};
        case Attribute::tension:
            return {Words::tr("Tension"), Words::tr("consonant"), Words::tr("dissonant"),
                    Words::tr("How far its tones are from one chord.")};
        case Attribute::rhythm:
            return {Words::tr("Rhythm"), Words::tr("ambient"), Words::tr("rhythmic"),
                    Words::tr("Whether it strikes or flows.")};
        case Attribute::pulse:
            return {Words::tr("Pulse"), Words::tr("loose"), Words::tr("steady"),
                    Words::tr("How regularly its events come.")};
        case Attribute::space:
            return {Words::tr("Space"), Words::tr("dry"), Words::tr("reverberant"),
                    Words::tr("How long it rings on.")};
    }
    return {};
}

QString decoderText(const Recipe& recipe) {
    if (recipe.decoder == "griffin-lim") return Words::tr("Griffin-Lim");
    const QString identity = toText(recipe.decoder);
    if (identity.contains(u'/')) return toText(toPath(identity).filename());
    return identity.section(u'-', 0, 0);
}

QString priorText(const PriorRecipe& prior) {
    const PriorRecipe usual;
    QStringList parts;
    if (prior.temperature != usual.temperature)
        parts.append(Words::tr("temperature %1").arg(numberText(prior.temperature, 2)));
    if (prior.topK != usual.topK) parts.append(Words::tr("top-k %1").arg(prior.topK));
    if (prior.topP != usual.topP) parts.append(Words::tr("top-p %1").arg(numberText(prior.topP, 2)));
    if (prior.guidance != usual.guidance)
        parts.append(Words::tr("guidance %1").arg(numberText(prior.guidance, 2)));
    return parts.isEmpty() ? Words::tr("as usual") : parts.join(QStringLiteral(", "));
}

QString closestText(const TakeNovelty& novelty) {
    return toText(toPath(toText(novelty.closest)).stem());
}

QString nearnessText(const TakeNovelty& novelty) {
    constexpr double kDecibelsPerDecade = 20;
    return Words::tr("%1 dB away").arg(numberText(kDecibelsPerDecade * novelty.closestDistance, 1));
}

QString noveltyLine(const TakeNovelty& novelty) {
    if (novelty.copied) return Words::tr("a copy of %1").arg(closestText(novelty));
    return Words::tr("near %1, %2").arg(closestText(novelty), nearnessText(novelty));
}

}  // namespace smidgen::ui
