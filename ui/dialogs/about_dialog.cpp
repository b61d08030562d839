#include "ui/dialogs/about_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "engine/workstation/compute_place.h"
#include "ui/bridge/text.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

QLabel* wrapped(const QString& text) {
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

AboutDialog::AboutDialog(const Studio& studio, QWidget* parent) : QDialog(parent), m_studio(studio) {
    setObjectName(QStringLiteral("aboutDialog"));
    resize(620, 600);
    QFile file(QStringLiteral(":/about.json"));
    const Result<AboutFacts> facts =
        aboutFacts(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    if (facts)
        build(*facts);
    else
        studio.notices.fail(facts.error());
}

void AboutDialog::build(const AboutFacts& facts) {
    m_facts = facts;
    setWindowTitle(tr("About %1").arg(facts.name));
    auto* title = new QLabel(facts.name + u' ' + facts.version);
    setLook(*title, Look::title);
    QLabel* licence =
        wrapped(tr("Free software under the licence %1, without any warranty.").arg(facts.licence));
    setLook(*licence, Look::dim);
    m_device = wrapped(tr("Computes on: being tried…"));
    m_device->setObjectName(QStringLiteral("aboutDevice"));
    QLabel* library = wrapped(tr("Library: %1").arg(toText(m_studio.engine().library())));
    library->setObjectName(QStringLiteral("aboutLibrary"));
    auto* heading = new QLabel(tr("Made with").toUpper());
    heading->setAccessibleName(tr("Made with"));
    setLook(*heading, Look::heading);
    auto* list = new QTreeWidget;
    list->setObjectName(QStringLiteral("aboutLibraries"));
    list->setAccessibleName(tr("Libraries and their licences"));
    list->setHeaderLabels({tr("Library"), tr("Version"), tr("Licence")});
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    for (const LibraryFacts& each : facts.libraries) {
        auto* item = new QTreeWidgetItem(
            list, {each.name, each.version.isEmpty() ? tr("not known") : each.version, each.licence});
        for (int column = 0; column < list->columnCount(); ++column)
            item->setToolTip(column, tr("%1: for %2.\n%3").arg(each.name, each.purpose, each.licence));
    }
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setStretchLastSection(false);
    list->header()->resizeSection(1, 90);
    list->header()->resizeSection(2, 190);

    auto* copyButton = new QPushButton(tr("Copy"));
    copyButton->setObjectName(QStringLiteral("aboutCopy"));
    copyButton->setToolTip(tr("Puts all of it on the clipboard, for a report of a fault."));
    m_copied = new QLabel;
    setLook(*m_copied, Look::good);
    auto* close = new QPushButton(tr("Close"));
    for (QPushButton* button : {copyButton, close}) button->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(copyButton);
    buttons->addWidget(m_copied, 1);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceS);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{title, wrapped(facts.what), licence, m_device, library, heading})
        layout->addWidget(widget);
    layout->addWidget(list, 1);
    layout->addLayout(buttons);
    connect(copyButton, &QPushButton::clicked, this, &AboutDialog::copy);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    m_studio.bridge.run(
        this, [] { return computePlace(); },
        [this](const std::string& place) {
            m_computes = toText(place);
            m_device->setText(tr("Computes on: %1").arg(m_computes));
        });
}

void AboutDialog::copy() {
    QApplication::clipboard()->setText(aboutReport(m_facts, m_computes, toText(m_studio.engine().library())));
    m_copied->setText(tr("Copied."));
}

}  // namespace smidgen::ui
