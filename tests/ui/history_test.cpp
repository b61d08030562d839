// The history: a thousand takes browsed, narrowed, compared, rebuilt, taken away and brought back.
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "engine/audio/loudness.h"
#include "engine/library/library.h"
#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/dialogs/history_dialog.h"
#include "ui/dialogs/history_model.h"

namespace smidgen::ui::testing {
namespace {

class HistoryTest : public DeskTest {
 protected:
    void fill(int count) {
        AudioBuffer sound(1, Samples(4800));
        sound.rate = kSampleRate;
        for (std::size_t i = 0; i < 4800; ++i)
            sound.channels[0][i] = 0.3F * std::sin(0.05F * static_cast<float>(i));
        const auto loudness = measureLoudness(sound);
        ASSERT_TRUE(loudness);
        for (int i = 0; i < count; ++i) {
            Recipe recipe;
            recipe.modelName = i % 3 == 0 ? "forest" : "city";
            recipe.seed = static_cast<std::uint64_t>(i);
            recipe.seconds = 0.1;
            if (i % 10 == 0) recipe.sliders[Attribute::brightness] = 0.01 * (i % 100);
            auto take = engine().items().addTake(sound, *loudness, recipe);
            ASSERT_TRUE(take) << take.error().sentence;
            if (i % 50 == 0) {
                ASSERT_TRUE(engine().starTake((*take)->id, true));
            }
        }
    }
    void open() {
        press(QStringLiteral("library.history"));
        ASSERT_TRUE(waitUntil([&] { return window().findChild<HistoryDialog*>() != nullptr; }));
    }
    [[nodiscard]] QTableView& table() { return find<QTableView>(QStringLiteral("historyTable")); }
    [[nodiscard]] HistoryModel& rows() { return *qobject_cast<HistoryModel*>(table().model()); }
    void type(const QString& text) {
        auto& filter = find<QLineEdit>(QStringLiteral("historyFilter"));
        filter.clear();
        QTest::keyClicks(&filter, text);
    }
    void click(const QString& name) { QTest::mouseClick(&find<QPushButton>(name), Qt::LeftButton); }
    void choose(int row) {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                          table().visualRect(rows().index(row, HistoryModel::nameColumn)).center());
    }
};

TEST_F(HistoryTest, AThousandTakesAreBrowsedAndNarrowedAtOnce) {
    openStudio();
    fill(1000);
    closeStudio();
    openStudio();
    open();
    ASSERT_EQ(1000, rows().rowCount());
    // The longest of anything a person does here; told, not judged: the machine may be busy.
    qint64 longest = 0;
    const auto timed = [&](const QString& what, const std::function<void()>& work) {
        QElapsedTimer timer;
        timer.start();
        work();
        table().viewport()->repaint();
        longest = std::max(longest, timer.elapsed());
        std::printf("%s: %lld ms\n", qPrintable(what), static_cast<long long>(timer.elapsed()));
    };
    auto& filter = find<QLineEdit>(QStringLiteral("historyFilter"));
    const std::pair<const char*, int> asked[] = {
        {"forest", 334},  {"is:starred", 20},      {"model:city", 666}, {"seconds<1", 1000},
        {"seconds>1", 0}, {"city is:starred", 13}, {"kind:model", 0},   {"", 1000}};
    for (const auto& [text, count] : asked) {
        timed(QString::fromLatin1(text), [&, words = text] { filter.setText(QString::fromLatin1(words)); });
        EXPECT_EQ(count, rows().rowCount()) << text;
    }
    timed(QStringLiteral("sort by name"),
          [&] { table().sortByColumn(HistoryModel::nameColumn, Qt::AscendingOrder); });
    timed(QStringLiteral("sort by settings"),
          [&] { table().sortByColumn(HistoryModel::settingsColumn, Qt::DescendingOrder); });
    EXPECT_TRUE(rows().take(0)->recipe.sliders.anySet());
    for (int row = 0; row < 1000; row += 137)
        timed(QStringLiteral("scroll"), [&] { table().scrollTo(rows().index(row, 0)); });
    std::printf("longest %lld ms\n", static_cast<long long>(longest));
    type(QStringLiteral("weight<3"));
    EXPECT_TRUE(find<QLabel>(QStringLiteral("historyAbout")).text().contains(QStringLiteral("seconds, lufs")))
        << "what is wrong is said";
}

TEST_F(HistoryTest, TakesAreStarredRenamedTrashedAndComeBack) {
    openStudio();
    fill(5);
    engine().tell({Topic::takes, {}, 0});
    open();
    ASSERT_TRUE(waitUntil([&] { return rows().rowCount() == 5; }));
    choose(1);
    const TakeId chosen = rows().take(1)->id;
    EXPECT_EQ(chosen, studio().selection.take()) << "what is chosen here is chosen in the window";
    click(QStringLiteral("historyStar"));
    ASSERT_TRUE(waitUntil([&] { return engine().take(chosen)->starred; }));
    ASSERT_TRUE(waitUntil([&] { return rows().rowOf(chosen) == 1 && rows().take(1)->starred; }));
    rows().setData(rows().index(1, HistoryModel::nameColumn), QStringLiteral("a good one"), Qt::EditRole);
    ASSERT_TRUE(waitUntil([&] { return engine().take(chosen)->name == "a good one"; }));
    click(QStringLiteral("historyRemove"));
    ASSERT_TRUE(waitUntil([&] { return rows().rowCount() == 4; }));
    QTest::mouseClick(&find<QToolButton>(QStringLiteral("historyTrash")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return rows().rowCount() == 1; }));
    choose(0);
    EXPECT_FALSE(find<QPushButton>(QStringLiteral("historyUse")).isEnabled());
    keepPicture(QStringLiteral("history-trash"), window().findChild<HistoryDialog*>());
    click(QStringLiteral("historyRemove"));
    ASSERT_TRUE(waitUntil([&] { return rows().rowCount() == 0; }));
    EXPECT_EQ(5U, engine().takes().size());
    QUndoStack& undo = studio().library.undoStack();
    ASSERT_TRUE(waitUntil([&] { return undo.undoText().contains(QStringLiteral("restoring")); }));
    QTest::keySequence(window().findChild<HistoryDialog*>(), QKeySequence::Undo);
    ASSERT_TRUE(waitUntil([&] { return rows().rowCount() == 1; })) << "undo puts it back into the trash";
}

TEST_F(HistoryTest, ARecipeIsRebuiltAndUsedAndHeard) {
    openStudio();
    addSmallModel();
    press(QStringLiteral("generate.one"));
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 1; }, 120));
    press(QStringLiteral("generate.one"));
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 2; }, 120));
    open();
    choose(1);
    auto& about = find<QLabel>(QStringLiteral("historyAbout"));
    click(QStringLiteral("historyRebuild"));
    ASSERT_TRUE(waitUntil([&] { return about.text().contains(QStringLiteral("sample for sample")); }, 60))
        << about.text().toStdString();
    keepPicture(QStringLiteral("history"), window().findChild<HistoryDialog*>());
    click(QStringLiteral("historyPlay"));
    EXPECT_EQ(QStringLiteral("take:") + toText(rows().take(1)->id), studio().sound.loaded().key);
    choose(0);
    const TakeId first = rows().take(0)->id, second = rows().take(1)->id;
    EXPECT_EQ(first, studio().selection.take());
    click(QStringLiteral("historyCompare"));
    EXPECT_EQ(second, studio().selection.take());
    click(QStringLiteral("historyCompare"));
    EXPECT_EQ(first, studio().selection.take());
}

}  // namespace
}  // namespace smidgen::ui::testing
