#include "ui/commands/take_comparison.h"

#include <utility>

namespace smidgen::ui {

TakeComparison::TakeComparison(const Studio& studio, QObject* parent)
    : QObject(parent), m_studio(studio), m_current(studio.selection.take()) {
    connect(&studio.selection, &Selection::takeChanged, this, [this] {
        const TakeId chosen = m_studio.selection.take();
        if (chosen != m_current && !chosen.empty()) m_other = std::exchange(m_current, chosen);
    });
}

void TakeComparison::turn() {
    const auto other = m_studio.engine().take(m_other);
    if (!other || other->trashed) {
        m_studio.notices.tell(
            {Tone::calm, tr("Choose two takes, one after the other, to compare them."), {}, {}});
        return;
    }
    const bool turns = m_studio.sound.playing() ? m_studio.sound.exchange(listeningTo(*other), nullptr)
                                                : m_studio.sound.load(listeningTo(*other));
    if (turns) m_studio.selection.setTake(other->id);
}

}  // namespace smidgen::ui
