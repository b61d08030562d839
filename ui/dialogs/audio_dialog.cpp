#include "ui/dialogs/audio_dialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>

#include "ui/bridge/text.h"
#include "ui/canvas/elided_label.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

void choose(QComboBox& box, const QVariant& value) {
    const int index = box.findData(value);
    if (index >= 0) box.setCurrentIndex(index);
}

}  // namespace

OutputSetup rememberedOutput(const QSettings& settings) {
    OutputSetup setup;
    setup.device.type = settings.value(QStringLiteral("audio/type")).toString().toStdString();
    setup.device.name = settings.value(QStringLiteral("audio/device")).toString().toStdString();
    setup.rate = settings.value(QStringLiteral("audio/rate"), 0).toInt();
    setup.bufferSize = settings.value(QStringLiteral("audio/buffer"), 0).toInt();
    return setup;
}

AudioDialog::AudioDialog(const Studio& studio, QWidget* parent) : QDialog(parent), m_studio(studio) {
    setObjectName(QStringLiteral("audioDialog"));
    setWindowTitle(tr("Audio settings"));
    setMinimumWidth(460);
    auto* title = new QLabel(tr("Audio settings"));
    setLook(*title, Look::title);
    const auto box = [](const QString& name) {
        auto* made = new QComboBox;
        made->setAccessibleName(name);
        return made;
    };
    m_type = box(tr("System"));
    m_device = box(tr("Device"));
    m_rate = box(tr("Sample rate"));
    m_buffer = box(tr("Buffer"));
    m_latency = new QLabel;
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_tone = new QPushButton(tr("Play a test tone"));
    m_tone->setToolTip(tr("One second, left and right in turn, at −20 dBFS."));
    m_input = box(tr("Record from"));
    m_input->setObjectName(QStringLiteral("recordFrom"));
    m_channels = box(tr("Channels to record"));
    m_channels->setObjectName(QStringLiteral("recordChannels"));
    m_channels->addItem(tr("Stereo: the first two inputs"), 2);
    m_channels->addItem(tr("Mono: the first input"), 1);
    choose(*m_channels, studio.recording.channels());
    auto* folder = new ElidedLabel(toText(studio.recording.folder()), nullptr, Qt::ElideMiddle);
    auto* chooseFolder = new QPushButton(tr("Choose…"));
    chooseFolder->setObjectName(QStringLiteral("recordFolder"));
    chooseFolder->setAccessibleName(tr("Choose the folder of recordings"));
    auto* folderRow = new QHBoxLayout;
    folderRow->setSpacing(metrics::kSpaceS);
    folderRow->addWidget(folder, 1);
    folderRow->addWidget(chooseFolder);
    auto* rescan = new QPushButton(tr("Look again"));
    rescan->setToolTip(tr("Looks for devices that were plugged in meanwhile."));
    auto* close = new QPushButton(tr("Close"));
    close->setDefault(true);

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(metrics::kSpaceL);
    form->setVerticalSpacing(metrics::kSpaceS);
    form->addRow(tr("System"), m_type);
    form->addRow(tr("Device"), m_device);
    form->addRow(tr("Sample rate"), m_rate);
    form->addRow(tr("Buffer"), m_buffer);
    form->addRow(tr("Latency"), m_latency);
    auto* recording = new QFormLayout;
    recording->setHorizontalSpacing(metrics::kSpaceL);
    recording->setVerticalSpacing(metrics::kSpaceS);
    recording->addRow(tr("Record from"), m_input);
    recording->addRow(tr("Channels"), m_channels);
    recording->addRow(tr("Into"), folderRow);
    auto* heading = new QLabel(tr("Recording").toUpper());
    heading->setAccessibleName(tr("Recording"));
    setLook(*heading, Look::heading);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kSpaceS);
    buttons->addWidget(m_tone);
    buttons->addWidget(rescan);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceM);
    layout->addWidget(title);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(heading);
    layout->addLayout(recording);
    layout->addSpacing(metrics::kSpaceS);
    layout->addLayout(buttons);

    connect(m_type, &QComboBox::activated, this, [this] {
        showDevices();
        apply(false);
    });
    connect(m_device, &QComboBox::activated, this, [this] { apply(false); });
    connect(m_rate, &QComboBox::activated, this, [this] { apply(true); });
    connect(m_buffer, &QComboBox::activated, this, [this] { apply(true); });
    connect(m_tone, &QPushButton::clicked, this, [this] {
        if (const Status played = m_studio.sound.playback().testTone(); !played)
            m_studio.notices.fail(played.error());
    });
    connect(rescan, &QPushButton::clicked, this, &AudioDialog::readDevices);
    connect(m_input, &QComboBox::activated, this, &AudioDialog::applyInput);
    connect(m_channels, &QComboBox::activated, this,
            [this] { m_studio.recording.setChannels(m_channels->currentData().toInt()); });
    connect(chooseFolder, &QPushButton::clicked, this, [this, folder] {
        auto* dialog = new QFileDialog(this, tr("Folder of recordings"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, this, [this, folder](const QString& chosen) {
            m_studio.recording.setFolder(toPath(chosen));
            folder->setFullText(toText(m_studio.recording.folder()));
        });
        dialog->open();
    });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(&studio.sound, &PlaybackBridge::deviceChanged, this, &AudioDialog::showState);
    readDevices();
}

void AudioDialog::readDevices() {
    m_devices = m_studio.sound.playback().devices();
    const OutputState state = m_studio.sound.playback().state();
    const OutputSetup& wanted = m_studio.sound.setup();
    const std::string type = state.open ? state.device.type : wanted.device.type;
    m_type->clear();
    for (const AudioDevice& device : m_devices)
        if (m_type->findData(toText(device.type)) < 0)
            m_type->addItem(toText(device.type), toText(device.type));
    choose(*m_type, toText(type));
    showDevices();
    showState();
    readInputs();
}

void AudioDialog::readInputs() {
    m_inputs = Recorder::devices();
    m_input->clear();
    m_input->addItem(m_inputs.empty() ? tr("No input was found") : tr("What the system offers first"), -1);
    const AudioDevice wanted = m_studio.recording.input();
    for (std::size_t i = 0; i < m_inputs.size(); ++i) {
        m_input->addItem(tr("%1 (%2)").arg(toText(m_inputs[i].name), toText(m_inputs[i].type)),
                         static_cast<int>(i));
        if (m_inputs[i] == wanted) m_input->setCurrentIndex(m_input->count() - 1);
    }
    m_input->setEnabled(!m_inputs.empty());
}

void AudioDialog::applyInput() {
    const int index = m_input->currentData().toInt();
    m_studio.recording.setInput(index < 0 ? AudioDevice() : m_inputs[static_cast<std::size_t>(index)]);
}

void AudioDialog::showDevices() {
    const OutputState state = m_studio.sound.playback().state();
    m_device->clear();
    for (const AudioDevice& device : m_devices)
        if (toText(device.type) == m_type->currentData().toString())
            m_device->addItem(toText(device.name), toText(device.name));
    choose(*m_device, toText(state.open ? state.device.name : m_studio.sound.setup().device.name));
}

void AudioDialog::showState() {
    const OutputState state = m_studio.sound.playback().state();
    m_rate->clear();
    for (const int rate : state.rates) m_rate->addItem(rateText(rate), rate);
    choose(*m_rate, state.rate);
    m_buffer->clear();
    for (const int size : state.bufferSizes)
        m_buffer->addItem(tr("%1 samples (%2 ms)")
                              .arg(size)
                              .arg(numberText(state.rate > 0 ? 1000.0 * size / state.rate : 0, 1)),
                          size);
    choose(*m_buffer, state.bufferSize);
    m_rate->setEnabled(state.open);
    m_buffer->setEnabled(state.open);
    m_tone->setEnabled(state.open);
    m_latency->setText(state.open ? tr("%1 ms · %2 · %3")
                                        .arg(numberText(state.latencyMs, 1), channelsText(state.channels),
                                             countText(state.xruns, tr("dropout"), tr("dropouts")))
                                  : QStringLiteral("–"));
    QString problem = toText(state.problem);
    if (m_devices.empty())
        problem = tr("No output device was found. Plug one in or start the JACK server, then look again.");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    setLook(*m_problem, Look::bad);
}

void AudioDialog::apply(bool keepRate) {
    OutputSetup setup;
    setup.device = {m_type->currentData().toString().toStdString(),
                    m_device->currentData().toString().toStdString()};
    if (keepRate) {
        setup.rate = m_rate->currentData().toInt();
        setup.bufferSize = m_buffer->currentData().toInt();
    }
    m_studio.sound.openDevice(setup);
    QSettings& settings = m_studio.settings;
    settings.setValue(QStringLiteral("audio/type"), toText(setup.device.type));
    settings.setValue(QStringLiteral("audio/device"), toText(setup.device.name));
    settings.setValue(QStringLiteral("audio/rate"), setup.rate);
    settings.setValue(QStringLiteral("audio/buffer"), setup.bufferSize);
    showState();
}

}  // namespace smidgen::ui
