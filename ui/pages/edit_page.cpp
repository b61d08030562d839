#include "ui/pages/edit_page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "engine/codes/code_archive.h"
#include "ui/bridge/text.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/timeline_view.h"
#include "ui/docks/code_inspector.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/code_listening.h"
#include "ui/pages/code_work.h"
#include "ui/pages/edit_bar.h"
#include "ui/pages/lane_headers.h"

namespace smidgen::ui {

EditPage::~EditPage() {
    // It hears of everything that happens, also of the end of this page's parts.
    qApp->removeEventFilter(m_bar);
}

// Opening

std::string EditPage::modelFor(const std::string& preferred) const {
    const auto model = preferred.empty() ? nullptr : modelOf(m_studio.engine(), preferred);
    if (model && model->kind == "rvq") return model->id;
    return m_models->currentData().toString().toStdString();
}

void EditPage::openTake(const TakeId& id) {
    const auto take = m_studio.engine().take(id);
    if (!take) return;
    m_openedFrom = window()->focusWidget();
    m_work->run<CodesId>(
        tr("Opening %1").arg(toText(take->name)),
        [desk = m_codes->sharedDesk(), id, model = modelFor(take->recipe.modelId)](
            const CodeWork::Task& task) { return desk->openTake(id, model, task.cancel, task.progress); },
        [](const CodesId&) {});
}

void EditPage::openFile(const std::filesystem::path& file) {
    m_openedFrom = window()->focusWidget();
    m_work->run<CodesId>(
        tr("Opening %1").arg(toText(file.filename())),
        [desk = m_codes->sharedDesk(), file, model = modelFor({})](const CodeWork::Task& task) {
            return checkCodesName(file) ? desk->openFile(file)
                                        : desk->openSound(file, model, task.cancel, task.progress);
        },
        [](const CodesId&) {});
}

void EditPage::openKept(const CodesId& id) {
    m_openedFrom = nullptr;
    m_work->run<CodesId>(
        tr("Opening codes"),
        [desk = m_codes->sharedDesk(), id](const CodeWork::Task&) { return desk->openKept(id); },
        [](const CodesId&) {});
}

bool EditPage::keeps(const CodesId& id) const {
    return m_documents->findData(toText(id)) >= 0;
}

void EditPage::show(const CodesId& id) {
    m_id = id;
    m_codes->desk().focus(id);
    m_actions->setDocument(id);
    const auto seen = m_codes->desk().view(id);
    m_states->setCurrentIndex(seen ? 1 : 0);
    for (QWidget* each : m_needDocument) each->setEnabled(seen != nullptr);
    m_bar->setReady(seen != nullptr);
    m_grid->setDocument(nullptr, nullptr);
    m_grid->setOriginalShown(false);
    m_listening->setDocument(seen ? id : CodesId());
    if (seen) {
        const QString name = toText(seen->document->edited.modelId);
        if (const int at = m_models->findData(name); at >= 0) {
            const QSignalBlocker quiet(m_models);
            m_models->setCurrentIndex(at);
        }
        m_studio.settings.setValue(QStringLiteral("edit/document"), toText(id));
    }
    read();
    readKept();
    m_inspector->resetBlend();
    if (seen) followToGrid();
}

void EditPage::followToGrid() {
    const QPointer<QWidget> from = std::exchange(m_openedFrom, nullptr);
    if (from != nullptr && isVisible() && window()->focusWidget() == from)
        m_grid->setFocus(Qt::OtherFocusReason);
}

/// What the desk says of the document, everywhere.
void EditPage::read() {
    const auto seen = m_id.empty() ? nullptr : m_codes->desk().view(m_id);
    m_grid->setDocument(seen ? seen->document : nullptr, seen ? seen->space : nullptr);
    if (QAbstractButton* channel = m_channels->button(m_grid->channel())) channel->setChecked(true);
    m_headers->setDocument(seen ? seen->document : nullptr);
    m_channelSwitch->setVisible(seen && seen->document->channels() > 1);
    m_saved->setText(!seen ? QString() : seen->saved ? tr("saved") : tr("saving…"));
    m_inspector->show(seen, m_grid);
}

// One ruler

void EditPage::followAxis() {
    m_grid->setAxis(m_timeline->axis(), m_timeline->rulerRect().left());
}

void EditPage::timelineSelected() {
    const auto range = m_timeline->selection();
    if (m_listening->loaded())
        m_studio.sound.setMarked(range ? PlaybackBridge::Range(std::pair(range->start, range->end))
                                       : PlaybackBridge::Range());
    const auto& document = m_grid->document();
    if (m_choosing || !document) return;
    m_choosing = true;
    CodeSelection chosen(*document, m_grid->channel());
    if (range) {
        const auto first = static_cast<std::int64_t>(range->start * document->framesPerSecond);
        const auto last = static_cast<std::int64_t>(range->end * document->framesPerSecond);
        chosen.add({m_grid->channel(), 0, document->levels(), first, last - first + 1});
    }
    m_grid->setSelection(std::move(chosen));
    m_choosing = false;
}

void EditPage::gridSelected() {
    m_inspector->show(m_actions->view(), m_grid);
    if (m_choosing || !m_grid->document()) return;
    m_choosing = true;
    const CodeRegion region = m_grid->selection().bounds();
    if (region.frames > 1)
        m_timeline->setSelection(
            TimeRange{m_grid->secondsOf(region.frame), m_grid->secondsOf(region.frame + region.frames)});
    else
        m_timeline->setSelection(std::nullopt);
    m_choosing = false;
}

void EditPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    followAxis();
    m_listening->load();
    openLast();
}

/// Where one was, unless something is open or being opened.
void EditPage::openLast() {
    if (!isVisible() || !m_id.empty() || m_work->running()) return;
    const QString last = m_studio.settings.value(QStringLiteral("edit/document")).toString();
    if (!last.isEmpty() && m_documents->findData(last) >= 0) openKept(last.toStdString());
}

// Dropping

void EditPage::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() != 1 || !urls.front().isLocalFile()) return;
    const auto file = toPath(urls.front().toLocalFile());
    if (!hasAudioExtension(file) && !checkCodesName(file)) return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void EditPage::dropEvent(QDropEvent* event) {
    const auto file = toPath(event->mimeData()->urls().front().toLocalFile());
    event->setDropAction(Qt::CopyAction);
    event->accept();
    // A card of the tray is dropped as its file.
    for (const auto& take : m_studio.engine().takes())
        if (take->file == file) return openTake(take->id);
    openFile(file);
}

}  // namespace smidgen::ui
