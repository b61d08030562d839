// A held-out clip beside what the model makes of it, both playable.
#pragma once

#include <optional>
#include <vector>

#include "engine/analysis/peaks.h"
#include "ui/canvas/canvas.h"

class QToolButton;

namespace smidgen {

class ElidedLabel;
class WaveThumbnail;

class PreviewPair : public QWidget {
    Q_OBJECT
 public:
    enum class Side { original, reconstruction };

    explicit PreviewPair(const Theme& theme, QWidget* parent = nullptr);

    /// `note` is one line about the newest reconstruction: "step 640 · 4.4 dB away".
    void setClip(const QString& name, const QString& note);
    void setPeaks(Side side, std::vector<PeakPair> peaks);
    /// Which side is heard and how far, 0…1; nullopt: neither.
    void setPlaying(std::optional<Side> side, double share = 0);

 Q_SIGNALS:
    void playRequested(smidgen::PreviewPair::Side side);
    void stopRequested();

 private:
    struct Half {
        QToolButton* button = nullptr;
        WaveThumbnail* wave = nullptr;
    };
    Half makeHalf(Side side, const QString& caption);
    void showButtons();

    const Theme& m_theme;
    ElidedLabel* m_name;
    ElidedLabel* m_note;
    Half m_halves[2];
    std::optional<Side> m_playing;
};

}  // namespace smidgen
