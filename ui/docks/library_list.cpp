#include "ui/docks/library_list.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QSortFilterProxyModel>
#include <set>

#include "ui/docks/row_delegate.h"

namespace smidgen::ui {

LibraryList::LibraryList(const Theme& theme, const QString& accessibleName, QWidget* parent)
    : QListView(parent),
      m_rows(new RowModel(this)),
      m_filtered(new QSortFilterProxyModel(this)),
      m_delegate(new RowDelegate(theme, *m_rows, this)) {
    setAccessibleName(accessibleName);
    m_filtered->setSourceModel(m_rows);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setModel(m_filtered);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setUniformItemSizes(true);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setDefaultDropAction(Qt::CopyAction);
    setEditTriggers(QAbstractItemView::EditKeyPressed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    viewport()->setAutoFillBackground(false);
    connect(m_rows, &RowModel::renamed, this, &LibraryList::renamed);
    connect(m_rows, &RowModel::dropped, this, &LibraryList::dropped);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (!m_quiet && now.isValid()) Q_EMIT chosen(now.data(RowModel::idRole).toString());
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_quiet) Q_EMIT selectedChanged();
    });
    connect(this, &QListView::clicked, this, [this](const QModelIndex& index) {
        Q_EMIT activatedId(index.data(RowModel::idRole).toString());
    });
}

void LibraryList::setRows(std::vector<Row> rows) {
    const QString id = chosenId();
    m_quiet = true;
    m_rows->setRows(std::move(rows));
    choose(id);
    m_quiet = false;
    updateHeight();
}

void LibraryList::setFilter(const QString& words) {
    m_quiet = true;
    const QString id = chosenId();
    m_filtered->setFilterFixedString(words);
    choose(id);
    m_quiet = false;
    updateHeight();
}

void LibraryList::setAcceptsDrops(bool on) {
    m_rows->setAcceptsDrops(on);
    setDragDropMode(on ? QAbstractItemView::DragDrop : QAbstractItemView::DragOnly);
    setDropIndicatorShown(on);
}

void LibraryList::setPlayingId(const QString& id) {
    m_delegate->setPlayingId(id);
    viewport()->update();
}

void LibraryList::choose(const QString& id) {
    const bool before = std::exchange(m_quiet, true);
    QModelIndex found;
    for (int i = 0; i < m_filtered->rowCount() && !found.isValid(); ++i)
        if (m_filtered->index(i, 0).data(RowModel::idRole).toString() == id && !id.isEmpty())
            found = m_filtered->index(i, 0);
    if (found.isValid()) {
        if (currentIndex() != found) setCurrentIndex(found);
    } else {
        selectionModel()->clear();
    }
    m_quiet = before;
}

void LibraryList::chooseAll(const std::vector<QString>& ids) {
    const bool before = std::exchange(m_quiet, true);
    const std::set<QString> wanted(ids.begin(), ids.end());
    QItemSelection rows;
    QModelIndex first;
    for (int i = 0; i < m_filtered->rowCount(); ++i) {
        const QModelIndex index = m_filtered->index(i, 0);
        if (!wanted.contains(index.data(RowModel::idRole).toString())) continue;
        rows.select(index, index);
        if (!first.isValid()) first = index;
    }
    const bool keeps = rows.contains(currentIndex());
    selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (!keeps) selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    if (first.isValid() && !keeps) scrollTo(first);
    m_quiet = before;
}

QString LibraryList::chosenId() const {
    return currentIndex().data(RowModel::idRole).toString();
}

std::vector<QString> LibraryList::selectedIds() const {
    std::vector<QString> ids;
    for (const QModelIndex& index : selectionModel()->selectedIndexes())
        ids.push_back(index.data(RowModel::idRole).toString());
    return ids;
}

void LibraryList::renameChosen() {
    if (currentIndex().isValid() && currentIndex().flags().testFlag(Qt::ItemIsEditable)) edit(currentIndex());
}

int LibraryList::visibleRows() const {
    return m_filtered->rowCount();
}

void LibraryList::setMostRows(int mostRows) {
    m_mostRows = mostRows;
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    updateHeight();
}

QSize LibraryList::sizeHint() const {
    if (m_mostRows == 0) return {200, 200};
    const int rows = std::min(m_mostRows, visibleRows());
    return {200, rows == 0 ? 0 : rows * std::max(1, sizeHintForRow(0)) + 2};
}

QSize LibraryList::minimumSizeHint() const {
    if (m_mostRows == 0) return {120, 90};
    const int rows = std::min(2, visibleRows());
    return {120, rows == 0 ? 0 : rows * std::max(1, sizeHintForRow(0)) + 2};
}

void LibraryList::updateHeight() {
    if (m_mostRows > 0) setVisible(visibleRows() > 0);
    updateGeometry();
}

void LibraryList::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid() &&
        state() != QAbstractItemView::EditingState) {
        Q_EMIT activatedId(chosenId());
        return;
    }
    QListView::keyPressEvent(event);
}

void LibraryList::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid()) return;
    Q_EMIT menuRequested(
        index.data(RowModel::idRole).toString(),
        byKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
}

}  // namespace smidgen::ui
