#include "ui/pages/edit_bar.h"

#include <QActionGroup>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QToolButton>
#include <algorithm>

#include "ui/canvas/code_grid_view.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/code_listening.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
/// Around a single cell, so that it is heard among what surrounds it.
constexpr double kContextSeconds = 0.25;

const QString kTools[] = {QStringLiteral("codes.select"), QStringLiteral("codes.brush"),
                          QStringLiteral("codes.erase"), QStringLiteral("codes.stamp")};
const QString kOperations[] = {QStringLiteral("codes.nearest"), QStringLiteral("codes.swap"),
                               QStringLiteral("codes.hold"), QStringLiteral("codes.infill")};
}  // namespace

EditBar::EditBar(const Studio& studio, const Shortcuts& shortcuts, CodeGridView& grid, CodeActions& actions,
                 CodeListening& listening, QWidget& page)
    : m_studio(studio), m_shortcuts(shortcuts), m_grid(grid), m_actions(actions), m_listening(listening) {
    setObjectName(QStringLiteral("editBar"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    auto* tools = new QActionGroup(this);
    for (const QString& id : kTools) {
        QAction& action = shortcuts.action(id);
        action.setCheckable(true);
        tools->addAction(&action);
        layout->addWidget(button(id));
    }
    shortcuts.action(kTools[0]).setChecked(true);
    layout->addSpacing(metrics::kSpaceL);
    for (const QString& id : kOperations) layout->addWidget(button(id));

    auto* more = new QToolButton;
    more->setText(tr("More"));
    more->setObjectName(QStringLiteral("moreEdits"));
    more->setPopupMode(QToolButton::InstantPopup);
    more->setAccessibleName(tr("More edits"));
    more->setStatusTip(tr("Pick, fill, shuffle, copy, paste, and ways to choose cells."));
    setLook(*more, Look::quiet);
    auto* menu = new QMenu(more);
    for (const char* id :
         {"codes.nearer", "codes.pick", "codes.fill", "codes.shuffle", "codes.restore", "", "codes.copy",
          "codes.paste", "", "codes.selectAll", "codes.selectLane", "codes.selectColumn", "", "codes.mute",
          "codes.solo", "", "codes.hear", "codes.hearCode"}) {
        if (*id == '\0')
            menu->addSeparator();
        else
            menu->addAction(&shortcuts.action(QLatin1String(id)));
    }
    more->setMenu(menu);
    layout->addWidget(more);
    layout->addStretch(1);
    auto* hears = new QToolButton;
    hears->setObjectName(QStringLiteral("hearEdits"));
    hears->setIcon(studio.theme.icon(QStringLiteral("speaker")));
    hears->setCheckable(true);
    hears->setAccessibleName(tr("Hear every edit"));
    hears->setToolTip(tr("Hear every edit"));
    hears->setStatusTip(tr("Plays what an edit has changed as soon as it is decoded."));
    setLook(*hears, Look::toggle);
    connect(hears, &QToolButton::toggled, &listening, &CodeListening::setHearingEdits);
    layout->addWidget(hears);
    auto* hint = new QLabel;
    const auto showHint = [hint, &shortcuts] {
        const QKeySequence keys = shortcuts.action(QStringLiteral("codes.original")).shortcut();
        hint->setText(tr("hold %1: original").arg(keys.toString(QKeySequence::NativeText)));
        hint->setVisible(!keys.isEmpty());
    };
    connect(&shortcuts, &Shortcuts::changed, hint, showHint);
    setLook(*hint, Look::small);
    layout->addWidget(hint);
    showHint();
    connectActions(page);
    qApp->installEventFilter(this);
}

QWidget* EditBar::button(const QString& id) {
    QAction& action = m_shortcuts.action(id);
    auto* made = new QToolButton;
    made->setObjectName(id);
    made->setDefaultAction(&action);
    made->setToolButtonStyle(Qt::ToolButtonTextOnly);
    made->setAccessibleName(action.text());
    made->setFocusPolicy(Qt::TabFocus);
    setLook(*made, Look::toggle);
    return made;
}

void EditBar::connectActions(QWidget& page) {
    const auto on = [&](const char* id, auto&& run) {
        QAction& action = m_shortcuts.action(QLatin1String(id));
        // Letters of their own, such as S, belong to other widgets elsewhere.
        for (QObject* owner : action.associatedObjects())
            if (auto* window = qobject_cast<QMainWindow*>(owner); window != nullptr)
                window->removeAction(&action);
        page.addAction(&action);
        action.setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action.setAutoRepeat(false);
        connect(&action, &QAction::triggered, this, run);
    };
    on("codes.select", [this] { m_grid.setTool(CodeTool::select); });
    on("codes.brush", [this] { m_grid.setTool(CodeTool::brush); });
    on("codes.erase", [this] { m_grid.setTool(CodeTool::erase); });
    on("codes.stamp", [this] { m_grid.setTool(CodeTool::stamp); });
    on("codes.pick", [this] { m_actions.pickAtCursor(); });
    on("codes.nearest", [this] { m_actions.nearest(1); });
    on("codes.nearer", [this] { m_actions.nearest(-1); });
    on("codes.infill", [this] { m_actions.infill(); });
    on("codes.mute", [this] { m_actions.toggleMute(); });
    on("codes.solo", [this] { m_actions.toggleSolo(); });
    on("codes.original", [this] { setOriginal(true); });
    on("codes.swap", [this] { m_actions.swap(); });
    on("codes.hold", [this] { m_actions.hold(); });
    on("codes.shuffle", [this] { m_actions.shuffle(); });
    on("codes.fill", [this] { m_actions.fill(); });
    on("codes.restore", [this] { m_actions.erase(); });
    on("codes.copy", [this] { m_actions.copy(); });
    on("codes.paste", [this] { m_actions.paste(); });
    on("codes.selectAll", [this] { m_actions.selectAll(); });
    on("codes.selectLane", [this] { m_actions.selectLane(m_grid.cursor().level); });
    on("codes.selectColumn", [this] { m_actions.selectColumn(); });
    on("codes.hear", [this] { hear(); });
    on("codes.hearCode", [this] {
        if (const auto& document = m_grid.document(); document && document->contains(m_grid.cursor()))
            m_listening.hearCode(m_grid.cursor().level, document->code(m_grid.cursor()));
    });
}

void EditBar::setReady(bool open) {
    for (const Shortcut& shortcut : m_shortcuts.current())
        if (shortcut.id.startsWith(u"codes."))
            m_shortcuts.setAvailable(shortcut.id, open,
                                     tr("No codes are open: open a sound on the Edit page."));
}

void EditBar::hear() {
    if (!m_grid.document()) return;
    CodeRegion region = m_grid.selection().bounds();
    if (region.empty()) region = {m_grid.channel(), m_grid.cursor().level, 1, m_grid.cursor().frame, 1};
    const double around = region.frames == 1 ? kContextSeconds : 0;
    m_listening.hearStretch(std::max(0.0, m_grid.secondsOf(region.frame) - around),
                            m_grid.secondsOf(region.frame + region.frames) + around);
}

void EditBar::setOriginal(bool held) {
    m_listening.holdOriginal(held);
    m_grid.setOriginalShown(m_listening.originalHeld());
}

bool EditBar::eventFilter(QObject* watched, QEvent* event) {
    if (!m_listening.originalHeld()) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::KeyRelease) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const QKeySequence keys = m_shortcuts.action(QStringLiteral("codes.original")).shortcut();
        if (!key->isAutoRepeat() && !keys.isEmpty() && key->key() == keys[0].key()) setOriginal(false);
    } else if (event->type() == QEvent::ApplicationDeactivate || event->type() == QEvent::WindowDeactivate) {
        setOriginal(false);
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace smidgen::ui
