// The command palette: every command by a few letters, and where one can go.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTextBlock>
#include <QTextBrowser>
#include <set>

#include "tests/ui/desk.h"
#include "ui/commands/fuzzy_match.h"
#include "ui/dialogs/command_palette.h"
#include "ui/dialogs/palette_row.h"
#include "ui/docks/library_panel.h"

namespace smidgen::ui::testing {
namespace {

TEST(FuzzyMatchTest, BeginningsOfWordsBeatScatteredLetters) {
    const auto whole = fuzzyMatch("loop", "Loop");
    const auto beginning = fuzzyMatch("gen", "Generate four");
    const auto word = fuzzyMatch("fo", "Generate four");
    const auto inside = fuzzyMatch("rate", "Generate four");
    const auto scattered = fuzzyMatch("gtf", "Generate four");
    ASSERT_TRUE(whole && beginning && word && inside && scattered);
    EXPECT_GT(*whole, *beginning);
    EXPECT_GT(*beginning, *word);
    EXPECT_GT(*word, *inside);
    EXPECT_GT(*inside, *scattered);
    EXPECT_GT(*scattered, 0);
}

TEST(FuzzyMatchTest, EveryWordMustFitInAnyOrder) {
    EXPECT_TRUE(fuzzyMatch("four gen", "Generate four"));
    EXPECT_FALSE(fuzzyMatch("four gen x", "Generate four"));
    EXPECT_FALSE(fuzzyMatch("rg", "Ger"));
    EXPECT_EQ(fuzzyMatch("", "Anything"), 0);
    EXPECT_EQ(fuzzyMatch("  ", "Anything"), 0);
}

class PaletteTest : public DeskTest {
 protected:
    [[nodiscard]] QWidget* palette() {
        return window().findChild<CommandPalette*>(QStringLiteral("commandPalette"));
    }
    [[nodiscard]] bool shown() { return palette() != nullptr && palette()->isVisible(); }
    void openPalette() {
        press(QStringLiteral("window.palette"));
        ASSERT_TRUE(shown());
        ASSERT_EQ(QApplication::focusWidget(), &search());
    }
    [[nodiscard]] QLineEdit& search() { return find<QLineEdit>(QStringLiteral("paletteSearch")); }
    [[nodiscard]] QListWidget& list() { return find<QListWidget>(QStringLiteral("paletteList")); }
    void type(const QString& text) {
        search().clear();
        QTest::keyClicks(&search(), text);
    }
    void key(Qt::Key key) { QTest::keyClick(&search(), key); }
    /// The rows, without headings.
    [[nodiscard]] QStringList rows() {
        QStringList all;
        for (int i = 0; i < list().count(); ++i)
            if (!isHeading(i)) all.append(list().item(i)->text());
        return all;
    }
    [[nodiscard]] bool isHeading(int row) {
        return list().item(row)->data(PaletteRowDelegate::headingRole).toBool();
    }
    [[nodiscard]] int rowOf(const QString& id) {
        for (int i = 0; i < list().count(); ++i)
            if (list().item(i)->data(Qt::UserRole).toString() == id) return i;
        return -1;
    }
};

TEST_F(PaletteTest, ListsEveryActionOnceAndSpeaksItsKeys) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(openPalette());
    std::multiset<QString> listed;
    for (int i = 0; i < list().count(); ++i)
        if (!isHeading(i)) listed.insert(list().item(i)->data(Qt::UserRole).toString());
    for (const Shortcut& shortcut : window().shortcuts().current())
        EXPECT_EQ(listed.count(shortcut.id), 1U) << shortcut.id.toStdString();
    const int loop = rowOf(QStringLiteral("transport.loop"));
    ASSERT_GE(loop, 0);
    EXPECT_EQ(list().item(loop)->data(Qt::AccessibleTextRole).toString(),
              QStringLiteral("Loop, Transport, L"));
    keepPicture(QStringLiteral("palette-empty"));
}

TEST_F(PaletteTest, ARunByLettersAndEnterAndTheKeyboardGoesBack) {
    openStudio();
    auto& before = *window().library().findChild<QLineEdit*>();
    before.setFocus();
    ASSERT_NO_FATAL_FAILURE(openPalette());
    type(QStringLiteral("loop"));
    EXPECT_EQ(rows().value(0), QStringLiteral("Loop"));
    keepPicture(QStringLiteral("palette-typed"));
    EXPECT_FALSE(studio().sound.looping());
    key(Qt::Key_Return);
    EXPECT_TRUE(studio().sound.looping());
    EXPECT_FALSE(shown());
    EXPECT_EQ(QApplication::focusWidget(), &before);
}

TEST_F(PaletteTest, ArrowsSkipHeadingsAndGoRound) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(openPalette());
    ASSERT_TRUE(isHeading(0));
    EXPECT_EQ(list().currentRow(), 1);
    key(Qt::Key_Up);
    EXPECT_EQ(list().currentRow(), list().count() - 1);
    key(Qt::Key_Down);
    EXPECT_EQ(list().currentRow(), 1);
    std::set<int> reached;
    for (int i = 0; i < list().count(); ++i) {
        EXPECT_FALSE(isHeading(list().currentRow()));
        reached.insert(list().currentRow());
        key(Qt::Key_Down);
    }
    EXPECT_EQ(static_cast<qsizetype>(reached.size()), rows().size());
    key(Qt::Key_PageDown);
    key(Qt::Key_PageUp);
    EXPECT_FALSE(isHeading(list().currentRow()));
}

TEST_F(PaletteTest, EscapeAndTheSameKeyCloseItAndNothingRuns) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(openPalette());
    type(QStringLiteral("loop"));
    key(Qt::Key_Escape);
    EXPECT_FALSE(shown());
    ASSERT_NO_FATAL_FAILURE(openPalette());
    EXPECT_TRUE(search().text().isEmpty());
    QTest::keySequence(&search(), QKeySequence(QStringLiteral("Ctrl+K")));
    EXPECT_FALSE(shown());
    EXPECT_FALSE(studio().sound.looping());
}

TEST_F(PaletteTest, WhatCannotRunIsLastWithTheReasonAndDoesNotRun) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(openPalette());
    int undo = rowOf(QStringLiteral("edit.undo"));
    ASSERT_GE(undo, 0);
    EXPECT_TRUE(list().item(undo)->data(PaletteRowDelegate::dimRole).toBool());
    const QString spoken = list().item(undo)->data(Qt::AccessibleTextRole).toString();
    EXPECT_TRUE(spoken.contains(QStringLiteral("Nothing has been changed"))) << spoken.toStdString();
    bool seenDim = false;
    for (int i = 0; i < list().count(); ++i) {
        if (isHeading(i)) continue;
        const bool dim = list().item(i)->data(PaletteRowDelegate::dimRole).toBool();
        EXPECT_FALSE(seenDim && !dim) << list().item(i)->text().toStdString();
        seenDim = seenDim || dim;
    }
    // Nothing that only speaks of it is run in its place.
    type(QStringLiteral("undo"));
    undo = rowOf(QStringLiteral("edit.undo"));
    ASSERT_GE(undo, 0);
    EXPECT_LT(rowOf(QStringLiteral("edit.remove")), 0);
    EXPECT_EQ(list().currentRow(), undo) << "before places that are called so less exactly";
    EXPECT_TRUE(find<QLabel>(QStringLiteral("paletteHint")).text().contains(QStringLiteral("Nothing")));
    key(Qt::Key_Return);
    EXPECT_TRUE(shown());
    keepPicture(QStringLiteral("palette-disabled"));
}

TEST_F(PaletteTest, EveryActionThatIsOffSaysWhy) {
    openStudio();
    int off = 0;
    for (const Shortcut& shortcut : window().shortcuts().current()) {
        if (window().shortcuts().action(shortcut.id).isEnabled()) continue;
        ++off;
        EXPECT_FALSE(window().shortcuts().reason(shortcut.id).isEmpty()) << shortcut.id.toStdString();
        EXPECT_TRUE(
            window().shortcuts().toolTip(shortcut.id).contains(window().shortcuts().reason(shortcut.id)));
    }
    EXPECT_GT(off, 20);
    importSamples(5);
    EXPECT_TRUE(window().shortcuts().action(QStringLiteral("edit.undo")).isEnabled());
    EXPECT_TRUE(window().shortcuts().reason(QStringLiteral("edit.undo")).isEmpty());
}

TEST_F(PaletteTest, WhatWasRunComesFirstNextTime) {
    openStudio();
    for (const char* name : {"high contrast", "loop"}) {
        ASSERT_NO_FATAL_FAILURE(openPalette());
        type(QLatin1String(name));
        key(Qt::Key_Return);
    }
    closeStudio();
    openStudio();
    ASSERT_NO_FATAL_FAILURE(openPalette());
    EXPECT_EQ(rows().value(0), QStringLiteral("Loop"));
    EXPECT_EQ(rows().value(1), QStringLiteral("Dark, light, high contrast"));
}

TEST_F(PaletteTest, GoesToCollectionsPagesAndSectionsOfTheHelp) {
    openStudio();
    importSamples(5);
    window().showPage(MainWindow::Page::map);
    const CollectionId id = studio().selection.collection();
    studio().selection.setCollection({});
    ASSERT_NO_FATAL_FAILURE(openPalette());
    type(QString::fromStdString(engine().collection(id)->collection.name));
    ASSERT_TRUE(rows().contains(QString::fromStdString(engine().collection(id)->collection.name)));
    key(Qt::Key_Up);
    key(Qt::Key_Down);
    for (int i = 0; i < list().count(); ++i)
        if (list().item(i)->data(PaletteRowDelegate::detailRole) == QStringLiteral("Collection"))
            list().setCurrentRow(i);
    key(Qt::Key_Return);
    EXPECT_EQ(studio().selection.collection(), id);
    EXPECT_EQ(window().page(), MainWindow::Page::train);

    ASSERT_NO_FATAL_FAILURE(openPalette());
    type(QStringLiteral("midi learn"));
    ASSERT_EQ(rows().value(0), QStringLiteral("MIDI learn"));
    key(Qt::Key_Return);
    EXPECT_EQ(find<QComboBox>(QStringLiteral("helpPages")).currentData(), QStringLiteral("controllers"));
    EXPECT_EQ(find<QTextBrowser>(QStringLiteral("helpText")).textCursor().block().text(),
              QStringLiteral("MIDI learn"));
}

TEST_F(PaletteTest, OffersEightPlacesAtMost) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(openPalette());
    type(QStringLiteral("e"));
    int places = 0;
    for (int i = 0; i < list().count(); ++i)
        if (!isHeading(i) && list().item(i)->data(Qt::UserRole).toString().isEmpty()) ++places;
    EXPECT_EQ(places, 8);
}

TEST_F(PaletteTest, F1OpensTheHelpOfThePage) {
    openStudio();
    const std::pair<MainWindow::Page, const char*> pages[] = {{MainWindow::Page::train, "training"},
                                                              {MainWindow::Page::generate, "sliders"},
                                                              {MainWindow::Page::edit, "editing-codes"},
                                                              {MainWindow::Page::map, "map"}};
    for (const auto& [page, help] : pages) {
        window().activateWindow();
        window().showPage(page);
        QTest::keyClick(&window(), Qt::Key_F1);
        EXPECT_EQ(find<QComboBox>(QStringLiteral("helpPages")).currentData(), QLatin1String(help));
        EXPECT_FALSE(find<QTextBrowser>(QStringLiteral("helpText")).toPlainText().isEmpty());
    }
}

}  // namespace
}  // namespace smidgen::ui::testing
