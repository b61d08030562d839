#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <tuple>

#include "ui/bridge/text.h"
#include "ui/commands/preferences.h"
#include "ui/commands/recent_items.h"
#include "ui/commands/take_comparison.h"
#include "ui/dialogs/presets_dialog.h"
#include "ui/docks/code_inspector.h"
#include "ui/docks/inspector_panel.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/morph_panel.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/train_page.h"
#include "ui/theme/metrics.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/edge_tab.h"
#include "ui/window/edited_sounds.h"
#include "ui/window/menu_aid.h"
#include "ui/window/message_bar.h"
#include "ui/window/other_library_opening.h"
#include "ui/window/status_line.h"
#include "ui/window/top_bar.h"

namespace smidgen::ui {

namespace {

QFrame* hairline() {
    auto* line = new QFrame;
    line->setFixedHeight(1);
    setLook(*line, Look::hairline);
    return line;
}

}  // namespace

MainWindow::MainWindow(const Studio& studio, std::vector<Shortcut> shortcuts)
    : m_studio(studio), m_shortcuts(new Shortcuts(std::move(shortcuts), studio.settings, *this)) {
    setObjectName(QStringLiteral("studio"));
    setWindowTitle(tr("Smidgen – %1").arg(toText(studio.engine().library().filename())));
    setAcceptDrops(true);
    setMinimumSize(720, 480);
    setContextMenuPolicy(Qt::NoContextMenu);

    auto* head = new QWidget;
    auto* headLayout = new QVBoxLayout(head);
    headLayout->setContentsMargins(0, 0, 0, 0);
    headLayout->setSpacing(0);
    m_top = new TopBar(studio, *m_shortcuts);
    headLayout->addWidget(m_top);
    headLayout->addWidget(hairline());
    setMenuWidget(head);
    makeCentre();
    makeDocks();
    m_status = new StatusLine(studio);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(0, 0, 0, 0);
    statusBar()->addWidget(m_status, 1);
    m_drop = new DropOverlay(studio.theme, *this);
    connectPanels();
    connectActions();
    m_recent = std::make_unique<RecentItems>(studio.settings, toText(studio.engine().library()));
    limitUndo(studio.library.undoStack(), studio.settings);
    restoreLook();
    restoreSelection();
    watchLook();
    watchRecent();
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now == nullptr || now->window() != this) return;
        m_status->setHint(now->statusTip());
        for (QWidget* panel : panels())
            if (panel->isAncestorOf(now)) m_lastFocus[panel] = now;
    });
    new MenuAid(this);
    QTimer::singleShot(0, this, &MainWindow::offerResumable);
}

MainWindow::~MainWindow() {
    qApp->removeEventFilter(this);
    // Panels that go now still pass the keyboard on.
    disconnect(qApp, nullptr, this, nullptr);
}

void MainWindow::makeCentre() {
    auto* centre = new QWidget;
    centre->setObjectName(QStringLiteral("centre"));
    auto* tabRow = new QWidget;
    auto* tabLayout = new QHBoxLayout(tabRow);
    tabLayout->setContentsMargins(metrics::kSpaceS, 0, metrics::kSpaceS, 0);
    tabLayout->setSpacing(0);
    m_tabs = new QButtonGroup(this);
    const std::tuple<Page, QString, QString> pages[] = {
        {Page::train, tr("Train"), tr("Your sounds, and models that learn from them.")},
        {Page::generate, tr("Generate"),
         tr("New sounds of a model, by sliders or between the corners of a cube.")},
        {Page::edit, tr("Edit"), tr("A sound as codes, to be painted, swapped, blended and drawn anew.")},
        {Page::map, tr("Map"), tr("All sounds and takes: what lies together sounds alike.")}};
    const QAction& next = m_shortcuts->action(QStringLiteral("view.nextPage"));
    for (const auto& [page, text, about] : pages) {
        auto* tab = new QPushButton(text);
        tab->setCheckable(true);
        tab->setObjectName(QStringLiteral("tab") + text);
        tab->setAccessibleName(tr("%1 page").arg(text));
        const auto explain = [tab, &next, hint = about] {
            tab->setToolTip(next.toolTip());
            tab->setStatusTip(hint);
        };
        connect(&next, &QAction::changed, tab, explain);
        explain();
        setLook(*tab, Look::page);
        m_tabs->addButton(tab, static_cast<int>(page));
        tabLayout->addWidget(tab);
    }
    tabLayout->addStretch(1);
    m_train = new TrainPage(m_studio, *m_shortcuts);
    m_comparison = new TakeComparison(m_studio, this);
    m_generate = new GeneratePage(m_studio, *m_shortcuts);
    m_edit = new EditPage(m_studio, *m_shortcuts);
    m_map = new MapPage(m_studio);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_train);
    m_pages->addWidget(m_generate);
    m_pages->addWidget(m_edit);
    m_pages->addWidget(m_map);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(tabRow);
    layout->addWidget(hairline());
    layout->addWidget(m_pages, 1);
    m_messages = new MessageBar(m_studio.theme, *centre, *m_tabs->buttons().back());
    setCentralWidget(centre);
    connect(m_tabs, &QButtonGroup::idClicked, this, [this](int id) { showPage(static_cast<Page>(id)); });
    connect(&m_studio.notices, &Notices::told, m_messages, &MessageBar::show);
}

QDockWidget* MainWindow::makeDock(const QString& name, Qt::DockWidgetArea area, QWidget* content,
                                  const QString& actionId) {
    QAction& action = m_shortcuts->action(actionId);
    auto* dock = new QDockWidget(action.text());
    dock->setObjectName(name);
    dock->setFeatures(QDockWidget::DockWidgetClosable);
    dock->setTitleBarWidget(new QWidget);
    content->setAttribute(Qt::WA_StyledBackground);
    setLook(*content, Look::panel);
    dock->setWidget(content);
    addDockWidget(area, dock);
    action.setCheckable(true);
    connect(&action, &QAction::triggered, dock, [this, dock] {
        m_folded.removeAll(dock);
        dock->setVisible(dock->isHidden());
    });
    connect(dock, &QDockWidget::visibilityChanged, &action,
            [dock, &action] { action.setChecked(!dock->isHidden()); });
    const bool below = area == Qt::BottomDockWidgetArea;
    addToolBar(below                            ? Qt::BottomToolBarArea
               : area == Qt::LeftDockWidgetArea ? Qt::LeftToolBarArea
                                                : Qt::RightToolBarArea,
               new EdgeTab(m_studio.theme, *dock, action, below ? Qt::Horizontal : Qt::Vertical, this));
    return dock;
}

void MainWindow::makeDocks() {
    m_library = new LibraryPanel(m_studio, *m_shortcuts);
    m_inspector = new InspectorPanel(m_studio);
    m_inspectors = new QStackedWidget;
    m_inspectors->addWidget(m_inspector);
    m_inspectors->addWidget(&m_edit->inspector());
    m_takes = new TakesPanel(m_studio);
    m_library->setMinimumWidth(200);
    m_inspectors->setMinimumWidth(220);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_libraryDock = makeDock(QStringLiteral("libraryDock"), Qt::LeftDockWidgetArea, m_library,
                             QStringLiteral("view.library"));
    m_inspectorDock = makeDock(QStringLiteral("inspectorDock"), Qt::RightDockWidgetArea, m_inspectors,
                               QStringLiteral("view.inspector"));
    m_takesDock = makeDock(QStringLiteral("takesDock"), Qt::BottomDockWidgetArea, m_takes,
                           QStringLiteral("view.takes"));
    resizeDocks({m_libraryDock, m_inspectorDock}, {250, 250}, Qt::Horizontal);
    resizeDocks({m_takesDock}, {150}, Qt::Vertical);
}

void MainWindow::connectPanels() {
    const auto toGenerate = [this] { showPage(Page::generate); };
    const auto toSounds = [this] {
        showPage(Page::train);
        m_train->showSounds();
    };
    const auto useRecipe = [this](const TakeId& take) {
        showPage(Page::generate);
        m_generate->useRecipe(take);
    };
    connect(m_library, &LibraryPanel::filesDropped, this, &MainWindow::dropUrls);
    connect(m_library, &LibraryPanel::generateRequested, this, toGenerate);
    connect(m_library, &LibraryPanel::trainRequested, this, toSounds);
    connect(m_inspector, &InspectorPanel::generateRequested, this, toGenerate);
    connect(m_inspector, &InspectorPanel::preflightRequested, this, toSounds);
    connect(m_inspector, &InspectorPanel::recipeRequested, this, useRecipe);
    connect(m_inspector, &InspectorPanel::presetRequested, this, [this](const TakeId& id) {
        if (const auto take = m_studio.engine().take(id)) m_generate->form().savePreset(take->recipe);
    });
    connect(m_inspector, &InspectorPanel::exportRequested, this, &MainWindow::openExport);
    const auto findSimilar = [this](const TakeId& id) {
        const auto take = m_studio.engine().take(id);
        if (!take) return;
        m_libraryDock->show();
        m_library->findSimilar(toText(take->name), id);
    };
    const auto toCube = [this](const std::vector<std::string>& sounds) {
        showPage(Page::generate);
        m_generate->showMorph(true);
        m_generate->morph().putAtCursor(sounds);
    };
    for (TakeStrip* strip : {&m_takes->strip(), &m_generate->results()}) {
        connect(strip, &TakeStrip::exportRequested, this, &MainWindow::openExport);
        connect(strip, &TakeStrip::similarRequested, this, findSimilar);
        connect(strip, &TakeStrip::editRequested, this, &MainWindow::openEdit);
        connect(strip, &TakeStrip::cubeRequested, this, toCube);
    }
    connect(m_library, &LibraryPanel::cubeRequested, this, toCube);
    connect(m_map, &MapPage::cubeRequested, this, toCube);
    connect(m_map, &MapPage::takeEditRequested, this, &MainWindow::openEdit);
    connect(&m_takes->strip(), &TakeStrip::recipeRequested, this, useRecipe);
    connect(m_generate, &GeneratePage::owedChanged, &m_takes->strip(), &TakeStrip::setPending);
    connect(m_generate, &GeneratePage::trainRequested, this, [this] { showPage(Page::train); });
    connect(m_train, &TrainPage::addFilesRequested, this, &MainWindow::addFiles);
    connect(m_train, &TrainPage::addFolderRequested, this, &MainWindow::addFolder);
    connect(m_train, &TrainPage::importRequested, this,
            [this](const std::filesystem::path& path) { importPaths({path}); });
    connect(m_train, &TrainPage::generateRequested, this, [this](const ModelId& model) {
        m_studio.selection.setModel(model);
        showPage(Page::generate);
    });
    connect(&m_generate->form(), &RecipeForm::presetsRequested, this, [this] {
        auto* dialog = new PresetsDialog(m_studio, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &PresetsDialog::chosen, &m_generate->form(), &RecipeForm::usePreset);
        dialog->show();
    });
    connect(m_edit, &EditPage::trainRequested, this, [this] { showPage(Page::train); });
    const auto help = [this](const QString& page) { openHelp(page); };
    connect(m_edit, &EditPage::helpRequested, this, help);
    connect(&m_generate->form(), &RecipeForm::helpRequested, this, help);
    const auto editSound = [this](const std::filesystem::path& sound) {
        m_edit->openFile(sound);
        showPage(Page::edit);
    };
    connect(m_library, &LibraryPanel::editRequested, this, editSound);
    connect(m_map, &MapPage::soundEditRequested, this, editSound);
    connect(m_library, &LibraryPanel::searched, m_map, &MapPage::filter);
    connect(m_map, &MapPage::similarRequested, this, [this](const QString& name, const std::string& id) {
        m_libraryDock->show();
        m_library->findSimilar(name, id);
    });
    connectEditedSounds(*this, m_studio);
    connectLinkedLibraries(*this, m_studio);
    connect(m_status, &StatusLine::jobChosen, this, [this] {
        showPage(Page::train);
        m_train->showTraining();
    });
    connect(m_top, &TopBar::audioSettingsRequested, this, &MainWindow::openAudioSettings);

    LibraryActions& library = m_studio.library;
    connect(&library, &LibraryActions::importStarted, this, [this](JobId job) {
        showPage(Page::train);
        m_train->showImport(job);
    });
    connect(&library, &LibraryActions::imported, this,
            [this](const CollectionId& id) { m_studio.selection.setCollection(id); });
    connect(&library, &LibraryActions::removed, this, [this](const QString& sentence) {
        m_studio.notices.tell(
            {Tone::calm, sentence, tr("Undo"), [this] { m_studio.library.undoStack().undo(); }});
    });
    connect(&library, &LibraryActions::done, this, [this](const QString& sentence) {
        m_studio.notices.tell({Tone::good, sentence, {}, {}});
    });
    connect(&library, &LibraryActions::failed, &m_studio.notices, qOverload<const QString&>(&Notices::fail));
    connect(&m_studio.sound, &PlaybackBridge::failed, this, [this](const QString& sentence) {
        m_studio.notices.tell({Tone::bad, sentence, tr("Audio settings"), [this] { openAudioSettings(); }});
    });
    connect(&m_studio.bridge, &EngineBridge::jobEnded, this, [this](JobId id) {
        const auto job = m_studio.engine().job(id);
        if (!job || job->kind != JobKind::train || job->phase != JobPhase::finished) return;
        m_studio.selection.setModel(job->model);
        if (page() != Page::train) m_studio.notices.tell({Tone::good, toText(job->sentence), {}, {}});
    });
}

void MainWindow::showPage(Page page) {
    m_pages->setCurrentIndex(static_cast<int>(page));
    if (m_inspectors != nullptr) m_inspectors->setCurrentIndex(page == Page::edit ? 1 : 0);
    QAbstractButton* const tab = m_tabs->button(static_cast<int>(page));
    tab->setChecked(true);
    // Whoever stands on the tabs goes along: Space would lead back, and the hint speak of another page.
    if (m_tabs->buttons().contains(focusWidget())) tab->setFocus();
}

MainWindow::Page MainWindow::page() const {
    return static_cast<Page>(m_pages->currentIndex());
}

}  // namespace smidgen::ui
