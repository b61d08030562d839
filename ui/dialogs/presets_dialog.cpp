#include "ui/dialogs/presets_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

#include "ui/bridge/preset_words.h"
#include "ui/bridge/text.h"
#include "ui/bridge/words.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

PresetsDialog::PresetsDialog(const Studio& studio, QWidget* parent) : QDialog(parent), m_studio(studio) {
    setObjectName(QStringLiteral("presetsDialog"));
    setWindowTitle(tr("Presets"));
    resize(460, 480);
    auto* title = new QLabel(tr("Presets"));
    setLook(*title, Look::title);
    m_tree = new QTreeWidget;
    m_tree->setObjectName(QStringLiteral("presetTree"));
    m_tree->setAccessibleName(tr("Presets by their folders"));
    m_tree->setHeaderHidden(true);
    m_about = new QLabel;
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText);
    setLook(*m_about, Look::dim);
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("presetName"));
    m_name->setAccessibleName(tr("Name of the preset; with “/”, folders"));
    m_name->setPlaceholderText(tr("Folder/Name"));
    const auto button = [&](const QString& text, const QString& name) {
        auto* made = new QPushButton(text);
        made->setObjectName(name);
        made->setAutoDefault(false);
        return made;
    };
    m_rename = button(tr("Rename"), QStringLiteral("renamePreset"));
    m_use = button(tr("Use"), QStringLiteral("usePreset"));
    m_use->setToolTip(tr("Its settings with the model, seed and length that are set now."));
    m_useWhole = button(tr("Use with its model and seed"), QStringLiteral("usePresetWhole"));
    m_remove = button(tr("Delete"), QStringLiteral("deletePreset"));
    m_remove->setToolTip(tr("Moves it to the trash; undo brings it back."));
    auto* close = button(tr("Close"), QStringLiteral("closePresets"));

    auto* naming = new QHBoxLayout;
    naming->setSpacing(metrics::kSpaceS);
    naming->addWidget(m_name, 1);
    naming->addWidget(m_rename);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kSpaceS);
    buttons->addWidget(m_use);
    buttons->addWidget(m_useWhole);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(title);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_about);
    layout->addLayout(naming);
    layout->addLayout(buttons);

    connect(m_tree, &QTreeWidget::currentItemChanged, this, &PresetsDialog::showChosen);
    connect(m_tree, &QTreeWidget::itemDoubleClicked, this, [this] {
        if (const Preset preset = current()) Q_EMIT chosen(*preset, false);
    });
    connect(m_use, &QPushButton::clicked, this, [this] {
        if (const Preset preset = current()) Q_EMIT chosen(*preset, false);
    });
    connect(m_useWhole, &QPushButton::clicked, this, [this] {
        if (const Preset preset = current()) Q_EMIT chosen(*preset, true);
    });
    connect(m_rename, &QPushButton::clicked, this, &PresetsDialog::rename);
    connect(m_name, &QLineEdit::returnPressed, this, &PresetsDialog::rename);
    connect(m_remove, &QPushButton::clicked, this, &PresetsDialog::remove);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(&studio.bridge, &EngineBridge::presetsChanged, this, &PresetsDialog::read);
    read();
}

Preset PresetsDialog::current() const {
    const QTreeWidgetItem* item = m_tree->currentItem();
    const std::string id = item == nullptr ? "" : item->data(0, Qt::UserRole).toString().toStdString();
    if (id.empty()) return nullptr;
    for (const Preset& preset : presetsOf(m_studio.engine()))
        if (preset->id == id) return preset;
    return nullptr;
}

void PresetsDialog::read() {
    const Preset before = current();
    m_tree->clear();
    QTreeWidgetItem* again = nullptr;
    for (const Preset& preset : presetsOf(m_studio.engine())) {
        const QStringList parts = presetText(*preset).split(u'/');
        QTreeWidgetItem* at = m_tree->invisibleRootItem();
        for (int i = 0; i + 1 < parts.size(); ++i) {
            QTreeWidgetItem* folder = nullptr;
            for (int c = 0; c < at->childCount() && folder == nullptr; ++c)
                if (at->child(c)->text(0) == parts[i] && at->child(c)->data(0, Qt::UserRole).isNull())
                    folder = at->child(c);
            if (folder == nullptr) folder = new QTreeWidgetItem(at, {parts[i]});
            folder->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
            at = folder;
        }
        auto* item = new QTreeWidgetItem(at, {parts.back()});
        item->setData(0, Qt::UserRole, toText(preset->id));
        if (before && before->id == preset->id) again = item;
    }
    m_tree->expandAll();
    if (again != nullptr) m_tree->setCurrentItem(again);
    showChosen();
}

void PresetsDialog::showChosen() {
    const Preset preset = current();
    const bool mine = preset && !isFactory(*preset);
    m_use->setEnabled(preset != nullptr);
    m_useWhole->setEnabled(mine && !preset->recipe.modelId.empty());
    m_rename->setEnabled(mine);
    m_remove->setEnabled(mine);
    m_name->setEnabled(mine);
    m_name->setText(preset ? presetText(*preset) : QString());
    QStringList words;
    if (preset) {
        for (const Attribute attribute : kAttributes)
            if (const auto& position = preset->recipe.sliders[attribute])
                words << QStringLiteral("%1 %2").arg(attributeText(attribute).name, numberText(*position, 2));
        if (words.isEmpty()) words << tr("sliders as they come");
        if (mine && !preset->recipe.modelName.empty())
            words << tr("saved with %1").arg(toText(preset->recipe.modelName));
        if (!mine) words << tr("came with the program");
    }
    m_about->setText(words.join(QStringLiteral(", ")));
}

void PresetsDialog::rename() {
    const Preset preset = current();
    if (!preset || isFactory(*preset)) return;
    const std::string from = preset->name, to = m_name->text().toStdString();
    if (from == to) return;
    m_studio.library.renamePreset(preset->id, from, to);
}

void PresetsDialog::remove() {
    const Preset preset = current();
    if (!preset || isFactory(*preset)) return;
    m_studio.library.removePreset(preset->id, preset->name);
}

}  // namespace smidgen::ui
