// Names of the colours; their values are in resources/themes.json.
#pragma once

#include <array>

namespace smidgen {

/// One meaning each, the same in every scheme. Colour never carries a meaning alone: words go with it.
enum class Token {
    background,  ///< the window
    panel,       ///< docks, canvases
    raised,      ///< fields, buttons, cards
    line,        ///< hairlines
    selection,   ///< selected row, selected stretch of sound
    text,
    dim,      ///< secondary text; still ≥ 4.5 : 1
    sound,    ///< what you hear: waveforms, playhead, play, Generate
    onSound,  ///< text on a surface of `sound`
    model,    ///< what the model knows: training, progress, health
    onModel,
    code,  ///< codes and their tools
    onCode,
    warn,
    bad,
    onBad,
};
inline constexpr int kTokenCount = static_cast<int>(Token::onBad) + 1;

/// As written in themes.json.
inline constexpr std::array<const char*, kTokenCount> kTokenNames = {
    "background", "panel", "raised",  "line", "selection", "text", "dim", "sound",
    "onSound",    "model", "onModel", "code", "onCode",    "warn", "bad", "onBad"};

/// `contrast`: black ground, words at 7 : 1 at least, and a pattern wherever a colour means something.
enum class Scheme { dark, light, contrast };
inline constexpr int kSchemeCount = static_cast<int>(Scheme::contrast) + 1;

/// As written in themes.json, in settings and on the command line.
inline constexpr std::array<const char*, kSchemeCount> kSchemeNames = {"dark", "light", "contrast"};

}  // namespace smidgen
