#include "ui/pages/code_work.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMetaObject>
#include <QProgressBar>
#include <QToolButton>

#include "ui/bridge/text.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kSteps = 1000;
constexpr int kBarWidth = 160;
}  // namespace

CodeWork::CodeWork(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("codeWork"));
    m_sentence = new QLabel;
    m_bar = new QProgressBar;
    m_bar->setRange(0, kSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(kBarWidth);
    m_bar->setAccessibleName(tr("Progress"));
    auto* stop = new QToolButton;
    stop->setObjectName(QStringLiteral("stopCodeWork"));
    stop->setIcon(studio.theme.icon(QStringLiteral("close"), Token::dim));
    stop->setAccessibleName(tr("Cancel"));
    stop->setToolTip(tr("Cancel"));
    stop->setStatusTip(tr("Stops this; nothing is changed."));
    setLook(*stop, Look::quiet);
    connect(stop, &QToolButton::clicked, this, [this] {
        if (m_task) m_task->cancel.cancel();
    });
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(m_sentence);
    layout->addWidget(m_bar);
    layout->addWidget(stop);
    layout->addStretch(1);
    hide();
}

CodeWork::~CodeWork() {
    if (m_task) m_task->cancel.cancel();
}

std::shared_ptr<CodeWork::Task> CodeWork::begin(const QString& sentence) {
    if (m_task) {
        m_studio.notices.tell({Tone::calm,
                               tr("“%1” is still going on. Wait for it, or stop it.").arg(m_sentence->text()),
                               {},
                               {}});
        return nullptr;
    }
    m_task = std::make_shared<Task>();
    m_task->progress = [guard = QPointer<CodeWork>(this), context = &m_studio.bridge](
                           double share, const std::string& what) {
        QMetaObject::invokeMethod(
            context,
            [guard, share, text = toText(what)] {
                if (guard) guard->show(share, text);
            },
            Qt::QueuedConnection);
    };
    show(0, sentence);
    setVisible(true);
    return m_task;
}

void CodeWork::show(double share, const QString& what) {
    if (!m_task) return;
    m_sentence->setText(what);
    m_bar->setValue(static_cast<int>(share * kSteps));
}

void CodeWork::end() {
    m_task.reset();
    setVisible(false);
}

void CodeWork::tell(const Error& error) {
    if (error.code == ErrorCode::cancelled) return;
    if (error.code == ErrorCode::invalidArgument)
        m_studio.notices.tell(
            {Tone::warn, toText(error.sentence), tr("Go to Train"), [this] { Q_EMIT trainRequested(); }});
    else
        m_studio.notices.fail(error);
}

}  // namespace smidgen::ui
