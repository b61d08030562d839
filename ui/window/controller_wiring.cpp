#include "ui/window/controller_wiring.h"

#include <QMenu>

#include "ui/bridge/control_bridge.h"
#include "ui/bridge/text.h"
#include "ui/canvas/attribute_slider.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/shape_panel.h"

namespace smidgen::ui {

namespace {

constexpr const char* kPlay = "transport.toggle";
constexpr const char* kLoop = "transport.loop";
constexpr const char* kGenerate = "generate.one";

std::string targetOf(Attribute attribute) {
    return sliderTarget(wordsFor(attribute).name);
}

}  // namespace

ControllerWiring::ControllerWiring(const Studio& studio, const Shortcuts& shortcuts, GeneratePage& page,
                                   QObject* parent)
    : QObject(parent), m_studio(studio), m_shortcuts(shortcuts), m_page(page) {
    ControlBridge& controls = studio.controls;
    connect(&controls, &ControlBridge::asked, this, &ControllerWiring::obey);
    connect(&controls, &ControlBridge::mappingsChanged, this, &ControllerWiring::markSliders);
    connect(&controls, &ControlBridge::noted, this, &ControllerWiring::noted);
    connect(&controls, &ControlBridge::learningChanged, this,
            [this, &controls] { Q_EMIT noted(controls.learningHint()); });
    connect(&controls, &ControlBridge::learned, this, [this](const QString& sentence) {
        m_studio.notices.tell({Tone::good, sentence, tr("Controls"), [this] { Q_EMIT dialogWanted(); }});
    });
    connect(&controls, &ControlBridge::warned, this, [this](const QString& sentence) {
        m_studio.notices.tell({Tone::warn, sentence, tr("Controls"), [this] { Q_EMIT dialogWanted(); }});
    });
    ShapePanel& shape = page.form().shape();
    connect(&shape, &ShapePanel::shown, this, &ControllerWiring::reportSliders);
    connect(&shape, &ShapePanel::menuOpening, this, &ControllerWiring::extendMenu);
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, &ControllerWiring::reportSwitches);
    connect(&studio.sound, &PlaybackBridge::loopingChanged, this, &ControllerWiring::reportSwitches);
    markSliders();
    reportSliders();
    reportSwitches();
}

void ControllerWiring::obey(const ControlChange& change) {
    switch (change.kind) {
        case ControlChange::Kind::position:
        case ControlChange::Kind::release:
            if (const auto attribute = attributeNamed(sliderOf(change.target).value_or("")))
                m_page.form().shape().moveSlider(*attribute, change.kind == ControlChange::Kind::position
                                                                 ? std::optional<double>(change.value)
                                                                 : std::nullopt);
            break;
        case ControlChange::Kind::press:
            if (change.target == kGenerate && change.value > 0) {
                Q_EMIT pageWanted();
                m_page.generate(static_cast<int>(change.value));
            } else {
                m_shortcuts.action(toText(change.target)).trigger();
            }
            break;
        case ControlChange::Kind::turn:
        case ControlChange::Kind::flip:
            turn(change.target, change.value > 0.5);
            // Also when nothing came of it: with nothing to play, a lamp goes out again.
            reportSwitches();
            break;
        case ControlChange::Kind::seed:
            m_page.form().setSeed(change.seed);
            break;
    }
}

void ControllerWiring::turn(const std::string& target, bool on) {
    QAction& action = m_shortcuts.action(toText(target));
    const bool isOn = target == kPlay ? m_studio.sound.playing() : action.isChecked();
    if (isOn != on) action.trigger();
}

void ControllerWiring::reportSliders() {
    const SliderPositions& positions = m_page.form().shape().positions();
    for (const Attribute attribute : kAttributes)
        m_studio.controls.report(targetOf(attribute), positions[attribute]);
}

void ControllerWiring::reportSwitches() {
    m_studio.controls.report(kPlay, m_studio.sound.playing() ? 1 : 0);
    m_studio.controls.report(kLoop, m_studio.sound.looping() ? 1 : 0);
}

void ControllerWiring::markSliders() {
    for (const Attribute attribute : kAttributes)
        m_page.form().shape().slider(attribute).setMapped(m_studio.controls.isMapped(targetOf(attribute)));
}

void ControllerWiring::extendMenu(Attribute attribute, QMenu& menu) {
    ControlBridge& controls = m_studio.controls;
    const std::string target = targetOf(attribute);
    menu.addSeparator();
    if (controls.learning() == target)
        menu.addAction(tr("Stop learning"), &controls, &ControlBridge::cancelLearning);
    else
        menu.addAction(tr("MIDI learn"), &controls, [&controls, target] { controls.learn(target); });
    for (const ControlMapping& mapping : controls.settings().mappings)
        if (mapping.target == target) menu.addAction(ControlBridge::describe(mapping))->setEnabled(false);
    if (controls.isMapped(target))
        menu.addAction(tr("Forget its controls"), &controls,
                       [&controls, target] { controls.forget(target); });
    menu.addAction(tr("Controls…"), this, &ControllerWiring::dialogWanted);
}

}  // namespace smidgen::ui
