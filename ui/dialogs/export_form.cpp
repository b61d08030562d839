#include "ui/dialogs/export_form.h"

#include <QCheckBox>
#include <QComboBox>
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
#include "ui/dialogs/edge_fields.h"
#include "ui/dialogs/level_fields.h"
#include "ui/dialogs/profile_row.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kRates[] = {22050, 32000, 44100, 48000, 88200, 96000, 192000};
constexpr std::pair<FileFormat, const char*> kFormats[] = {
    {FileFormat::wav, "WAV"},           {FileFormat::flac, "FLAC"}, {FileFormat::aiff, "AIFF"},
    {FileFormat::vorbis, "Ogg Vorbis"}, {FileFormat::opus, "Opus"}, {FileFormat::mp3, "MP3"}};
constexpr std::pair<SampleDepth, const char*> kDepths[] = {
    {SampleDepth::int16, QT_TRANSLATE_NOOP("smidgen::ui::ExportForm", "16 bit")},
    {SampleDepth::int24, QT_TRANSLATE_NOOP("smidgen::ui::ExportForm", "24 bit")},
    {SampleDepth::float32, QT_TRANSLATE_NOOP("smidgen::ui::ExportForm", "32 bit float")}};

QWidget* rowOf(std::initializer_list<QWidget*> parts) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    for (QWidget* part : parts) layout->addWidget(part);
    layout->addStretch(1);
    return row;
}

QComboBox* comboBox(const char* id, const QString& name) {
    auto* box = new QComboBox;
    box->setObjectName(QLatin1String(id));
    box->setAccessibleName(name);
    return box;
}

QString settingsKey(const char* name) {
    return QStringLiteral("export/") + QLatin1String(name);
}

std::string tagText(const ExportSettings& settings, const char* field) {
    const auto tag = settings.tags.find(field);
    return tag == settings.tags.end() ? std::string() : tag->second;
}

}  // namespace

ExportForm::ExportForm(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    m_profiles = new ProfileRow(studio, [this] { return settings(); });
    makeFields();
    layOut();
    connectFields();
    showDepths();
    const auto last =
        exportSettingsFromJson(studio.settings.value(settingsKey("settings")).toString().toStdString());
    setSettings(last ? *last : ExportSettings());
}

void ExportForm::makeFields() {
    m_folder = new QLineEdit(
        m_studio.settings
            .value(settingsKey("folder"), QStandardPaths::writableLocation(QStandardPaths::MusicLocation))
            .toString());
    m_folder->setObjectName(QStringLiteral("folder"));
    m_folder->setAccessibleName(tr("Folder"));
    m_format = comboBox("format", tr("Format"));
    for (const auto& [format, name] : kFormats)
        m_format->addItem(QString::fromLatin1(name), static_cast<int>(format));
    m_depth = comboBox("depth", tr("Depth"));
    m_rate = comboBox("rate", tr("Sample rate"));
    m_channels = comboBox("channels", tr("Channels"));
    m_channels->addItem(tr("Channels as they are"), static_cast<int>(ExportChannels::asTheyAre));
    m_channels->addItem(tr("Mono"), static_cast<int>(ExportChannels::mono));
    m_channels->addItem(tr("Stereo"), static_cast<int>(ExportChannels::stereo));
    m_dither = new QCheckBox(tr("Dither"));
    m_dither->setToolTip(tr("Hides the rounding of 16 and 24 bit under a very soft noise."));
    m_quality = new QSlider(Qt::Horizontal);
    m_quality->setRange(0, 100);
    m_quality->setAccessibleName(tr("Quality"));
    m_quality->setMinimumWidth(180);
    m_level = new LevelFields;
    m_edges = new EdgeFields;
    m_template = new QLineEdit;
    m_template->setObjectName(QStringLiteral("template"));
    m_template->setAccessibleName(tr("Name template"));
    m_template->setToolTip(
        tr("Filled in for each take: {name} {model} {seed} {number} {date} {time} {lufs} {seconds} {space} "
           "{format} {rate}"));
    m_artist = new QLineEdit;
    m_artist->setAccessibleName(tr("Artist"));
    m_artist->setPlaceholderText(tr("Artist"));
    m_comment = new QLineEdit;
    m_comment->setAccessibleName(tr("Comment"));
    m_comment->setPlaceholderText(tr("Comment; empty: the recipe"));
    m_sidecar = new QCheckBox(tr("Also write the recipe as a JSON file beside it"));
    m_overwrite = new QCheckBox(tr("Replace files of the same name"));
    m_overwrite->setChecked(false);
}

void ExportForm::layOut() {
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setAccessibleName(tr("Choose the folder"));
    connect(choose, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Export into"), m_folder->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
        dialog->open();
    });
    m_depthRow = rowOf({m_depth, m_dither});
    m_qualityRow = rowOf({m_quality});
    auto* folderRow = new QWidget;
    auto* folderLayout = new QHBoxLayout(folderRow);
    folderLayout->setContentsMargins(0, 0, 0, 0);
    folderLayout->setSpacing(metrics::kSpaceS);
    folderLayout->addWidget(m_folder, 1);
    folderLayout->addWidget(choose);
    auto* tagRow = new QWidget;
    auto* tagLayout = new QHBoxLayout(tagRow);
    tagLayout->setContentsMargins(0, 0, 0, 0);
    tagLayout->setSpacing(metrics::kSpaceS);
    tagLayout->addWidget(m_artist, 1);
    tagLayout->addWidget(m_comment, 2);
    m_rows = new QFormLayout(this);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(metrics::kSpaceL);
    m_rows->setVerticalSpacing(metrics::kSpaceS);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->addRow(tr("Profile"), m_profiles);
    m_rows->addRow(tr("Folder"), folderRow);
    m_rows->addRow(tr("Format"), rowOf({m_format, m_rate, m_channels}));
    m_rows->addRow(tr("Depth"), m_depthRow);
    m_rows->addRow(tr("Quality"), m_qualityRow);
    m_rows->addRow(tr("Level"), m_level);
    m_rows->addRow(tr("Cut"), m_edges->cutRow());
    m_rows->addRow(tr("Fade"), m_edges->fadeRow());
    m_rows->addRow(tr("Loop"), m_edges->loopRow());
    m_rows->addRow(tr("Names"), m_template);
    m_rows->addRow(tr("Tags"), tagRow);
    m_rows->addRow(QString(), m_sidecar);
    m_rows->addRow(QString(), m_overwrite);
    m_edges->setParent(this);
    m_edges->hide();
}

void ExportForm::connectFields() {
    connect(m_profiles, &ProfileRow::recalled, this, &ExportForm::setSettings);
    connect(m_format, &QComboBox::currentIndexChanged, this, [this] {
        showDepths();
        Q_EMIT changed();
    });
    connect(m_depth, &QComboBox::currentIndexChanged, this, [this] {
        showRates();
        Q_EMIT changed();
    });
    for (QComboBox* box : {m_rate, m_channels})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportForm::changed);
    for (QLineEdit* field : {m_folder, m_template, m_artist, m_comment})
        connect(field, &QLineEdit::textChanged, this, &ExportForm::changed);
    for (QCheckBox* box : {m_dither, m_sidecar, m_overwrite})
        connect(box, &QCheckBox::toggled, this, &ExportForm::changed);
    connect(m_level, &LevelFields::changed, this, &ExportForm::changed);
    connect(m_edges, &EdgeFields::changed, this, &ExportForm::changed);
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
        if (candidate.validate()) m_depth->addItem(tr(name), static_cast<int>(depth));
    }
    const int same = m_depth->findData(before.isValid() ? before : QVariant(int(SampleDepth::int24)));
    m_depth->setCurrentIndex(std::max(0, same));
    m_depth->blockSignals(false);
    m_rows->setRowVisible(m_depthRow, !isLossy(candidate.format));
    m_rows->setRowVisible(m_qualityRow, isLossy(candidate.format));
    m_edges->setLoopPossible(candidate.format != FileFormat::mp3);
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

ExportSettings ExportForm::settings() const {
    ExportSettings settings = m_rest;
    settings.profile = profile();
    settings.channels = static_cast<ExportChannels>(m_channels->currentData().toInt());
    settings.edges = m_edges->edges();
    settings.level = m_level->level();
    settings.loop = m_edges->loop();
    settings.nameTemplate = m_template->text().trimmed().toStdString();
    settings.sidecar = m_sidecar->isChecked();
    const std::pair<const char*, QLineEdit*> tags[] = {{"artist", m_artist}, {"comment", m_comment}};
    for (const auto& [field, edit] : tags) {
        settings.tags.erase(field);
        if (const QString text = edit->text().trimmed(); !text.isEmpty())
            settings.tags[field] = text.toStdString();
    }
    return settings;
}

void ExportForm::setSettings(const ExportSettings& settings) {
    m_rest = settings;
    m_format->setCurrentIndex(std::max(0, m_format->findData(static_cast<int>(settings.profile.format))));
    m_depth->setCurrentIndex(std::max(0, m_depth->findData(static_cast<int>(settings.profile.depth))));
    // A rate that a profile from elsewhere has.
    if (m_rate->findData(settings.profile.rate) < 0 && settings.profile.validate())
        m_rate->addItem(rateText(settings.profile.rate), settings.profile.rate);
    m_rate->setCurrentIndex(std::max(0, m_rate->findData(settings.profile.rate)));
    m_channels->setCurrentIndex(m_channels->findData(static_cast<int>(settings.channels)));
    m_dither->setChecked(settings.profile.dither);
    m_quality->setValue(static_cast<int>(std::lround(settings.profile.lossyQuality * 100)));
    m_level->setLevel(settings.level);
    m_edges->setValues(settings.edges, settings.loop);
    m_template->setText(toText(settings.nameTemplate));
    m_artist->setText(toText(tagText(settings, "artist")));
    m_comment->setText(toText(tagText(settings, "comment")));
    m_sidecar->setChecked(settings.sidecar);
    Q_EMIT changed();
}

ExportRequest ExportForm::request() const {
    ExportRequest request;
    request.folder = toPath(m_folder->text().trimmed());
    request.settings = settings();
    request.overwrite = m_overwrite->isChecked();
    return request;
}

void ExportForm::remember() {
    m_studio.settings.setValue(settingsKey("folder"), m_folder->text());
    m_studio.settings.setValue(settingsKey("settings"), toText(toJson(settings())));
}

}  // namespace smidgen::ui
