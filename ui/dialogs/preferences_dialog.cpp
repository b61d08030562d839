#include "ui/dialogs/preferences_dialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDesktopServices>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSpinBox>
#include <QUrl>

#include "engine/generation/decoder_shelf.h"
#include "ui/bridge/text.h"
#include "ui/commands/language.h"
#include "ui/commands/preferences.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kMostUndoSteps = 10000;
constexpr int kControlWidth = 260;
}  // namespace

PreferencesDialog::PreferencesDialog(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QDialog(parent), m_studio(studio), m_shortcuts(shortcuts) {
    setObjectName(QStringLiteral("preferencesDialog"));
    setWindowTitle(tr("Preferences"));
    resize(600, 640);
    auto* title = new QLabel(tr("Preferences"));
    setLook(*title, Look::title);
    auto* content = new QWidget;
    m_rows = new QGridLayout(content);
    m_rows->setContentsMargins(0, 0, metrics::kSpaceS, 0);
    m_rows->setHorizontalSpacing(metrics::kSpaceL);
    m_rows->setVerticalSpacing(metrics::kSpaceXs);
    m_rows->setColumnStretch(0, 1);

    addHeading(tr("Look"));
    addTheme();
    addScale();
    addLanguage();
    auto* reset = new QPushButton(tr("Reset the window"));
    reset->setObjectName(QStringLiteral("resetLook"));
    connect(reset, &QPushButton::clicked, this, &PreferencesDialog::lookResetRequested);
    addRow(tr("Panels"), reset, tr("Brings size and panels back as they come with the program."));
    addHeading(tr("New takes"));
    addGenerate();
    addHeading(tr("Editing"));
    addUndo();
    addAction(tr("Keys"), QStringLiteral("window.shortcuts"), tr("Every shortcut can be changed."));
    addHeading(tr("Devices"));
    addAction(tr("Sound"), QStringLiteral("window.audio"),
              tr("The device that plays, its rate and its buffer; what is recorded from, and where to."));
    addAction(tr("MIDI and OSC"), QStringLiteral("window.controls"),
              tr("What moves which slider, and what listens."));
    addHeading(tr("Library"));
    addLibrary();
    m_rows->setRowStretch(m_rows->rowCount(), 1);

    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* close = new QPushButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(title);
    layout->addWidget(area, 1);
    layout->addLayout(buttons);
    for (QPushButton* button : findChildren<QPushButton*>()) button->setAutoDefault(false);
}

void PreferencesDialog::addHeading(const QString& text) {
    auto* heading = new QLabel(text.toUpper());
    heading->setAccessibleName(text);
    heading->setContentsMargins(0, metrics::kSpaceM, 0, 0);
    setLook(*heading, Look::heading);
    m_rows->addWidget(heading, m_rows->rowCount(), 0, 1, 2);
}

void PreferencesDialog::addRow(const QString& name, QWidget* control, const QString& help) {
    auto* words = new QLabel(name);
    words->setBuddy(control);
    auto* said = new QLabel(help);
    said->setWordWrap(true);
    said->setContentsMargins(0, 0, 0, metrics::kSpaceS);
    setLook(*said, Look::small);
    control->setAccessibleName(name);
    control->setAccessibleDescription(help);
    control->setStatusTip(help);
    control->setFixedWidth(kControlWidth);
    const int row = m_rows->rowCount();
    m_rows->addWidget(words, row, 0);
    m_rows->addWidget(control, row, 1, Qt::AlignRight);
    m_rows->addWidget(said, row + 1, 0, 1, 2);
}

void PreferencesDialog::addTheme() {
    auto* themes = new QComboBox;
    themes->setObjectName(QStringLiteral("preferTheme"));
    themes->addItem(tr("Dark"), QStringLiteral("dark"));
    themes->addItem(tr("Light"), QStringLiteral("light"));
    themes->addItem(tr("High contrast"), QStringLiteral("contrast"));
    themes->addItem(tr("As the desktop"), QString());
    const auto show = [this, themes] {
        const QSignalBlocker quiet(themes);
        themes->setCurrentIndex(std::max(
            0, themes->findData(
                   m_studio.settings.value(QLatin1String(preferences::kTheme), QString()).toString())));
    };
    show();
    connect(&m_studio.theme, &Theme::changed, themes, show, Qt::QueuedConnection);
    connect(themes, &QComboBox::activated, this, [this, themes] {
        const QString chosen = themes->currentData().toString();
        if (chosen.isEmpty()) return m_studio.settings.remove(QLatin1String(preferences::kTheme));
        m_studio.settings.setValue(QLatin1String(preferences::kTheme), chosen);
        if (const auto scheme = Theme::schemeNamed(chosen)) m_studio.theme.setScheme(*scheme);
    });
    addRow(tr("Theme"), themes, tr("As the desktop: light or dark, found out when the studio starts."));
}

void PreferencesDialog::addScale() {
    auto* scales = new QComboBox;
    scales->setObjectName(QStringLiteral("preferScale"));
    scales->addItem(tr("As the desktop"), 0);
    for (const int scale : interfaceScales()) scales->addItem(tr("%1 %").arg(scale), scale);
    scales->setCurrentIndex(
        std::max(0, scales->findData(m_studio.settings.value(QLatin1String(preferences::kScale)).toInt())));
    connect(scales, &QComboBox::activated, this, [this, scales] {
        m_studio.settings.setValue(QLatin1String(preferences::kScale), scales->currentData());
    });
    addRow(tr("Size of everything"), scales, tr("Letters, fields and pictures. From the next start on."));
}

void PreferencesDialog::addLanguage() {
    auto* offered = new QComboBox;
    offered->setObjectName(QStringLiteral("preferLanguage"));
    offered->addItem(tr("As the desktop"), QString());
    for (const QString& language : languages()) offered->addItem(languageName(language), language);
    const QString wanted = m_studio.settings.value(QLatin1String(preferences::kLanguage)).toString();
    offered->setCurrentIndex(std::max(0, offered->findData(wanted)));
    connect(offered, &QComboBox::activated, this, [this, offered] {
        const QString chosen = offered->currentData().toString();
        if (chosen.isEmpty()) return m_studio.settings.remove(QLatin1String(preferences::kLanguage));
        m_studio.settings.setValue(QLatin1String(preferences::kLanguage), chosen);
    });
    addRow(tr("Language"), offered, tr("Of everything in the window. From the next start on."));
}

void PreferencesDialog::addGenerate() {
    auto* seconds = new QDoubleSpinBox;
    seconds->setObjectName(QStringLiteral("preferSeconds"));
    seconds->setRange(0.05, 3600);
    seconds->setSuffix(tr(" s"));
    seconds->setValue(preferredSeconds(m_studio.settings));
    connect(seconds, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_studio.settings.setValue(QLatin1String(preferences::kSeconds), value);
    });
    addRow(tr("Length"), seconds, tr("What the Generate page begins with when the studio starts."));
    auto* decoders = new QComboBox;
    decoders->setObjectName(QStringLiteral("preferDecoder"));
    decoders->addItem(tr("The best there is"), QString());
    connect(decoders, &QComboBox::activated, this, [this, decoders] {
        m_studio.settings.setValue(QLatin1String(preferences::kDecoder), decoders->currentData());
    });
    addRow(tr("Decoder"), decoders,
           tr("Makes sound of what a model says. A take that is used as settings keeps its own."));
    fillDecoders(*decoders);
}

/// Their files are read for it, so not on this thread.
void PreferencesDialog::fillDecoders(QComboBox& decoders) {
    decoders.setEnabled(false);
    m_studio.bridge.run(
        this, [] { return shippedDecoders(); },
        [this, &decoders](const std::vector<std::string>& shipped) {
            for (const std::string& identity : shipped) {
                const QString size = toText(identity.substr(0, identity.rfind('-')));
                decoders.addItem(size.left(1).toUpper() + size.mid(1), size);
            }
            decoders.addItem(tr("Without weights (Griffin-Lim)"), QLatin1String(kGriffinLimDecoder));
            const QString wanted = m_studio.settings.value(QLatin1String(preferences::kDecoder)).toString();
            decoders.setCurrentIndex(std::max(0, decoders.findData(wanted)));
            decoders.setEnabled(true);
        });
}

void PreferencesDialog::addUndo() {
    auto* steps = new QSpinBox;
    steps->setObjectName(QStringLiteral("preferUndo"));
    steps->setRange(0, kMostUndoSteps);
    steps->setSpecialValueText(tr("without end"));
    steps->setValue(preferredUndoSteps(m_studio.settings));
    connect(steps, &QSpinBox::valueChanged, this, [this](int value) {
        m_studio.settings.setValue(QLatin1String(preferences::kUndoSteps), value);
        limitUndo(m_studio.library.undoStack(), m_studio.settings);
    });
    addRow(tr("Steps of Undo"), steps,
           tr("How many can be taken back. Counts at once while nothing has been changed, else from the next "
              "start on."));
}

void PreferencesDialog::addLibrary() {
    auto* place = new QLineEdit(toText(m_studio.engine().library()));
    place->setReadOnly(true);
    place->setCursorPosition(0);
    addRow(tr("Folder"), place,
           tr("Models, takes and codes lie here; your own sounds stay where they are. Another library: start "
              "with "
              "--library DIR."));
    auto* open = new QPushButton(tr("Open the folder"));
    open->setObjectName(QStringLiteral("openLibraryFolder"));
    connect(open, &QPushButton::clicked, this, [this] {
        const auto& folder = m_studio.engine().library();
        if (!QDesktopServices::openUrl(QUrl::fromLocalFile(toText(folder))))
            m_studio.notices.tell(
                {Tone::warn,
                 tr("No file manager answered. The library lies in %1.").arg(toText(folder)),
                 {},
                 {}});
    });
    addRow(tr("Its files"), open, tr("In the file manager. Look, but change nothing there by hand."));
}

void PreferencesDialog::addAction(const QString& name, const QString& id, const QString& help) {
    QAction& action = m_shortcuts.action(id);
    auto* button = new QPushButton(action.text());
    button->setObjectName(QStringLiteral("prefer.") + id);
    connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    addRow(name, button, help);
}

}  // namespace smidgen::ui
