#include "tests/ui/hands.h"

#include <QApplication>
#include <QMenu>
#include <QMouseEvent>
#include <QTimer>

#include "tests/ui/desk.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/morph_pad.h"
#include "ui/canvas/sound_map_view.h"

namespace smidgen::ui::testing {

namespace {
constexpr int kMovesAStretch = 8;
constexpr int kLongestMenu = 30;
constexpr int kLookEveryMs = 10;
}  // namespace

void dragThrough(QWidget& widget, const std::vector<QPointF>& places, Qt::KeyboardModifiers modifiers) {
    ASSERT_GE(places.size(), 2U);
    QTest::mousePress(&widget, Qt::LeftButton, modifiers, places.front().toPoint());
    for (std::size_t next = 1; next < places.size(); ++next)
        for (int i = 1; i <= kMovesAStretch; ++i) {
            const QPointF at =
                places[next - 1] + (places[next] - places[next - 1]) * i / double{kMovesAStretch};
            QMouseEvent move(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                             modifiers);
            QApplication::sendEvent(&widget, &move);
        }
    QTest::mouseRelease(&widget, Qt::LeftButton, modifiers, places.back().toPoint());
}

void dragCells(CodeGridView& grid, const CodeCell& from, const CodeCell& to,
               Qt::KeyboardModifiers modifiers) {
    dragThrough(grid, {grid.cellRect(from).center(), grid.cellRect(to).center()}, modifiers);
}

void clickCell(CodeGridView& grid, const CodeCell& cell, Qt::KeyboardModifiers modifiers) {
    QTest::mouseClick(&grid, Qt::LeftButton, modifiers, grid.cellRect(cell).center().toPoint());
}

void dragDot(MorphPad& pad, const QPointF& from, const QPointF& to) {
    dragThrough(pad, {pad.pointOf(from), pad.pointOf(to)});
}

void dropOnNode(MorphPad& pad, const QPointF& node, const std::vector<std::filesystem::path>& files) {
    dropFiles(pad, files, pad.pointOf(node).toPoint());
}

void lassoAll(SoundMapView& map) {
    const QRectF all = QRectF(map.rect()).adjusted(2, 2, -2, -2);
    dragThrough(map, {all.topLeft(), all.topRight(), all.bottomRight(), all.bottomLeft(), all.topLeft()},
                Qt::ShiftModifier);
}

void typeInto(QWidget& field, const QString& text) {
    field.setFocus();
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(&field, text);
    QTest::keyClick(&field, Qt::Key_Tab);
}

void answerWith(const QString& text) {
    ASSERT_TRUE(waitUntil([] {
        const QWidget* modal = QApplication::activeModalWidget();
        const QWidget* focus = QApplication::focusWidget();
        return modal != nullptr && focus != nullptr && focus->window() == modal;
    }));
    QWidget* line = QApplication::focusWidget();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
}

void chooseFromMenu(QWidget& target, const QString& text) {
    const auto meant = [&](const QAction& action) {
        return text.endsWith(u'*') ? action.text().startsWith(text.chopped(1)) : action.text() == text;
    };
    bool chosen = false;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, [&] {
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (menu == nullptr) return;
        for (int i = 0; i < kLongestMenu; ++i) {
            if (menu->activeAction() != nullptr && meant(*menu->activeAction())) {
                chosen = true;
                break;
            }
            QTest::keyClick(menu, Qt::Key_Down);
        }
        QTest::keyClick(menu, chosen ? Qt::Key_Return : Qt::Key_Escape);
    });
    look.start(kLookEveryMs);
    QTest::keyClick(&target, Qt::Key_F10, Qt::ShiftModifier);
    EXPECT_TRUE(chosen) << text.toStdString();
}

}  // namespace smidgen::ui::testing
