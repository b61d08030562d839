#include "engine/jobs/training_words.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace smidgen {

std::string roughDuration(double seconds) {
    char text[64];
    if (seconds < 55) {
        std::snprintf(text, sizeof text, "about %d s",
                      std::max(5, static_cast<int>(std::ceil(seconds / 5)) * 5));
    } else if (seconds < 3600) {
        std::snprintf(text, sizeof text, "about %d min", static_cast<int>(std::lround(seconds / 60)));
    } else {
        const int minutes = static_cast<int>(std::lround(seconds / 300)) * 5;
        std::snprintf(text, sizeof text, "about %d h %d min", minutes / 60, minutes % 60);
    }
    return text;
}

std::string trainingSentence(double progress, std::optional<double> etaSeconds) {
    const char* what = "Polishing";
    if (progress < 0.1) {
        what = "Learning the coarse shape";
    } else if (progress < 0.5) {
        what = "Learning timbre";
    } else if (progress < 0.85) {
        what = "Learning detail";
    }
    // The last step may take longer than the budget.
    const int percent = static_cast<int>(std::clamp(progress, 0.0, 0.99) * 100);
    std::string sentence = std::string(what) + ", " + std::to_string(percent) + " %";
    if (etaSeconds) sentence += ", " + roughDuration(*etaSeconds) + " left";
    return sentence;
}

std::string overfitWarning(double training, double heldOut) {
    char text[256];
    std::snprintf(text, sizeof text,
                  "The model is beginning to learn your sounds by heart: it rebuilds them at %.2f, unheard "
                  "ones at %.2f. "
                  "More or more varied sounds help; the best moment so far is kept.",
                  training, heldOut);
    return text;
}

std::string priorRemark(double training, double heldOut) {
    constexpr double kByHeart = 1.5;
    if (!(heldOut > kByHeart * training)) return {};
    char text[256];
    std::snprintf(
        text, sizeof text,
        "The prior knows its sounds nearly by heart: it foresees their codes at %.1f nats, those of "
        "unheard sounds at %.1f. Takes that copy are marked; more or more varied sounds help.",
        training, heldOut);
    return text;
}

std::string collapseWarning(double klPerFrame) {
    char text[256];
    std::snprintf(
        text, sizeof text,
        "The latent space carries little (%.2f nats a frame), so takes may sound alike. Train longer or add "
        "more varied sounds.",
        klPerFrame);
    return text;
}

std::string memoryWarning(int batchSize) {
    return "Memory ran out, so training goes on with smaller batches of " + std::to_string(batchSize) +
           ". It takes longer; the result is much the same.";
}

std::string slowBlasWarning() {
    return "This machine's linear algebra library is the slow reference one, so training takes about twenty "
           "times longer. "
           "Install the package libopenblas0-openmp.";
}

std::string modelHealth(double heldOut, bool overfitted) {
    if (heldOut <= 0) return "untested: no sounds were held out";
    if (overfitted) return "knows its sounds by heart; more sounds would help";
    if (heldOut > 0.5) return "learned little: train longer";
    if (heldOut > 0.3) return "rough: longer training would help";
    return "healthy";
}

}  // namespace smidgen
