// A small waveform with an optional play position.
#pragma once

#include <optional>
#include <vector>

#include "engine/analysis/peaks.h"
#include "ui/canvas/canvas.h"

namespace smidgen {

class WaveThumbnail : public Canvas {
    Q_OBJECT
 public:
    explicit WaveThumbnail(const Theme& theme, QWidget* parent = nullptr);

    void setPeaks(std::vector<PeakPair> peaks);
    void setTint(Token tint);
    /// 0…1; nullopt: not playing.
    void setPlayed(std::optional<double> share);

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {160, 44}; }

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    std::vector<PeakPair> m_peaks;
    Token m_tint = Token::sound;
    std::optional<double> m_played;
};

}  // namespace smidgen
