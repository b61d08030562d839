#include "ui/commands/studio.h"

#include "ui/bridge/text.h"

namespace smidgen::ui {

std::shared_ptr<const ModelSnapshot> modelOf(const Workstation& engine, const ModelId& id) {
    for (const auto& model : engine.models())
        if (model->id == id) return model;
    return nullptr;
}

Listening listeningTo(const TakeSnapshot& take) {
    return {QStringLiteral("take:") + toText(take.id), toText(take.name), take.file};
}

Listening listeningTo(const SoundEntry& sound) {
    return {QStringLiteral("sound:") + toText(sound.path), toText(sound.path.filename()), sound.path};
}

}  // namespace smidgen::ui
