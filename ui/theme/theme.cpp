#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

#include "ui/theme/style_sheet.h"
#include "ui/theme/theme_icon.h"

static void loadResources() {
    Q_INIT_RESOURCE(resources);
}

namespace smidgen {
namespace {

constexpr auto kFamily = "Smidgen Sans";

QByteArray resource(const QString& name) {
    QFile file(QStringLiteral(":/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The program is built without its resource %s.", qPrintable(name));
    return file.readAll();
}

QPalette paletteOf(const Theme& theme) {
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) {
        palette.setColor(role, theme.colour(token));
    };
    set(QPalette::Window, Token::background);
    set(QPalette::WindowText, Token::text);
    set(QPalette::Base, Token::panel);
    set(QPalette::AlternateBase, Token::raised);
    set(QPalette::Text, Token::text);
    set(QPalette::Button, Token::raised);
    set(QPalette::ButtonText, Token::text);
    set(QPalette::BrightText, Token::bad);
    set(QPalette::ToolTipBase, Token::raised);
    set(QPalette::ToolTipText, Token::text);
    set(QPalette::PlaceholderText, Token::dim);
    set(QPalette::Highlight, Token::selection);
    set(QPalette::HighlightedText, Token::text);
    set(QPalette::Link, Token::model);
    set(QPalette::LinkVisited, Token::model);
    set(QPalette::Light, Token::raised);
    set(QPalette::Midlight, Token::raised);
    set(QPalette::Mid, Token::line);
    set(QPalette::Dark, Token::line);
    set(QPalette::Shadow, Token::background);
    const QColor disabled = theme.mixed(Token::dim, Token::raised, 0.2);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

std::array<QRgb, 256> rampOf(const QJsonArray& stops) {
    std::array<QRgb, 256> ramp{};
    const auto last = static_cast<int>(stops.size()) - 1;
    for (int i = 0; i < 256; ++i) {
        const double place = i / 255.0 * last;
        const int left = qMin(static_cast<int>(place), last - 1);
        ramp[static_cast<std::size_t>(i)] =
            mixColours(QColor(stops[left].toString()), QColor(stops[left + 1].toString()), place - left)
                .rgb();
    }
    return ramp;
}

}  // namespace

Theme::Theme(QApplication& application, Scheme scheme) : m_application(application), m_scheme(scheme) {
    loadResources();
    for (const char* weight : {"Regular", "Medium", "SemiBold"})
        QFontDatabase::addApplicationFontFromData(
            resource(QStringLiteral("fonts/SmidgenSans-%1.otf").arg(QLatin1String(weight))));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(font(TextRole::body));
    apply();
}

Theme::~Theme() = default;

Scheme Theme::desktopScheme(const QApplication& application) {
    const QPalette palette = application.palette();
    return palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF()
               ? Scheme::dark
               : Scheme::light;
}

std::optional<Scheme> Theme::schemeNamed(const QString& name) {
    for (int i = 0; i < kSchemeCount; ++i)
        if (name == QLatin1String(kSchemeNames[static_cast<std::size_t>(i)])) return static_cast<Scheme>(i);
    return std::nullopt;
}

QString Theme::schemeName() const {
    return QLatin1String(kSchemeNames[static_cast<std::size_t>(m_scheme)]);
}

void Theme::setScheme(Scheme scheme) {
    if (scheme == m_scheme) return;
    m_scheme = scheme;
    apply();
    Q_EMIT changed();
}

void Theme::apply() {
    const QJsonObject all = QJsonDocument::fromJson(resource(QStringLiteral("themes.json"))).object();
    const QJsonObject data = all.value(schemeName()).toObject();
    const QJsonObject colours = data.value(QLatin1String("colours")).toObject();
    for (std::size_t i = 0; i < kTokenNames.size(); ++i)
        m_colours[i] = QColor(colours.value(QLatin1String(kTokenNames[i])).toString());
    m_ramp = rampOf(data.value(QLatin1String("spectrum")).toArray());

    QApplication::setPalette(paletteOf(*this));
    QByteArray rules = resource(QStringLiteral("style.qss"));
    if (m_scheme == Scheme::contrast) rules += resource(QStringLiteral("style-contrast.qss"));
    m_application.setStyleSheet(fillStyleSheet(QString::fromUtf8(rules), [this](const QString& name) {
        const auto found = std::find_if(kTokenNames.begin(), kTokenNames.end(),
                                        [&](const char* token) { return name == QLatin1String(token); });
        return found == kTokenNames.end()
                   ? std::nullopt
                   : std::optional(m_colours[static_cast<std::size_t>(found - kTokenNames.begin())]);
    }));
}

QColor Theme::mixed(Token a, Token b, double share) const {
    return mixColours(colour(a), colour(b), share);
}

QColor Theme::translucent(Token token, double opacity) const {
    QColor result = colour(token);
    result.setAlphaF(static_cast<float>(opacity));
    return result;
}

QFont Theme::font(TextRole role) {
    QFont font{QString::fromLatin1(kFamily)};
    font.setStyleHint(QFont::SansSerif);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setPixelSize(13);
    switch (role) {
        case TextRole::body:
            break;
        case TextRole::strong:
            font.setWeight(QFont::DemiBold);
            break;
        case TextRole::small:
            font.setPixelSize(11);
            break;
        case TextRole::heading:
            font.setPointSizeF(10.5 * 72 / 96);
            font.setWeight(QFont::DemiBold);
            font.setCapitalization(QFont::AllUppercase);
            font.setLetterSpacing(QFont::AbsoluteSpacing, 0.9);
            break;
        case TextRole::figure:
        case TextRole::title:
            font.setPixelSize(17);
            font.setWeight(QFont::DemiBold);
            break;
    }
    return font;
}

QIcon Theme::icon(const QString& name, Token tint) const {
    if (!QFile::exists(QStringLiteral(":/icons/%1.svg").arg(name))) return {};
    return QIcon(new ThemeIconEngine(*this, name, tint));
}

QPixmap Theme::iconPixmap(const QString& name, Token tint, int size, qreal scale) const {
    const int side = qRound(size * scale);
    QPixmap pixmap = drawIcon(name, colour(tint), {side, side});
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

}  // namespace smidgen
