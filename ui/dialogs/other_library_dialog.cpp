#include "ui/dialogs/other_library_dialog.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/commands/brought_items.h"
#include "ui/dialogs/version_pair.h"

namespace smidgen::ui {

namespace {

constexpr int kPollMs = 100;
constexpr int kPermille = 1000;

}  // namespace

OtherLibraryDialog::~OtherLibraryDialog() {
    m_looking.cancel();
    if (m_working) m_working->cancel.cancel();
}

void OtherLibraryDialog::connectAll() {
    connect(m_folders, &QComboBox::activated, this, [this](int row) { lookInto(m_folders->itemText(row)); });
    connect(m_folders->lineEdit(), &QLineEdit::returnPressed, this,
            [this] { lookInto(m_folders->currentText()); });
    connect(m_choose, &QPushButton::clicked, this, &OtherLibraryDialog::chooseFolder);
    connect(m_again, &QPushButton::clicked, this, &OtherLibraryDialog::lookAgain);
    connect(m_unlink, &QPushButton::clicked, this, &OtherLibraryDialog::unlink);
    connect(m_filter, &QLineEdit::textChanged, this, &OtherLibraryDialog::narrow);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &OtherLibraryDialog::narrow);
    connect(m_shown, &QComboBox::currentIndexChanged, this, &OtherLibraryDialog::narrow);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &OtherLibraryDialog::showChosen);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &OtherLibraryDialog::showChosen);
    connect(m_table, &QTableView::activated, m_pair, &VersionPair::hearShown);
    connect(m_pair, &VersionPair::settled, this, &OtherLibraryDialog::settle);
    connect(m_pair, &VersionPair::settleAllRequested, this, &OtherLibraryDialog::settleAll);
    connect(m_pair, &VersionPair::failed, m_result, &QLabel::setText);
    connect(m_bring, &QPushButton::clicked, this, [this] { bring(true); });
    connect(m_bringAll, &QPushButton::clicked, this, [this] { bring(false); });
    connect(m_send, &QPushButton::clicked, this, &OtherLibraryDialog::send);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_working) m_working->cancel.cancel();
        m_cancel->setEnabled(false);
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &OtherLibraryDialog::showProgress);
}

void OtherLibraryDialog::done(int result) {
    QDialog::done(result);
    if (!working()) {
        deleteLater();
        return;
    }
    m_studio.notices.tell({Tone::calm,
                           tr("What comes from the other library, or goes there, goes on in the background."),
                           tr("Show it"), [this] { Q_EMIT workGoesOn(); }});
}

bool OtherLibraryDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto& key = static_cast<QKeyEvent&>(*event);
        if (key.key() == Qt::Key_Space && key.modifiers() == Qt::NoModifier) {
            m_pair->hearShown();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void OtherLibraryDialog::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!working() && urls.size() == 1 && urls.front().isLocalFile()) event->acceptProposedAction();
}

void OtherLibraryDialog::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    lookInto(event->mimeData()->urls().front().toLocalFile());
}

// Which library

QString OtherLibraryDialog::currentFolder() const {
    return m_model->library() ? toText(m_model->library()->folder) : m_folders->currentText();
}

void OtherLibraryDialog::readLinked() {
    const QString now = m_folders->currentText();
    m_folders->clear();
    m_folders->addItems(m_linked.folders());
    m_folders->setCurrentText(now);
}

void OtherLibraryDialog::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose the folder of another library"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &OtherLibraryDialog::lookInto);
    dialog->open();
}

void OtherLibraryDialog::unlink() {
    m_linked.unlink(m_folders->currentText());
    m_folders->setCurrentText({});
    readLinked();
    Q_EMIT linksChanged();
    m_model->setLibrary(nullptr);
    m_state->setText(
        tr("The link was taken away. Nothing was changed there, and what was brought in stays."));
    showChosen();
}

void OtherLibraryDialog::lookAgain() {
    lookInto(currentFolder());
}

void OtherLibraryDialog::lookInto(const QString& folder) {
    if (working() || folder.trimmed().isEmpty()) return;
    const QString plain = LinkedLibraries::plain(folder.trimmed());
    m_looking.cancel();
    m_looking = CancelToken();
    m_folders->setCurrentText(plain);
    m_state->setText(tr("Looking into “%1” …").arg(plain));
    setLook(*m_state, Look::dim);
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), path = toPath(plain), cancel = m_looking] {
            return smidgen::lookInto(engine, path, cancel);
        },
        [this, plain, cancel = m_looking](Result<OtherLibrary> library) {
            if (!cancel.cancelled()) showLibrary(plain, std::move(library));
        });
}

void OtherLibraryDialog::showLibrary(const QString& folder, Result<OtherLibrary> library) {
    const std::string before = m_table->currentIndex().isValid()
                                   ? m_model->item(m_table->currentIndex().row()).block
                                   : std::string();
    if (!library) {
        m_model->setLibrary(nullptr);
        const bool linked = m_linked.folders().contains(folder);
        m_state->setText(linked ? tr("%1 It stays linked, and what was brought in stays here.")
                                      .arg(toText(library.error().sentence))
                                : toText(library.error().sentence));
        setLook(*m_state, Look::bad);
        showChosen();
        return;
    }
    m_linked.link(folder);
    readLinked();
    Q_EMIT linksChanged();
    QString text = library->writable ? tr("%1 in all. It is only read, unless you send something there.")
                                     : tr("%1 in all. Nothing can be written there, so nothing can be sent.");
    text = text.arg(thingsText(library->items.size()));
    const bool problems = !library->problems.empty();
    if (problems) text += u' ' + problemsText(library->problems);
    m_state->setText(text);
    setLook(*m_state, problems ? Look::warn : Look::dim);
    m_model->setLibrary(std::make_shared<const OtherLibrary>(std::move(*library)));
    const int row = before.empty() ? -1 : m_model->rowOf(before);
    if (m_model->rowCount() > 0) m_table->selectRow(std::max(row, 0));
    showChosen();
    if (m_folders->hasFocus() || m_folders->lineEdit()->hasFocus()) m_table->setFocus(Qt::OtherFocusReason);
}

// What is shown

void OtherLibraryDialog::narrow() {
    auto filter = OtherItemFilter::parse(m_filter->text().toStdString());
    if (!filter) {
        // While a filter is being typed it is not one yet: the list stays.
        m_result->setText(toText(filter.error().sentence));
        return;
    }
    m_result->clear();
    m_model->setFilter(std::move(*filter));
    const QVariant kind = m_kind->currentData();
    m_model->setKind(kind.isValid() ? std::optional(static_cast<ItemKind>(kind.toInt())) : std::nullopt);
    m_model->setShown(static_cast<OtherItemsModel::Shown>(m_shown->currentData().toInt()));
    if (m_model->rowCount() > 0) m_table->selectRow(0);
    showChosen();
}

std::vector<const OtherItem*> OtherLibraryDialog::items(bool chosenOnly) const {
    std::vector<const OtherItem*> items;
    if (!chosenOnly) {
        for (int row = 0; row < m_model->rowCount(); ++row) items.push_back(&m_model->item(row));
        return items;
    }
    for (const QModelIndex& row : m_table->selectionModel()->selectedRows())
        items.push_back(&m_model->item(row.row()));
    return items;
}

std::vector<BringChoice> OtherLibraryDialog::choices(bool chosenOnly) const {
    std::vector<BringChoice> choices;
    for (const OtherItem* item : items(chosenOnly)) {
        const Settling settling = m_model->settling(item->block);
        // What was removed here comes only when it is asked for by name.
        if (canCome(*item, settling) && (chosenOnly || item->standing != Standing::removedHere))
            choices.push_back({item->block, settling});
    }
    return choices;
}

void OtherLibraryDialog::showChosen() {
    const QModelIndex index = m_table->currentIndex();
    const bool chosen = index.isValid() && m_table->selectionModel()->isRowSelected(index.row(), {});
    const OtherItem* item = chosen ? &m_model->item(index.row()) : nullptr;
    m_pair->showItem(m_model->library(), item,
                     item == nullptr ? Settling::leave : m_model->settling(item->block));
    const auto shown = static_cast<std::size_t>(m_model->rowCount());
    m_count->setText(tr("%1 of %2 shown").arg(shown).arg(m_model->all().size()));
    showButtons();
}

void OtherLibraryDialog::showButtons() {
    const bool idle = !working();
    const std::size_t chosen = choices(true).size(), all = choices(false).size();
    m_bring->setEnabled(idle && chosen > 0);
    m_bring->setText(chosen > 1 ? tr("Bring in %1").arg(chosen) : tr("Bring in"));
    m_bringAll->setEnabled(idle && all > 0);
    m_bringAll->setText(tr("Bring in all shown (%1)").arg(all));
    const auto chosenItems = items(true);
    const auto going = std::ranges::count_if(chosenItems, [](const OtherItem* item) { return canGo(*item); });
    const bool writable = m_model->library() && m_model->library()->writable;
    m_send->setEnabled(idle && writable && going > 0);
    m_send->setToolTip(!m_model->library() ? tr("Choose a library first.")
                       : !writable         ? tr("Nothing can be written in that folder.")
                       : going == 0
                           ? tr("Choose something that is only here, or newer here.")
                           : tr("Copies what is chosen into the other library. What was changed on both "
                                "sides is left alone."));
    m_unlink->setEnabled(idle && m_linked.folders().contains(m_folders->currentText()));
    for (QWidget* each : {static_cast<QWidget*>(m_folders), static_cast<QWidget*>(m_choose)})
        each->setEnabled(idle);
    m_again->setEnabled(idle && !m_folders->currentText().isEmpty());
    m_progress->setVisible(!idle);
    m_cancel->setVisible(!idle);
}

void OtherLibraryDialog::settle(Settling settling) {
    // Several that are chosen are decided together.
    for (const OtherItem* item : items(true))
        if (item->standing == Standing::changedOnBoth) m_model->settle(item->block, settling);
    showButtons();
}

void OtherLibraryDialog::settleAll(Settling settling) {
    for (const OtherItem& item : m_model->all())
        if (item.standing == Standing::changedOnBoth) m_model->settle(item.block, settling);
    showButtons();
}

// Bringing and sending

void OtherLibraryDialog::begin() {
    m_working = std::make_shared<Working>();
    m_result->clear();
    m_cancel->setEnabled(true);
    m_progress->setValue(0);
    m_poll.start();
    showButtons();
}

void OtherLibraryDialog::end(const QString& sentence, bool good) {
    m_working.reset();
    m_poll.stop();
    m_result->setText(sentence);
    setLook(*m_result, good ? Look::good : Look::warn);
    showButtons();
    if (isVisible()) return lookAgain();
    m_studio.notices.tell({good ? Tone::good : Tone::warn, sentence, {}, {}});
    deleteLater();
}

void OtherLibraryDialog::showProgress() {
    if (!m_working) return;
    SendingState state;
    {
        const std::scoped_lock lock(m_working->mutex);
        state = m_working->state;
    }
    if (state.items == 0) return;
    const double share = state.bytesTotal == 0
                             ? 0.0
                             : static_cast<double>(state.bytesDone) / static_cast<double>(state.bytesTotal);
    const double done = (static_cast<double>(state.itemsDone) + share) / static_cast<double>(state.items);
    m_progress->setValue(static_cast<int>(kPermille * std::min(done, 1.0)));
    m_progress->setFormat(tr("%1 of %2: %3")
                              .arg(std::min(state.itemsDone + 1, state.items))
                              .arg(state.items)
                              .arg(toText(state.name)));
}

void OtherLibraryDialog::bring(bool chosenOnly) {
    std::vector<BringChoice> chosen = choices(chosenOnly);
    if (working() || chosen.empty() || !m_model->library()) return;
    begin();
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), folder = m_model->library()->folder, chosen = std::move(chosen),
         working = m_working] {
            return bringChosen(engine, folder, chosen, working->cancel, [&](const SendingState& state) {
                const std::scoped_lock lock(working->mutex);
                working->state = state;
            });
        },
        [this](Result<Brought> result) { brought(std::move(result)); });
}

void OtherLibraryDialog::brought(Result<Brought> result) {
    if (!result) return end(toText(result.error().sentence), false);
    const BroughtWords said = takeIn(m_studio, *result);
    end(said.sentence, said.good);
}

void OtherLibraryDialog::send() {
    std::vector<ItemName> names;
    for (const OtherItem* item : items(true))
        if (canGo(*item)) names.push_back({item->kind, item->ours->id});
    if (working() || names.empty() || !m_model->library()) return;
    begin();
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), folder = m_model->library()->folder, names = std::move(names),
         working = m_working] {
            return sendInto(engine, folder, names, working->cancel, [&](const SendingState& state) {
                const std::scoped_lock lock(working->mutex);
                working->state = state;
            });
        },
        [this](Result<SendingReport> result) { sent(std::move(result)); });
}

void OtherLibraryDialog::sent(Result<SendingReport> result) {
    if (!result) return end(toText(result.error().sentence), false);
    QString sentence = tr("%1 went there: %2 new, %3 brought up to date.")
                           .arg(thingsText(result->added + result->updated))
                           .arg(result->added)
                           .arg(result->updated);
    if (!result->conflicts.empty())
        sentence +=
            u' ' + tr("%1 changed there meanwhile and left alone.").arg(thingsText(result->conflicts.size()));
    if (!result->problems.empty()) sentence += u' ' + problemsText(result->problems);
    end(sentence, result->problems.empty());
}

}  // namespace smidgen::ui
