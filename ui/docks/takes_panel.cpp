#include "ui/docks/takes_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/text.h"
#include "ui/docks/take_strip.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

TakesPanel::TakesPanel(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("takes"));
    auto* heading = new QLabel(tr("TAKES"));
    heading->setAccessibleName(tr("Takes"));
    setLook(*heading, Look::heading);
    m_count = new QLabel;
    setLook(*m_count, Look::small);
    m_starred = new QToolButton;
    m_starred->setCheckable(true);
    m_starred->setIcon(studio.theme.icon(QStringLiteral("star"), Token::dim));
    m_starred->setAccessibleName(tr("Starred takes only"));
    m_starred->setToolTip(tr("Starred takes only"));
    m_starred->setStatusTip(tr("Shows only the takes you have starred; the others stay."));
    setLook(*m_starred, Look::toggle);

    auto* top = new QHBoxLayout;
    top->addWidget(heading);
    top->addWidget(m_count);
    top->addStretch(1);
    top->addWidget(m_starred);
    m_strip = new TakeStrip(studio);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceXs, metrics::kSpaceL, metrics::kSpaceS);
    layout->setSpacing(metrics::kSpaceXs);
    layout->addLayout(top);
    layout->addWidget(m_strip, 1);

    connect(m_starred, &QToolButton::toggled, this, &TakesPanel::read);
    connect(&studio.bridge, &EngineBridge::takesChanged, this, &TakesPanel::read);
    read();
}

void TakesPanel::read() {
    TakeStrip::Takes takes = m_studio.engine().takes();
    const std::size_t all = takes.size();
    if (m_starred->isChecked()) std::erase_if(takes, [](const auto& take) { return !take->starred; });
    m_count->setText(all == 0              ? QString()
                     : takes.size() == all ? QString::number(all)
                                           : tr("%1 of %2 starred").arg(takes.size()).arg(all));
    m_strip->setEmptyText(all == 0 ? tr("Every sound you generate is kept here.")
                                   : tr("No take is starred yet: press the star of one you want to keep."));
    m_strip->setTakes(std::move(takes));
}

}  // namespace smidgen::ui
