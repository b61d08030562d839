#include "ui/dialogs/history_dialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>

#include "engine/workstation/rebuild.h"
#include "ui/bridge/text.h"
#include "ui/bridge/words.h"
#include "ui/canvas/wave_painter.h"
#include "ui/dialogs/history_model.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kRowHeight = 30;
constexpr int kSoundWidth = 130;
constexpr int kNameWidth = 190;
constexpr int kModelWidth = 110;
constexpr int kSettingsWidth = 180;

class WaveDelegate final : public QStyledItemDelegate {
 public:
    WaveDelegate(const Theme& theme, const HistoryModel& model, QObject* parent)
        : QStyledItemDelegate(parent), m_theme(theme), m_model(model) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        WaveStyle style;
        style.colour = m_theme.colour(m_model.take(index.row())->trashed ? Token::dim : Token::sound);
        style.normalise = true;
        paintWave(*painter, QRectF(option.rect).adjusted(4, 3, -4, -3), m_model.take(index.row())->thumbnail,
                  style);
    }

 private:
    const Theme& m_theme;
    const HistoryModel& m_model;
};

}  // namespace

HistoryDialog::HistoryDialog(const Studio& studio, QWidget* parent) : QDialog(parent), m_studio(studio) {
    setObjectName(QStringLiteral("historyDialog"));
    setWindowTitle(tr("History"));
    resize(1060, 560);
    auto* title = new QLabel(tr("History"));
    setLook(*title, Look::title);
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("historyFilter"));
    m_filter->setAccessibleName(tr("Words and filters"));
    m_filter->setPlaceholderText(tr("Words, or is:starred  model:forest  seconds<2  lufs>-20  tag:wet"));
    m_filter->setClearButtonEnabled(true);
    m_trash = new QToolButton;
    m_trash->setObjectName(QStringLiteral("historyTrash"));
    m_trash->setText(tr("Trash"));
    m_trash->setCheckable(true);
    m_trash->setToolTip(tr("The takes in the trash instead."));
    setLook(*m_trash, Look::toggle);
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("historyCount"));
    setLook(*m_count, Look::small);
    m_model = new HistoryModel(this);
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("historyTable"));
    m_table->setAccessibleName(tr("Takes"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(HistoryModel::soundColumn,
                                      new WaveDelegate(studio.theme, *m_model, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(HistoryModel::madeColumn, Qt::DescendingOrder);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    QHeaderView& header = *m_table->horizontalHeader();
    header.setHighlightSections(false);
    header.resizeSection(HistoryModel::soundColumn, kSoundWidth);
    header.resizeSection(HistoryModel::nameColumn, kNameWidth);
    header.resizeSection(HistoryModel::starColumn, kRowHeight + 14);
    header.resizeSection(HistoryModel::modelColumn, kModelWidth);
    header.resizeSection(HistoryModel::lengthColumn, 70);
    header.resizeSection(HistoryModel::loudnessColumn, 110);
    header.resizeSection(HistoryModel::settingsColumn, kSettingsWidth);
    header.setStretchLastSection(true);
    m_about = new QLabel;
    m_about->setObjectName(QStringLiteral("historyAbout"));
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText);
    setLook(*m_about, Look::dim);

    m_play = button(tr("Play"), QStringLiteral("historyPlay"), tr("Plays the take; Enter does, too."));
    m_compare = button(tr("A/B"), QStringLiteral("historyCompare"),
                       tr("Turns between the last two takes you chose, at the same place."));
    m_use = button(tr("Use its settings"), QStringLiteral("historyUse"),
                   tr("Sets the Generate page to what made this take."));
    m_preset =
        button(tr("Make a preset…"), QStringLiteral("historyPreset"), tr("Keeps its settings under a name."));
    m_rebuild = button(tr("Rebuild"), QStringLiteral("historyRebuild"),
                       tr("Renders the take's recipe anew and compares the samples."));
    m_star = button(tr("Star"), QStringLiteral("historyStar"), tr("Marks it as one to keep."));
    m_export =
        button(tr("Export…"), QStringLiteral("historyExport"), tr("Writes the chosen takes as files."));
    m_remove = button(tr("To the trash"), QStringLiteral("historyRemove"),
                      tr("Moves the chosen takes to the trash, or back; undo does, too."));
    auto* close = button(tr("Close"), QStringLiteral("historyClose"), {});

    auto* top = new QHBoxLayout;
    top->setSpacing(metrics::kSpaceS);
    top->addWidget(title);
    top->addWidget(m_count);
    top->addWidget(m_filter, 1);
    top->addWidget(m_trash);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kSpaceS);
    for (QPushButton* each : {m_play, m_compare, m_use, m_preset, m_rebuild, m_star, m_export, m_remove})
        buttons->addWidget(each);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_about);
    layout->addLayout(buttons);

    connect(m_filter, &QLineEdit::textChanged, this, &HistoryDialog::narrow);
    connect(m_trash, &QToolButton::toggled, this, &HistoryDialog::read);
    connect(m_model, &HistoryModel::renamed, this, [this](const TakeId& take, const QString& name) {
        m_studio.library.renameTake(take, name.toStdString());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &HistoryDialog::showChosen);
    connect(m_table, &QTableView::activated, this, &HistoryDialog::play);
    connect(m_play, &QPushButton::clicked, this, &HistoryDialog::play);
    connect(m_compare, &QPushButton::clicked, this, &HistoryDialog::compare);
    connect(m_use, &QPushButton::clicked, this, [this] {
        if (const auto take = current()) Q_EMIT recipeRequested(take->id);
    });
    connect(m_preset, &QPushButton::clicked, this, [this] {
        if (const auto take = current()) Q_EMIT presetRequested(take->id);
    });
    connect(m_rebuild, &QPushButton::clicked, this, &HistoryDialog::rebuild);
    connect(m_star, &QPushButton::clicked, this, [this] {
        if (const auto take = current()) m_studio.library.starTake(take->id, !take->starred);
    });
    connect(m_export, &QPushButton::clicked, this, [this] { Q_EMIT exportRequested(chosen()); });
    connect(m_remove, &QPushButton::clicked, this, &HistoryDialog::toTrashOrBack);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(&studio.bridge, &EngineBridge::takesChanged, this, &HistoryDialog::read);
    read();
    m_filter->setFocus();
}

QPushButton* HistoryDialog::button(const QString& text, const QString& name, const QString& hint) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(hint);
    made->setAutoDefault(false);
    return made;
}

std::shared_ptr<const TakeSnapshot> HistoryDialog::current() const {
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid() || !m_table->selectionModel()->isRowSelected(index.row(), {})) return nullptr;
    return m_model->take(index.row());
}

std::vector<TakeId> HistoryDialog::chosen() const {
    std::vector<TakeId> ids;
    for (const QModelIndex& row : m_table->selectionModel()->selectedRows())
        ids.push_back(m_model->take(row.row())->id);
    return ids;
}

void HistoryDialog::read() {
    const auto before = current();
    m_model->setTakes(m_studio.engine().takes(m_trash->isChecked()));
    if (before)
        if (const int row = m_model->rowOf(before->id); row >= 0) m_table->selectRow(row);
    showCount();
    showChosen();
}

void HistoryDialog::narrow() {
    auto filter = TakeFilter::parse(m_filter->text().toStdString());
    if (!filter) {
        // While a filter is being typed it is not one yet: the list stays, and the sentence says what is
        // missing.
        m_about->setText(toText(filter.error().sentence));
        return;
    }
    const auto before = current();
    m_model->setFilter(std::move(*filter));
    if (before)
        if (const int row = m_model->rowOf(before->id); row >= 0) m_table->selectRow(row);
    showCount();
    showChosen();
}

void HistoryDialog::showCount() {
    const auto shown = static_cast<std::size_t>(m_model->rowCount());
    m_count->setText(shown == m_model->total() ? tr("%1 takes").arg(shown)
                                               : tr("%1 of %2 takes").arg(shown).arg(m_model->total()));
}

void HistoryDialog::showChosen() {
    const auto take = current();
    const bool there = take && !take->trashed;
    for (QPushButton* each : {m_use, m_preset, m_rebuild, m_star}) each->setEnabled(there);
    m_play->setEnabled(take != nullptr);
    m_compare->setEnabled(there);
    m_export->setEnabled(there);
    m_remove->setEnabled(take != nullptr);
    m_remove->setText(m_trash->isChecked() ? tr("Restore") : tr("To the trash"));
    m_star->setText(take && take->starred ? tr("Remove the star") : tr("Star"));
    if (!take) {
        m_about->setText(m_model->total() == 0 && !m_trash->isChecked()
                             ? tr("Every sound you generate is kept here.")
                             : QString());
        return;
    }
    if (there) m_studio.selection.setTake(take->id);
    QStringList words{tr("seed %1").arg(take->recipe.seed)};
    if (const QString settings = settingsText(take->recipe); !settings.isEmpty()) words += settings;
    if (take->novelty) words += noveltyLine(*take->novelty);
    if (!take->tags.empty()) {
        QStringList tags;
        for (const std::string& tag : take->tags) tags += toText(tag);
        words += tr("tags: %1").arg(tags.join(QStringLiteral(", ")));
    }
    m_about->setText(words.join(QStringLiteral(" · ")));
}

void HistoryDialog::play() {
    if (const auto take = current()) m_studio.sound.audition(listeningTo(*take));
}

void HistoryDialog::compare() {
    Q_EMIT compareRequested();
    if (const int row = m_model->rowOf(m_studio.selection.take()); row >= 0) m_table->selectRow(row);
}

void HistoryDialog::rebuild() {
    const auto take = current();
    if (!take) return;
    m_rebuild->setEnabled(false);
    m_about->setText(tr("Rendering “%1” anew …").arg(toText(take->name)));
    Workstation& engine = m_studio.engine();
    m_studio.bridge.run(
        this, [&engine, take] { return comesOutAgain(engine, *take); },
        [this, take](Result<bool> same) {
            showChosen();
            if (!same)
                m_studio.notices.fail(same.error());
            else if (*same)
                m_about->setText(tr("“%1” comes out again, sample for sample.").arg(toText(take->name)));
            else
                m_about->setText(
                    tr("“%1” comes out otherwise than it was kept: the model, the decoder or the "
                       "program is another than then.")
                        .arg(toText(take->name)));
        });
}

void HistoryDialog::toTrashOrBack() {
    const std::vector<TakeId> takes = chosen();
    if (takes.empty()) return;
    if (m_trash->isChecked())
        m_studio.library.restoreTakes(takes);
    else
        m_studio.library.trashTakes(takes);
}

}  // namespace smidgen::ui
