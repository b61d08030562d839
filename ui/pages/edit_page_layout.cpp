// How the Edit page is put together.
#include <QButtonGroup>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGridLayout>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "ui/bridge/text.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/timeline_view.h"
#include "ui/docks/code_inspector.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/code_listening.h"
#include "ui/pages/code_work.h"
#include "ui/pages/edit_bar.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/lane_headers.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kTimelineShare = 5, kGridShare = 6;
constexpr int kLeastTimeline = 96, kLeastGrid = 110;
}  // namespace

EditPage::EditPage(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio), m_codes(new CodeBridge(studio.engine(), this)) {
    setObjectName(QStringLiteral("editPage"));
    setAcceptDrops(true);
    auto* empty = new EmptyState(
        studio.theme, QStringLiteral("edit"), tr("No sound open"),
        tr("Drop a sound here, choose “Edit its codes” in a take’s menu, or go on with one of the list "
           "above. A model that "
           "speaks in codes (RVQ) writes it down as a grid that can be painted, stamped, blended and drawn "
           "anew."));
    QPushButton* open =
        empty->addButton(tr("Open a sound…"), tr("A sound file, or codes in a JSON or NPZ file."));
    connect(open, &QPushButton::clicked, this, &EditPage::chooseFile);
    QPushButton* train = empty->addButton(tr("Train a model with codes"), tr("Opens the Train page."));
    connect(train, &QPushButton::clicked, this, &EditPage::trainRequested);

    m_timeline = new TimelineView(studio.theme);
    m_grid = new CodeGridView(studio.theme);
    m_grid->setObjectName(QStringLiteral("codeGrid"));
    m_grid->setStatusTip(
        tr("Arrows move the cursor, with Shift they choose; Enter types a code. With brush, eraser or stamp, "
           "Shift and arrows draw, and so does Enter."));
    m_work = new CodeWork(studio);
    m_actions = new CodeActions(studio, *m_codes, *m_grid, *m_work, this);
    m_listening = new CodeListening(studio, *m_codes, *m_timeline, this);
    m_inspector = new CodeInspector(studio);
    m_states = new QStackedWidget;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceS, metrics::kSpaceL, metrics::kSpaceS);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(makeHeader());
    layout->addWidget(m_remark);
    layout->addWidget(m_work);
    layout->addWidget(m_states, 1);
    m_states->addWidget(empty);
    m_states->addWidget(makeWork(shortcuts));
    connectViews(shortcuts);
    connectCodes();
    readModels();
    readKept();
    show({});
}

QWidget* EditPage::makeHeader() {
    auto* header = new QWidget;
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    m_documents = new QComboBox;
    m_documents->setObjectName(QStringLiteral("codeDocuments"));
    m_documents->setAccessibleName(tr("Sound to edit"));
    m_documents->setStatusTip(tr("Sounds whose codes the library keeps, changed last first."));
    m_documents->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_documents->setMinimumWidth(140);
    m_models = new QComboBox;
    m_models->setObjectName(QStringLiteral("codeModels"));
    m_models->setAccessibleName(tr("Model that writes sounds down as codes"));
    m_models->setStatusTip(tr("Sounds that are opened from now on are written in this model's codes."));
    m_models->setMinimumWidth(110);
    m_saved = new QLabel;
    m_saved->setObjectName(QStringLiteral("codesSaved"));
    setLook(*m_saved, Look::small);

    m_channelSwitch = new QWidget;
    auto* channels = new QHBoxLayout(m_channelSwitch);
    channels->setContentsMargins(0, 0, 0, 0);
    channels->setSpacing(0);
    m_channels = new QButtonGroup(this);
    for (const auto& [channel, text] : {std::pair(0, tr("Mid")), std::pair(1, tr("Side"))}) {
        auto* button = new QToolButton;
        button->setText(text);
        button->setCheckable(true);
        button->setChecked(channel == 0);
        button->setStatusTip(tr("Mid is what both sides share, side how they differ."));
        setLook(*button, Look::toggle);
        m_channels->addButton(button, channel);
        channels->addWidget(button);
    }
    const auto button = [&](const QString& text, const QString& name, const QString& tip, auto run) {
        auto* made = new QPushButton(text);
        made->setObjectName(name);
        made->setToolTip(tip);
        made->setStatusTip(tip);
        connect(made, &QPushButton::clicked, this, run);
        return made;
    };
    auto* open = button(tr("Open…"), QStringLiteral("openSound"),
                        tr("A sound file, or codes in a JSON or NPZ file."), &EditPage::chooseFile);
    auto* rename = button(tr("Rename…"), QStringLiteral("renameCodes"),
                          tr("Gives the edited sound another name."), &EditPage::renameDocument);
    auto* remove =
        button(tr("Delete"), QStringLiteral("removeCodes"),
               tr("Puts the edited sound into the trash; Undo brings it back."), &EditPage::removeDocument);
    auto* codes = button(tr("Codes…"), QStringLiteral("exportCodes"),
                         tr("Writes the codes to a JSON or NPZ file."), &EditPage::exportCodes);
    auto* keep = button(tr("Keep as take"), QStringLiteral("keepAsTake"),
                        tr("Makes a take of the sound as it is now, with its codes."), &EditPage::keepAsTake);
    setLook(*keep, Look::primary);
    auto* help = new QToolButton;
    help->setObjectName(QStringLiteral("editHelp"));
    help->setIcon(m_studio.theme.icon(QStringLiteral("info"), Token::dim));
    help->setAccessibleName(tr("Help on editing codes"));
    help->setToolTip(help->accessibleName());
    help->setStatusTip(tr("What the lanes, tools and colours mean."));
    setLook(*help, Look::quiet);
    connect(help, &QToolButton::clicked, this,
            [this] { Q_EMIT helpRequested(QStringLiteral("editing-codes")); });
    m_needDocument = {rename, remove, codes, keep};
    layout->addWidget(m_documents, 1);
    layout->addWidget(m_models);
    layout->addWidget(m_channelSwitch);
    layout->addWidget(m_saved);
    for (QWidget* each :
         {static_cast<QWidget*>(open), static_cast<QWidget*>(rename), static_cast<QWidget*>(remove),
          static_cast<QWidget*>(codes), static_cast<QWidget*>(keep), static_cast<QWidget*>(help)})
        layout->addWidget(each);
    m_remark = new QLabel;
    m_remark->setObjectName(QStringLiteral("codeRemark"));
    m_remark->setWordWrap(true);
    setLook(*m_remark, Look::warn);
    return header;
}

QWidget* EditPage::makeWork(const Shortcuts& shortcuts) {
    auto* work = new QWidget;
    auto* layout = new QVBoxLayout(work);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    m_bar = new EditBar(m_studio, shortcuts, *m_grid, *m_actions, *m_listening, *this);
    layout->addWidget(m_bar);
    auto* views = new QGridLayout;
    views->setSpacing(metrics::kSpaceXs);
    auto* names = new QWidget;
    auto* namesLayout = new QVBoxLayout(names);
    namesLayout->setContentsMargins(0, 34, 0, 16);
    for (const QString& text : {tr("Waveform"), tr("Spectrogram")}) {
        auto* name = new QLabel(text);
        setLook(*name, Look::dim);
        namesLayout->addWidget(name, 1);
    }
    m_headers = new LaneHeaders(*m_grid);
    m_timeline->setMinimumHeight(kLeastTimeline);
    m_timeline->setAccessibleName(tr("Waveform and spectrogram"));
    m_grid->setMinimumHeight(kLeastGrid);
    views->addWidget(names, 0, 0);
    views->addWidget(m_timeline, 0, 1);
    views->addWidget(m_headers, 1, 0);
    views->addWidget(m_grid, 1, 1);
    views->setRowStretch(0, kTimelineShare);
    views->setRowStretch(1, kGridShare);
    views->setColumnStretch(1, 1);
    layout->addLayout(views, 1);
    return work;
}

void EditPage::connectViews(const Shortcuts& shortcuts) {
    PlaybackBridge& sound = m_studio.sound;
    connect(m_timeline, &TimelineView::viewChanged, this, &EditPage::followAxis);
    connect(m_timeline, &TimelineView::selectionChanged, this, &EditPage::timelineSelected);
    connect(m_timeline, &TimelineView::seekRequested, this, [this, &sound](double seconds) {
        m_listening->load();
        if (m_listening->loaded()) sound.seek(seconds);
    });
    connect(m_timeline, &TimelineView::loopChanged, this, [this, &sound] {
        const auto loop = m_timeline->loop();
        if (!m_listening->loaded() || !isVisible()) return;
        if (loop) sound.setMarked(std::pair(loop->start, loop->end));
        sound.setLooping(loop.has_value());
    });
    connect(&sound, &PlaybackBridge::positionChanged, this,
            [this] { m_grid->setPlayhead(m_timeline->playhead()); });
    connect(m_grid, &CodeGridView::selectionChanged, this, &EditPage::gridSelected);
    connect(m_grid, &CodeGridView::cursorMoved, this,
            [this] { m_inspector->show(m_actions->view(), m_grid); });
    connect(m_grid, &CodeGridView::wheelTurned, this, [this](QWheelEvent* event) {
        QWheelEvent same(QPointF(event->position().x(), 1), event->globalPosition(), event->pixelDelta(),
                         event->angleDelta(), event->buttons(), event->modifiers(), event->phase(),
                         event->inverted());
        QCoreApplication::sendEvent(m_timeline, &same);
    });
    connect(m_grid, &CodeGridView::revealRequested, this, [this](double start, double end) {
        const TimeAxis& axis = m_timeline->axis();
        if (start < axis.start())
            m_timeline->showRange(start, axis.span());
        else if (end > axis.end())
            m_timeline->showRange(end - axis.span(), axis.span());
    });
    connect(m_headers, &LaneHeaders::laneChanged, this, [this](int level, const CodeLane& lane) {
        m_actions->changeLane(level, lane);
        // As it is now, also where the change was refused.
        if (const auto seen = m_actions->view()) m_headers->setDocument(seen->document);
    });
    connect(m_headers, &LaneHeaders::laneChosen, m_actions, &CodeActions::selectLane);
    connect(m_channels, &QButtonGroup::idClicked, m_grid, &CodeGridView::setChannel);
    const std::pair<QString, void (TimelineView::*)()> zooms[] = {
        {QStringLiteral("view.zoomIn"), &TimelineView::zoomIn},
        {QStringLiteral("view.zoomOut"), &TimelineView::zoomOut},
        {QStringLiteral("view.fit"), &TimelineView::fit},
        {QStringLiteral("view.fitMarked"), &TimelineView::fitSelection}};
    for (const auto& [id, slot] : zooms)
        connect(&shortcuts.action(id), &QAction::triggered, this, [this, run = slot] {
            if (isVisible()) (m_timeline->*run)();
        });
    connect(m_inspector, &CodeInspector::codeChosen, m_actions, &CodeActions::setCode);
    connect(m_inspector, &CodeInspector::blendMoved, m_actions, &CodeActions::blend);
    connect(m_inspector, &CodeInspector::alikeRequested, m_actions, &CodeActions::selectAlike);
    connect(m_inspector, &CodeInspector::temperatureChanged, m_actions, &CodeActions::setTemperature);
    connect(m_actions, &CodeActions::blended, m_inspector, &CodeInspector::setBlended);
    connect(m_actions, &CodeActions::clipChanged, this,
            [this] { m_inspector->setClip(m_actions->clipText()); });
}

void EditPage::connectCodes() {
    connect(m_codes, &CodeBridge::opened, this, &EditPage::show);
    connect(m_codes, &CodeBridge::changed, this, [this](const CodesId& id) {
        if (id == m_id) read();
    });
    connect(m_codes, &CodeBridge::saved, this, [this](const CodesId& id) {
        if (id == m_id) read();
    });
    connect(m_codes, &CodeBridge::rendered, this, [this](const CodesId& id) {
        if (id == m_id) m_inspector->show(m_actions->view(), m_grid);
    });
    connect(m_codes, &CodeBridge::listed, this, [this] {
        const bool gone = !m_id.empty() && m_codes->desk().view(m_id) == nullptr;
        if (gone)
            show({});
        else
            readKept();
    });
    connect(m_codes, &CodeBridge::failed, &m_studio.notices, qOverload<const QString&>(&Notices::fail));
    connect(&m_studio.bridge, &EngineBridge::modelsChanged, this, &EditPage::readModels);
    connect(m_work, &CodeWork::trainRequested, this, &EditPage::trainRequested);
    connect(m_documents, &QComboBox::activated, this, [this](int index) {
        const CodesId id = m_documents->itemData(index).toString().toStdString();
        if (!id.empty() && id != m_id) openKept(id);
    });
    connect(m_models, &QComboBox::currentIndexChanged, this, &EditPage::sayWhetherModelHasCodes);
}

void EditPage::readModels() {
    const QSignalBlocker quiet(m_models);
    const QString before = m_models->currentData().toString();
    m_models->clear();
    int first = -1;
    for (const auto& model : m_studio.engine().models()) {
        const bool codes = model->kind == "rvq";
        m_models->addItem(codes ? toText(model->name) : tr("%1 (no codes)").arg(toText(model->name)),
                          toText(model->id));
        if (codes && first < 0) first = m_models->count() - 1;
    }
    const int at = m_models->findData(before);
    m_models->setCurrentIndex(at >= 0 ? at : first);
    m_models->setEnabled(m_models->count() > 0);
    sayWhetherModelHasCodes();
}

void EditPage::sayWhetherModelHasCodes() {
    const auto chosen = modelOf(m_studio.engine(), m_models->currentData().toString().toStdString());
    QString remark;
    if (!chosen)
        remark = tr("Editing needs a model that speaks in codes. Train one of the kind “Codes (RVQ)”.");
    else if (chosen->kind != "rvq")
        remark = tr("“%1” is a continuous model and has no codes to edit. Choose one of the kind “Codes "
                    "(RVQ)”, or "
                    "train one.")
                     .arg(toText(chosen->name));
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
}

void EditPage::readKept() {
    m_studio.bridge.runInOrder(
        this, [desk = m_codes->sharedDesk()] { return desk->kept(); },
        [this](const Result<std::vector<CodesRecord>>& kept) {
            if (!kept) return m_studio.notices.fail(kept.error());
            m_documents->clear();
            for (const CodesRecord& record : *kept)
                m_documents->addItem(
                    tr("%1 · %2 · %3")
                        .arg(toText(record.name), durationText(record.seconds), toText(record.modelName)),
                    toText(record.id));
            m_documents->setCurrentIndex(m_documents->findData(toText(m_id)));
            m_documents->setPlaceholderText(kept->empty() ? tr("Nothing edited yet") : tr("Go on with…"));
            m_documents->setEnabled(!kept->empty());
            openLast();
        });
}

void EditPage::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Open a sound or codes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Sounds and codes (*.wav *.wave *.aif *.aiff *.aifc *.flac *.ogg *.oga *.opus "
                               "*.mp3 *.json *.npz)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { openFile(toPath(file)); });
    dialog->open();
}

void EditPage::keepAsTake() {
    if (m_id.empty()) return;
    m_work->run<TakeId>(
        tr("Making a take"),
        [desk = m_codes->sharedDesk(), id = m_id](const CodeWork::Task& task) {
            return desk->keepAsTake(id, task.cancel);
        },
        [this](const TakeId& take) {
            m_studio.selection.setTake(take);
            m_studio.notices.tell({Tone::good, tr("Kept among the takes, with its codes."), {}, {}});
        });
}

void EditPage::exportCodes() {
    const auto seen = m_actions->view();
    if (!seen) return;
    auto* dialog = new QFileDialog(this, tr("Write the codes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("JSON (*.json)"), tr("NumPy archive (*.npz)")});
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(toText(seen->name));
    connect(dialog, &QFileDialog::fileSelected, this, [this, id = m_id](const QString& file) {
        m_studio.bridge.run(
            this,
            [desk = m_codes->sharedDesk(), id, path = toPath(file)] { return desk->exportCodes(id, path); },
            [this, file](const Status& written) {
                if (!written) return m_studio.notices.fail(written.error());
                m_studio.notices.tell({Tone::good, tr("Wrote %1.").arg(file), {}, {}});
            });
    });
    dialog->open();
}

void EditPage::removeDocument() {
    if (const auto seen = m_actions->view()) removeKept(m_id, toText(seen->name));
}

void EditPage::removeKept(const CodesId& removed, const QString& name) {
    // Whether it comes back to the page or to the list alone.
    const auto trash = [desk = std::weak_ptr(m_codes->sharedDesk()), removed](Workstation&) -> Status {
        const auto alive = desk.lock();
        return alive ? alive->trash(removed) : Status();
    };
    const auto restore = [desk = std::weak_ptr(m_codes->sharedDesk()), removed,
                          open = m_id == removed](Workstation&) -> Status {
        const auto alive = desk.lock();
        if (!alive) return {};
        if (auto back = alive->restore(removed); !back || !open) return back;
        if (auto opened = alive->openKept(removed); !opened) return propagate(opened);
        return {};
    };
    m_studio.bridge.runInOrder(
        this, [&engine = m_studio.engine(), trash] { return trash(engine); },
        [this, trash, restore, name](const Status& done) {
            if (!done) return m_studio.notices.fail(done.error());
            LibraryActions& library = m_studio.library;
            library.undoStack().push(
                new LibraryCommand(m_studio.bridge, tr("deleting “%1”").arg(name), trash, restore,
                                   [&library](const QString& sentence) { Q_EMIT library.failed(sentence); }));
            Q_EMIT library.removed(tr("Deleted “%1”.").arg(name));
        });
}

void EditPage::renameDocument() {
    const auto seen = m_actions->view();
    if (!seen) return;
    auto* dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename the edited sound"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(toText(seen->name));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id = m_id](const QString& name) {
        if (name.trimmed().isEmpty()) return;
        m_studio.bridge.runInOrder(
            this,
            [desk = m_codes->sharedDesk(), id, text = name.trimmed().toStdString()] {
                return desk->rename(id, text);
            },
            [this](const Status& done) {
                if (!done) m_studio.notices.fail(done.error());
            });
    });
    dialog->open();
}

}  // namespace smidgen::ui
