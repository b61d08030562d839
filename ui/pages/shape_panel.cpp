#include "ui/pages/shape_panel.h"

#include <QContextMenuEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QRandomGenerator>
#include <QSettings>
#include <QSlider>
#include <QToolButton>
#include <QUndoCommand>
#include <cmath>

#include "ui/bridge/words.h"
#include "ui/canvas/attribute_slider.h"
#include "ui/pages/position_field.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kRowsAColumn = 4;
constexpr int kNameWidth = 74;  ///< of "Roughness"
constexpr int kFieldWidth = 50;
constexpr int kFieldHeight = 24;
constexpr int kCommandId = 0x51d;
constexpr qint64 kRestMs = 1000;

class SlidersCommand final : public QUndoCommand {
 public:
    SlidersCommand(ShapePanel& panel, const QString& text, SliderPositions before, SliderPositions after,
                   int gesture)
        : QUndoCommand(text), m_panel(panel), m_before(before), m_after(after), m_gesture(gesture) {}
    void undo() override { show(m_before); }
    void redo() override { show(m_after); }
    [[nodiscard]] int id() const override { return kCommandId; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto& next = static_cast<const SlidersCommand&>(*other);
        if (next.m_gesture != m_gesture) return false;
        m_after = next.m_after;
        return true;
    }

 private:
    void show(const SliderPositions& positions) {
        if (m_panel.positions() == positions) return;
        m_panel.setPositions(positions);
        Q_EMIT m_panel.positionsChanged();
    }

    ShapePanel& m_panel;
    SliderPositions m_before, m_after;
    int m_gesture;
};

/// Back and forth between the ends: no place is likelier than another.
double reflected(double position) {
    constexpr double kWidth = kHighestPosition - kLowestPosition;
    const double above = std::fmod(std::abs(position - kLowestPosition), 2 * kWidth);
    return kLowestPosition + (above > kWidth ? 2 * kWidth - above : above);
}

}  // namespace

ShapePanel::ShapePanel(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("shape"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::kSpaceS);
    grid->setVerticalSpacing(1);
    for (const Attribute attribute : kAttributes) {
        const int index = static_cast<int>(attribute);
        const int line = index % kRowsAColumn, column = index / kRowsAColumn * 5;
        Row made = makeRow(attribute);
        auto* name = new QLabel(attributeText(attribute).name);
        name->setFixedWidth(kNameWidth);
        name->setBuddy(made.slider);
        name->setToolTip(attributeText(attribute).hint);
        grid->addWidget(name, line, column, Qt::AlignTop);
        grid->addWidget(made.slider, line, column + 1, Qt::AlignTop);
        grid->addWidget(made.field, line, column + 2, Qt::AlignTop);
        grid->addWidget(made.lock, line, column + 3, Qt::AlignTop);
        if (column == 0) grid->setColumnMinimumWidth(4, metrics::kSpaceS);
        grid->setColumnStretch(column + 1, 1);
        m_rows[static_cast<std::size_t>(index)] = made;
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    layout->addWidget(makeHead());
    layout->addLayout(grid);
    connect(&shortcuts.action(QStringLiteral("generate.lock")), &QAction::triggered, this,
            &ShapePanel::toggleFocusedLock);
    showPositions();
}

ShapePanel::Row ShapePanel::makeRow(Attribute attribute) {
    const AttributeText words = attributeText(attribute);
    Row made;
    made.slider = new AttributeSlider(m_studio.theme, attribute, words.low, words.high);
    made.slider->setObjectName(QStringLiteral("slider.") +
                               QString::fromUtf8(wordsFor(attribute).name.data()));
    made.slider->setAccessibleName(words.name);
    made.slider->setToolTip(words.hint);
    made.slider->setStatusTip(
        tr("%1 Drag, Shift for fine, double-click to let go; the diamond is where the take came to.")
            .arg(words.hint));
    made.field = new PositionField;
    made.field->setFixedSize(kFieldWidth, kFieldHeight);
    made.field->setAccessibleName(tr("%1, as a number").arg(words.name));
    made.field->setToolTip(
        tr("0 is little, 1 is much among the sounds of the collection; empty leaves it as it comes."));
    made.field->setStatusTip(made.field->toolTip());
    made.lock = new QToolButton;
    made.lock->setIcon(m_studio.theme.icon(QStringLiteral("lock")));
    made.lock->setCheckable(true);
    made.lock->setFixedHeight(kFieldHeight);
    made.lock->setAccessibleName(tr("Lock %1").arg(words.name));
    made.lock->setToolTip(tr("Dice leave a locked slider where it is."));
    made.lock->setStatusTip(made.lock->toolTip());
    setLook(*made.lock, Look::toggle);
    const QString setting =
        QStringLiteral("generate/locked/") + QString::fromUtf8(wordsFor(attribute).name.data());
    AttributeSlider* slider = made.slider;
    connect(made.lock, &QToolButton::toggled, this, [this, slider, setting](bool on) {
        slider->setLocked(on);
        m_studio.settings.setValue(setting, on);
    });
    made.lock->setChecked(m_studio.settings.value(setting, false).toBool());
    connect(slider, &AttributeSlider::moved, this,
            [this, attribute](std::optional<double> position, bool dragging) {
                change(attribute, position, dragging);
            });
    connect(slider, &AttributeSlider::dragEnded, this, &ShapePanel::endGesture);
    connect(made.field, &PositionField::typed, this, [this, attribute](std::optional<double> position) {
        ++m_gesture;
        change(attribute, position, false);
        ++m_gesture;
    });
    return made;
}

QToolButton* ShapePanel::toggle(const QString& text, const QString& hint, const QString& setting, bool on) {
    auto* made = new QToolButton;
    made->setText(text);
    made->setCheckable(true);
    made->setChecked(m_studio.settings.value(setting, on).toBool());
    made->setToolTip(hint);
    made->setStatusTip(hint);
    setLook(*made, Look::toggle);
    connect(made, &QToolButton::toggled, this,
            [this, setting](bool checked) { m_studio.settings.setValue(setting, checked); });
    return made;
}

QWidget* ShapePanel::makeHead() {
    auto* head = new QWidget;
    auto* layout = m_head = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    auto* heading = new QLabel(tr("SHAPE"));
    setLook(*heading, Look::heading);
    m_shares = new QLabel;
    m_shares->setObjectName(QStringLiteral("shares"));
    m_shares->setAccessibleName(tr("What model and tools did"));
    setLook(*m_shares, Look::small);
    m_live = toggle(tr("Live"), tr("While a take plays, moving a slider changes it as you hear it."),
                    QStringLiteral("generate/live"), true);
    m_live->setObjectName(QStringLiteral("live"));
    m_tools = toggle(tr("Tools"),
                     tr("What the model cannot do by itself, tools on the sound do; off, you hear the model "
                        "alone."),
                     QStringLiteral("generate/tools"), true);
    m_tools->setObjectName(QStringLiteral("tools"));
    connect(m_tools, &QToolButton::toggled, this, &ShapePanel::toolsChanged);
    auto* diceName = new QLabel(tr("Dice"));
    setLook(*diceName, Look::small);
    m_dice = new QSlider(Qt::Horizontal);
    m_dice->setObjectName(QStringLiteral("diceAmount"));
    m_dice->setRange(0, 100);
    m_dice->setFixedWidth(64);
    m_dice->setAccessibleName(tr("How far dice move the sliders, in percent"));
    m_dice->setToolTip(
        tr("How far dice move the sliders that are set and not locked; at the left end, the seed alone."));
    m_dice->setStatusTip(m_dice->toolTip());
    m_dice->setValue(m_studio.settings.value(QStringLiteral("generate/dice"), 0).toInt());
    diceName->setBuddy(m_dice);
    connect(m_dice, &QSlider::valueChanged, this,
            [this](int value) { m_studio.settings.setValue(QStringLiteral("generate/dice"), value); });
    auto* free = new QToolButton;
    free->setObjectName(QStringLiteral("letGo"));
    free->setText(tr("Let go"));
    free->setToolTip(tr("Lets go of all sliders: the sound as it comes."));
    free->setStatusTip(free->toolTip());
    setLook(*free, Look::quiet);
    connect(free, &QToolButton::clicked, this, &ShapePanel::letGoOfAll);
    layout->addWidget(heading);
    layout->addSpacing(metrics::kSpaceS);
    layout->addWidget(m_shares, 1);
    for (QWidget* part :
         {static_cast<QWidget*>(diceName), static_cast<QWidget*>(m_dice), static_cast<QWidget*>(m_live),
          static_cast<QWidget*>(m_tools), static_cast<QWidget*>(free)})
        layout->addWidget(part);
    return head;
}

void ShapePanel::addToHead(QWidget* widget) {
    m_head->insertWidget(m_head->indexOf(m_shares) + 1, widget);
}

AttributeSlider& ShapePanel::slider(Attribute attribute) const {
    return *row(attribute).slider;
}

bool ShapePanel::toolsWanted() const {
    return m_tools->isChecked();
}

void ShapePanel::setToolsWanted(bool on) {
    m_tools->setChecked(on);
}

bool ShapePanel::live() const {
    return m_live->isChecked();
}

void ShapePanel::setPositions(const SliderPositions& positions) {
    m_positions = positions;
    showPositions();
}

void ShapePanel::showPositions() {
    for (const Attribute attribute : kAttributes) {
        row(attribute).slider->setPosition(m_positions[attribute]);
        row(attribute).field->setPosition(m_positions[attribute]);
    }
    Q_EMIT shown();
}

void ShapePanel::setOutcomes(const std::vector<SliderOutcome>& outcomes) {
    for (const Row& each : m_rows) each.slider->setOutcome({});
    double model = 0, tools = 0;
    for (const SliderOutcome& outcome : outcomes) {
        row(outcome.attribute).slider->setOutcome(outcome);
        if (!outcome.asked) continue;
        model += std::abs(outcome.model - outcome.free);
        tools += std::abs(outcome.reached - outcome.model);
    }
    const double whole = model + tools;
    m_shares->setText(whole > 0 ? tr("model %1 % · tools %2 %")
                                      .arg(qRound(100 * model / whole))
                                      .arg(100 - qRound(100 * model / whole))
                                : QString());
}

void ShapePanel::push(const QString& text, const SliderPositions& before, const SliderPositions& after,
                      int gesture) {
    m_studio.library.undoStack().push(new SlidersCommand(*this, text, before, after, gesture));
}

void ShapePanel::change(Attribute attribute, std::optional<double> position, bool dragging) {
    // Keys, wheels and controllers have no release: a rest ends their gesture.
    if (m_sinceChange.isValid() && m_sinceChange.elapsed() > kRestMs) ++m_gesture;
    m_sinceChange.start();
    const SliderPositions before = m_positions;
    m_positions[attribute] = position;
    showPositions();
    if (dragging) {
        if (!m_inGesture) m_beforeGesture = before;
        m_inGesture = true;
    } else {
        push(tr("the slider %1").arg(attributeText(attribute).name),
             std::exchange(m_inGesture, false) ? m_beforeGesture : before, m_positions,
             m_gesture * static_cast<int>(kAttributeCount) + static_cast<int>(attribute));
    }
    Q_EMIT positionsChanged();
}

void ShapePanel::endGesture() {
    if (!std::exchange(m_inGesture, false)) return;
    ++m_gesture;
    for (const Attribute attribute : kAttributes)
        if (m_positions[attribute] != m_beforeGesture[attribute])
            push(tr("the slider %1").arg(attributeText(attribute).name), m_beforeGesture, m_positions,
                 m_gesture * static_cast<int>(kAttributeCount) + static_cast<int>(attribute));
    ++m_gesture;
    Q_EMIT positionsChanged();
}

void ShapePanel::moveSlider(Attribute attribute, std::optional<double> position) {
    change(attribute, position, false);
}

void ShapePanel::letGoOfAll() {
    if (!m_positions.anySet()) return;
    ++m_gesture;
    push(tr("letting go of the sliders"), m_positions, {}, m_gesture * static_cast<int>(kAttributeCount));
    ++m_gesture;
}

SliderPositions ShapePanel::diced() const {
    SliderPositions thrown = m_positions;
    const double amount = m_dice->value() / 100.0;
    if (amount <= 0) return thrown;
    for (const Attribute attribute : kAttributes)
        if (thrown[attribute] && !row(attribute).lock->isChecked())
            thrown[attribute] = reflected(*thrown[attribute] +
                                          amount * (2 * QRandomGenerator::global()->generateDouble() - 1));
    return thrown;
}

void ShapePanel::toggleFocusedLock() {
    for (const Row& each : m_rows)
        if (each.slider->hasFocus() || each.field->hasFocus()) each.lock->toggle();
}

void ShapePanel::contextMenuEvent(QContextMenuEvent* event) {
    QWidget* under = childAt(event->pos());
    for (const Attribute attribute : kAttributes) {
        const Row& each = row(attribute);
        if (under != each.slider && under != each.field && under != each.lock) continue;
        QMenu menu(this);
        menu.addAction(tr("As it comes"), this, [this, attribute] { moveSlider(attribute, std::nullopt); });
        menu.addAction(tr("Little: %1").arg(attributeText(attribute).low), this,
                       [this, attribute] { moveSlider(attribute, 0.0); });
        menu.addAction(tr("Middle"), this, [this, attribute] { moveSlider(attribute, 0.5); });
        menu.addAction(tr("Much: %1").arg(attributeText(attribute).high), this,
                       [this, attribute] { moveSlider(attribute, 1.0); });
        menu.addSeparator();
        QAction* lock = menu.addAction(tr("Lock"));
        lock->setCheckable(true);
        lock->setChecked(each.lock->isChecked());
        connect(lock, &QAction::toggled, each.lock, &QToolButton::setChecked);
        Q_EMIT menuOpening(attribute, menu);
        menu.exec(event->globalPos());
        return;
    }
    QWidget::contextMenuEvent(event);
}

}  // namespace smidgen::ui
