#include "ui/pages/explore_field.h"

#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QUndoCommand>
#include <QVBoxLayout>
#include <cmath>

#include "engine/workstation/explore.h"
#include "ui/bridge/text.h"
#include "ui/bridge/words.h"
#include "ui/pages/popup_panel.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kStepsADeviation = 20;
constexpr int kSliderWidth = 200;
constexpr int kEndWidth = 130;
constexpr int kPageSteps = 10;
constexpr int kCommandId = 0x51e;

class ExploreCommand final : public QUndoCommand {
 public:
    ExploreCommand(ExploreField& field, const QString& text, std::vector<double> after, int gesture)
        : QUndoCommand(text),
          m_field(field),
          m_model(field.model()),
          m_before(field.amounts()),
          m_after(std::move(after)),
          m_gesture(gesture) {}
    void undo() override { show(m_before); }
    void redo() override { show(m_after); }
    [[nodiscard]] int id() const override { return kCommandId; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto& next = static_cast<const ExploreCommand&>(*other);
        if (next.m_gesture != m_gesture) return false;
        m_after = next.m_after;
        return true;
    }

 private:
    void show(const std::vector<double>& amounts) {
        // Directions are a model's own: another one that was chosen meanwhile has let go of them.
        if (m_field.model() != m_model) return;
        m_field.setAmounts(amounts);
        Q_EMIT m_field.amountsChanged();
    }

    ExploreField& m_field;
    ModelId m_model;
    std::vector<double> m_before, m_after;
    int m_gesture;
};

/// "brightness +1.2, space −0.4": per standard deviation.
QString movesText(const DirectionMeaning& direction) {
    QStringList parts;
    for (const Attribute attribute : kAttributes) {
        const double moved = direction.moves[static_cast<std::size_t>(attribute)];
        if (std::abs(moved) < 0.1) continue;
        parts += QStringLiteral("%1 %2%3").arg(attributeText(attribute).name, moved < 0 ? u"−" : u"+",
                                               numberText(std::abs(moved), 1));
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace

ExploreField::ExploreField(const Studio& studio, QWidget* parent) : QToolButton(parent), m_studio(studio) {
    setObjectName(QStringLiteral("explore"));
    setToolTip(tr("The model's own directions: along which its sounds differ most."));
    setStatusTip(toolTip());
    connect(setPopupPanel(*this, makePanel()), &QMenu::aboutToShow, this, &ExploreField::measure);
    showAmounts();
    showDirections();
}

QWidget* ExploreField::makePanel() {
    auto* panel = new QWidget;
    m_about = new QLabel;
    m_about->setObjectName(QStringLiteral("exploreAbout"));
    m_about->setWordWrap(true);
    setLook(*m_about, Look::small);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kSpaceS);
    grid->setVerticalSpacing(metrics::kSpaceXs);
    for (std::size_t d = 0; d < kMostDirections; ++d) m_rows.push_back(makeRow(d, *grid));
    auto* rest = new QPushButton(tr("All to the middle"));
    rest->setObjectName(QStringLiteral("exploreRest"));
    connect(rest, &QPushButton::clicked, this, [this] {
        ++m_gesture;
        if (!m_amounts.empty()) push(tr("letting go of the directions"), {});
        ++m_gesture;
    });
    auto* layout = new QVBoxLayout(panel);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(grid);
    layout->addWidget(m_about);
    layout->addWidget(rest, 0, Qt::AlignRight);
    return panel;
}

ExploreField::Row ExploreField::makeRow(std::size_t direction, QGridLayout& grid) {
    Row row;
    row.low = new QLabel;
    row.high = new QLabel;
    row.about = new QLabel;
    row.low->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (QLabel* end : {row.low, row.high}) end->setMinimumWidth(kEndWidth);
    setLook(*row.about, Look::small);
    constexpr int kFarthest = static_cast<int>(kFarthestAlong * kStepsADeviation);
    row.slider = new QSlider(Qt::Horizontal);
    row.slider->setObjectName(QStringLiteral("explore.%1").arg(direction + 1));
    row.slider->setRange(-kFarthest, kFarthest);
    row.slider->setProperty("bipolar", true);  // for the style: the middle is nothing
    row.slider->setPageStep(kPageSteps);
    row.slider->setTickInterval(kStepsADeviation);
    row.slider->setTickPosition(QSlider::TicksBelow);
    row.slider->setMinimumWidth(kSliderWidth);
    connect(row.slider, &QSlider::valueChanged, this,
            [this, direction](int value) { moved(direction, value); });
    connect(row.slider, &QSlider::sliderPressed, this, [this] { ++m_gesture; });
    connect(row.slider, &QSlider::sliderReleased, this, [this] { ++m_gesture; });
    const int line = static_cast<int>(direction);
    grid.addWidget(row.low, line, 0);
    grid.addWidget(row.slider, line, 1);
    grid.addWidget(row.high, line, 2);
    grid.addWidget(row.about, line, 3);
    return row;
}

void ExploreField::setModel(const ModelId& model) {
    if (model == m_model) return;
    m_model = model;
    setEnabled(!model.empty());
    // Directions are a model's own.
    m_amounts.clear();
    showAmounts();
    showDirections();
    if (menu()->isVisible()) measure();
}

void ExploreField::setAmounts(const std::vector<double>& amounts) {
    m_amounts = amounts;
    while (!m_amounts.empty() && m_amounts.back() == 0) m_amounts.pop_back();
    showAmounts();
}

void ExploreField::moved(std::size_t direction, int value) {
    if (m_showing) return;
    std::vector<double> after = m_amounts;
    if (after.size() <= direction) after.resize(direction + 1);
    after[direction] = static_cast<double>(value) / kStepsADeviation;
    if (!m_rows[direction].slider->isSliderDown()) ++m_gesture;
    push(tr("a direction of the model"), std::move(after));
}

void ExploreField::push(const QString& text, std::vector<double> after) {
    m_studio.library.undoStack().push(new ExploreCommand(*this, text, std::move(after), m_gesture));
}

void ExploreField::measure() {
    if (m_model == m_measured || m_model.empty()) return;
    m_measured = m_model;
    m_directions.clear();
    showDirections();
    m_about->setText(tr("Hearing what the directions of this model do …"));
    Workstation& engine = m_studio.engine();
    m_studio.bridge.run(
        this, [&engine, model = m_model] { return directionsOf(engine, model); },
        [this, model = m_model](Result<std::vector<DirectionMeaning>> directions) {
            if (model != m_measured) return;
            if (!directions) {
                m_measured.clear();
                m_about->setText(toText(directions.error().sentence));
                return;
            }
            m_directions = std::move(*directions);
            showDirections();
        });
}

void ExploreField::showDirections() {
    const bool known = m_measured == m_model && !m_directions.empty();
    for (std::size_t d = 0; d < m_rows.size(); ++d) {
        const Row& row = m_rows[d];
        const bool there = known && d < m_directions.size();
        for (QWidget* part : {static_cast<QWidget*>(row.low), static_cast<QWidget*>(row.slider),
                              static_cast<QWidget*>(row.high), static_cast<QWidget*>(row.about)})
            part->setVisible(there);
        if (!there) continue;
        const DirectionMeaning& direction = m_directions[d];
        row.low->setText(toText(direction.low));
        row.high->setText(toText(direction.high));
        row.about->setText(tr("%1 %").arg(qRound(100 * direction.share)));
        row.about->setToolTip(tr("Of all that the model's sounds differ by."));
        row.slider->setAccessibleName(tr("From %1 to %2").arg(toText(direction.low), toText(direction.high)));
        row.slider->setToolTip(movesText(direction));
        row.slider->setStatusTip(row.slider->toolTip());
    }
    m_about->setText(
        known ? tr("Words say what was heard to change; the share is of all that the model's sounds "
                   "differ by.")
              : tr("This model keeps too few sounds to have directions of its own."));
}

void ExploreField::showAmounts() {
    m_showing = true;
    int set = 0;
    for (std::size_t d = 0; d < m_rows.size(); ++d) {
        const double amount = d < m_amounts.size() ? m_amounts[d] : 0.0;
        m_rows[d].slider->setValue(static_cast<int>(std::lround(amount * kStepsADeviation)));
        if (amount != 0) ++set;
    }
    m_showing = false;
    setText(set == 0 ? tr("Explore") : tr("Explore: %1").arg(set));
}

}  // namespace smidgen::ui
