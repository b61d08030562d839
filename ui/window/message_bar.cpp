#include "ui/window/message_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <algorithm>

#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr std::size_t kMostStrips = 3;
constexpr int kCalmMs = 4000;
constexpr int kWithActionMs = 10000;
constexpr int kWidest = 720;
constexpr int kNarrowest = 300;
}  // namespace

MessageBar::MessageBar(const Theme& theme, QWidget& page, const QWidget& tabs)
    : QWidget(&page), m_theme(theme), m_tabs(tabs), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(metrics::kSpaceXs);
    page.installEventFilter(this);
    setAccessibleName(tr("Messages"));
    hide();
}

bool MessageBar::event(QEvent* event) {
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) settle();
    return done;
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize) settle();
    return QWidget::eventFilter(watched, event);
}

void MessageBar::settle() {
    if (m_strips.empty()) return;
    const QRect page = parentWidget()->rect();
    const QRect tabs(m_tabs.mapTo(parentWidget(), QPoint()), m_tabs.size());
    const int room = page.width() - tabs.right() - metrics::kSpaceL - metrics::kSpaceXs;
    const bool beside = room >= kNarrowest;
    const int width = std::min(kWidest, beside ? room : page.width() - 2 * metrics::kSpaceL);
    const int height = m_layout->hasHeightForWidth() ? m_layout->totalHeightForWidth(width)
                                                     : m_layout->totalSizeHint().height();
    setGeometry(page.width() - width - (beside ? metrics::kSpaceXs : metrics::kSpaceL),
                beside ? 2 : tabs.bottom() + metrics::kSpaceXs, width, height);
    raise();
}

QStringList MessageBar::sentences() const {
    QStringList all;
    for (const Strip& strip : m_strips) all.append(strip.sentence);
    return all;
}

void MessageBar::show(const Notice& notice) {
    for (const Strip& strip : m_strips)
        if (strip.sentence == notice.sentence) {
            close(strip.widget);
            break;
        }
    while (m_strips.size() >= kMostStrips) close(m_strips.front().widget);

    auto* strip = new QFrame;
    setLook(*strip, Look::card);
    const bool grave = notice.tone == Tone::bad || notice.tone == Tone::warn;
    const Token tint = notice.tone == Tone::bad    ? Token::bad
                       : notice.tone == Tone::warn ? Token::warn
                       : notice.tone == Tone::good ? Token::model
                                                   : Token::dim;
    auto* mark = new QLabel;
    mark->setPixmap(m_theme.iconPixmap(grave                       ? QStringLiteral("warning")
                                       : notice.tone == Tone::good ? QStringLiteral("check")
                                                                   : QStringLiteral("info"),
                                       tint, metrics::kIconSize, devicePixelRatioF()));
    auto* sentence = new QLabel(notice.sentence);
    sentence->setWordWrap(true);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QHBoxLayout(strip);
    layout->setContentsMargins(metrics::kSpaceM, metrics::kSpaceXs, metrics::kSpaceS, metrics::kSpaceXs);
    layout->setSpacing(metrics::kSpaceM);
    layout->addWidget(mark);
    layout->addWidget(sentence, 1);
    if (!notice.actionText.isEmpty()) {
        auto* action = new QPushButton(notice.actionText);
        connect(action, &QPushButton::clicked, this, [this, strip, run = notice.action] {
            close(strip);
            run();
        });
        layout->addWidget(action);
    }
    auto* dismiss = new QToolButton;
    dismiss->setIcon(m_theme.icon(QStringLiteral("close"), Token::dim));
    dismiss->setAccessibleName(tr("Close this message"));
    dismiss->setToolTip(tr("Close this message"));
    setLook(*dismiss, Look::quiet);
    connect(dismiss, &QToolButton::clicked, this, [this, strip] { close(strip); });
    layout->addWidget(dismiss);
    m_layout->addWidget(strip);
    m_strips.push_back({notice.sentence, strip});
    settle();
    QWidget::show();
    strip->setAccessibleName(notice.sentence);
    QAccessibleEvent alert(strip, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    if (!grave)
        QTimer::singleShot(notice.actionText.isEmpty() ? kCalmMs : kWithActionMs, strip,
                           [this, strip] { close(strip); });
}

void MessageBar::close(QWidget* widget) {
    const auto found = std::find_if(m_strips.begin(), m_strips.end(),
                                    [&](const Strip& strip) { return strip.widget == widget; });
    if (found == m_strips.end()) return;
    m_strips.erase(found);
    widget->hide();
    widget->deleteLater();
    if (m_strips.empty()) hide();
}

}  // namespace smidgen::ui
