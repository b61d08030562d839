// Held-out clips beside what the model makes of them, playable while it trains.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/canvas/preview_pair.h"
#include "ui/commands/studio.h"

class QLabel;
class QVBoxLayout;

namespace smidgen::ui {

class PreviewList final : public QWidget {
    Q_OBJECT

 public:
    explicit PreviewList(const Studio& studio, QWidget* parent = nullptr);

    /// Waveforms follow when they have been read.
    void setPreviews(const std::vector<Preview>& previews);
    [[nodiscard]] std::size_t count() const { return m_previews.size(); }

 private:
    struct Shown {
        Preview preview;
        PreviewPair* pair = nullptr;
    };
    void readPeaks(std::size_t index, PreviewPair::Side side);
    void play(std::size_t index, PreviewPair::Side side);
    void showPlaying();
    [[nodiscard]] static QString keyOf(const Preview& preview, PreviewPair::Side side);

    Studio m_studio;
    QVBoxLayout* m_layout;
    QLabel* m_empty;
    std::vector<Shown> m_previews;
};

}  // namespace smidgen::ui
