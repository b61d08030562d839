// Searching in the Library: words and filters typed, a sound dropped on the search box, "Find similar".
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/docks/found_panel.h"
#include "ui/docks/library_list.h"
#include "ui/docks/library_panel.h"

namespace smidgen::ui::testing {
namespace {

class FindTest : public DeskTest {
 protected:
    [[nodiscard]] FoundPanel& found() { return *window().findChild<FoundPanel*>(); }
    [[nodiscard]] QLineEdit& search() {
        return *window().findChild<LibraryPanel*>()->findChild<QLineEdit*>();
    }
    void type(const QString& text) {
        press(QStringLiteral("library.search"));
        search().clear();
        QTest::keyClicks(&search(), text);
    }
    [[nodiscard]] bool finds(std::size_t count) {
        return waitUntil([&] { return found().isVisible() && found().items().size() == count; });
    }
};

TEST_F(FindTest, WordsAndFiltersAreFoundAsTheyAreTyped) {
    openStudio();
    importSamples(6);
    EXPECT_FALSE(found().isVisible());
    type(QStringLiteral("drum"));
    ASSERT_TRUE(finds(6)) << found().items().size();
    type(QStringLiteral("kind:collection"));
    ASSERT_TRUE(finds(1));
    type(QStringLiteral("seconds<0"));
    ASSERT_TRUE(waitUntil([&] { return found().isVisible() && found().items().empty(); }));
    type(QStringLiteral("weight<3"));
    ASSERT_TRUE(waitUntil([&] {
        for (const QLabel* label : found().findChildren<QLabel*>())
            if (label->text().contains(QStringLiteral("seconds, lufs"))) return true;
        return false;
    })) << "what is wrong is said";
    keepPicture(QStringLiteral("find-wrong"));
    QTest::mouseClick(found().findChild<QToolButton*>(), Qt::LeftButton);
    EXPECT_FALSE(found().isVisible());
    EXPECT_TRUE(search().text().isEmpty());
}

TEST_F(FindTest, ASoundDroppedOnTheSearchBoxFindsItsLike) {
    openStudio();
    importSamples(8);
    const auto asked = engine().collections().front()->collection.entries.front();
    dropFiles(search(), {asked.path});
    ASSERT_TRUE(finds(8));
    EXPECT_EQ(found().items().front().id, asked.contentHash);
    EXPECT_EQ(found().items().front().distance, 0.0);
    EXPECT_EQ(engine().collections().size(), 1U) << "it was a question, not an import";
    keepPicture(QStringLiteral("find-similar"));
    auto* list = found().findChild<LibraryList*>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(1, 0)).center());
    EXPECT_EQ(studio().sound.loaded().file, found().items()[1].file) << "a click is to hear it";
    window().findChild<LibraryPanel*>()->findSimilar(QStringLiteral("nothing"), "no such sound");
    ASSERT_TRUE(waitUntil([&] { return found().items().empty(); }));
}

}  // namespace
}  // namespace smidgen::ui::testing
