#include "ui/docks/codebook_panel.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/bridge/text.h"
#include "ui/canvas/level_bars.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

CodebookPanel::CodebookPanel(const Theme& theme, QWidget* parent) : QWidget(parent) {
    auto* heading = new QLabel(tr("Use of the codes").toUpper());
    heading->setAccessibleName(tr("Use of the codes"));
    setLook(*heading, Look::heading);
    m_bars = new LevelBars(theme);
    m_bars->setObjectName(QStringLiteral("levelBars"));
    m_sentence = new QLabel;
    m_sentence->setObjectName(QStringLiteral("codebookSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    layout->addWidget(heading);
    layout->addWidget(m_bars);
    layout->addWidget(m_sentence);
    hide();
}

void CodebookPanel::setCodebooks(const CodebookCard& codebooks) {
    setVisible(!codebooks.levels.empty());
    if (codebooks.levels.empty()) return;
    m_bars->setCodebooks(codebooks);
    m_sentence->setText(toText(models::codebookSentence(codebooks.levels, codebooks.codebookSize)));
    setLook(*m_sentence,
            models::codebooksHealthy(codebooks.levels, codebooks.codebookSize) ? Look::good : Look::warn);
}

}  // namespace smidgen::ui
