#include "ui/dialogs/help_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

QString textOf(const QString& page) {
    QFile file(QStringLiteral(":/help/%1.md").arg(page));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Its first heading.
QString titleOf(const QString& text) {
    return text.section(u'\n', 0, 0).remove(u'#').trimmed();
}

}  // namespace

HelpDialog::HelpDialog(const QString& page, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("helpDialog"));
    setWindowTitle(tr("Help"));
    resize(640, 620);
    auto* pages = new QComboBox;
    pages->setObjectName(QStringLiteral("helpPages"));
    pages->setAccessibleName(tr("Pages of the help"));
    for (const QString& file : QDir(QStringLiteral(":/help")).entryList({QStringLiteral("*.md")})) {
        const QString name = QFileInfo(file).completeBaseName();
        pages->addItem(titleOf(textOf(name)), name);
    }
    m_text = new QTextBrowser;
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setAccessibleName(tr("Help"));
    connect(pages, &QComboBox::currentIndexChanged, this,
            [this, pages] { showPage(pages->currentData().toString()); });
    pages->setCurrentIndex(pages->findData(page));
    showPage(page);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->addWidget(pages);
    layout->addWidget(m_text, 1);
    layout->addWidget(buttons);
}

void HelpDialog::showPage(const QString& page) {
    m_text->setMarkdown(textOf(page));
}

void showHelp(const QString& page, QWidget* parent) {
    auto* dialog = new HelpDialog(page, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

}  // namespace smidgen::ui
