// The morph pad by keys.
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <memory>

#include "tests/ui_canvas/screen.h"
#include "ui/canvas/morph_pad.h"

namespace smidgen {
namespace {

class MorphPadTest : public ::testing::Test {
 protected:
    void SetUp() override {
        freshTheme();
        m_pad = std::make_unique<MorphPad>(theme());
        m_pad->setGrid(3, 2, QStringLiteral("Timbre"), QStringLiteral("Brightness"));
        present(*m_pad, {420, 320});
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_pad.get(), key, modifiers);
    }
    [[nodiscard]] std::vector<QPointF> path() const { return m_pad->path(); }
    std::unique_ptr<MorphPad> m_pad;
};

TEST_F(MorphPadTest, ArrowsDrawTheWayThatTheDotGoes) {
    press(Qt::Key_Right);
    EXPECT_TRUE(path().empty()) << "drawing is off";
    m_pad->setDrawing(true);
    EXPECT_TRUE(m_pad->spokenValue().endsWith(QStringLiteral("drawing a way")));
    press(Qt::Key_Up);
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(path(), (std::vector<QPointF>{{0.125, 0}, {0.125, 0.125}, {0.15625, 0.125}, {1, 0}}));
    EXPECT_EQ(m_pad->dot(), QPointF(1, 0));
    EXPECT_TRUE(m_pad->spokenValue().endsWith(QStringLiteral("the way has 4 places")));
    press(Qt::Key_Down);
    EXPECT_EQ(path().size(), 4U) << "at the edge there is nowhere to go";
}

TEST_F(MorphPadTest, BackspaceTakesTheLastStepBackAndEscapeAllOfIt) {
    m_pad->setDrawing(true);
    QSignalSpy moves(m_pad.get(), &MorphPad::dotMoved);
    for (int i = 0; i < 3; ++i) press(Qt::Key_Right);
    press(Qt::Key_Backspace);
    EXPECT_EQ(path().size(), 3U);
    EXPECT_EQ(m_pad->dot(), QPointF(0.25, 0));
    EXPECT_EQ(moves.count(), 4) << "the place one is back at is heard";
    press(Qt::Key_Escape);
    EXPECT_TRUE(path().empty());
    press(Qt::Key_Backspace);
    EXPECT_EQ(m_pad->dot(), QPointF(0.25, 0));

    // With drawing off both keys are somebody else's.
    press(Qt::Key_Right);
    m_pad->setDrawing(false);
    press(Qt::Key_Backspace);
    press(Qt::Key_Escape);
    EXPECT_EQ(path().size(), 2U);
}

TEST_F(MorphPadTest, ItsMenuIsAskedForAtTheCursorsNode) {
    QSignalSpy menus(m_pad.get(), &MorphPad::menuRequested);
    press(Qt::Key_Right, Qt::ControlModifier);
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, {3, 3}, m_pad->mapToGlobal(QPoint(3, 3)));
    QApplication::sendEvent(m_pad.get(), &byKey);
    ASSERT_EQ(menus.count(), 1);
    EXPECT_EQ(menus[0][0].toPoint(), m_pad->mapToGlobal(m_pad->pointOf({1, 0}).toPoint()));
    const QPoint at = m_pad->pointOf({2, 1}).toPoint();
    QContextMenuEvent byPointer(QContextMenuEvent::Mouse, at, m_pad->mapToGlobal(at));
    QApplication::sendEvent(m_pad.get(), &byPointer);
    EXPECT_EQ(m_pad->cursorNode(), QPoint(2, 1)) << "of what lies under the pointer";
    EXPECT_EQ(menus.count(), 2);
}

}  // namespace
}  // namespace smidgen
