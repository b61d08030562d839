#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>

#include "ui/bridge/text.h"
#include "ui/canvas/wave_painter.h"
#include "ui/dialogs/other_library_dialog.h"
#include "ui/dialogs/version_pair.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr QSize kSize{1120, 640};
constexpr int kRowHeight = 28;
constexpr int kColumnWidths[] = {100, 210, 84, 170, 290, 64};
constexpr int kPermille = 1000;

class WaveDelegate final : public QStyledItemDelegate {
 public:
    WaveDelegate(const Theme& theme, const OtherItemsModel& model, QObject* parent)
        : QStyledItemDelegate(parent), m_theme(theme), m_model(model) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const OtherItem& item = m_model.item(index.row());
        WaveStyle style;
        style.colour = m_theme.colour(item.theirs ? Token::model : Token::sound);
        style.normalise = true;
        paintWave(*painter, QRectF(option.rect).adjusted(4, 3, -4, -3), item.shown().wave, style);
    }

 private:
    const Theme& m_theme;
    const OtherItemsModel& m_model;
};

}  // namespace

OtherLibraryDialog::OtherLibraryDialog(const Studio& studio, QWidget* parent)
    : QDialog(parent),
      m_studio(studio),
      m_linked(studio.settings, toText(studio.engine().library())),
      m_model(new OtherItemsModel(this)) {
    setObjectName(QStringLiteral("otherLibraryDialog"));
    setWindowTitle(tr("Another library"));
    setAcceptDrops(true);
    resize(kSize);
    m_state = new QLabel(tr("Choose the folder of another library, or drop it here. It is only read."));
    m_state->setObjectName(QStringLiteral("otherState"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    setLook(*m_state, Look::dim);
    m_pair = new VersionPair(studio);
    m_result = new QLabel;
    m_result->setObjectName(QStringLiteral("otherResult"));
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(makeTop());
    layout->addWidget(m_state);
    layout->addLayout(makeFilters());
    makeTable();
    layout->addWidget(m_table, 1);
    layout->addWidget(m_pair);
    layout->addWidget(m_result);
    layout->addLayout(makeButtons());
    connectAll();
    readLinked();
    narrow();
    m_folders->setCurrentText({});
    if (const QStringList linked = m_linked.folders(); !linked.isEmpty()) lookInto(linked.front());
    m_folders->setFocus();
}

QPushButton* OtherLibraryDialog::button(const QString& text, const char* name, const QString& hint) {
    auto* made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(hint);
    made->setAutoDefault(false);
    return made;
}

QLayout* OtherLibraryDialog::makeTop() {
    auto* title = new QLabel(tr("Another library"));
    setLook(*title, Look::title);
    m_folders = new QComboBox;
    m_folders->setObjectName(QStringLiteral("otherFolders"));
    m_folders->setAccessibleName(tr("Folder of the other library; those that are linked are in the list"));
    m_folders->setToolTip(tr("Type a folder and press Enter, or choose one that is linked."));
    m_folders->setEditable(true);
    m_folders->setInsertPolicy(QComboBox::NoInsert);
    m_folders->lineEdit()->setPlaceholderText(tr("Folder of another library"));
    m_choose = button(tr("Choose a folder…"), "otherChoose", tr("Looks into a library and links it."));
    m_again = button(tr("Look again"), "otherAgain", tr("Reads what is there now."));
    m_unlink = button(tr("Unlink"), "otherUnlink",
                      tr("Takes it off this list. Nothing is changed there, and what was brought in stays."));
    auto* top = new QHBoxLayout;
    top->setSpacing(metrics::kSpaceS);
    top->addWidget(title);
    top->addWidget(m_folders, 1);
    for (QPushButton* each : {m_choose, m_again, m_unlink}) top->addWidget(each);
    return top;
}

QLayout* OtherLibraryDialog::makeFilters() {
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("otherFilter"));
    m_filter->setAccessibleName(tr("Words and filters"));
    m_filter->setPlaceholderText(tr("Words, or kind:take  tag:wet  model:forest  seconds<2  is:starred"));
    m_filter->setClearButtonEnabled(true);
    m_kind = new QComboBox;
    m_kind->setObjectName(QStringLiteral("otherKind"));
    m_kind->setAccessibleName(tr("Kind"));
    m_kind->addItem(tr("All kinds"));
    const std::pair<ItemKind, QString> kinds[] = {{ItemKind::take, tr("Takes")},
                                                  {ItemKind::model, tr("Models")},
                                                  {ItemKind::collection, tr("Collections")},
                                                  {ItemKind::cube, tr("Cubes")},
                                                  {ItemKind::preset, tr("Presets")}};
    for (const auto& [kind, text] : kinds) m_kind->addItem(text, static_cast<int>(kind));
    m_shown = new QComboBox;
    m_shown->setObjectName(QStringLiteral("otherShown"));
    m_shown->setAccessibleName(tr("How it stands"));
    const std::pair<OtherItemsModel::Shown, QString> shown[] = {
        {OtherItemsModel::Shown::different, tr("What differs")},
        {OtherItemsModel::Shown::coming, tr("What is new there")},
        {OtherItemsModel::Shown::conflicts, tr("Changed on both sides")},
        {OtherItemsModel::Shown::going, tr("What is new here")},
        {OtherItemsModel::Shown::everything, tr("Everything")}};
    for (const auto& [value, text] : shown) m_shown->addItem(text, static_cast<int>(value));
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("otherCount"));
    setLook(*m_count, Look::small);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kSpaceS);
    row->addWidget(m_filter, 1);
    row->addWidget(m_kind);
    row->addWidget(m_shown);
    row->addWidget(m_count);
    return row;
}

void OtherLibraryDialog::makeTable() {
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("otherTable"));
    m_table->setAccessibleName(tr("Things of the other library and of this one"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(OtherItemsModel::soundColumn,
                                      new WaveDelegate(m_studio.theme, *m_model, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(OtherItemsModel::standingColumn, Qt::AscendingOrder);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    QHeaderView& header = *m_table->horizontalHeader();
    header.setHighlightSections(false);
    for (int column = 0; column < static_cast<int>(std::size(kColumnWidths)); ++column)
        header.resizeSection(column, kColumnWidths[column]);
    header.setStretchLastSection(true);
    m_table->installEventFilter(this);
}

QLayout* OtherLibraryDialog::makeButtons() {
    m_progress = new QProgressBar;
    m_progress->setObjectName(QStringLiteral("otherProgress"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, kPermille);
    m_cancel = button(tr("Cancel"), "otherCancel",
                      tr("Stops. What has come stays; the rest comes when it is asked for again."));
    m_bring =
        button(tr("Bring in"), "otherBring",
               tr("Copies what is chosen into this library. What changed on both sides needs a decision."));
    setLook(*m_bring, Look::primary);
    m_bringAll = button({}, "otherBringAll",
                        tr("Everything that the list shows and that can come; what is not decided is left."));
    m_send = button(tr("Send there"), "otherSend", {});
    m_close = button(tr("Close"), "otherClose", {});
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kSpaceS);
    for (QPushButton* each : {m_bring, m_bringAll, m_send}) buttons->addWidget(each);
    buttons->addWidget(m_progress, 1);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    return buttons;
}

}  // namespace smidgen::ui
