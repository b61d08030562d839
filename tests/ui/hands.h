// What a person's hands do to the studio: fields typed into, cells, dots and lassos drawn, menus chosen from.
#pragma once

#include <QPointF>
#include <QString>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <vector>

#include "engine/codes/code_document.h"

namespace smidgen {
class CodeGridView;
class MorphPad;
class SoundMapView;
}  // namespace smidgen

namespace smidgen::ui::testing {

/// Presses the left button at the first place, moves through the others in small steps and releases at the
/// last.
void dragThrough(QWidget& widget, const std::vector<QPointF>& places, Qt::KeyboardModifiers modifiers = {});

void dragCells(CodeGridView& grid, const CodeCell& from, const CodeCell& to,
               Qt::KeyboardModifiers modifiers = {});
void clickCell(CodeGridView& grid, const CodeCell& cell, Qt::KeyboardModifiers modifiers = {});

/// From one place of the pad to another, in cells.
void dragDot(MorphPad& pad, const QPointF& from, const QPointF& to);
/// Files dropped on a node, as from a file manager.
void dropOnNode(MorphPad& pad, const QPointF& node, const std::vector<std::filesystem::path>& files);

/// With the pointer once around the whole of the map.
void lassoAll(SoundMapView& map);

/// Replaces what a line or a spin box holds, and goes on to the next field.
void typeInto(QWidget& field, const QString& text);
/// Types into the modal dialog that asks for a line, as soon as it has the keyboard, and presses Enter.
void answerWith(const QString& text);
/// Opens the menu of `target`, of a list that of its current row, by Shift+F10, walks to the entry of that
/// text, or that begins so where it ends in "*", and presses Enter.
void chooseFromMenu(QWidget& target, const QString& text);

}  // namespace smidgen::ui::testing
