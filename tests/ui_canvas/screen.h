// An offscreen application with a theme, and ways to look at what widgets paint.
#pragma once

#include <QApplication>
#include <QImage>
#include <QTest>
#include <QWidget>
#include <memory>

#include "engine/audio/audio_buffer.h"
#include "engine/workstation/inspection/sound_inspector.h"
#include "ui/theme/theme.h"

namespace smidgen {

/// The theme of the test program's one application; back in the dark scheme at every call of freshTheme().
[[nodiscard]] Theme& theme();
Theme& freshTheme();

/// The widget as it is on the screen, one pixel of the image a pixel of the device.
[[nodiscard]] QImage picture(QWidget& widget);
/// Shows it at `size` and waits until it is exposed.
void present(QWidget& widget, const QSize& size);

/// Largest difference of a channel.
[[nodiscard]] int distance(const QColor& a, const QColor& b);
/// Pixels of column x (device pixels) in [top, bottom) within `tolerance` of a colour.
[[nodiscard]] int countInColumn(const QImage& image, int x, int top, int bottom, const QColor& colour,
                                int tolerance = 12);

/// `seconds` of mono sound from a function of time.
template <typename Function>
[[nodiscard]] std::shared_ptr<AudioBuffer> makeSound(double seconds, Function value, int rate = kSampleRate) {
    auto sound = std::make_shared<AudioBuffer>(1, toSamples(Seconds(seconds), rate), rate);
    for (std::size_t i = 0; i < sound->channels[0].size(); ++i)
        sound->channels[0][i] = static_cast<float>(value(static_cast<double>(i) / rate));
    return sound;
}

}  // namespace smidgen
