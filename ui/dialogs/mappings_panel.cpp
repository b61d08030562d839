#include "ui/dialogs/mappings_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

#include "ui/bridge/text.h"
#include "ui/dialogs/mapping_form.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

QString wayOf(const ControlMapping& mapping, TargetKind kind) {
    QString text;
    if (kind == TargetKind::slider)
        text = MappingsPanel::tr("%1 to %2").arg(numberText(mapping.low, 2), numberText(mapping.high, 2));
    else if (kind == TargetKind::toggle)
        text = mapping.switching == SwitchMode::press ? MappingsPanel::tr("press by press")
                                                      : MappingsPanel::tr("while down");
    else
        text = MappingsPanel::tr("press");
    if (mapping.inverted) text += MappingsPanel::tr(", inverted");
    if (mapping.encoding != Encoding::absolute) text += MappingsPanel::tr(", steps");
    return text;
}

}  // namespace

MappingsPanel::MappingsPanel(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    m_list = new QTreeWidget;
    m_list->setObjectName(QStringLiteral("mappings"));
    m_list->setAccessibleName(tr("What moves what"));
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("Moves"), tr("Control"), tr("How")});
    m_list->setRootIsDecorated(false);
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_list->header()->resizeSection(0, 150);
    m_target = new QComboBox;
    m_target->setObjectName(QStringLiteral("learnTarget"));
    m_target->setAccessibleName(tr("What a control is to be learned for"));
    for (const ControlTarget& target : studio.controls.targets())
        m_target->addItem(m_studio.controls.nameOf(target.id), toText(target.id));
    m_learn = new QPushButton;
    m_learn->setObjectName(QStringLiteral("learn"));
    m_remove = new QPushButton(tr("Remove"));
    m_remove->setObjectName(QStringLiteral("removeMapping"));
    m_remove->setToolTip(tr("The chosen control moves this no more."));
    setLook(*m_remove, Look::danger);
    for (QPushButton* button : {m_learn, m_remove}) button->setAutoDefault(false);
    m_form = new MappingForm;
    m_said = new QLabel;
    m_said->setObjectName(QStringLiteral("said"));
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);

    m_activity = new QLabel;
    m_activity->setObjectName(QStringLiteral("activity"));
    m_activity->setAccessibleName(tr("What a control did last"));
    m_activity->setTextFormat(Qt::PlainText);
    m_activity->setWordWrap(true);
    setLook(*m_activity, Look::small);

    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kSpaceS);
    head->addWidget(m_target, 1);
    head->addWidget(m_learn);
    head->addWidget(m_remove);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, metrics::kSpaceS, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(head);
    layout->addWidget(m_said);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_activity);
    layout->addWidget(m_form);

    ControlBridge& controls = studio.controls;
    connect(&controls, &ControlBridge::mappingsChanged, this, &MappingsPanel::readMappings);
    connect(&controls, &ControlBridge::learningChanged, this, &MappingsPanel::showLearning);
    connect(&controls, &ControlBridge::learned, this, [this](const QString& sentence) {
        m_list->setCurrentItem(m_list->topLevelItem(m_list->topLevelItemCount() - 1));
        say(sentence, false);
    });
    connect(&controls, &ControlBridge::noted, this,
            [this](const QString& line) { m_activity->setText(line); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &MappingsPanel::showChosen);
    connect(m_learn, &QPushButton::clicked, this, [this] {
        if (m_studio.controls.learning())
            m_studio.controls.cancelLearning();
        else
            m_studio.controls.learn(m_target->currentData().toString().toStdString());
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const auto index = chosen()) m_studio.controls.removeMapping(*index);
    });
    connect(m_form, &MappingForm::edited, this, [this](const ControlMapping& mapping) {
        const auto index = chosen();
        if (!index) return;
        const auto others = m_studio.controls.setMapping(*index, mapping);
        say(others ? others->join(u' ') : toText(others.error().sentence), !others || !others->isEmpty());
    });
    readMappings();
    showLearning();
}

std::optional<std::size_t> MappingsPanel::chosen() const {
    const QTreeWidgetItem* item = m_list->currentItem();
    if (item == nullptr) return std::nullopt;
    return static_cast<std::size_t>(m_list->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(item)));
}

void MappingsPanel::readMappings() {
    const auto before = chosen();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const ControlMapping& mapping : m_studio.controls.settings().mappings) {
        const ControlTarget* target = findTarget(m_studio.controls.targets(), mapping.target);
        auto* item = new QTreeWidgetItem(
            m_list, {m_studio.controls.nameOf(mapping.target), ControlBridge::describe(mapping),
                     target != nullptr ? wayOf(mapping, target->kind) : tr("unknown to this version")});
        item->setToolTip(1, item->text(1));
    }
    const int count = m_list->topLevelItemCount();
    if (count > 0)
        m_list->setCurrentItem(
            m_list->topLevelItem(before ? std::min(static_cast<int>(*before), count - 1) : 0));
    showChosen();
}

void MappingsPanel::showChosen() {
    const auto index = chosen();
    m_remove->setEnabled(index.has_value());
    const auto& mappings = m_studio.controls.settings().mappings;
    const ControlTarget* target = index && *index < mappings.size()
                                      ? findTarget(m_studio.controls.targets(), mappings[*index].target)
                                      : nullptr;
    m_form->setVisible(target != nullptr);
    if (target != nullptr) m_form->show(mappings[*index], target->kind);
}

void MappingsPanel::showLearning() {
    const auto learning = m_studio.controls.learning();
    m_learn->setText(learning ? tr("Stop learning") : tr("Learn"));
    m_target->setEnabled(!learning);
    if (learning) {
        m_target->setCurrentIndex(m_target->findData(toText(*learning)));
        say(m_studio.controls.learningHint(), false);
    } else {
        say(tr("Choose what shall move, press Learn, and move a control. MIDI learn also stands in the menu "
               "of every slider."),
            false);
    }
}

void MappingsPanel::say(const QString& sentence, bool wrong) {
    setLook(*m_said, wrong ? Look::warn : Look::dim);
    m_said->setText(sentence);
}

}  // namespace smidgen::ui
