#include <QAbstractButton>
#include <QButtonGroup>
#include <QDockWidget>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/window/main_window.h"

namespace smidgen::ui {

namespace {

constexpr int kStateVersion = 1;
constexpr int kWidthForInspector = 1120;
constexpr int kWidthForLibrary = 860;
constexpr int kHeightForTakes = 600;
constexpr QSize kSize(1440, 900);
/// After the last change: dragging an edge writes once.
constexpr int kKeepAfterMs = 1000;

}  // namespace

void MainWindow::restoreLook() {
    const QSettings& settings = m_studio.settings;
    m_shippedState = saveState(kStateVersion);
    const QByteArray geometry = settings.value(QStringLiteral("window/geometry")).toByteArray();
    if (geometry.isEmpty() || !restoreGeometry(geometry)) resize(kSize);
    restoreState(settings.value(QStringLiteral("window/state")).toByteArray(), kStateVersion);
    const QStringList folded = settings.value(QStringLiteral("window/folded")).toStringList();
    for (QDockWidget* dock : {m_libraryDock, m_inspectorDock, m_takesDock})
        if (folded.contains(dock->objectName()) && dock->isHidden()) m_folded.append(dock);
    showPage(static_cast<Page>(
        std::clamp(settings.value(QStringLiteral("window/page"), 0).toInt(), 0, m_pages->count() - 1)));
    m_tabs->checkedButton()->setFocus();
}

void MainWindow::resetLook() {
    m_folded.clear();
    m_small.clear();
    showNormal();
    resize(kSize);
    restoreState(m_shippedState, kStateVersion);
    foldDocks();
}

void MainWindow::restoreSelection() {
    const auto id = [&](const char* key) {
        return m_studio.settings.value(QStringLiteral("selection/") + QLatin1String(key))
            .toString()
            .toStdString();
    };
    const Workstation& engine = m_studio.engine();
    if (const ModelId model = id("model"); modelOf(engine, model))
        m_studio.selection.setModel(model);
    else if (const auto models = engine.models(); !models.empty())
        m_studio.selection.setModel(models.front()->id);
    if (const CollectionId collection = id("collection"); engine.collection(collection))
        m_studio.selection.setCollection(collection);
    if (const TakeId take = id("take"); engine.take(take) && !engine.take(take)->trashed)
        m_studio.selection.setTake(take);
    else if (const auto takes = engine.takes(); !takes.empty())
        m_studio.selection.setTake(takes.front()->id);
}

void MainWindow::watchLook() {
    m_lookPause = new QTimer(this);
    m_lookPause->setSingleShot(true);
    m_lookPause->setInterval(kKeepAfterMs);
    connect(m_lookPause, &QTimer::timeout, this, &MainWindow::rememberLook);
    const auto changed = [this] { m_lookPause->start(); };
    for (QDockWidget* dock : {m_libraryDock, m_inspectorDock, m_takesDock})
        connect(dock, &QDockWidget::visibilityChanged, this, changed);
    connect(m_pages, &QStackedWidget::currentChanged, this, changed);
    const Selection& selection = m_studio.selection;
    for (const auto signal :
         {&Selection::collectionChanged, &Selection::modelChanged, &Selection::takeChanged})
        connect(&selection, signal, this, changed);
}

void MainWindow::rememberLook() {
    m_lookPause->stop();
    QStringList folded;
    for (const QDockWidget* dock : m_folded) folded.append(dock->objectName());
    QSettings& settings = m_studio.settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState(kStateVersion));
    settings.setValue(QStringLiteral("window/folded"), folded);
    settings.setValue(QStringLiteral("window/page"), m_pages->currentIndex());
    settings.setValue(QStringLiteral("selection/collection"), toText(m_studio.selection.collection()));
    settings.setValue(QStringLiteral("selection/model"), toText(m_studio.selection.model()));
    settings.setValue(QStringLiteral("selection/take"), toText(m_studio.selection.take()));
}

void MainWindow::foldDocks() {
    const std::pair<QDockWidget*, bool> fits[] = {{m_inspectorDock, width() >= kWidthForInspector},
                                                  {m_libraryDock, width() >= kWidthForLibrary},
                                                  {m_takesDock, height() >= kHeightForTakes}};
    for (const auto& [dock, room] : fits) {
        if (dock == nullptr) continue;
        if (!room && !dock->isHidden() && !m_small.contains(dock)) {
            m_folded.append(dock);
            dock->hide();
        } else if (room && m_folded.removeAll(dock) > 0) {
            dock->show();
        }
        // Told once: a person may open it again in a small window.
        m_small.removeAll(dock);
        if (!room) m_small.append(dock);
    }
}

}  // namespace smidgen::ui
