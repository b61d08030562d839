// smidgen-studio: the window.
#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>
#include <QPixmap>
#include <QTimer>
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <optional>
#include <utility>

#include "models/device.h"
#include "ui/bridge/text.h"
#include "ui/commands/language.h"
#include "ui/commands/preferences.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/session.h"

namespace {

using smidgen::ui::MainWindow;
using smidgen::ui::Session;

/// Long enough for waveforms and spectrogram of the chosen sound to be drawn.
constexpr int kSettleMs = 2500;

/// None: no page is called so.
std::optional<MainWindow::Page> pageNamed(const QString& name) {
    using Page = MainWindow::Page;
    const std::pair<QString, Page> pages[] = {{QStringLiteral("train"), Page::train},
                                              {QStringLiteral("generate"), Page::generate},
                                              {QStringLiteral("edit"), Page::edit},
                                              {QStringLiteral("map"), Page::map}};
    for (const auto& [called, page] : pages)
        if (called == name) return page;
    return std::nullopt;
}

struct Wishes {
    QString library;
    QString theme;
    QString language;
    QString page;
    QString screenshot;
    QSize size;
    QStringList paths;
};

/// "en or de".
QString listOf(const std::vector<QString>& names) {
    return QStringList(names.begin(), names.end()).join(QStringLiteral(" or "));
}

int refuse(const QString& sentence) {
    std::fprintf(stderr, "%s\n", qPrintable(sentence));
    return 2;
}

/// 0 and the wishes, or the exit code of a wrong command line.
int readCommandLine(QApplication& application, Wishes& wishes) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Smidgen: learns from your sounds and makes new ones."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption library(QStringLiteral("library"), QStringLiteral("Open this library."),
                                     QStringLiteral("DIR"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("Look: dark, light or contrast."),
                                   QStringLiteral("NAME"));
    const QCommandLineOption language(
        QStringLiteral("language"),
        QStringLiteral("Language of the window, this once: %1.").arg(listOf(smidgen::ui::languages())),
        QStringLiteral("CODE"));
    const QCommandLineOption page(QStringLiteral("page"),
                                  QStringLiteral("Begin on this page: train, generate, edit or map."),
                                  QStringLiteral("NAME"));
    const QCommandLineOption screenshot(
        QStringLiteral("screenshot"),
        QStringLiteral("Save a picture of the window as a PNG file once it has settled, then quit. Twice the "
                       "resolution: set QT_SCALE_FACTOR=2."),
        QStringLiteral("FILE"));
    const QCommandLineOption size(
        QStringLiteral("size"), QStringLiteral("Size of the window, e.g. 1280x720."), QStringLiteral("WxH"));
    parser.addOptions({library, theme, language, page, screenshot, size});
    parser.addPositionalArgument(QStringLiteral("paths"),
                                 QStringLiteral("Sound files and folders to make a collection of."),
                                 QStringLiteral("[PATH…]"));
    parser.process(application);
    wishes.library = parser.value(library);
    wishes.theme = parser.value(theme);
    wishes.language = parser.value(language);
    wishes.page = parser.value(page);
    wishes.screenshot = parser.value(screenshot);
    wishes.paths = parser.positionalArguments();
    if (parser.isSet(theme) && !smidgen::Theme::schemeNamed(wishes.theme))
        return refuse(QStringLiteral("--theme is dark, light or contrast, not “%1”.").arg(wishes.theme));
    if (parser.isSet(language) &&
        std::ranges::find(smidgen::ui::languages(), wishes.language) == smidgen::ui::languages().end())
        return refuse(QStringLiteral("--language is %1, not “%2”.")
                          .arg(listOf(smidgen::ui::languages()), wishes.language));
    if (!wishes.page.isEmpty() && !pageNamed(wishes.page))
        return refuse(QStringLiteral("--page is train, generate, edit or map, not “%1”.").arg(wishes.page));
    if (parser.isSet(size)) {
        const QStringList sides = parser.value(size).split(u'x');
        if (sides.size() == 2) wishes.size = QSize(sides[0].toInt(), sides[1].toInt());
        if (sides.size() != 2 || wishes.size.width() < 1 || wishes.size.height() < 1)
            return refuse(QStringLiteral("--size is two whole numbers, e.g. 1280x720."));
    }
    return 0;
}

smidgen::Scheme schemeOf(const QApplication& application, const QString& wish) {
    QString name = wish;
    if (name.isEmpty())
        name =
            smidgen::ui::openSettings({})->value(QLatin1String(smidgen::ui::preferences::kTheme)).toString();
    if (const auto named = smidgen::Theme::schemeNamed(name)) return *named;
    return smidgen::Theme::desktopScheme(application);
}

}  // namespace

int main(int argc, char** argv) {
    smidgen::models::preparePassiveThreads(argv);
    smidgen::models::keepFreedMemory();
    QApplication::setApplicationName(QStringLiteral("Smidgen"));
    QApplication::setApplicationVersion(QStringLiteral(SMIDGEN_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("smidgen-studio"));
    smidgen::ui::applyPreferredScale(*smidgen::ui::openSettings({}));
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C");  // Qt takes the desktop's; files and searches are written with a point
    Wishes wishes;
    if (const int wrong = readCommandLine(application, wishes); wrong != 0) return wrong;

    smidgen::ui::speak(application, wishes.language.isEmpty()
                                        ? smidgen::ui::preferredLanguage(*smidgen::ui::openSettings({}))
                                        : wishes.language);
    smidgen::Theme theme(application, schemeOf(application, wishes.theme));
    Session::Options options;
    options.library = smidgen::ui::toPath(wishes.library);
    auto opened = Session::open(theme, options);
    if (!opened) {
        const QString sentence = smidgen::ui::toText(opened.error().sentence);
        std::fprintf(stderr, "%s\n", qPrintable(sentence));
        QMessageBox::critical(nullptr, QStringLiteral("Smidgen"), sentence);
        return 1;
    }
    const std::unique_ptr<Session> session = std::move(*opened);
    MainWindow& window = session->window();
    if (wishes.size.isValid()) window.resize(wishes.size);
    if (const auto page = pageNamed(wishes.page)) window.showPage(*page);
    window.show();
    if (!wishes.paths.isEmpty()) {
        std::vector<std::filesystem::path> paths;
        for (const QString& path : wishes.paths)
            paths.push_back(std::filesystem::absolute(smidgen::ui::toPath(path)));
        window.importPaths(paths);
    }
    if (!wishes.screenshot.isEmpty())
        QTimer::singleShot(kSettleMs, &window, [&] {
            const bool saved = window.grab().save(wishes.screenshot, "PNG");
            if (!saved)
                std::fprintf(stderr, "The picture %s could not be written.\n", qPrintable(wishes.screenshot));
            QApplication::exit(saved ? 0 : 1);
        });
    const int code = QApplication::exec();
    window.hide();
    return code;
}
