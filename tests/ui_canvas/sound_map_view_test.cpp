// The map under real hands: clicks, drags, lasso, keys.
#include "ui/canvas/sound_map_view.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "tests/ui_canvas/screen.h"

namespace smidgen {
namespace {

class SoundMapViewTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_view.setMap({point("middle", {0, 0}), point("right", {0.5, 0}), point("up", {0, 0.5})}, {});
        present(m_view, {500, 500});
        m_view.repaint();
    }
    static SoundMapView::Point point(const char* name, DiscPoint place) {
        SoundMapView::Point made;
        made.place = place;
        made.name = QString::fromLatin1(name);
        return made;
    }
    [[nodiscard]] QPoint at(int index) const { return m_view.positionOf(index).toPoint(); }
    SoundMapView m_view{freshTheme()};
};

TEST_F(SoundMapViewTest, AClickIsToHearAndChoosesAndIsSpoken) {
    QSignalSpy heard(&m_view, &SoundMapView::activated);
    QTest::mouseClick(&m_view, Qt::LeftButton, {}, at(1));
    ASSERT_EQ(heard.size(), 1);
    EXPECT_EQ(heard[0][0].toInt(), 1);
    EXPECT_EQ(m_view.chosen(), std::vector<int>{1});
    EXPECT_TRUE(m_view.spokenValue().startsWith(QStringLiteral("right")));
}

TEST_F(SoundMapViewTest, ADragMovesTheMapUnderTheHand) {
    const QPointF from(300, 320), to(360, 260);
    const DiscPoint grasped = m_view.view().hidden(m_view.view().discAt(from.x(), from.y()));
    QTest::mousePress(&m_view, Qt::LeftButton, {}, from.toPoint());
    QTest::mouseMove(&m_view, to.toPoint());
    QTest::mouseRelease(&m_view, Qt::LeftButton, {}, to.toPoint());
    const DiscPoint shown = m_view.view().shown(grasped);
    EXPECT_NEAR(m_view.view().screenX(shown), to.x(), 1);
    EXPECT_NEAR(m_view.view().screenY(shown), to.y(), 1);
    EXPECT_TRUE(m_view.chosen().empty());
}

TEST_F(SoundMapViewTest, ALassoChoosesWhatItEncloses) {
    const QPoint a = at(1);
    QTest::mousePress(&m_view, Qt::LeftButton, Qt::ShiftModifier, a + QPoint(-20, -20));
    for (const QPoint by : {QPoint(20, -20), QPoint(20, 20), QPoint(-20, 20)})
        QTest::mouseMove(&m_view, a + by);
    QTest::mouseRelease(&m_view, Qt::LeftButton, Qt::ShiftModifier, a + QPoint(-20, 20));
    EXPECT_EQ(m_view.chosen(), std::vector<int>{1});
}

TEST_F(SoundMapViewTest, ArrowsGoToTheNearestThatWayAndPassByWhatWasNotFound) {
    m_view.setFocused(0);
    QTest::keyClick(&m_view, Qt::Key_Right);
    EXPECT_EQ(m_view.focused(), 1);
    m_view.setFocused(0);
    m_view.setFound({true, true, false});
    QTest::keyClick(&m_view, Qt::Key_Up);
    EXPECT_EQ(m_view.focused(), 0);
}

}  // namespace
}  // namespace smidgen
