// The window for people who do not see it, or do not use a pointer.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <set>

#include "tests/ui/desk.h"
#include "ui/canvas/canvas.h"
#include "ui/dialogs/audio_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"

namespace smidgen::ui::testing {
namespace {

bool isControl(const QWidget* widget) {
    if (qobject_cast<const QScrollBar*>(widget) != nullptr) return false;
    if (widget->objectName().startsWith(QStringLiteral("qt_"))) return false;
    return qobject_cast<const QAbstractButton*>(widget) != nullptr ||
           qobject_cast<const QComboBox*>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
           qobject_cast<const QAbstractSlider*>(widget) != nullptr ||
           qobject_cast<const QAbstractItemView*>(widget) != nullptr ||
           qobject_cast<const QLineEdit*>(widget) != nullptr ||
           qobject_cast<const Canvas*>(widget) != nullptr;
}

/// Parts of another control (the field of a spin box, the list of a combo box) speak through it.
bool isPart(const QWidget* widget) {
    for (const QWidget* up = widget->parentWidget(); up != nullptr && !up->isWindow();
         up = up->parentWidget())
        if (qobject_cast<const QComboBox*>(up) != nullptr ||
            qobject_cast<const QAbstractSpinBox*>(up) != nullptr ||
            qobject_cast<const QLineEdit*>(up) != nullptr ||
            qobject_cast<const QAbstractItemView*>(up) != nullptr || up->inherits("QKeySequenceEdit"))
            return true;
    return false;
}

/// Tab goes to the checked button of a group; arrow keys go to the others.
bool isOtherOfGroup(const QWidget* widget) {
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    return button != nullptr && button->group() != nullptr && button->group()->exclusive() &&
           !button->isChecked();
}

std::string describe(const QWidget* widget) {
    std::string text = widget->metaObject()->className();
    text += " '" + widget->objectName().toStdString() + "' in ";
    if (widget->parentWidget() != nullptr) text += widget->parentWidget()->metaObject()->className();
    return text;
}

void expectNames(QWidget& window) {
    int controls = 0;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (!isControl(widget) || isPart(widget) || !widget->isVisibleTo(&window)) continue;
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(spoken, nullptr) << describe(widget);
        EXPECT_FALSE(spoken->text(QAccessible::Name).trimmed().isEmpty()) << describe(widget);
        ++controls;
    }
    EXPECT_GT(controls, 5);
}

void expectReachedByTab(QWidget& window) {
    std::set<QWidget*> missing;
    for (QWidget* widget : window.findChildren<QWidget*>())
        if (isControl(widget) && !isPart(widget) && !isOtherOfGroup(widget) && widget->isVisible() &&
            widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus))
            missing.insert(widget);
    const std::size_t wanted = missing.size();
    for (std::size_t i = 0; i < wanted + 20 && !missing.empty(); ++i) {
        QTest::keyClick(&window, Qt::Key_Tab);
        missing.erase(QApplication::focusWidget());
    }
    for (const QWidget* widget : missing) ADD_FAILURE() << "Tab never reaches " << describe(widget);
}

class AccessibilityTest : public DeskTest {};

TEST_F(AccessibilityTest, EveryControlHasANameAndTabReachesItOnEmptyPages) {
    openStudio();
    for (const auto page : {MainWindow::Page::train, MainWindow::Page::generate}) {
        window().showPage(page);
        expectNames(window());
        expectReachedByTab(window());
    }
}

TEST_F(AccessibilityTest, EveryControlHasANameAndTabReachesItWithSounds) {
    openStudio();
    importSamples(6);
    ASSERT_TRUE(waitUntil([&] { return find<QPushButton>(QStringLiteral("train")).isEnabled(); }));
    expectNames(window());
    expectReachedByTab(window());
}

TEST_F(AccessibilityTest, DialogsHaveNamesToo) {
    openStudio();
    AudioDialog audio(studio());
    ExportDialog exporting(studio(), {"none"});
    ShortcutsDialog shortcuts(window().shortcuts());
    for (QDialog* dialog : std::initializer_list<QDialog*>{&audio, &exporting, &shortcuts}) {
        dialog->show();
        expectNames(*dialog);
        dialog->close();
    }
}

TEST_F(AccessibilityTest, EnterPressesTheButtonThatHasTheKeyboard) {
    openStudio();
    auto& tab = find<QPushButton>(QStringLiteral("tabGenerate"));
    tab.setFocus();
    QTest::keyClick(&tab, Qt::Key_Return);
    EXPECT_EQ(window().page(), MainWindow::Page::generate);
}

TEST_F(AccessibilityTest, F6GoesRoundThePanels) {
    openStudio();
    std::set<QString> reached;
    for (int i = 0; i < 6; ++i) {
        press(QStringLiteral("view.nextPanel"));
        for (QWidget* up = QApplication::focusWidget(); up != nullptr; up = up->parentWidget())
            reached.insert(up->objectName());
    }
    for (const char* panel : {"library", "trainPage", "takes", "topBar"})
        EXPECT_TRUE(reached.contains(QLatin1String(panel)) ||
                    QLatin1String(panel) == QLatin1String("trainPage"))
            << panel;
}

}  // namespace
}  // namespace smidgen::ui::testing
