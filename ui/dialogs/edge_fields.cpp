#include "ui/dialogs/edge_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

namespace smidgen::ui {

namespace {

QDoubleSpinBox* seconds(const QString& name) {
    auto* box = new QDoubleSpinBox;
    box->setRange(0, kLongestEdge);
    box->setDecimals(3);
    box->setSingleStep(0.05);
    box->setSuffix(QObject::tr(" s"));
    box->setAccessibleName(name);
    return box;
}

QComboBox* shapes(const QString& name) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->addItem(QObject::tr("straight"), static_cast<int>(FadeShape::linear));
    box->addItem(QObject::tr("equal power"), static_cast<int>(FadeShape::equalPower));
    box->addItem(QObject::tr("smooth"), static_cast<int>(FadeShape::smooth));
    box->addItem(QObject::tr("exponential"), static_cast<int>(FadeShape::exponential));
    box->setCurrentIndex(box->findData(static_cast<int>(FadeShape::smooth)));
    return box;
}

QLabel* dim(const QString& text) {
    auto* label = new QLabel(text);
    setLook(*label, Look::dim);
    return label;
}

QWidget* rowOf(QWidget* parent, std::initializer_list<QWidget*> parts) {
    auto* row = new QWidget(parent);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    for (QWidget* part : parts) layout->addWidget(part);
    layout->addStretch(1);
    return row;
}

FadeShape shapeOf(const QComboBox& box) {
    return static_cast<FadeShape>(box.currentData().toInt());
}

}  // namespace

EdgeFields::EdgeFields(QWidget* parent) : QWidget(parent) {
    m_cutStart = seconds(tr("Cut off the start"));
    m_cutEnd = seconds(tr("Cut off the end"));
    m_trim = new QCheckBox(tr("silence below"));
    m_trim->setAccessibleName(tr("Trim silence"));
    m_trim->setToolTip(tr("Takes off what is softer at both ends, but for 5 ms."));
    m_silence = new QDoubleSpinBox;
    m_silence->setRange(kLowestSilenceDb, kHighestSilenceDb);
    m_silence->setDecimals(0);
    m_silence->setValue(-60);
    m_silence->setSuffix(tr(" dBFS"));
    m_silence->setAccessibleName(tr("Threshold of silence"));
    m_fadeIn = seconds(tr("Fade in"));
    m_fadeIn->setObjectName(QStringLiteral("fadeIn"));
    m_fadeOut = seconds(tr("Fade out"));
    m_shapeIn = shapes(tr("Shape of the fade-in"));
    m_shapeOut = shapes(tr("Shape of the fade-out"));
    m_loop = new QCheckBox(tr("from"));
    m_loop->setAccessibleName(tr("Loop points"));
    m_loop->setToolTip(tr("Seconds in the file that a sampler repeats. Not in MP3."));
    m_loopStart = seconds(tr("Loop start"));
    m_loopEnd = seconds(tr("Loop end"));
    m_loopEnd->setSpecialValueText(tr("the end"));
    m_cuts = rowOf(this, {dim(tr("start")), m_cutStart, dim(tr("end")), m_cutEnd, m_trim, m_silence});
    m_fades = rowOf(this, {dim(tr("in")), m_fadeIn, m_shapeIn, dim(tr("out")), m_fadeOut, m_shapeOut});
    m_loops = rowOf(this, {m_loop, m_loopStart, dim(tr("to")), m_loopEnd});
    for (QDoubleSpinBox* box : {m_cutStart, m_cutEnd, m_silence, m_fadeIn, m_fadeOut, m_loopStart, m_loopEnd})
        connect(box, &QDoubleSpinBox::valueChanged, this, &EdgeFields::changed);
    for (QComboBox* box : {m_shapeIn, m_shapeOut})
        connect(box, &QComboBox::currentIndexChanged, this, &EdgeFields::changed);
    for (QCheckBox* box : {m_trim, m_loop})
        connect(box, &QCheckBox::toggled, this, [this] {
            showState();
            Q_EMIT changed();
        });
    showState();
}

void EdgeFields::showState() {
    m_silence->setEnabled(m_trim->isChecked());
    m_loop->setEnabled(m_loopPossible);
    const bool looping = m_loopPossible && m_loop->isChecked();
    m_loopStart->setEnabled(looping);
    m_loopEnd->setEnabled(looping);
}

void EdgeFields::setLoopPossible(bool possible) {
    m_loopPossible = possible;
    showState();
}

SoundEdges EdgeFields::edges() const {
    SoundEdges edges;
    edges.cutStart = m_cutStart->value();
    edges.cutEnd = m_cutEnd->value();
    if (m_trim->isChecked()) edges.silenceDb = m_silence->value();
    edges.fadeIn = m_fadeIn->value();
    edges.fadeOut = m_fadeOut->value();
    edges.shapeIn = shapeOf(*m_shapeIn);
    edges.shapeOut = shapeOf(*m_shapeOut);
    return edges;
}

std::optional<LoopRange> EdgeFields::loop() const {
    if (!m_loopPossible || !m_loop->isChecked()) return std::nullopt;
    LoopRange loop{m_loopStart->value(), {}};
    if (m_loopEnd->value() > 0) loop.end = m_loopEnd->value();
    return loop;
}

void EdgeFields::setValues(const SoundEdges& edges, const std::optional<LoopRange>& loop) {
    m_cutStart->setValue(edges.cutStart);
    m_cutEnd->setValue(edges.cutEnd);
    m_trim->setChecked(edges.silenceDb.has_value());
    if (edges.silenceDb) m_silence->setValue(*edges.silenceDb);
    m_fadeIn->setValue(edges.fadeIn);
    m_fadeOut->setValue(edges.fadeOut);
    m_shapeIn->setCurrentIndex(m_shapeIn->findData(static_cast<int>(edges.shapeIn)));
    m_shapeOut->setCurrentIndex(m_shapeOut->findData(static_cast<int>(edges.shapeOut)));
    m_loop->setChecked(loop.has_value());
    m_loopStart->setValue(loop ? loop->start : 0);
    m_loopEnd->setValue(loop && loop->end ? *loop->end : 0);
    showState();
}

}  // namespace smidgen::ui
