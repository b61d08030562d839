#include "ui/pages/blend_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QSpinBox>
#include <QStandardItemModel>

#include "ui/bridge/text.h"
#include "ui/pages/field_column.h"
#include "ui/pages/popup_panel.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kMostPercent = 99;
constexpr int kUsualPercent = 30;
constexpr int kPanelWidth = 300;
constexpr int kLatents = 0;  ///< row of the choice
}  // namespace

BlendField::BlendField(const Studio& studio, QWidget* parent) : QToolButton(parent), m_studio(studio) {
    setObjectName(QStringLiteral("blend"));
    setToolTip(tr("Lets another model take part: a sound between the two, or both mixed."));
    setStatusTip(toolTip());
    setPopupPanel(*this, makePanel());
    connect(&studio.bridge, &EngineBridge::modelsChanged, this, &BlendField::readModels);
    readModels();
}

QWidget* BlendField::makePanel() {
    auto* panel = new QWidget;
    panel->setMinimumWidth(kPanelWidth);
    m_other = new QComboBox;
    m_other->setObjectName(QStringLiteral("blendModel"));
    m_other->setAccessibleName(tr("The other model"));
    m_share = new QSlider(Qt::Horizontal);
    m_share->setRange(0, kMostPercent);
    m_share->setValue(kUsualPercent);
    m_share->setAccessibleName(tr("Its share"));
    m_percent = new QSpinBox;
    m_percent->setObjectName(QStringLiteral("blendPercent"));
    m_percent->setRange(0, kMostPercent);
    m_percent->setValue(kUsualPercent);
    m_percent->setSuffix(tr(" %"));
    m_percent->setAccessibleName(tr("Its share in percent"));
    m_kind = new QComboBox;
    m_kind->setObjectName(QStringLiteral("blendKind"));
    m_kind->addItem(tr("One sound between them"), static_cast<int>(BlendKind::latents));
    m_kind->addItem(tr("Both sounds, mixed"), static_cast<int>(BlendKind::audio));
    m_kind->setAccessibleName(tr("How they meet"));
    m_about = new QLabel;
    m_about->setObjectName(QStringLiteral("blendAbout"));
    m_about->setWordWrap(true);
    setLook(*m_about, Look::small);
    auto* share = new QHBoxLayout;
    share->setSpacing(metrics::kSpaceS);
    share->addWidget(m_share, 1);
    share->addWidget(m_percent);
    auto* layout = new QVBoxLayout(panel);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(fieldColumn(tr("Blend with"), m_other));
    layout->addLayout(fieldColumn(tr("Share"), share, m_share));
    layout->addLayout(fieldColumn(tr("How"), m_kind));
    layout->addWidget(m_about);
    connect(m_other, &QComboBox::activated, this, [this] {
        m_more.clear();
        m_kind->setCurrentIndex(kLatents);
        measure();
        showText();
    });
    connect(m_share, &QSlider::valueChanged, m_percent, &QSpinBox::setValue);
    connect(m_percent, &QSpinBox::valueChanged, this, [this](int value) {
        m_share->setValue(value);
        showText();
    });
    return panel;
}

ModelId BlendField::other() const {
    return m_other->currentData().toString().toStdString();
}

void BlendField::readModels() {
    const ModelId before = other();
    m_other->clear();
    m_other->addItem(tr("no other model"), QString());
    for (const auto& each : m_studio.engine().models())
        if (each->id != m_first) m_other->addItem(toText(each->name), toText(each->id));
    m_other->setCurrentIndex(std::max(0, m_other->findData(toText(before))));
    setEnabled(m_other->count() > 1);
    showFit();
    showText();
}

void BlendField::setModel(const ModelId& first) {
    if (first == m_first) return;
    m_first = first;
    readModels();
    measure();
}

void BlendField::setBlend(const std::vector<BlendPart>& parts, BlendKind kind) {
    const int index = parts.empty() ? 0 : m_other->findData(toText(parts.front().modelId));
    m_more = parts.size() > 1 || index < 0 ? parts : std::vector<BlendPart>();
    m_other->setCurrentIndex(std::max(0, index));
    if (!parts.empty()) m_percent->setValue(qRound(100 * parts.front().ratio));
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    measure();
    showText();
}

void BlendField::put(Recipe& recipe) const {
    recipe.blend = m_more;
    recipe.blendKind = static_cast<BlendKind>(m_kind->currentData().toInt());
    if (!m_more.empty()) return;
    if (other().empty()) {
        recipe.blendKind = BlendKind::audio;
        return;
    }
    recipe.blend.push_back({other(), m_other->currentText().toStdString(), m_percent->value() / 100.0});
}

/// Whether the two fit, unless that is known.
void BlendField::measure() {
    const ModelId into = m_first, from = other();
    showFit();
    if (into.empty() || from.empty() || m_fits.contains({into, from})) return;
    Workstation& engine = m_studio.engine();
    m_studio.bridge.run(
        this, [&engine, into, from] { return engine.measureBlend(into, from); },
        [this, into, from](Result<BlendFit> fit) {
            m_fits[{into, from}] = fit ? *fit : BlendFit{0, false, fit.error().sentence};
            showFit();
        });
}

void BlendField::showFit() {
    const auto found = m_fits.find({m_first, other()});
    const bool known = found != m_fits.end();
    const bool fits = !known || found->second.fits;
    if (auto* rows = qobject_cast<QStandardItemModel*>(m_kind->model()))
        rows->item(kLatents)->setEnabled(fits);
    if (!fits) m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(BlendKind::audio)));
    if (other().empty())
        m_about->setText(m_more.empty() ? QString()
                                        : tr("As the recipe has it. Choose a model to change it."));
    else if (!known)
        m_about->setText(tr("Finding out whether the models fit …"));
    else if (fits)
        m_about->setText(tr("They fit: one says what the other says within %1 dB.")
                             .arg(numberText(found->second.errorDb, 1)));
    else
        m_about->setText(toText(found->second.reason));
}

void BlendField::showText() {
    if (!m_more.empty())
        setText(tr("Blend: %1 models").arg(m_more.size() + 1));
    else if (other().empty())
        setText(tr("Blend"));
    else
        setText(tr("Blend: %1 % %2").arg(m_percent->value()).arg(m_other->currentText()));
}

}  // namespace smidgen::ui
