#include "ui/commands/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>
#include <algorithm>

static void loadTranslations() {
    Q_INIT_RESOURCE(translations);
}

namespace smidgen::ui {

namespace {

constexpr auto kSource = "en";  ///< the language of the strings in the source
constexpr auto kPrefix = "smidgen_";
constexpr auto kOurs = "smidgenLanguage";  ///< object name of the translators put in here

QString folder() {
    loadTranslations();
    return QStringLiteral(":/translations");
}

std::vector<QString> findLanguages() {
    std::vector<QString> found{QLatin1String(kSource)};
    const QString prefix = QLatin1String(kPrefix);
    for (const QString& file : QDir(folder()).entryList({prefix + QStringLiteral("*.qm")}))
        found.push_back(file.mid(prefix.size()).section(u'.', 0, 0));
    return found;
}

void add(QCoreApplication& application, const QString& file, const QString& place) {
    auto* translator = new QTranslator(&application);
    translator->setObjectName(QLatin1String(kOurs));
    if (translator->load(file, place))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

}  // namespace

const std::vector<QString>& languages() {
    static const std::vector<QString> found = findLanguages();
    return found;
}

QString languageName(const QString& language) {
    if (language == QLatin1String(kSource)) return QStringLiteral("English");
    const QString name = QLocale(language).nativeLanguageName();
    return name.left(1).toUpper() + name.mid(1);
}

QString chosenLanguage(const QString& wish, const QStringList& desktop) {
    const auto there = [](const QString& one) {
        return std::ranges::find(languages(), one) != languages().end();
    };
    if (there(wish)) return wish;
    for (const QString& spoken : desktop)
        if (const QString language = spoken.section(u'-', 0, 0); there(language)) return language;
    return QLatin1String(kSource);
}

QString preferredLanguage(const QSettings& settings) {
    return chosenLanguage(settings.value(QLatin1String(preferences::kLanguage)).toString(),
                          QLocale::system().uiLanguages());
}

void speak(QCoreApplication& application, const QString& language) {
    qDeleteAll(application.findChildren<QTranslator*>(QLatin1String(kOurs), Qt::FindDirectChildrenOnly));
    // A desktop in the same language knows more: how Austria or Switzerland write numbers.
    const QLocale desktop = QLocale::system();
    QLocale locale(language);
    if (desktop.language() == locale.language()) locale = desktop;
    // What is typed the other way, "0.25" where a comma is usual, shall be refused, not read as 25.
    locale.setNumberOptions(QLocale::RejectGroupSeparator);
    QLocale::setDefault(locale);
    if (language == QLatin1String(kSource)) return;
    add(application, QStringLiteral("qtbase_") + language,
        QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    add(application, QLatin1String(kPrefix) + language, folder());
}

}  // namespace smidgen::ui
