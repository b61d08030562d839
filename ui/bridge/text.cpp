#include "ui/bridge/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <cmath>

namespace smidgen::ui {

namespace {

class Figures {
    Q_DECLARE_TR_FUNCTIONS(Figures)
};

/// In the window's language: "1.5" or "1,5", never "1.234,5".
QString decimal(double value, char form, int digits) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, form, digits);
}

}  // namespace

QString toText(const std::string& utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString toText(const std::filesystem::path& path) {
    const std::u8string utf8 = path.u8string();
    return QString::fromUtf8(reinterpret_cast<const char*>(utf8.data()), static_cast<qsizetype>(utf8.size()));
}

std::filesystem::path toPath(const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}

QString durationText(double seconds) {
    if (!(seconds >= 0)) return QStringLiteral("–");
    if (seconds < 10) return QStringLiteral("%1 s").arg(decimal(seconds, 'f', seconds < 1 ? 2 : 1));
    const auto whole = static_cast<qint64>(std::llround(seconds));
    const QChar zero(u'0');
    if (whole < 3600) return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, zero);
    return QStringLiteral("%1:%2:%3")
        .arg(whole / 3600)
        .arg(whole / 60 % 60, 2, 10, zero)
        .arg(whole % 60, 2, 10, zero);
}

QString clockText(double seconds) {
    const auto ms = static_cast<qint64>(std::max(0.0, seconds) * 1000.0);
    const QChar zero(u'0');
    return QStringLiteral("%1:%2.%3")
        .arg(ms / 60000, 2, 10, zero)
        .arg(ms / 1000 % 60, 2, 10, zero)
        .arg(ms % 1000, 3, 10, zero);
}

QString roughDuration(double seconds) {
    if (seconds < 5) return Figures::tr("a few seconds");
    if (seconds < 90) return Figures::tr("about %1 s").arg(std::llround(seconds / 5.0) * 5);
    if (seconds < 5400) return Figures::tr("about %1 min").arg(std::llround(seconds / 60.0));
    return Figures::tr("about %1 h").arg(decimal(seconds / 3600.0, 'f', 1));
}

QString numberText(double value, int decimals) {
    if (std::isnan(value)) return QStringLiteral("–");
    if (std::isinf(value)) return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    const double step = std::pow(10.0, -decimals);
    if (std::abs(value) < step / 2) value = 0;
    QString text = decimal(std::abs(value), 'f', decimals);
    if (value < 0) text.prepend(QChar(0x2212));
    return text;
}

QString lufsText(double lufs) {
    if (!(lufs > -119)) return Figures::tr("silent");
    return numberText(lufs, 1) + QStringLiteral(" LUFS");
}

QString rateText(int hertz) {
    if (hertz <= 0) return QStringLiteral("–");
    return decimal(hertz / 1000.0, 'g', 6) + QStringLiteral(" kHz");
}

QString channelsText(int channels) {
    if (channels <= 0) return QStringLiteral("–");
    if (channels == 1) return Figures::tr("mono");
    if (channels == 2) return Figures::tr("stereo");
    return Figures::tr("%1 channels").arg(channels);
}

QString bytesText(std::int64_t bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString countText(int count, const QString& one, const QString& many) {
    return QStringLiteral("%1 %2").arg(count).arg(count == 1 ? one : many);
}

QString momentText(std::int64_t unixMs) {
    if (unixMs <= 0) return QStringLiteral("–");
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(unixMs), Figures::tr("d MMM yyyy, HH:mm"));
}

}  // namespace smidgen::ui
