// The map of the library: laid out, heard by clicks, dimmed by the search box, a way between two sounds.
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/docks/library_panel.h"
#include "ui/pages/map_page.h"

namespace smidgen::ui::testing {
namespace {

class MapTest : public DeskTest {
 protected:
    [[nodiscard]] MapPage& page() { return *window().findChild<MapPage*>(); }
    void open(std::size_t things) {
        press(QStringLiteral("view.map"));
        ASSERT_TRUE(waitUntil(
            [&] {
                return page().isVisible() && page().map() != nullptr && page().map()->items.size() == things;
            },
            60));
    }
};

TEST_F(MapTest, SoundsLieOnTheMapAndAreHeardAndCollected) {
    openStudio();
    importSamples(10);
    open(10);
    keepPicture(QStringLiteral("map"));
    SoundMapView& view = page().view();
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Return);
    ASSERT_TRUE(waitUntil([&] { return studio().sound.loaded().key.startsWith(QStringLiteral("sound:")); }));
    EXPECT_FALSE(view.spokenValue().isEmpty());
    // Everything with a lasso around the disc.
    const QRect all = view.rect().adjusted(2, 2, -2, -2);
    QTest::mousePress(&view, Qt::LeftButton, Qt::ShiftModifier, all.topLeft());
    for (const QPoint& corner : {all.topRight(), all.bottomRight(), all.bottomLeft(), all.topLeft()})
        QTest::mouseMove(&view, corner);
    QTest::mouseRelease(&view, Qt::LeftButton, Qt::ShiftModifier, all.topLeft());
    ASSERT_TRUE(waitUntil([&] { return view.chosen().size() == 10; })) << view.chosen().size();
    EXPECT_TRUE(find<QPushButton>(QStringLiteral("mapCollect")).isEnabled());
}

TEST_F(MapTest, TheWayBetweenTwoSoundsIsHeardAndKept) {
    openStudio();
    importSamples(4);
    open(4);
    Q_EMIT page().view().pathDrawn(0, 1);
    ASSERT_TRUE(
        waitUntil([&] { return studio().sound.loaded().key.startsWith(QStringLiteral("way:")); }, 60));
    EXPECT_GT(studio().sound.length(), 0.05);
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("mapKeepWay")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 1; }));
    auto again = engine().render(engine().takes().front()->recipe);
    ASSERT_TRUE(again) << again.error().sentence;
}

}  // namespace
}  // namespace smidgen::ui::testing
