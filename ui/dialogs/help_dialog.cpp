#include "ui/dialogs/help_dialog.h"

#include <QAbstractTextDocumentLayout>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/dialogs/help_index.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

HelpDialog::HelpDialog(QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("helpDialog"));
    setWindowTitle(tr("Help"));
    resize(640, 620);
    m_pages = new QComboBox;
    m_pages->setObjectName(QStringLiteral("helpPages"));
    m_pages->setAccessibleName(tr("Pages of the help"));
    for (const HelpPlace& place : helpPlaces())
        if (place.section.isEmpty()) m_pages->addItem(place.pageTitle, place.page);
    m_text = new QTextBrowser;
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setAccessibleName(tr("Help"));
    connect(m_pages, &QComboBox::currentIndexChanged, this,
            [this] { read(m_pages->currentData().toString()); });
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    QPushButton* about = buttons->addButton(tr("About Smidgen…"), QDialogButtonBox::HelpRole);
    about->setObjectName(QStringLiteral("helpAbout"));
    connect(about, &QPushButton::clicked, this, &HelpDialog::aboutRequested);
    for (QAbstractButton* button : buttons->buttons())
        qobject_cast<QPushButton*>(button)->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->addWidget(m_pages);
    layout->addWidget(m_text, 1);
    layout->addWidget(buttons);
    read(m_pages->currentData().toString());
}

void HelpDialog::read(const QString& page) {
    m_text->setMarkdown(helpText(page));
}

void HelpDialog::showPage(const QString& page, const QString& section) {
    m_pages->setCurrentIndex(m_pages->findData(page));
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        const bool top = section.isEmpty() && block == m_text->document()->begin();
        if (!top && (block.blockFormat().headingLevel() == 0 || block.text() != section)) continue;
        // From the end back to it, so that it comes to stand at the top of the view.
        m_text->moveCursor(QTextCursor::End);
        m_text->setTextCursor(QTextCursor(block));
        m_text->verticalScrollBar()->setValue(
            static_cast<int>(m_text->document()->documentLayout()->blockBoundingRect(block).top()));
        break;
    }
    m_text->setFocus();
}

}  // namespace smidgen::ui
