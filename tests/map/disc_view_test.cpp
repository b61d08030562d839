// Looking at the disc: what is under the pointer stays there.
#include "engine/map/disc_view.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

class DiscViewTest : public ::testing::Test {
 protected:
    void SetUp() override { m_view.setViewport(800, 600); }
    void expectUnder(DiscPoint mapPoint, double x, double y) const {
        EXPECT_NEAR(m_view.screenX(m_view.shown(mapPoint)), x, 1e-6);
        EXPECT_NEAR(m_view.screenY(m_view.shown(mapPoint)), y, 1e-6);
    }
    DiscView m_view;
};

TEST_F(DiscViewTest, TheGraspedPointStaysUnderTheHand) {
    Random random(5);
    for (int i = 0; i < 500; ++i) {
        if (i % 5 == 0) m_view.fit();
        const double x = random.uniform(200, 600), y = random.uniform(100, 500);
        const double toX = random.uniform(200, 600), toY = random.uniform(100, 500);
        const DiscPoint grasped = m_view.hidden(m_view.discAt(x, y));
        m_view.drag(x, y, toX, toY);
        expectUnder(grasped, toX, toY);
    }
}

TEST_F(DiscViewTest, ManyAtOnceStandWhereEachStands) {
    Random random(11);
    std::vector<DiscPoint> places;
    for (int i = 0; i < 300; ++i)
        places.push_back(std::polar(0.995 * random.uniform(0, 1), random.uniform(0, 6.28)));
    std::vector<DiscSpot> spots(7);
    for (int step = 0; step < 20; ++step) {
        m_view.drag(random.uniform(200, 600), random.uniform(100, 500), random.uniform(200, 600),
                    random.uniform(100, 500));
        m_view.zoom(1.1, 300, 200);
        m_view.spotsOf(places, spots);
        ASSERT_EQ(spots.size(), places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            const DiscPoint shown = m_view.shown(places[i]);
            EXPECT_NEAR(spots[i].x, m_view.screenX(shown), 1e-2);
            EXPECT_NEAR(spots[i].y, m_view.screenY(shown), 1e-2);
            EXPECT_NEAR(spots[i].size, 1 - std::norm(shown), 1e-5);
        }
    }
}

TEST_F(DiscViewTest, PanningKeepsEveryDistanceAndStaysInside) {
    Random random(6);
    const DiscPoint a{0.3, 0.2}, b{-0.5, 0.7};
    const double before = storage::discDistance(a, b);
    for (int i = 0; i < 2000; ++i)
        m_view.drag(random.uniform(200, 600), random.uniform(100, 500), random.uniform(200, 600),
                    random.uniform(100, 500));
    EXPECT_LT(std::abs(m_view.shown(b)), 1.0);
    EXPECT_LT(storage::discDistance(m_view.centre(), 0.0), 17) << "the map is not left behind";
    m_view.centreOn(a);
    EXPECT_NEAR(std::abs(m_view.shown(a)), 0.0, 1e-9);
    EXPECT_NEAR(storage::discDistance(m_view.shown(a), m_view.shown(b)), before, 1e-6);
}

TEST_F(DiscViewTest, ZoomKeepsWhatIsUnderThePointer) {
    m_view.drag(400, 300, 460, 250);
    const DiscPoint under = m_view.hidden(m_view.discAt(500, 280));
    m_view.zoom(3, 500, 280);
    expectUnder(under, 500, 280);
    EXPECT_DOUBLE_EQ(m_view.zoomFactor(), 3);
    m_view.zoom(1e9, 500, 280);
    EXPECT_DOUBLE_EQ(m_view.zoomFactor(), DiscView::kMostZoom);
    m_view.zoom(1e-9, 10, 10);
    EXPECT_DOUBLE_EQ(m_view.zoomFactor(), 1);
    EXPECT_DOUBLE_EQ(m_view.middleX(), 400) << "the fitted disc stands in the middle";
}

TEST_F(DiscViewTest, ShownAndHiddenUndoEachOther) {
    m_view.drag(400, 300, 520, 340);
    const DiscPoint place{-0.6, 0.55};
    EXPECT_NEAR(std::abs(m_view.hidden(m_view.shown(place)) - place), 0.0, 1e-12);
    m_view.fit();
    EXPECT_EQ(m_view.shown(place), place);
    EXPECT_EQ(m_view.centre(), DiscPoint(0.0));
}

}  // namespace
}  // namespace smidgen
