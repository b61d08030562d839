#include "ui/pages/code_listening.h"

#include <algorithm>

#include "ui/bridge/text.h"

namespace smidgen::ui {

CodeListening::CodeListening(const Studio& studio, CodeBridge& codes, TimelineView& timeline, QObject* parent)
    : QObject(parent), m_studio(studio), m_codes(codes), m_timeline(timeline) {
    connect(&codes, &CodeBridge::rendered, this, [this](const CodesId& id) {
        if (id == m_id) rendered();
    });
    connect(&studio.sound, &PlaybackBridge::positionChanged, this, [this](double seconds) {
        m_timeline.setPlayhead(loaded() ? std::optional(seconds) : std::nullopt);
        if (!m_stopAt || seconds < *m_stopAt) return;
        m_stopAt.reset();
        if (loaded() && m_studio.sound.playing()) m_studio.sound.toggle();
    });
    connect(&studio.sound, &PlaybackBridge::loadedChanged, this, [this] {
        if (loaded()) return;
        m_stopAt.reset();
        m_timeline.setPlayhead(std::nullopt);
    });
    // Whoever stops it, or goes elsewhere in it, wants no end of a stretch any more.
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, [this] {
        if (!m_studio.sound.playing()) m_stopAt.reset();
    });
    connect(&studio.sound, &PlaybackBridge::sought, this, [this] { m_stopAt.reset(); });
}

QString CodeListening::key() const {
    return QStringLiteral("codes:") + toText(m_id);
}

bool CodeListening::loaded() const {
    return !m_id.empty() && m_studio.sound.loaded().key == key();
}

std::shared_ptr<const AudioBuffer> CodeListening::audio() const {
    const auto seen = m_id.empty() ? nullptr : m_codes.desk().view(m_id);
    if (!seen) return nullptr;
    return m_original ? seen->original : seen->rendered.audio;
}

void CodeListening::setDocument(const CodesId& id) {
    m_id = id;
    m_original = false;
    m_stopAt.reset();
    m_fresh = true;
    m_timeline.setSound(nullptr);
    if (audio()) rendered();
}

void CodeListening::load() {
    const auto sound = audio();
    const auto seen = m_id.empty() ? nullptr : m_codes.desk().view(m_id);
    if (!sound || !seen || (m_studio.sound.playing() && !loaded())) return;
    if (loaded() && m_studio.sound.samples() == sound) return;
    const QString name = m_original ? tr("%1, original").arg(toText(seen->name)) : toText(seen->name);
    if (!loaded()) {
        m_studio.sound.stop();
        m_studio.sound.load({key(), name, {}}, sound);
        return;
    }
    m_studio.sound.exchange({key(), name, {}}, sound);
}

void CodeListening::rendered() {
    const auto seen = m_codes.desk().view(m_id);
    if (!seen || !seen->rendered.audio) return;
    if (loaded() || m_timeline.isVisible()) load();
    if (!m_original) show(seen->rendered.audio);
    const auto& changed = seen->rendered.changed;
    if (m_hearEdits && !m_fresh && changed.size() == 1)
        hearStretch(static_cast<double>(changed[0].start) / kSampleRate,
                    static_cast<double>(changed[0].end) / kSampleRate);
    m_fresh = false;
}

void CodeListening::show(const std::shared_ptr<const AudioBuffer>& sound) {
    // One that is looked at no more may still be reading: its end is not waited for here.
    std::vector<std::shared_ptr<SoundInspector>> retired;
    std::erase_if(m_inspectors, [&](std::shared_ptr<SoundInspector>& each) {
        if (each.use_count() > 1) return false;
        retired.push_back(std::move(each));
        return true;
    });
    if (!retired.empty())
        m_studio.bridge.run(
            this,
            [retired = std::move(retired)]() mutable {
                retired.clear();
                return true;
            },
            [](bool) {});
    m_inspectors.push_back(std::make_shared<SoundInspector>(sound));
    m_timeline.exchangeSound(m_inspectors.back());
}

void CodeListening::holdOriginal(bool held) {
    if (held == m_original) return;
    m_original = held;
    if (!audio()) {
        m_original = false;
        return;
    }
    load();
    show(audio());
}

void CodeListening::hearStretch(double start, double end) {
    load();
    if (!loaded()) return;
    m_stopAt.reset();
    m_studio.sound.seek(start);
    if (!m_studio.sound.playing()) m_studio.sound.toggle();
    m_stopAt = std::min(end, m_studio.sound.length());
}

void CodeListening::hearCode(int level, int code) {
    const CodesId id = m_id;
    m_studio.bridge.run(
        this, [desk = m_codes.sharedDesk(), id, level, code] { return desk->soundOfCode(id, level, code); },
        [this, code](Result<AudioBuffer> sound) {
            if (!sound) return m_studio.notices.fail(sound.error());
            m_stopAt.reset();
            m_studio.sound.stop();
            m_studio.sound.load({QStringLiteral("code"), tr("code %1").arg(code), {}},
                                std::make_shared<const AudioBuffer>(std::move(*sound)));
            m_studio.sound.toggle();
        });
}

}  // namespace smidgen::ui
