#include "tests/ui_canvas/screen.h"

#include <gtest/gtest.h>

#include <optional>

namespace smidgen {
namespace {

class Screen : public ::testing::Environment {
 public:
    void SetUp() override {
        if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
        static int argc = 1;
        static char name[] = "test_ui_canvas";
        static char* argv[] = {name, nullptr};
        m_application.emplace(argc, argv);
        m_theme.emplace(*m_application);
    }
    void TearDown() override {
        m_theme.reset();
        m_application.reset();
    }
    [[nodiscard]] Theme& theme() { return *m_theme; }

 private:
    std::optional<QApplication> m_application;
    std::optional<Theme> m_theme;
};

Screen* const screen = static_cast<Screen*>(::testing::AddGlobalTestEnvironment(new Screen));

}  // namespace

Theme& theme() {
    return screen->theme();
}

Theme& freshTheme() {
    screen->theme().setScheme(Scheme::dark);
    return screen->theme();
}

QImage picture(QWidget& widget) {
    return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

void present(QWidget& widget, const QSize& size) {
    widget.resize(size);
    widget.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&widget));
    QCoreApplication::processEvents();
}

int distance(const QColor& a, const QColor& b) {
    return std::max(
        {std::abs(a.red() - b.red()), std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
}

int countInColumn(const QImage& image, int x, int top, int bottom, const QColor& colour, int tolerance) {
    int count = 0;
    for (int y = top; y < bottom; ++y)
        if (distance(image.pixelColor(x, y), colour) <= tolerance) ++count;
    return count;
}

}  // namespace smidgen
