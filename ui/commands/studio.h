// What every part of the window works with. Borrowed: the application owns them all and outlives the window.
#pragma once

#include "ui/bridge/control_bridge.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/playback_bridge.h"
#include "ui/bridge/recording_bridge.h"
#include "ui/bridge/selection.h"
#include "ui/commands/library_actions.h"
#include "ui/commands/notices.h"
#include "ui/theme/theme.h"

class QSettings;

namespace smidgen::ui {

struct Studio {
    EngineBridge& bridge;
    PlaybackBridge& sound;
    RecordingBridge& recording;
    ControlBridge& controls;
    Selection& selection;
    LibraryActions& library;
    Notices& notices;
    Theme& theme;
    QSettings& settings;

    [[nodiscard]] Workstation& engine() const { return bridge.engine(); }
};

/// The model of that id as it is now, or null.
[[nodiscard]] std::shared_ptr<const ModelSnapshot> modelOf(const Workstation& engine, const ModelId& id);

/// What a take, or a sound of a collection, is in the transport.
[[nodiscard]] Listening listeningTo(const TakeSnapshot& take);
[[nodiscard]] Listening listeningTo(const SoundEntry& sound);

}  // namespace smidgen::ui
