#include "ui/pages/lane_headers.h"

#include <QLineEdit>
#include <QMouseEvent>
#include <QToolButton>

#include "engine/codes/code_edits.h"
#include "ui/canvas/code_words.h"

namespace smidgen::ui {

namespace {
constexpr int kNameWidth = 84;  ///< of "Finest detail"
constexpr int kButtonWidth = 20;
constexpr int kWidth = kNameWidth + 3 * kButtonWidth + 4;
constexpr int kNameHeight = 18, kButtonHeight = 18;
constexpr int kTallForTwoRows = kNameHeight + kButtonHeight + 1;
}  // namespace

LaneHeaders::LaneHeaders(const CodeGridView& grid, QWidget* parent) : QWidget(parent), m_grid(grid) {
    setObjectName(QStringLiteral("laneHeaders"));
    setFixedWidth(kWidth);
}

LaneHeaders::Row LaneHeaders::makeRow(int level) {
    Row row;
    row.area = new QWidget(this);
    row.name = new QLineEdit(row.area);
    row.name->setObjectName(QStringLiteral("laneName%1").arg(level));
    row.name->setMaxLength(kLongestLaneName);
    setLook(*row.name, Look::quiet);
    row.name->setToolTip(tr("Click chooses the lane, double-click renames it."));
    row.name->setStatusTip(tr("Click chooses the lane, Ctrl adds it; double-click gives it another name."));
    row.name->setReadOnly(true);
    row.name->installEventFilter(this);
    connect(row.name, &QLineEdit::editingFinished, this, [this, level] {
        m_rows[static_cast<std::size_t>(level)].name->setReadOnly(true);
        send(level);
    });
    const auto button = [&](const QString& letter, const QString& name, const QString& tip) {
        auto* made = new QToolButton(row.area);
        made->setObjectName(name + QString::number(level));
        made->setText(letter);
        made->setCheckable(true);
        made->setToolTip(tip);
        made->setStatusTip(tip);
        made->setStyleSheet(QStringLiteral("min-height: 16px; max-height: 16px; padding: 0;"));
        made->setFixedSize(kButtonWidth, kButtonHeight);
        setLook(*made, Look::toggle);
        connect(made, &QToolButton::clicked, this, [this, level] { send(level); });
        return made;
    };
    row.mute = button(tr("M"), QStringLiteral("laneMute"), tr("Mute: this level is left out of the sound."));
    row.solo = button(tr("S"), QStringLiteral("laneSolo"), tr("Solo: only such levels are heard."));
    row.lock = button(tr("L"), QStringLiteral("laneLock"), tr("Lock: no edit changes this lane."));
    row.area->show();
    return row;
}

void LaneHeaders::setDocument(const std::shared_ptr<const CodeDocument>& document) {
    m_lanes = document ? document->lanes : std::vector<CodeLane>();
    while (m_rows.size() > m_lanes.size()) {
        delete m_rows.back().area;
        m_rows.pop_back();
    }
    while (m_rows.size() < m_lanes.size()) m_rows.push_back(makeRow(static_cast<int>(m_rows.size())));
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const CodeLane& lane = m_lanes[i];
        const Row& row = m_rows[i];
        const QString name = laneText(lane.name);
        if (row.name->isReadOnly() && row.name->text() != name) row.name->setText(name);
        if (row.name->isReadOnly()) row.name->setCursorPosition(0);
        row.name->setAccessibleName(tr("Name of level %1").arg(i + 1));
        row.mute->setChecked(lane.muted);
        row.solo->setChecked(lane.soloed);
        row.lock->setChecked(lane.locked);
        row.mute->setAccessibleName(tr("Mute %1").arg(name));
        row.solo->setAccessibleName(tr("Solo %1").arg(name));
        row.lock->setAccessibleName(tr("Lock %1").arg(name));
    }
    relayout();
}

void LaneHeaders::send(int level) {
    const auto i = static_cast<std::size_t>(level);
    const Row& row = m_rows[i];
    CodeLane lane{row.name->text().trimmed().toStdString(), row.mute->isChecked(), row.solo->isChecked(),
                  row.lock->isChecked()};
    if (lane.name.empty()) {
        row.name->setText(laneText(m_lanes[i].name));
        lane.name = m_lanes[i].name;
    }
    if (row.name->text() == laneText(m_lanes[i].name)) lane.name = m_lanes[i].name;
    if (lane != m_lanes[i]) Q_EMIT laneChanged(level, lane);
}

void LaneHeaders::relayout() {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const QRect lane = m_grid.laneRect(static_cast<int>(i));
        row.area->setGeometry(0, lane.top(), width(), lane.height() + 2);
        // Alike for all, although their heights differ by a pixel.
        const bool two = m_grid.laneRect(static_cast<int>(m_rows.size()) - 1).height() >= kTallForTwoRows &&
                         m_grid.laneRect(0).height() >= kTallForTwoRows;
        const int top =
            two ? (lane.height() - kNameHeight - kButtonHeight) / 2 : (lane.height() - kNameHeight) / 2;
        const int buttons = 3 * kButtonWidth + 4;
        row.name->setGeometry(0, top, two ? width() - 4 : width() - buttons, kNameHeight);
        int x = two ? 0 : width() - buttons;
        for (QToolButton* button : {row.mute, row.solo, row.lock}) {
            button->move(x, two ? top + kNameHeight : top);
            x += kButtonWidth;
        }
    }
}

void LaneHeaders::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    relayout();
}

bool LaneHeaders::eventFilter(QObject* watched, QEvent* event) {
    auto* name = qobject_cast<QLineEdit*>(watched);
    if (name == nullptr || !name->isReadOnly()) return QWidget::eventFilter(watched, event);
    const int level = name->objectName().mid(8).toInt();
    if (event->type() == QEvent::MouseButtonPress) {
        Q_EMIT laneChosen(level, static_cast<QMouseEvent*>(event)->modifiers().testFlag(Qt::ControlModifier));
    } else if (event->type() == QEvent::MouseButtonDblClick ||
               (event->type() == QEvent::KeyPress &&
                static_cast<QKeyEvent*>(event)->key() == Qt::Key_Return)) {
        name->setReadOnly(false);
        name->selectAll();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace smidgen::ui
