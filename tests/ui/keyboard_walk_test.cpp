// The whole way without a pointer: a recipe, a take's codes edited and taken back, a cube, the map, export.
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>

#include "tests/ui/furnished.h"
#include "tests/ui/hands.h"
#include "ui/bridge/text.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/sound_map_view.h"
#include "ui/canvas/take_card.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/morph_panel.h"
#include "ui/pages/recipe_form.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

constexpr double kPatience = 120;
constexpr int kMostTabs = 200;

class KeyboardWalkTest : public FurnishedTest {
 protected:
    [[nodiscard]] static QWidget& focus() {
        QWidget* widget = QApplication::focusWidget();
        if (widget == nullptr) throw std::runtime_error("the keyboard is nowhere");
        return *widget;
    }
    static void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&focus(), key, modifiers);
    }
    /// Tab by Tab until `there` holds for the widget with the keyboard.
    [[nodiscard]] static bool tabTo(const std::function<bool(const QWidget&)>& there) {
        for (int i = 0; i < kMostTabs; ++i) {
            if (QApplication::focusWidget() != nullptr && there(focus())) return true;
            QTest::keyClick(QApplication::activeWindow(), Qt::Key_Tab);
        }
        return false;
    }
    [[nodiscard]] static bool tabTo(const char* name) {
        return tabTo([name](const QWidget& widget) { return widget.objectName() == QLatin1String(name); });
    }
    /// F6 by F6 until the keyboard is inside `panel`.
    [[nodiscard]] bool panelTo(const char* panel) {
        for (int i = 0; i < 8; ++i) {
            for (const QWidget* up = QApplication::focusWidget(); up != nullptr; up = up->parentWidget())
                if (up->objectName() == QLatin1String(panel)) return true;
            press(QStringLiteral("view.nextPanel"));
        }
        return false;
    }
    [[nodiscard]] EditPage& editing() { return window().editPage(); }
};

TEST_F(KeyboardWalkTest, FromGenerateOverEditMorphAndMapToExport) {
    openFurnished();
    while (window().page() != MainWindow::Page::generate) press(QStringLiteral("view.nextPage"));

    // A length is typed, and the seed drawn.
    ASSERT_TRUE(panelTo("centre"));
    ASSERT_TRUE(tabTo("length"));
    static_cast<QAbstractSpinBox&>(focus()).selectAll();
    QTest::keyClicks(&focus(), QLocale().toString(0.6, 'f', 2));
    key(Qt::Key_Tab);
    EXPECT_DOUBLE_EQ(window().generatePage().form().recipe().seconds, 0.6);
    const std::uint64_t seed = window().generatePage().form().recipe().seed;
    press(QStringLiteral("generate.dice"));
    EXPECT_NE(window().generatePage().form().recipe().seed, seed);
    const TakeId made = engine().takes().front()->id;

    // Its card in the tray, its menu, its codes.
    ASSERT_TRUE(panelTo("takes"));
    ASSERT_TRUE(tabTo([](const QWidget& widget) { return widget.inherits("smidgen::TakeCard"); }));
    key(Qt::Key_Right);
    key(Qt::Key_Left);
    ASSERT_EQ(studio().selection.take(), made);
    chooseFromMenu(focus(), QStringLiteral("Edit its codes"));
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_EQ(window().page(), MainWindow::Page::edit);
    const auto view = [&] { return editing().actions().view(); };
    ASSERT_TRUE(waitUntil([&] { return view() && view()->current; }, kPatience))
        << window().messages().sentences().join(u'\n').toStdString();

    // Cells chosen with Shift, filled with a code, and back.
    ASSERT_TRUE(panelTo("centre"));
    ASSERT_TRUE(tabTo([&](const QWidget& widget) { return &widget == &editing().grid(); }));
    for (int i = 0; i < 3; ++i) key(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(editing().grid().selection().count(), 4);
    const SoundCodes original = view()->document->edited;
    key(Qt::Key_N);
    EXPECT_FALSE(view()->document->edited == original);
    press(QStringLiteral("edit.undo"));
    EXPECT_TRUE(view()->document->edited == original);
    key(Qt::Key_Return);
    QTest::keyClicks(&focus(), QStringLiteral("7"));
    key(Qt::Key_Return);
    EXPECT_FALSE(view()->document->edited == original) << "a code is typed";
    press(QStringLiteral("edit.undo"));
    EXPECT_TRUE(view()->document->edited == original);

    // A cube, with the take on its first node.
    press(QStringLiteral("generate.morph"));
    ASSERT_EQ(window().page(), MainWindow::Page::generate);
    ASSERT_TRUE(panelTo("centre"));
    ASSERT_TRUE(tabTo("morphNew"));
    key(Qt::Key_Return);
    answerWith(QStringLiteral("Rooms 2x2"));
    MorphPanel& morph = window().generatePage().morph();
    ASSERT_TRUE(waitUntil([&] { return !morph.cube().empty(); }));
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_TRUE(tabTo([&](const QWidget& widget) { return &widget == &morph.pad(); }));
    key(Qt::Key_Return);
    ASSERT_TRUE(waitUntil([&] { return morph.pad().nodes().size() == 1; }, kPatience))
        << window().messages().sentences().join(u'\n').toStdString();
    const QPointF dot = morph.pad().dot();
    key(Qt::Key_Right);
    EXPECT_NE(morph.pad().dot(), dot);

    // The map: its cursor goes to a sound, which is heard.
    press(QStringLiteral("view.map"));
    auto* map = window().findChild<MapPage*>();
    ASSERT_TRUE(waitUntil([&] { return map->map() != nullptr && !map->map()->items.empty(); }, kPatience));
    EXPECT_EQ(&focus(), &map->view());
    key(Qt::Key_Right);
    key(Qt::Key_Return);
    EXPECT_TRUE(waitUntil([&] { return !studio().sound.loaded().key.isEmpty(); }));

    // And out.
    studio().selection.setTake(made);
    press(QStringLiteral("export.open"));
    ASSERT_TRUE(waitUntil([&] { return QApplication::activeWindow() != &window(); }));
    ASSERT_TRUE(tabTo("folder"));
    static_cast<QLineEdit&>(focus()).selectAll();
    const auto folder = m_folder / "out";
    QTest::keyClicks(&focus(), toText(folder));
    ASSERT_TRUE(tabTo("export"));
    key(Qt::Key_Return);
    ASSERT_TRUE(waitUntil(
        [&] {
            return std::filesystem::exists(folder) && !std::filesystem::is_empty(folder) &&
                   studio().bridge.activeJobs().empty();
        },
        kPatience));
    QDialog* dialog = window().findChild<QDialog*>(QStringLiteral("exportDialog"));
    ASSERT_NE(dialog, nullptr);
    const QPointer<QDialog> open = dialog;
    key(Qt::Key_Escape);
    EXPECT_TRUE(waitUntil([&] { return open.isNull() || !open->isVisible(); }));
}

}  // namespace
}  // namespace smidgen::ui::testing
