#include "ui/dialogs/help_dialog.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/theme/metrics.h"

namespace smidgen::ui {

HelpDialog::HelpDialog(const QString& page, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("helpDialog"));
    setWindowTitle(tr("Help"));
    resize(640, 620);
    auto* text = new QTextBrowser;
    text->setObjectName(QStringLiteral("helpText"));
    text->setAccessibleName(tr("Help"));
    QFile file(QStringLiteral(":/help/%1.md").arg(page));
    Q_ASSERT(file.exists());
    if (file.open(QIODevice::ReadOnly)) text->setMarkdown(QString::fromUtf8(file.readAll()));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->addWidget(text, 1);
    layout->addWidget(buttons);
}

}  // namespace smidgen::ui
