// The two versions of an item, theirs and ours, to be heard one against the other, and what is chosen.
#pragma once

#include <QWidget>
#include <map>
#include <memory>
#include <optional>

#include "engine/workstation/other_library_items.h"
#include "ui/commands/studio.h"

class QButtonGroup;
class QLabel;
class QPushButton;

namespace smidgen {
class WaveThumbnail;
}

namespace smidgen::ui {

/// For an item of another library: each version with its wave, a button that plays it, and one line of
/// facts; where both sides have changed it, what is to become of it. Sounds are made or read off the window's
/// thread; from one version to the other goes without a gap, at the same place.
class VersionPair final : public QWidget {
    Q_OBJECT

 public:
    explicit VersionPair(const Studio& studio, QWidget* parent = nullptr);
    ~VersionPair() override;

    /// Nothing chosen: `item` null, else one of `library`'s.
    void showItem(std::shared_ptr<const OtherLibrary> library, const OtherItem* item, Settling settling);
    /// Plays theirs, where there is one, else ours; or stops what plays.
    void hearShown();
    void hear(ItemSide side);

 Q_SIGNALS:
    void settled(smidgen::Settling settling);
    /// The same for all that changed on both sides.
    void settleAllRequested(smidgen::Settling settling);
    void failed(const QString& sentence);

 private:
    struct Half {
        QWidget* frame = nullptr;
        QLabel *name = nullptr, *facts = nullptr;
        WaveThumbnail* wave = nullptr;
        QPushButton* hear = nullptr;
    };
    Half makeHalf(ItemSide side);
    void showHalf(Half& half, const std::optional<ItemVersion>& version, ItemSide side);
    void showPlaying();
    void play(ItemSide side, const ItemSound& sound);
    [[nodiscard]] QString keyOf(ItemSide side) const;
    [[nodiscard]] Half& half(ItemSide side) { return m_halves[static_cast<int>(side)]; }

    Studio m_studio;
    std::shared_ptr<const OtherLibrary> m_library;
    const OtherItem* m_item = nullptr;
    Half m_halves[2];
    QWidget* m_choices;
    QButtonGroup* m_settling;
    QPushButton* m_all;
    CancelToken m_making;  ///< of a sound that is being made
    std::map<QString, ItemSound> m_made;
};

}  // namespace smidgen::ui
