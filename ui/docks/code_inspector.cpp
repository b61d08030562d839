#include "ui/docks/code_inspector.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/code_heat_map.h"
#include "ui/canvas/code_swatches.h"
#include "ui/canvas/code_words.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kNearest = 6;
constexpr int kStepsShown = 8;
constexpr int kSwatchSide = 36;
constexpr int kSliderSteps = 100;

QLabel* label(Look look, const QString& name = {}) {
    auto* made = new QLabel;
    made->setObjectName(name);
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    setLook(*made, look);
    return made;
}

QLabel* heading(const QString& text) {
    auto* made = new QLabel(text.toUpper());
    made->setAccessibleName(text);
    setLook(*made, Look::heading);
    return made;
}

QSlider* slider(const QString& name, const QString& spoken, const QString& tip) {
    auto* made = new QSlider(Qt::Horizontal);
    made->setObjectName(name);
    made->setRange(0, kSliderSteps);
    made->setAccessibleName(spoken);
    made->setToolTip(tip);
    made->setStatusTip(tip);
    return made;
}

}  // namespace

CodeInspector::CodeInspector(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("codeInspector"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::kSpaceL, metrics::kSpaceM, metrics::kSpaceL, metrics::kSpaceM);
    column->setSpacing(metrics::kSpaceXs);
    column->addWidget(heading(tr("Selection")));
    column->addWidget(m_chosen = label(Look::strong, QStringLiteral("chosenLanes")));
    column->addWidget(m_chosenFacts = label(Look::dim, QStringLiteral("chosenFacts")));
    column->addSpacing(metrics::kSpaceS);
    m_details = new QWidget;
    column->addWidget(m_details);
    column->addStretch(1);
    auto* layout = new QVBoxLayout(m_details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    layout->addWidget(heading(tr("Code under the cursor")));
    auto* codeRow = new QHBoxLayout;
    m_swatch = new QLabel;
    m_swatch->setFixedSize(kSwatchSide, kSwatchSide);
    m_swatch->setAccessibleName(tr("Colour of the code"));
    codeRow->addWidget(m_swatch);
    auto* codeText = new QVBoxLayout;
    codeText->addWidget(m_code = label(Look::strong, QStringLiteral("cursorCode")));
    codeText->addWidget(m_codeFacts = label(Look::dim, QStringLiteral("cursorFacts")));
    codeRow->addLayout(codeText, 1);
    layout->addLayout(codeRow);
    layout->addSpacing(metrics::kSpaceS);
    layout->addWidget(heading(tr("Nearest")));
    layout->addWidget(m_nearest = new CodeSwatches(studio.theme));
    m_alikeSlider = slider(QStringLiteral("alikeSlider"), tr("Likeness"),
                           tr("How far a code may lie from the cursor's to be chosen with it."));
    m_alikeSlider->setValue(25);
    m_alikeButton = new QPushButton(tr("Select alike"));
    m_alikeButton->setObjectName(QStringLiteral("selectAlike"));
    m_alikeButton->setStatusTip(tr("Chooses the cells of this lane whose codes are so near."));
    layout->addWidget(m_alikeSlider);
    auto* alikeRow = new QHBoxLayout;
    alikeRow->addWidget(m_alikeButton);
    alikeRow->addWidget(m_alike = label(Look::dim), 1);
    layout->addLayout(alikeRow);
    layout->addSpacing(metrics::kSpaceS);
    layout->addWidget(heading(tr("Blend with")));
    layout->addWidget(m_clip = label(Look::normal, QStringLiteral("blendClip")));
    m_blendSlider =
        slider(QStringLiteral("blendSlider"), tr("Blend"),
               tr("From the codes here, at the left, to the copied ones, laid over the selection."));
    layout->addWidget(m_blendSlider);
    layout->addWidget(m_blend = label(Look::dim, QStringLiteral("blendFacts")));
    layout->addSpacing(metrics::kSpaceS);
    layout->addWidget(heading(tr("In-fill")));
    auto* warmth = new QHBoxLayout;
    auto* warmthName = new QLabel(tr("Temperature"));
    m_temperature = new QDoubleSpinBox;
    m_temperature->setObjectName(QStringLiteral("infillTemperature"));
    m_temperature->setAccessibleName(tr("Temperature of the in-fill"));
    m_temperature->setRange(0, 2);
    m_temperature->setSingleStep(0.1);
    m_temperature->setValue(1);
    m_temperature->setStatusTip(tr("0: always the likeliest code; above 1: more daring."));
    warmth->addWidget(warmthName, 1);
    warmth->addWidget(m_temperature);
    layout->addLayout(warmth);
    layout->addSpacing(metrics::kSpaceS);
    layout->addWidget(heading(tr("Codebook health")));
    layout->addWidget(m_heat = new CodeHeatMap(studio.theme));
    layout->addWidget(m_health = label(Look::dim, QStringLiteral("healthWords")));
    layout->addSpacing(metrics::kSpaceS);
    layout->addWidget(heading(tr("History")));
    layout->addWidget(m_history = label(Look::dim, QStringLiteral("codeHistory")));

    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    scroll->setWidget(content);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    const auto alike = [this] { return 2.0 * m_alikeSlider->value() / kSliderSteps; };
    const auto sayAlike = [this, alike] { m_alike->setText(tr("within %1").arg(numberText(alike(), 2))); };
    connect(m_alikeSlider, &QSlider::valueChanged, this, sayAlike);
    sayAlike();
    connect(m_alikeButton, &QPushButton::clicked, this, [this, alike] { Q_EMIT alikeRequested(alike()); });
    connect(m_nearest, &CodeSwatches::chosen, this, &CodeInspector::codeChosen);
    connect(m_blendSlider, &QSlider::valueChanged, this, [this](int value) {
        Q_EMIT blendMoved(static_cast<double>(value) / kSliderSteps);
        setBlended(m_distance);
    });
    connect(m_temperature, &QDoubleSpinBox::valueChanged, this, &CodeInspector::temperatureChanged);
    setClip({});
    show(nullptr, nullptr);
}

void CodeInspector::setClip(const QString& text) {
    m_clip->setText(text.isEmpty()
                        ? tr("Nothing copied yet: choose cells, here or in another sound, and copy "
                             "them (Ctrl+C).")
                        : text);
    setLook(*m_clip, text.isEmpty() ? Look::dim : Look::normal);
    m_blendSlider->setEnabled(!text.isEmpty());
    resetBlend();
}

void CodeInspector::resetBlend() {
    const QSignalBlocker quiet(m_blendSlider);
    m_blendSlider->setValue(0);
    setBlended(std::nullopt);
}

void CodeInspector::setBlended(const std::optional<double>& distance) {
    m_distance = distance;
    m_blend->setText(
        distance
            ? tr("%1 % · snaps %2 away on average").arg(m_blendSlider->value()).arg(numberText(*distance, 2))
            : QString());
    m_blend->setVisible(distance.has_value());
}

void CodeInspector::show(const std::shared_ptr<const CodeView>& view, const CodeGridView* grid) {
    const bool there = view && grid && grid->document();
    m_details->setVisible(there);
    if (!there) {
        m_chosen->setText(tr("No sound open"));
        m_chosenFacts->setText(
            tr("What is known of its codes, and what can be done with them, stands here."));
        m_healthOf.reset();
        return;
    }
    showSelection(*view, *grid);
    showCode(*view, *grid);
    showHealth(*view);
    showHistory(*view);
}

void CodeInspector::showSelection(const CodeView& view, const CodeGridView& grid) {
    const CodeDocument& document = *view.document;
    const CodeRegion region = grid.selection().bounds();
    if (region.empty()) {
        m_chosen->setText(tr("Nothing chosen"));
        m_chosenFacts->setText(tr("Edits go to the cell under the cursor."));
        return;
    }
    QStringList names;
    for (int level = region.level; level < region.level + region.levels; ++level)
        names << toText(document.lanes[static_cast<std::size_t>(level)].name);
    m_chosen->setText(names.join(QStringLiteral(" + ")));
    m_chosenFacts->setText(
        tr("%1 · %2–%3 s · %4")
            .arg(countText(static_cast<int>(region.frames), tr("column"), tr("columns")),
                 numberText(grid.secondsOf(region.frame), 2),
                 numberText(grid.secondsOf(region.frame + region.frames), 2),
                 countText(static_cast<int>(grid.selection().count()), tr("cell"), tr("cells"))));
}

void CodeInspector::showCode(const CodeView& view, const CodeGridView& grid) {
    const CodeCell& cell = grid.cursor();
    if (!view.document->contains(cell)) return;
    const int code = view.document->code(cell), original = view.document->originalCode(cell);
    const QRgb colour = grid.colourOf(cell.level, code);
    QPixmap swatch(m_swatch->size() * devicePixelRatioF());
    swatch.setDevicePixelRatio(devicePixelRatioF());
    swatch.fill(Qt::transparent);
    {
        QPainter painter(&swatch);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(colour));
        painter.drawRoundedRect(m_swatch->rect(), metrics::kRadius, metrics::kRadius);
    }
    m_swatch->setPixmap(swatch);
    m_code->setText(tr("Q%1 · %2").arg(cell.level + 1).arg(code, 3, 10, QLatin1Char('0')));
    const auto order = view.space->neighbours(cell.level, code);
    QString facts = tr("used %1 %").arg(numberText(100 * view.usage.share(cell.level, code), 1));
    if (order.size() > 1)
        facts += tr(" · %1 to next").arg(numberText(view.space->distance(cell.level, code, order[1]), 2));
    if (code != original)
        facts += u'\n' + tr("original %1, %2 away")
                             .arg(original)
                             .arg(numberText(view.space->distance(cell.level, code, original), 2));
    m_codeFacts->setText(facts);
    std::vector<CodeSwatches::Swatch> nearest;
    for (std::size_t i = 1; i < std::min<std::size_t>(order.size(), kNearest + 1); ++i)
        nearest.push_back({order[i], view.space->distance(cell.level, code, order[i]),
                           grid.colourOf(cell.level, order[i])});
    m_nearest->setSwatches(std::move(nearest));
}

void CodeInspector::showHealth(const CodeView& view) {
    QStringList names;
    for (const CodeLane& lane : view.document->lanes) names << laneText(lane.name);
    if (m_healthOf == view.space && m_laneNames == names) return;
    m_healthOf = view.space;
    m_laneNames = names;
    m_heat->setUsage(view.usage, names);
    m_health->setText(view.hasPrior
                          ? tr("In the sounds the model was trained on, and this one.")
                          : tr("In this sound alone: a model with a prior also knows its training sounds."));
}

void CodeInspector::showHistory(const CodeView& view) {
    QStringList steps;
    const auto done = static_cast<std::ptrdiff_t>(view.position);
    for (std::ptrdiff_t i = done; i-- > 0 && done - i <= kStepsShown;)
        steps << editText(view.steps[static_cast<std::size_t>(i)]);
    if (done <= kStepsShown) steps << tr("Opened");
    if (view.position < view.steps.size())
        steps.prepend(tr("(%1 undone)")
                          .arg(countText(static_cast<int>(view.steps.size() - view.position), tr("step"),
                                         tr("steps"))));
    m_history->setText(steps.join(u'\n'));
}

}  // namespace smidgen::ui
