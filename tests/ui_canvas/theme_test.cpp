#include <gtest/gtest.h>

#include <QDirIterator>
#include <QFile>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <cmath>

#include "tests/ui_canvas/screen.h"
#include "ui/theme/code_colours.h"
#include "ui/theme/style_sheet.h"

namespace smidgen {
namespace {

/// Contrast ratio after WCAG 2.1.
double contrast(const QColor& a, const QColor& b) {
    const auto luminance = [](const QColor& colour) {
        const auto linear = [](float channel) {
            return channel <= 0.04045F ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
               0.0722 * linear(colour.blueF());
    };
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

class ThemeTest : public ::testing::TestWithParam<Scheme> {
 protected:
    void SetUp() override { theme().setScheme(GetParam()); }
    void TearDown() override { freshTheme(); }
};

TEST_P(ThemeTest, EveryTokenHasAColour) {
    for (int i = 0; i < kTokenCount; ++i)
        EXPECT_TRUE(theme().colour(static_cast<Token>(i)).isValid())
            << kTokenNames[static_cast<std::size_t>(i)];
}

/// A colour that stands on another one somewhere in the window.
struct Painted {
    const char* what;
    QColor above, below;
};

std::vector<Painted> words(const Theme& theme) {
    std::vector<Painted> all;
    const auto name = [](Token token) { return kTokenNames[static_cast<std::size_t>(token)]; };
    for (const Token surface : {Token::background, Token::panel, Token::raised, Token::selection})
        for (const Token word : {Token::text, Token::dim, Token::model, Token::code, Token::warn, Token::bad})
            all.push_back({name(word), theme.colour(word), theme.colour(surface)});
    const std::pair<Token, Token> filled[] = {{Token::onSound, Token::sound},
                                              {Token::onModel, Token::model},
                                              {Token::onCode, Token::code},
                                              {Token::onBad, Token::bad}};
    for (const auto& [word, surface] : filled) {
        all.push_back({name(word), theme.colour(word), theme.colour(surface)});
        all.push_back({"hovered", theme.colour(word), theme.mixed(surface, Token::text, 0.18)});
        all.push_back({"pressed", theme.colour(word), theme.mixed(surface, Token::text, 0.30)});
    }
    const QColor hovered = theme.mixed(Token::raised, Token::text, 0.08);
    for (const Token word : {Token::text, Token::dim, Token::bad})
        all.push_back({"on a hovered button", theme.colour(word), hovered});
    return all;
}

std::vector<Painted> graphics(const Theme& theme) {
    std::vector<Painted> all;
    for (const Token surface : {Token::background, Token::panel, Token::raised, Token::selection})
        for (const Token drawn : {Token::sound, Token::model, Token::code})
            all.push_back(
                {kTokenNames[static_cast<std::size_t>(drawn)], theme.colour(drawn), theme.colour(surface)});
    all.push_back({"calm wave", theme.mixed(Token::sound, Token::raised, 0.1), theme.colour(Token::raised)});
    all.push_back({"calm wave", theme.mixed(Token::sound, Token::panel, 0.1), theme.colour(Token::panel)});
    for (const Token surface : {Token::panel, Token::raised})
        all.push_back({"disabled words", theme.mixed(Token::dim, Token::raised, 0.2), theme.colour(surface)});
    all.push_back({"disabled icon", theme.mixed(Token::dim, Token::panel, 0.3), theme.colour(Token::panel)});
    return all;
}

TEST_P(ThemeTest, WordsAreReadableWhereTheyStand) {
    const double wanted = GetParam() == Scheme::contrast ? 7 : 4.5;
    for (const Painted& pair : words(theme()))
        EXPECT_GE(contrast(pair.above, pair.below), wanted)
            << pair.what << ": " << pair.above.name().toStdString() << " on "
            << pair.below.name().toStdString();
}

TEST_P(ThemeTest, DrawingsAndWhatIsDisabledStandOut) {
    const double wanted = GetParam() == Scheme::contrast ? 7 : 3;
    for (const Painted& pair : graphics(theme()))
        EXPECT_GE(contrast(pair.above, pair.below), wanted)
            << pair.what << ": " << pair.above.name().toStdString() << " on "
            << pair.below.name().toStdString();
}

TEST_P(ThemeTest, NumbersAreReadableOnEveryCodesColour) {
    const double wanted = GetParam() == Scheme::contrast ? 7 : 4.5;
    const CodeColours colours(GetParam());
    const QColor ink = theme().colour(theme().isDark() ? Token::background : Token::text);
    constexpr int kSteps = 24;
    for (int hue = 0; hue < kSteps; ++hue)
        for (const double lightness : {0.0, 0.5, 1.0}) {
            const QColor cell(colours.of(static_cast<double>(hue) / kSteps, lightness));
            EXPECT_GE(contrast(ink, cell), wanted) << cell.name().toStdString();
        }
}

TEST_P(ThemeTest, SpectrumRampGoesSteadilyFromSurfaceToItsOpposite) {
    const auto lightness = [](QRgb rgb) { return contrast(QColor(rgb), QColor(Qt::black)); };
    const auto& ramp = theme().spectrumRamp();
    const double direction = lightness(ramp[255]) > lightness(ramp[0]) ? 1 : -1;
    for (std::size_t i = 1; i < ramp.size(); ++i)
        EXPECT_GE(direction * (lightness(ramp[i]) - lightness(ramp[i - 1])), -0.02) << i;
    EXPECT_GT(contrast(QColor(ramp[0]), QColor(ramp[255])), 10);
    EXPECT_LT(contrast(QColor(ramp[0]), theme().colour(Token::panel)), 1.2);
}

TEST_P(ThemeTest, StyleSheetHasNoTokenLeftOpen) {
    EXPECT_GT(qApp->styleSheet().size(), 1000);
    static const QRegularExpression open(QStringLiteral(": [^;{}]*@"));
    EXPECT_FALSE(open.match(qApp->styleSheet()).hasMatch())
        << open.match(qApp->styleSheet()).captured().toStdString();
}

INSTANTIATE_TEST_SUITE_P(EveryScheme, ThemeTest,
                         ::testing::Values(Scheme::dark, Scheme::light, Scheme::contrast),
                         [](const auto& tested) {
                             return std::string(kSchemeNames[static_cast<std::size_t>(tested.param)]);
                         });

TEST(ThemeSwitchTest, EverySchemeHasANameOfItsOwnThatFindsIt) {
    Theme& theme = freshTheme();
    for (int i = 0; i < kSchemeCount; ++i) {
        theme.setScheme(static_cast<Scheme>(i));
        EXPECT_EQ(Theme::schemeNamed(theme.schemeName()), static_cast<Scheme>(i));
    }
    EXPECT_FALSE(Theme::schemeNamed(QStringLiteral("sepia")));
    freshTheme();
}

TEST(ThemeSwitchTest, ChangingTheSchemeTellsAndRestyles) {
    Theme& theme = freshTheme();
    QPushButton button(QStringLiteral("Generate"));
    setLook(button, Look::primary);
    present(button, {120, 32});
    const QColor dark = picture(button).pixelColor(8, picture(button).height() / 2);
    EXPECT_LE(distance(dark, theme.colour(Token::sound)), 2);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setScheme(Scheme::light);
    theme.setScheme(Scheme::light);
    EXPECT_EQ(changed.count(), 1);
    QCoreApplication::processEvents();
    const QColor light = picture(button).pixelColor(8, picture(button).height() / 2);
    EXPECT_LE(distance(light, theme.colour(Token::sound)), 2);
    EXPECT_GT(distance(dark, light), 20);
    freshTheme();
}

TEST(LookTest, ColoursKeepTheFontAndNormalUndoesAll) {
    freshTheme();
    QLabel label(QStringLiteral("xruns 0"));
    present(label, {100, 20});
    const int plain = label.fontInfo().pixelSize();
    setLook(label, Look::small);
    EXPECT_EQ(label.fontInfo().pixelSize(), 11);
    setLook(label, Look::warn);
    EXPECT_EQ(label.fontInfo().pixelSize(), 11);
    EXPECT_EQ(label.palette().color(QPalette::WindowText), theme().colour(Token::warn));
    theme().setScheme(Scheme::light);
    EXPECT_EQ(label.fontInfo().pixelSize(), 11);
    EXPECT_EQ(label.palette().color(QPalette::WindowText), theme().colour(Token::warn));
    freshTheme();
    setLook(label, Look::normal);
    EXPECT_EQ(label.fontInfo().pixelSize(), plain);
    EXPECT_EQ(label.palette().color(QPalette::WindowText), theme().colour(Token::text));
}

TEST(LookTest, LabelsLookAsPaintedTextDoes) {
    freshTheme();
    const std::pair<Look, TextRole> pairs[] = {{Look::small, TextRole::small},
                                               {Look::strong, TextRole::strong},
                                               {Look::heading, TextRole::heading},
                                               {Look::figure, TextRole::figure},
                                               {Look::title, TextRole::title}};
    for (const auto& [look, role] : pairs) {
        QLabel label(QStringLiteral("Learning 0123"));
        setLook(label, look);
        present(label, {200, 30});
        const QFont painted = Theme::font(role);
        EXPECT_DOUBLE_EQ(QFontMetricsF(label.font()).horizontalAdvance(label.text()),
                         QFontMetricsF(painted).horizontalAdvance(label.text()))
            << static_cast<int>(role);
        EXPECT_EQ(label.font().capitalization(), painted.capitalization());
    }
}

TEST(ThemeFontTest, TheBundledFontIsUsedWithTabularDigits) {
    for (const TextRole role : {TextRole::body, TextRole::strong, TextRole::small, TextRole::figure}) {
        const QFont font = Theme::font(role);
        EXPECT_EQ(QFontInfo(font).family(), QStringLiteral("Smidgen Sans"));
        const QFontMetricsF metrics(font);
        for (char digit = '1'; digit <= '9'; ++digit)
            EXPECT_NEAR(metrics.horizontalAdvance(QLatin1Char(digit)), metrics.horizontalAdvance(u'0'),
                        1.0 / 32)
                << digit;
    }
    EXPECT_EQ(QFontInfo(Theme::font(TextRole::body)).pixelSize(), 13);
    EXPECT_GT(QFontInfo(Theme::font(TextRole::strong)).weight(),
              QFontInfo(Theme::font(TextRole::body)).weight());
}

TEST(ThemeIconTest, EveryIconFileIsBundledAndDrawsInItsTokensColour) {
    Theme& theme = freshTheme();
    int icons = 0;
    QDirIterator files(QStringLiteral(SMIDGEN_SOURCE_DIR "/resources/icons"), {QStringLiteral("*.svg")});
    while (files.hasNext()) {
        files.next();
        ++icons;
        const QString name = files.fileInfo().completeBaseName();
        EXPECT_FALSE(theme.icon(name).isNull()) << name.toStdString();
        const QImage image = theme.iconPixmap(name, Token::model, 16, 2).toImage();
        ASSERT_EQ(image.size(), QSize(32, 32)) << name.toStdString();
        int inked = 0;
        int tinted = 0;
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() > 200) ++inked;
                if (pixel.alpha() > 200 && distance(pixel, theme.colour(Token::model)) <= 4) ++tinted;
            }
        EXPECT_GT(inked, 20) << name.toStdString();
        EXPECT_EQ(tinted, inked) << name.toStdString();
        EXPECT_LT(inked, 700) << name.toStdString();
    }
    EXPECT_GE(icons, 40);
    EXPECT_TRUE(theme.icon(QStringLiteral("no-such-icon")).isNull());
}

TEST(ThemeIconTest, AnIconMadeBeforeASwitchFollowsIt) {
    Theme& theme = freshTheme();
    const QIcon icon = theme.icon(QStringLiteral("stop"), Token::text);
    const auto middle = [&icon] { return icon.pixmap(16, 16).toImage(); };
    const auto ink = [](const QImage& image) {
        return image.pixelColor(image.width() / 2, image.height() / 2);
    };
    EXPECT_LE(distance(ink(middle()), theme.colour(Token::text)), 2);
    theme.setScheme(Scheme::light);
    EXPECT_LE(distance(ink(middle()), theme.colour(Token::text)), 2);
    freshTheme();
}

TEST(StyleSheetTest, TokensAndMixturesAreFilledIn) {
    const auto colour = [](const QString& name) -> std::optional<QColor> {
        if (name == QLatin1String("a")) return QColor(0, 0, 0);
        if (name == QLatin1String("b")) return QColor(200, 100, 50);
        return std::nullopt;
    };
    EXPECT_EQ(
        fillStyleSheet(QStringLiteral("x { color: @b; border: 1px solid @a~b:50; }"), colour).toStdString(),
        "x { color: #c86432; border: 1px solid #643219; }");
    EXPECT_EQ(fillStyleSheet(QStringLiteral("@nothing"), colour).toStdString(), "@nothing");
}

TEST(ColourRuleTest, NoColourIsWrittenInTheWindowsCode) {
    static const QRegularExpression literal(QStringLiteral(
        "#[0-9a-fA-F]{6}\\b|QColor\\(\\s*\\d|qRgba?\\(\\s*\\d|Qt::(black|white|red|green|blue|gray|"
        "darkGray|lightGray|yellow|cyan|magenta)\\b"));
    int files = 0;
    QDirIterator sources(QStringLiteral(SMIDGEN_SOURCE_DIR "/ui"),
                         {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                         QDirIterator::Subdirectories);
    while (sources.hasNext()) {
        QFile file(sources.next());
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        ++files;
        const auto match = literal.match(QString::fromUtf8(file.readAll()));
        EXPECT_FALSE(match.hasMatch())
            << file.fileName().toStdString() << ": " << match.captured().toStdString();
    }
    EXPECT_GT(files, 20);
}

}  // namespace
}  // namespace smidgen
