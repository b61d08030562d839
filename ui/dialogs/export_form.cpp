#include "ui/dialogs/export_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QStandardPaths>

#include "ui/bridge/text.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kRates[] = {22050, 32000, 44100, 48000, 88200, 96000, 192000};
constexpr std::pair<FileFormat, const char*> kFormats[] = {
    {FileFormat::wav, "WAV"},           {FileFormat::flac, "FLAC"}, {FileFormat::aiff, "AIFF"},
    {FileFormat::vorbis, "Ogg Vorbis"}, {FileFormat::opus, "Opus"}, {FileFormat::mp3, "MP3"}};
constexpr std::pair<SampleDepth, const char*> kDepths[] = {
    {SampleDepth::int16, "16 bit"}, {SampleDepth::int24, "24 bit"}, {SampleDepth::float32, "32 bit float"}};

bool lossy(FileFormat format) {
    return format == FileFormat::vorbis || format == FileFormat::opus || format == FileFormat::mp3;
}

QWidget* rowOf(std::initializer_list<QWidget*> parts) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    for (QWidget* part : parts) layout->addWidget(part);
    layout->addStretch(1);
    return row;
}

QString settingsKey(const char* name) {
    return QStringLiteral("export/") + QLatin1String(name);
}

}  // namespace

ExportForm::ExportForm(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    const QSettings& settings = studio.settings;
    m_folder = new QLineEdit(
        settings.value(settingsKey("folder"), QStandardPaths::writableLocation(QStandardPaths::MusicLocation))
            .toString());
    m_folder->setObjectName(QStringLiteral("folder"));
    m_folder->setAccessibleName(tr("Folder"));
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setAccessibleName(tr("Choose the folder"));
    connect(choose, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Export into"), m_folder->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
        dialog->open();
    });
    m_format = new QComboBox;
    for (const auto& [format, name] : kFormats)
        m_format->addItem(QString::fromLatin1(name), static_cast<int>(format));
    m_format->setCurrentIndex(
        std::max(0, m_format->findData(settings.value(settingsKey("format"), int(FileFormat::wav)).toInt())));
    m_format->setObjectName(QStringLiteral("format"));
    m_format->setAccessibleName(tr("Format"));
    m_depth = new QComboBox;
    m_depth->setObjectName(QStringLiteral("depth"));
    m_depth->setAccessibleName(tr("Depth"));
    m_rate = new QComboBox;
    m_rate->setObjectName(QStringLiteral("rate"));
    m_rate->setAccessibleName(tr("Sample rate"));
    m_dither = new QCheckBox(tr("Dither"));
    m_dither->setChecked(settings.value(settingsKey("dither"), true).toBool());
    m_dither->setToolTip(tr("Hides the rounding of 16 and 24 bit under a very soft noise."));
    m_quality = new QSlider(Qt::Horizontal);
    m_quality->setRange(0, 100);
    m_quality->setValue(settings.value(settingsKey("quality"), 70).toInt());
    m_quality->setAccessibleName(tr("Quality"));
    m_quality->setMinimumWidth(180);
    m_toLoudness = new QCheckBox(tr("Bring to"));
    m_toLoudness->setAccessibleName(tr("Bring to a loudness"));
    m_toLoudness->setChecked(settings.value(settingsKey("toLoudness"), false).toBool());
    m_lufs = new QDoubleSpinBox;
    m_lufs->setRange(-60, 0);
    m_lufs->setDecimals(1);
    m_lufs->setSuffix(tr(" LUFS"));
    m_lufs->setValue(settings.value(settingsKey("lufs"), -16.0).toDouble());
    m_lufs->setAccessibleName(tr("Target loudness"));
    m_ceiling = new QDoubleSpinBox;
    m_ceiling->setRange(-20, 0);
    m_ceiling->setDecimals(1);
    m_ceiling->setSuffix(tr(" dBTP"));
    m_ceiling->setValue(settings.value(settingsKey("ceiling"), -1.0).toDouble());
    m_ceiling->setAccessibleName(tr("True-peak ceiling"));
    auto* ceilingLabel = new QLabel(tr("but not above"));
    setLook(*ceilingLabel, Look::dim);
    m_template = new QLineEdit(settings.value(settingsKey("template"), QStringLiteral("{name}")).toString());
    m_template->setObjectName(QStringLiteral("template"));
    m_template->setAccessibleName(tr("Name template"));
    m_template->setToolTip(tr("{name} {seed} {model} {date} {index} are filled in for each take."));
    m_sidecar = new QCheckBox(tr("Also write the recipe as a JSON file beside it"));
    m_sidecar->setChecked(settings.value(settingsKey("sidecar"), false).toBool());
    m_overwrite = new QCheckBox(tr("Replace files of the same name"));
    m_overwrite->setChecked(false);

    m_depthRow = rowOf({m_depth, m_dither});
    m_qualityRow = rowOf({m_quality});
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(metrics::kSpaceL);
    form->setVerticalSpacing(metrics::kSpaceS);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* folderRow = new QWidget;
    auto* folderLayout = new QHBoxLayout(folderRow);
    folderLayout->setContentsMargins(0, 0, 0, 0);
    folderLayout->setSpacing(metrics::kSpaceS);
    folderLayout->addWidget(m_folder, 1);
    folderLayout->addWidget(choose);
    form->addRow(tr("Folder"), folderRow);
    form->addRow(tr("Format"), rowOf({m_format, m_rate}));
    form->addRow(tr("Depth"), m_depthRow);
    form->addRow(tr("Quality"), m_qualityRow);
    form->addRow(tr("Loudness"), rowOf({m_toLoudness, m_lufs, ceilingLabel, m_ceiling}));
    form->addRow(tr("Names"), m_template);
    form->addRow(QString(), m_sidecar);
    form->addRow(QString(), m_overwrite);

    connect(m_format, &QComboBox::currentIndexChanged, this, [this] {
        showDepths();
        Q_EMIT changed();
    });
    connect(m_depth, &QComboBox::currentIndexChanged, this, [this] {
        showRates();
        Q_EMIT changed();
    });
    connect(m_toLoudness, &QCheckBox::toggled, this, [this](bool on) {
        m_lufs->setEnabled(on);
        m_ceiling->setEnabled(on);
        Q_EMIT changed();
    });
    for (QLineEdit* field : {m_folder, m_template})
        connect(field, &QLineEdit::textChanged, this, &ExportForm::changed);
    connect(m_rate, &QComboBox::currentIndexChanged, this, &ExportForm::changed);
    m_lufs->setEnabled(m_toLoudness->isChecked());
    m_ceiling->setEnabled(m_toLoudness->isChecked());
    showDepths();
    const int depth =
        m_depth->findData(settings.value(settingsKey("depth"), int(SampleDepth::int24)).toInt());
    if (depth >= 0) m_depth->setCurrentIndex(depth);
    const int rate = m_rate->findData(settings.value(settingsKey("rate"), kSampleRate).toInt());
    if (rate >= 0) m_rate->setCurrentIndex(rate);
}

WriteProfile ExportForm::profile() const {
    WriteProfile profile;
    profile.format = static_cast<FileFormat>(m_format->currentData().toInt());
    if (m_depth->currentIndex() >= 0)
        profile.depth = static_cast<SampleDepth>(m_depth->currentData().toInt());
    if (m_rate->currentIndex() >= 0) profile.rate = m_rate->currentData().toInt();
    profile.dither = m_dither->isChecked();
    profile.lossyQuality = m_quality->value() / 100.0;
    return profile;
}

void ExportForm::showDepths() {
    const QVariant before = m_depth->currentData();
    m_depth->blockSignals(true);
    m_depth->clear();
    WriteProfile candidate = profile();
    candidate.rate = kSampleRate;
    for (const auto& [depth, name] : kDepths) {
        candidate.depth = depth;
        if (candidate.validate()) m_depth->addItem(QString::fromLatin1(name), static_cast<int>(depth));
    }
    const int same = m_depth->findData(before.isValid() ? before : QVariant(int(SampleDepth::int24)));
    m_depth->setCurrentIndex(std::max(0, same));
    m_depth->blockSignals(false);
    const bool isLossy = lossy(candidate.format);
    auto* form = static_cast<QFormLayout*>(layout());
    form->setRowVisible(m_depthRow, !isLossy);
    form->setRowVisible(m_qualityRow, isLossy);
    showRates();
}

void ExportForm::showRates() {
    const QVariant before = m_rate->currentData();
    m_rate->blockSignals(true);
    m_rate->clear();
    WriteProfile candidate = profile();
    for (const int rate : kRates) {
        candidate.rate = rate;
        if (candidate.validate()) m_rate->addItem(rateText(rate), rate);
    }
    const int same = m_rate->findData(before.isValid() ? before : QVariant(kSampleRate));
    m_rate->setCurrentIndex(std::max(0, same >= 0 ? same : m_rate->findData(kSampleRate)));
    m_rate->blockSignals(false);
    m_dither->setEnabled(candidate.depth != SampleDepth::float32);
}

ExportRequest ExportForm::request() const {
    ExportRequest request;
    request.folder = toPath(m_folder->text().trimmed());
    request.nameTemplate = m_template->text().trimmed().toStdString();
    request.profile = profile();
    if (m_toLoudness->isChecked()) request.loudness = LoudnessTarget{m_lufs->value(), m_ceiling->value()};
    request.sidecar = m_sidecar->isChecked();
    request.overwrite = m_overwrite->isChecked();
    return request;
}

void ExportForm::remember() {
    QSettings& settings = m_studio.settings;
    settings.setValue(settingsKey("folder"), m_folder->text());
    settings.setValue(settingsKey("format"), m_format->currentData());
    settings.setValue(settingsKey("depth"), m_depth->currentData());
    settings.setValue(settingsKey("rate"), m_rate->currentData());
    settings.setValue(settingsKey("dither"), m_dither->isChecked());
    settings.setValue(settingsKey("quality"), m_quality->value());
    settings.setValue(settingsKey("toLoudness"), m_toLoudness->isChecked());
    settings.setValue(settingsKey("lufs"), m_lufs->value());
    settings.setValue(settingsKey("ceiling"), m_ceiling->value());
    settings.setValue(settingsKey("template"), m_template->text());
    settings.setValue(settingsKey("sidecar"), m_sidecar->isChecked());
}

}  // namespace smidgen::ui
