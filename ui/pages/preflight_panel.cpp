#include "ui/pages/preflight_panel.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QStatusTipEvent>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/bridge/text.h"
#include "ui/docks/show_file.h"
#include "ui/pages/preflight_model.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kBesideVerdict = 44;  ///< icon and margins

/// A table in which Tab leaves and Enter plays.
class SoundTable final : public QTableView {
 public:
    using QTableView::QTableView;

 protected:
    void keyPressEvent(QKeyEvent* event) override {
        if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
            Q_EMIT doubleClicked(currentIndex());
        else
            QTableView::keyPressEvent(event);
    }
};

QString totalsText(const CollectionTotals& totals) {
    QStringList parts;
    parts.append(QObject::tr("%1 of %2 used (%3)")
                     .arg(totals.usable)
                     .arg(countText(totals.files, QObject::tr("file"), QObject::tr("files")),
                          durationText(totals.usableSeconds)));
    if (totals.warned > 0) parts.append(QObject::tr("%1 with a remark").arg(totals.warned));
    if (totals.skipped > 0) parts.append(QObject::tr("%1 not used").arg(totals.skipped));
    if (totals.usable > 0) {
        parts.append(lufsText(totals.meanLufs));
        parts.append(QObject::tr("%1 % silence").arg(numberText(totals.silenceShare * 100, 0)));
    }
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

PreflightPanel::PreflightPanel(const Studio& studio, QWidget* parent)
    : QWidget(parent),
      m_studio(studio),
      m_model(new PreflightModel(studio.theme, this)),
      m_sorted(new QSortFilterProxyModel(this)) {
    m_name = new QLabel;
    m_name->setTextFormat(Qt::PlainText);
    setLook(*m_name, Look::title);
    m_totals = new QLabel;
    setLook(*m_totals, Look::dim);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(PreflightModel::kSortRole);
    m_sorted->setSortLocaleAware(true);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);

    m_table = new SoundTable;
    m_table->setAccessibleName(tr("Pre-flight table"));
    m_table->setStatusTip(tr("What will be used, what not, and why. Enter or double-click plays a sound."));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    // What is not used, and why, is what one looks for.
    m_table->sortByColumn(PreflightModel::verdict, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(28);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(48);
    header->setSectionResizeMode(PreflightModel::reason, QHeaderView::Stretch);
    const std::pair<int, int> widths[] = {{PreflightModel::verdict, 104}, {PreflightModel::file, 170},
                                          {PreflightModel::rate, 56},     {PreflightModel::channels, 84},
                                          {PreflightModel::length, 64},   {PreflightModel::loudness, 60}};
    for (const auto& [column, width] : widths) header->resizeSection(column, width);
    // Beside the icon there must be room for the longest verdict.
    const QFontMetrics letters = m_table->fontMetrics();
    for (const QString& word : PreflightModel::verdicts())
        header->resizeSection(PreflightModel::verdict,
                              std::max(header->sectionSize(PreflightModel::verdict),
                                       letters.horizontalAdvance(word) + kBesideVerdict));

    auto* top = new QHBoxLayout;
    top->addWidget(m_name);
    top->addStretch(1);
    top->addWidget(m_totals);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) {
                QStatusTipEvent said(now.data(Qt::StatusTipRole).toString());
                QCoreApplication::sendEvent(this, &said);
            });
    connect(m_table, &QTableView::doubleClicked, this, &PreflightPanel::audition);
    connect(m_table, &QTableView::customContextMenuRequested, this, &PreflightPanel::menu);
    connect(&studio.theme, &Theme::changed, m_table->viewport(), qOverload<>(&QWidget::update));
}

void PreflightPanel::setCollection(const std::shared_ptr<const CollectionSnapshot>& collection) {
    m_collection = collection;
    m_model->setCollection(collection);
    m_name->setText(collection ? toText(collection->collection.name) : QString());
    m_totals->setText(collection ? totalsText(collection->totals) : QString());
}

void PreflightPanel::audition() {
    const QModelIndex index = m_sorted->mapToSource(m_table->currentIndex());
    if (index.isValid()) m_studio.sound.audition(listeningTo(m_model->sound(index.row())));
}

void PreflightPanel::menu(const QPoint& position) {
    if (!m_collection || !m_table->indexAt(position).isValid()) return;
    std::vector<SoundId> sounds;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        sounds.push_back(idOf(m_model->sound(m_sorted->mapToSource(index).row())));
    const auto file = m_model->sound(m_sorted->mapToSource(m_table->indexAt(position)).row()).path;
    const CollectionId id = m_collection->collection.id;
    QMenu menu(this);
    menu.addAction(tr("Play"), this, &PreflightPanel::audition);
    menu.addAction(tr("Show the file"), this, [file] { showInFolder(file); });
    menu.addSeparator();
    menu.addAction(tr("Take out of the collection"), this,
                   [this, id, sounds] { m_studio.library.removeSounds(id, sounds); });
    menu.exec(m_table->viewport()->mapToGlobal(position));
}

}  // namespace smidgen::ui
