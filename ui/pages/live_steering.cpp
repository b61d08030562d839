#include "ui/pages/live_steering.h"

#include "ui/bridge/text.h"
#include "ui/pages/explore_field.h"
#include "ui/pages/shape_panel.h"

namespace smidgen::ui {

namespace {
const QString kTake = QStringLiteral("take:");
const QString kLive = QStringLiteral("live:");
}  // namespace

LiveSteering::LiveSteering(const Studio& studio, ShapePanel& shape, ExploreField& explore, QObject* parent)
    : QObject(parent), m_studio(studio), m_shape(shape), m_explore(explore) {
    connect(&explore, &ExploreField::amountsChanged, this, &LiveSteering::follow);
    connect(&shape, &ShapePanel::positionsChanged, this, &LiveSteering::follow);
    connect(&shape, &ShapePanel::toolsChanged, this, &LiveSteering::follow);
    connect(&studio.sound, &PlaybackBridge::loadedChanged, this, &LiveSteering::loadedChanged);
}

std::shared_ptr<const TakeSnapshot> LiveSteering::takeHeard() const {
    const QString key = m_studio.sound.loaded().key;
    for (const QString& prefix : {kTake, kLive})
        if (key.startsWith(prefix)) return m_studio.engine().take(key.mid(prefix.size()).toStdString());
    return nullptr;
}

void LiveSteering::loadedChanged() {
    if (m_studio.sound.loaded().key.startsWith(kLive)) return;
    m_wanted.reset();
    m_take.clear();
    if (!m_heard) return;
    m_heard.reset();
    Q_EMIT changed();
}

void LiveSteering::follow() {
    if (!m_shape.live() || !m_studio.sound.playing()) return;
    const auto take = takeHeard();
    if (!take) return;
    m_take = take->id;
    Recipe wanted = take->recipe;
    wanted.sliders = m_shape.positions();
    wanted.sliderTools = m_shape.toolsWanted();
    // They are of the form's model, which may be another by now.
    if (m_explore.model() == wanted.modelId) wanted.explore = m_explore.amounts();
    // What is still being made would be heard last.
    if (!m_working && (m_heard ? *m_heard == wanted : take->recipe == wanted)) return;
    m_wanted = std::move(wanted);
    if (!m_working) start();
}

void LiveSteering::start() {
    m_working = true;
    Q_EMIT changed();
    const Recipe recipe = *std::exchange(m_wanted, std::nullopt);
    Workstation& engine = m_studio.engine();
    m_studio.bridge.run(
        this, [&engine, recipe] { return engine.render(recipe); },
        [this, recipe, take = m_take](Result<TakeSound> sound) {
            m_working = false;
            if (!sound) {
                m_studio.notices.fail(sound.error());
            } else if (take == m_take) {
                const auto original = m_studio.engine().take(take);
                const QString name =
                    original ? tr("%1, sliders moved").arg(toText(original->name)) : tr("Sliders moved");
                if (m_studio.sound.exchange({kLive + toText(take), name, {}},
                                            std::make_shared<AudioBuffer>(std::move(sound->audio)))) {
                    m_heard = recipe;
                    m_shape.setOutcomes(sound->sliders);
                }
            }
            if (m_wanted) return start();
            Q_EMIT changed();
        });
}

}  // namespace smidgen::ui
