// The look of the window: colours, fonts, style sheet and icons, from tokens.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>
#include <array>
#include <optional>

#include "ui/theme/token.h"

class QApplication;
class QWidget;

namespace smidgen {

enum class TextRole {
    body,     ///< 13 px
    strong,   ///< 13 px, semi-bold: names
    small,    ///< 11 px: second lines, axis labels
    heading,  ///< 10.5 px capitals, spaced; paint in Token::dim
    figure,   ///< 17 px, semi-bold: numbers that matter
    title,    ///< 17 px, semi-bold: the name of a page or a dialog
};

/// How the style sheet draws a plain Qt widget. Give it with setLook(); it may change at any time.
enum class Look {
    normal,
    // buttons
    primary,       ///< filled with `sound`: Generate, play. One a page
    modelPrimary,  ///< filled with `model`: Train
    quiet,         ///< no surface until the pointer is over it
    toggle,        ///< checkable; checked = `selection` surface
    danger,        ///< words in `bad`
    page,          ///< page tab: underlined with `model` when checked
    // labels
    heading,  ///< section heading: dim capitals
    dim,
    small,  ///< dim and 11 px
    strong,
    figure,
    title,
    good,  ///< words in `model`
    warn,
    bad,
    // surfaces (QFrame, QWidget)
    panel,
    card,
    raised,
    hairline,  ///< a QFrame of 1 px: setFixedHeight(1) or setFixedWidth(1) is done by setLook's caller
    chip,      ///< small rounded button or label with a surface
};

/// Owns the look of one QApplication: Fusion, palette, style sheet and the bundled fonts. Create it after the
/// application object and before the first widget; it outlives every widget that was given it. Main thread.
class Theme : public QObject {
    Q_OBJECT
 public:
    explicit Theme(QApplication& application, Scheme scheme = Scheme::dark);
    ~Theme() override;

    /// The scheme the desktop's own palette suggests. Ask before the first Theme is made.
    [[nodiscard]] static Scheme desktopScheme(const QApplication& application);

    /// The scheme of a name in kSchemeNames; nullopt for any other.
    [[nodiscard]] static std::optional<Scheme> schemeNamed(const QString& name);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    [[nodiscard]] QString schemeName() const;
    /// Light words on a dark ground.
    [[nodiscard]] bool isDark() const { return m_scheme != Scheme::light; }
    /// Colours that mean something are painted with a pattern or a mark of their own besides.
    [[nodiscard]] bool marksColours() const { return m_scheme == Scheme::contrast; }
    /// Restyles every widget; emits changed().
    void setScheme(Scheme scheme);

    [[nodiscard]] QColor colour(Token token) const { return m_colours[static_cast<std::size_t>(token)]; }
    /// `share` 0 gives `a`, 1 gives `b`; for states between two tokens (a hovered card, a dimmed waveform).
    [[nodiscard]] QColor mixed(Token a, Token b, double share) const;
    [[nodiscard]] QColor translucent(Token token, double opacity) const;
    /// 256 colours from silence to full level, for spectrograms.
    [[nodiscard]] const std::array<QRgb, 256>& spectrumRamp() const { return m_ramp; }

    /// Digits are tabular in every role.
    [[nodiscard]] static QFont font(TextRole role);

    /// Icon `name`.svg of resources/icons, drawn sharp at any size and scale, in the token's colour (dim when
    /// disabled). Follows the scheme by itself. An unknown name gives a null icon.
    [[nodiscard]] QIcon icon(const QString& name, Token tint = Token::text) const;
    [[nodiscard]] QPixmap iconPixmap(const QString& name, Token tint, int size, qreal scale) const;

 Q_SIGNALS:
    /// Custom-painted widgets drop their caches and repaint.
    void changed();

 private:
    void apply();

    QApplication& m_application;
    Scheme m_scheme;
    std::array<QColor, kTokenCount> m_colours;
    std::array<QRgb, 256> m_ramp{};
};

/// Sets the look of a plain widget. dim, good, warn and bad change the colour only, so that they can follow
/// small or strong; normal undoes everything.
void setLook(QWidget& widget, Look look);

}  // namespace smidgen
