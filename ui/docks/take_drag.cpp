#include "ui/docks/take_drag.h"

#include <QDrag>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>
#include <QWidget>
#include <system_error>

#include "engine/workstation/export_profiles.h"
#include "ui/bridge/text.h"
#include "ui/docks/drag_profile.h"

namespace smidgen::ui {

TakeDrag::TakeDrag(const Studio& studio, QWidget* source)
    : QObject(source), m_studio(studio), m_source(source) {
    connect(&studio.bridge, &EngineBridge::jobEnded, this, &TakeDrag::follow);
}

ExportSettings TakeDrag::settings() const {
    const QString name = dragProfile(m_studio.settings);
    if (!name.isEmpty()) {
        auto profile = findExportProfile(m_studio.engine(), name.toStdString());
        if (profile) return profile->settings;
        m_studio.notices.fail(profile.error());
    }
    ExportSettings plain;
    plain.profile.depth = SampleDepth::float32;
    return plain;
}

void TakeDrag::begin(const std::vector<TakeId>& takes, const QPixmap& picture, const QPoint& hotSpot) {
    ExportRequest request;
    request.takes = takes;
    request.folder = m_studio.engine().library() / "dragged";
    request.settings = settings();
    const Result<JobId> job = m_studio.engine().exportTakes(request);
    if (!job) return m_studio.notices.fail(job.error());
    m_job = *job;
    m_picture = picture;
    m_hotSpot = hotSpot;
}

void TakeDrag::follow(JobId id) {
    if (id != m_job || m_job == 0) return;
    m_job = 0;
    const auto job = m_studio.engine().job(id);
    if (!job) return;
    if (job->error && job->phase == JobPhase::failed) m_studio.notices.fail(*job->error);
    if (!job->files.empty()) drag(job->files);
}

QMimeData* TakeDrag::carried(const std::vector<ExportedFile>& files) {
    QList<QUrl> urls;
    for (const ExportedFile& file : files) urls.append(QUrl::fromLocalFile(toText(file.path)));
    auto* data = new QMimeData;
    data->setUrls(urls);
    return data;
}

void TakeDrag::drag(const std::vector<ExportedFile>& files) {
    Qt::DropAction done = Qt::IgnoreAction;
    if (QGuiApplication::mouseButtons().testFlag(Qt::LeftButton)) {
        auto* dragged = new QDrag(m_source);
        dragged->setMimeData(carried(files));
        dragged->setPixmap(m_picture);
        dragged->setHotSpot(m_hotSpot);
        done = dragged->exec(Qt::CopyAction);
    } else {
        m_studio.notices.tell(
            {Tone::calm,
             tr("The take was written after the button was let go. Hold it a little longer."),
             {},
             {}});
    }
    if (done != Qt::IgnoreAction) return;
    for (const ExportedFile& file : files) {
        std::error_code ignored;
        std::filesystem::remove(file.path, ignored);
        std::filesystem::path sidecar = file.path;
        std::filesystem::remove(sidecar += ".json", ignored);
    }
}

}  // namespace smidgen::ui
