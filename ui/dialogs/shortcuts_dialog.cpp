#include "ui/dialogs/shortcuts_dialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

#include "ui/theme/metrics.h"

namespace smidgen::ui {

ShortcutsDialog::ShortcutsDialog(Shortcuts& shortcuts, QWidget* parent)
    : QDialog(parent), m_shortcuts(shortcuts) {
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Shortcuts"));
    resize(560, 560);
    auto* title = new QLabel(tr("Shortcuts"));
    setLook(*title, Look::title);
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search…"));
    m_search->setAccessibleName(tr("Search the shortcuts"));
    m_search->setClearButtonEnabled(true);
    m_list = new QTreeWidget;
    m_list->setAccessibleName(tr("Shortcuts"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Action"), tr("Keys")});
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(metrics::kSpaceM);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_keys = new QKeySequenceEdit;
    m_keys->setAccessibleName(tr("New keys for the chosen action"));
    m_said = new QLabel(tr("Choose an action, click into the field and press the keys it shall have."));
    m_said->setWordWrap(true);
    setLook(*m_said, Look::dim);
    auto* assignButton = new QPushButton(tr("Set"));
    assignButton->setAccessibleName(tr("Set these keys"));
    auto* none = new QPushButton(tr("No keys"));
    auto* resetOne = new QPushButton(tr("Reset"));
    resetOne->setObjectName(QStringLiteral("resetKeys"));
    resetOne->setAccessibleName(tr("Reset the keys of the chosen action"));
    resetOne->setToolTip(tr("Gives the chosen action the keys it came with."));
    auto* reset = new QPushButton(tr("Reset all"));
    auto* close = new QPushButton(tr("Close"));
    for (QPushButton* button : {assignButton, none, resetOne, reset, close}) button->setAutoDefault(false);

    auto* edit = new QHBoxLayout;
    edit->setSpacing(metrics::kSpaceS);
    edit->addWidget(m_keys, 1);
    edit->addWidget(assignButton);
    edit->addWidget(none);
    edit->addWidget(resetOne);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(reset);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(title);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addLayout(edit);
    layout->addWidget(m_said);
    layout->addLayout(buttons);

    connect(m_search, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
    connect(assignButton, &QPushButton::clicked, this, [this] { assign(m_keys->keySequence()); });
    connect(none, &QPushButton::clicked, this, [this] { assign({}); });
    connect(resetOne, &QPushButton::clicked, this, &ShortcutsDialog::resetChosen);
    connect(reset, &QPushButton::clicked, this, [this] { m_shortcuts.resetAll(); });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] { m_keys->clear(); });
    connect(&shortcuts, &Shortcuts::changed, this, &ShortcutsDialog::read);
    read();
}

QString ShortcutsDialog::chosen() const {
    const QTreeWidgetItem* item = m_list->currentItem();
    return item == nullptr ? QString() : item->data(0, Qt::UserRole).toString();
}

void ShortcutsDialog::read() {
    const QString before = chosen();
    m_list->clear();
    QTreeWidgetItem* group = nullptr;
    for (const Shortcut& shortcut : m_shortcuts.current()) {
        if (group == nullptr || group->text(0) != shortcut.group) {
            group = new QTreeWidgetItem(m_list, {shortcut.group});
            group->setFlags(Qt::ItemIsEnabled);
            group->setFirstColumnSpanned(true);
            group->setFont(0, Theme::font(TextRole::strong));
        }
        QString text = shortcut.text;
        auto* item =
            new QTreeWidgetItem(group, {text.remove(u'…'), shortcut.keys.toString(QKeySequence::NativeText)});
        item->setData(0, Qt::UserRole, shortcut.id);
        item->setToolTip(0, shortcut.hint);
        if (shortcut.id == before) m_list->setCurrentItem(item);
    }
    m_list->expandAll();
    filter(m_search->text());
}

void ShortcutsDialog::filter(const QString& words) {
    for (int g = 0; g < m_list->topLevelItemCount(); ++g) {
        QTreeWidgetItem* group = m_list->topLevelItem(g);
        bool any = false;
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem* item = group->child(i);
            const bool fits = item->text(0).contains(words.trimmed(), Qt::CaseInsensitive) ||
                              item->text(1).contains(words.trimmed(), Qt::CaseInsensitive);
            item->setHidden(!fits);
            any = any || fits;
        }
        group->setHidden(!any);
    }
}

void ShortcutsDialog::assign(const QKeySequence& keys) {
    const QString id = chosen();
    if (id.isEmpty()) {
        setLook(*m_said, Look::warn);
        m_said->setText(tr("Choose an action first."));
        return;
    }
    say(m_shortcuts.assign(id, keys));
}

void ShortcutsDialog::resetChosen() {
    const QString id = chosen();
    if (id.isEmpty()) {
        setLook(*m_said, Look::warn);
        m_said->setText(tr("Choose an action first."));
        return;
    }
    say(m_shortcuts.reset(id));
}

void ShortcutsDialog::say(const Status& done) {
    setLook(*m_said, done ? Look::good : Look::bad);
    m_said->setText(done ? tr("Set.") : QString::fromStdString(done.error().sentence));
}

}  // namespace smidgen::ui
