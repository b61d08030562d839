// What the translators keep: whole, with nothing lost on the way, and everything the window says.
#include "tests/ui/translations.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <QProcess>
#include <QRegularExpression>
#include <map>
#include <set>
#include <tuple>

#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/commands/language.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

QStringList found(const QString& text, const char* pattern) {
    QStringList all;
    static std::map<const char*, QRegularExpression> known;
    auto each = known.try_emplace(pattern, QLatin1String(pattern)).first->second.globalMatch(text);
    while (each.hasNext()) all.append(each.next().captured());
    all.sort();
    return all;
}

std::string place(const Translated& one) {
    return one.context.toStdString() + ": " + one.source.toStdString() + " → " +
           one.translation.toStdString();
}

using Key = std::tuple<QString, QString, QString>;

std::set<Key> keysOf(const std::vector<Translated>& all) {
    std::set<Key> keys;
    for (const Translated& one : all) keys.emplace(one.context, one.source, one.comment);
    return keys;
}

TEST(TranslationsTest, EveryStringIsTranslatedAndKeepsWhatIsFilledIn) {
    ASSERT_FALSE(translationFiles().empty());
    for (const fs::path& file : translationFiles()) {
        SCOPED_TRACE(file.filename().string());
        const std::vector<Translated> all = readTranslations(file);
        EXPECT_GT(all.size(), 1000U);
        for (const Translated& one : all) {
            EXPECT_TRUE(one.finished) << place(one);
            EXPECT_FALSE(one.translation.trimmed().isEmpty()) << place(one);
            EXPECT_EQ(found(one.source, "%L?[0-9]"), found(one.translation, "%L?[0-9]")) << place(one);
            EXPECT_EQ(found(one.source, "\\{[a-z]+\\}"), found(one.translation, "\\{[a-z]+\\}"))
                << place(one);
            EXPECT_EQ(found(one.source, "\\*\\.[a-z0-9]+"), found(one.translation, "\\*\\.[a-z0-9]+"))
                << place(one);
            EXPECT_EQ(found(one.source, "</?[a-z]+>"), found(one.translation, "</?[a-z]+>")) << place(one);
            EXPECT_EQ(one.source.count(u'\n'), one.translation.count(u'\n')) << place(one);
            EXPECT_EQ(found(one.source, "&[^& ]").size(), found(one.translation, "&[^& ]").size())
                << place(one);
            // What is put behind something else, or opens a dialog, says so in every language.
            EXPECT_EQ(one.source.startsWith(u' '), one.translation.startsWith(u' ')) << place(one);
            EXPECT_EQ(one.source.endsWith(u'…'), one.translation.endsWith(u'…')) << place(one);
        }
    }
}

TEST(TranslationsTest, NoWordOfTheProgramIsMissingAndNoneIsLeftOver) {
    for (const fs::path& file : translationFiles()) {
        SCOPED_TRACE(file.filename().string());
        const fs::path fresh =
            fs::temp_directory_path() / (std::to_string(::getpid()) + "-" + file.filename().string());
        fs::copy_file(file, fresh, fs::copy_options::overwrite_existing);
        QProcess update;
        update.start(QStringLiteral("cmake"),
                     {QStringLiteral("-DSMIDGEN_TS=") + toText(fresh), QStringLiteral("-P"),
                      QStringLiteral(SMIDGEN_SOURCE_DIR "/resources/translations/update.cmake")});
        ASSERT_TRUE(update.waitForFinished(120000)) << update.errorString().toStdString();
        ASSERT_EQ(update.exitCode(), 0) << update.readAllStandardError().toStdString();
        const std::set<Key> here = keysOf(readTranslations(file)), now = keysOf(readTranslations(fresh));
        fs::remove(fresh);
        for (const auto& [context, source, comment] : now)
            EXPECT_TRUE(here.contains({context, source, comment}))
                << context.toStdString() << ": “" << source.toStdString()
                << "” is not in the translation. Run cmake -P resources/translations/update.cmake and "
                   "translate it.";
        for (const auto& [context, source, comment] : here)
            EXPECT_TRUE(now.contains({context, source, comment}))
                << context.toStdString() << ": “" << source.toStdString()
                << "” is said nowhere any more. Run cmake -P resources/translations/update.cmake.";
    }
}

/// Leaves the language of the other tests behind.
class LanguageTest : public ::testing::Test {
 protected:
    void SetUp() override { m_before = QLocale(); }
    void TearDown() override {
        speak(*QCoreApplication::instance(), QStringLiteral("en"));
        QLocale::setDefault(m_before);
    }

 private:
    QLocale m_before;
};

TEST_F(LanguageTest, TheProgramBringsEveryTranslationAndCallsItAsItsSpeakersDo) {
    ASSERT_EQ(languages().front(), QStringLiteral("en"));
    EXPECT_EQ(languages().size(), translationFiles().size() + 1);
    EXPECT_EQ(languageName(QStringLiteral("en")), QStringLiteral("English"));
    EXPECT_EQ(languageName(QStringLiteral("de")), QStringLiteral("Deutsch"));
}

TEST_F(LanguageTest, AWishThatIsThereCountsAndAnyOtherIsLeftToTheDesktop) {
    const QString de = QStringLiteral("de"), en = QStringLiteral("en");
    const QStringList austria{QStringLiteral("de-AT"), en}, france{QStringLiteral("fr-FR")};
    EXPECT_EQ(chosenLanguage(de, france), de);
    EXPECT_EQ(chosenLanguage(en, austria), en);
    EXPECT_EQ(chosenLanguage({}, austria), de);
    EXPECT_EQ(chosenLanguage(QStringLiteral("xx"), austria), de);
    EXPECT_EQ(chosenLanguage({}, france), en);
    EXPECT_EQ(chosenLanguage({}, {}), en);
}

TEST_F(LanguageTest, WordsNumbersAndDatesFollowTheLanguageAndGoBack) {
    speak(*QCoreApplication::instance(), QStringLiteral("de"));
    EXPECT_EQ(roughDuration(240), QStringLiteral("etwa 4 min"));
    EXPECT_EQ(numberText(-1234.5, 1), QStringLiteral("−1234,5"));
    EXPECT_EQ(durationText(4.8), QStringLiteral("4,8 s"));
    EXPECT_EQ(rateText(44100), QStringLiteral("44,1 kHz"));
    bool read = true;
    static_cast<void>(QLocale().toDouble(QStringLiteral("0.25"), &read));
    EXPECT_FALSE(read) << "a point is not silently a separator of thousands";
    speak(*QCoreApplication::instance(), QStringLiteral("en"));
    EXPECT_EQ(roughDuration(240), QStringLiteral("about 4 min"));
    EXPECT_EQ(numberText(-1234.5, 1), QStringLiteral("−1234.5"));
    EXPECT_EQ(durationText(4.8), QStringLiteral("4.8 s"));
}

}  // namespace
}  // namespace smidgen::ui::testing
