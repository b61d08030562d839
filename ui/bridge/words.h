// What there is to say of models and takes, in words.
#pragma once

#include <QString>

#include "engine/workstation/snapshots.h"

namespace smidgen::ui {

/// "Continuous (VAE)", "Codes (RVQ)".
[[nodiscard]] QString kindText(const ModelSnapshot& model);
/// "533 steps"; "base, unchanged" when nothing that was learned was better than the base.
[[nodiscard]] QString learnedText(const ModelSnapshot& model);
/// Of the model itself, without what is said of its codebooks.
[[nodiscard]] QString healthText(const ModelSnapshot& model);
[[nodiscard]] bool healthy(const ModelSnapshot& model);

/// A slider in the window's language.
struct AttributeText {
    QString name;       ///< "Density"
    QString low, high;  ///< "sparse", "dense"
    QString hint;       ///< one sentence
};
[[nodiscard]] AttributeText attributeText(Attribute attribute);

/// "Griffin-Lim", "standard", or the name of a decoder's file.
[[nodiscard]] QString decoderText(const Recipe& recipe);
/// "temperature 0.9, top-p 0.92": what differs from the usual; "as usual" when nothing does.
[[nodiscard]] QString priorText(const PriorRecipe& prior);
/// Without the ending of its file.
[[nodiscard]] QString closestText(const TakeNovelty& novelty);
/// "8.2 dB away".
[[nodiscard]] QString nearnessText(const TakeNovelty& novelty);
/// One line for a card: "near drip_long, 8.2 dB away"; "a copy of drip_long".
[[nodiscard]] QString noveltyLine(const TakeNovelty& novelty);

}  // namespace smidgen::ui
