#include "engine/collections/findings.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "engine/collections/utf8.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {

std::string_view nameOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::good:
            return "ok";
        case Verdict::warning:
            return "warning";
        case Verdict::skipped:
            break;
    }
    return "skipped";
}

std::string_view nameOf(Finding finding) {
    switch (finding) {
        case Finding::corrupt:
            return "corrupt";
        case Finding::empty:
            return "empty";
        case Finding::unreadable:
            return "unreadable";
        case Finding::missing:
            return "missing";
        case Finding::notAudio:
            return "not-audio";
        case Finding::tooShort:
            return "too-short";
        case Finding::silent:
            return "silent";
        case Finding::invalidSamples:
            return "invalid-samples";
        case Finding::duplicate:
            return "duplicate";
        case Finding::nearDuplicate:
            return "near-duplicate";
        case Finding::clipped:
            return "clipped";
        case Finding::rateMismatch:
            break;
    }
    return "rate-mismatch";
}

Verdict verdictOf(Finding finding) {
    const bool used =
        finding == Finding::nearDuplicate || finding == Finding::clipped || finding == Finding::rateMismatch;
    return used ? Verdict::warning : Verdict::skipped;
}

Verdict verdictOf(const std::vector<Finding>& findings) {
    Verdict worst = Verdict::good;
    for (const Finding finding : findings) worst = std::max(worst, verdictOf(finding));
    return worst;
}

bool isRelative(Finding finding) {
    return finding == Finding::duplicate || finding == Finding::nearDuplicate ||
           finding == Finding::rateMismatch;
}

bool hasFinding(const SoundEntry& entry, Finding finding) {
    return std::find(entry.findings.begin(), entry.findings.end(), finding) != entry.findings.end();
}

void addFinding(SoundEntry& entry, Finding finding, const std::string& sentence) {
    entry.findings.push_back(finding);
    entry.verdict = verdictOf(entry.findings);
    if (!entry.reason.empty()) entry.reason += ' ';
    entry.reason += sentence;
}

void markMissing(SoundEntry& entry, bool replaced) {
    if (!hasFinding(entry, Finding::missing)) {
        entry.reasonWhenPresent = std::exchange(entry.reason, {});
        entry.findings.push_back(Finding::missing);
        entry.verdict = Verdict::skipped;
    }
    entry.reason =
        replaced ? "Another file (or a changed one) is now at this place, so it is left out; scan again to "
                   "use it, or show where the former one is."
                 : "The file is no longer at this place and is left out; put it back, or show where it is "
                   "now.";
}

std::string clippedSentence(double clippedShare) {
    char text[200];
    std::snprintf(
        text, sizeof text,
        "It is clipped: %.2g %% of its samples lie flat at full scale. It is used as it is, and the model "
        "will learn the distortion.",
        clippedShare * 100.0);
    return text;
}

std::string rateText(int rate) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g kHz", rate / 1000.0);
    return text;
}

std::string quotedName(const std::filesystem::path& path) {
    std::string quoted("'");
    return quoted.append(validUtf8(displayName(path.filename()))).append("'");
}

}  // namespace smidgen
