#include "ui/dialogs/export_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "ui/bridge/text.h"
#include "ui/dialogs/export_form.h"
#include "ui/docks/show_file.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr std::size_t kNamesShown = 4;
}

ExportDialog::ExportDialog(const Studio& studio, std::vector<TakeId> takes, QWidget* parent)
    : QDialog(parent), m_studio(studio), m_takes(std::move(takes)) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    setMinimumWidth(640);
    auto* title =
        new QLabel(tr("Export %1").arg(countText(static_cast<int>(m_takes.size()), tr("take"), tr("takes"))));
    setLook(*title, Look::title);
    m_form = new ExportForm(studio);
    auto* namesHeading = new QLabel(tr("WILL BE WRITTEN AS"));
    setLook(*namesHeading, Look::heading);
    m_names = new QLabel;
    m_names->setObjectName(QStringLiteral("exportNames"));
    m_names->setWordWrap(true);
    m_names->setTextFormat(Qt::PlainText);
    m_names->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_state = new QLabel;
    m_state->setObjectName(QStringLiteral("exportState"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the export"));
    m_progress->hide();
    m_export = new QPushButton(tr("Export"));
    m_export->setObjectName(QStringLiteral("export"));
    m_export->setDefault(true);
    setLook(*m_export, Look::primary);
    m_cancel = new QPushButton(tr("Close"));
    m_cancel->setObjectName(QStringLiteral("closeExport"));
    m_show = new QPushButton(tr("Show in the folder"));
    m_show->hide();

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kSpaceS);
    buttons->addWidget(m_show);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_export);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceM);
    layout->addWidget(title);
    layout->addWidget(m_form);
    layout->addWidget(namesHeading);
    layout->addWidget(m_names);
    layout->addWidget(m_progress);
    layout->addWidget(m_state);
    layout->addLayout(buttons);

    connect(m_form, &ExportForm::changed, this, &ExportDialog::showNames);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        const auto job = m_studio.engine().job(m_job);
        if (job && !job->ended())
            m_studio.engine().cancel(m_job);
        else
            close();
    });
    connect(m_show, &QPushButton::clicked, this, [this] {
        const auto job = m_studio.engine().job(m_job);
        if (job && !job->files.empty()) showInFolder(job->files.front().path);
    });
    connect(&studio.bridge, &EngineBridge::jobChanged, this, [this](JobId id) {
        if (id == m_job) readJob();
    });
    showNames();
}

ExportRequest ExportDialog::request() const {
    ExportRequest request = m_form->request();
    request.takes = m_takes;
    return request;
}

void ExportDialog::showNames() {
    const ExportRequest wanted = request();
    QStringList names;
    if (m_job != 0 && m_progress->isHidden()) {
        // What was written is no more of what is set now.
        m_job = 0;
        m_show->hide();
    }
    const auto targets = m_studio.engine().exportTargets(wanted, kNamesShown);
    if (targets)
        for (const auto& target : *targets) names.append(toText(target.filename()));
    if (m_takes.size() > kNamesShown) names.append(tr("and %1 more").arg(m_takes.size() - kNamesShown));
    m_names->setText(names.join(u'\n'));
    Status valid;
    if (!targets) valid = tl::unexpected<Error>(targets.error());
    const bool ready = valid && !wanted.folder.empty() && !m_takes.empty();
    m_export->setEnabled(ready && m_progress->isHidden());
    if (!valid) {
        setLook(*m_state, Look::warn);
        m_state->setText(toText(valid.error().sentence));
    } else if (wanted.folder.empty()) {
        setLook(*m_state, Look::warn);
        m_state->setText(tr("Choose a folder to write into."));
    } else if (m_job == 0) {
        m_state->clear();
    }
}

void ExportDialog::start() {
    m_form->remember();
    const Result<JobId> job = m_studio.engine().exportTakes(request());
    if (!job) {
        setLook(*m_state, Look::bad);
        m_state->setText(toText(job.error().sentence));
        return;
    }
    m_job = *job;
    m_show->hide();
    m_progress->show();
    m_export->setEnabled(false);
    m_cancel->setText(tr("Cancel"));
    readJob();
}

void ExportDialog::readJob() {
    const auto job = m_studio.engine().job(m_job);
    if (!job) return;
    m_progress->setValue(static_cast<int>(job->fraction * 1000));
    setLook(*m_state, job->phase == JobPhase::failed     ? Look::bad
                      : job->phase == JobPhase::finished ? Look::good
                                                         : Look::dim);
    QString state =
        toText(job->error && job->phase == JobPhase::failed ? job->error->sentence : job->sentence);
    for (const ExportedFile& file : job->files)
        if (!file.remark.empty())
            state += tr("\n“%1” %2.").arg(toText(file.path.filename()), toText(file.remark));
    m_state->setText(state);
    if (!job->ended()) return;
    m_progress->hide();
    m_cancel->setText(tr("Close"));
    m_show->setVisible(!job->files.empty());
    m_export->setEnabled(true);
}

}  // namespace smidgen::ui
