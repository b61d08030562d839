#include "ui/docks/fact_sheet.h"

#include <QGridLayout>
#include <QLabel>

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

namespace smidgen::ui {

FactSheet::FactSheet(QWidget* parent) : QWidget(parent), m_layout(new QGridLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(metrics::kSpaceS);
    m_layout->setVerticalSpacing(6);
    m_layout->setColumnStretch(1, 1);
}

void FactSheet::setFacts(const std::vector<Fact>& facts) {
    while (m_rows.size() > facts.size()) {
        delete m_rows.back().first;
        delete m_rows.back().second;
        m_rows.pop_back();
    }
    while (m_rows.size() < facts.size()) {
        auto* name = new QLabel;
        setLook(*name, Look::dim);
        name->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        auto* value = new QLabel;
        value->setAlignment(Qt::AlignTop | Qt::AlignRight);
        value->setWordWrap(true);
        // A long name without a space must not push the sheet out of its panel.
        value->setMinimumWidth(1);
        value->setTextFormat(Qt::PlainText);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const int row = static_cast<int>(m_rows.size());
        m_layout->addWidget(name, row, 0);
        m_layout->addWidget(value, row, 1);
        m_rows.emplace_back(name, value);
    }
    for (std::size_t i = 0; i < facts.size(); ++i) {
        auto& [name, value] = m_rows[i];
        if (name->text() != facts[i].name) name->setText(facts[i].name);
        if (value->text() != facts[i].value) value->setText(facts[i].value);
        setLook(*value, facts[i].warns ? Look::warn : Look::normal);
        value->setToolTip(facts[i].value);
        value->setAccessibleName(QStringLiteral("%1: %2").arg(facts[i].name, facts[i].value));
    }
}

}  // namespace smidgen::ui
