// The library as a map: what is like what, heard where it lies.
#pragma once

#include <QTimer>
#include <QWidget>
#include <map>
#include <memory>

#include "engine/foundation/cancel_token.h"
#include "engine/workstation/sound_map.h"
#include "engine/workstation/sound_path.h"
#include "ui/bridge/chosen_items.h"
#include "ui/canvas/sound_map_view.h"
#include "ui/commands/studio.h"

class QComboBox;
class QMenu;
class QPushButton;
class QToolButton;

namespace smidgen {
class ElidedLabel;
}

namespace smidgen::ui {

/// Laid out off the window's thread when it is first shown, and again after the library has changed.
class MapPage final : public QWidget {
    Q_OBJECT

 public:
    explicit MapPage(const Studio& studio, QWidget* parent = nullptr);
    ~MapPage() override;

    /// What the search box asks for; the rest is dimmed. Empty: everything.
    void filter(const QString& query);
    [[nodiscard]] SoundMapView& view() { return *m_view; }
    [[nodiscard]] const SoundMap* map() const { return m_map.get(); }

    /// Acts on what is chosen, wherever that was done.
    void removeChosen();
    /// All get a star, or lose it when all have one.
    void starChosen();
    /// The library has changed: laid out anew as soon as it is looked at.
    void changed();
    /// So many edited sounds are listened to.
    void showHearing(int done, int of);

 Q_SIGNALS:
    /// Something whose likes are to be found.
    void similarRequested(const QString& name, const std::string& id);
    void codesChosen(const std::string& id);
    void codesRemovalRequested(const std::string& id, const QString& name);
    /// To be used; `whole`: with its model and seed.
    void presetChosen(const std::string& id, bool whole);
    /// Somebody looks at the map.
    void opened();
    void takeEditRequested(const smidgen::TakeId& take);
    void soundEditRequested(const std::filesystem::path& sound);
    /// Takes (ids) or sound files for a morph cube.
    void cubeRequested(const std::vector<std::string>& sounds);

 protected:
    void showEvent(QShowEvent* event) override;

 private:
    void layOut();
    void show(const Result<std::shared_ptr<const SoundMap>>& made);
    void applyFilter();
    void hear(int point);
    void hearCodes(const MapItem& codes);
    void stopDecoding();
    void open(int point);
    void addOpening(QMenu& menu, int point);
    /// What is heard of it; of codes nothing.
    [[nodiscard]] PathEnd soundOf(const MapItem& item) const;
    /// How codes are named in the transport.
    [[nodiscard]] static QString codesKey(const MapItem& item);
    void showPlaying();
    void openMenu(int point, const QPoint& position);
    void editCodes(int point);
    void putOnCube();
    [[nodiscard]] QString menuName(int point) const;
    void drag();
    void collect();
    void hearWay(int from, int to);
    void keepWay();
    void describe();
    void tagChosen();
    /// What is chosen here becomes what is chosen everywhere, and the other way round.
    void passChosen();
    void showChosen();
    void offerModels();
    [[nodiscard]] QString wholeQuery() const;
    [[nodiscard]] std::vector<ItemName> chosenItems() const;
    [[nodiscard]] const MapItem& item(int point) const {
        return m_map->items[static_cast<std::size_t>(point)];
    }

    Studio m_studio;
    SoundMapView* m_view;
    ElidedLabel* m_note;
    QComboBox *m_kinds, *m_models;
    QToolButton *m_star, *m_tag, *m_remove;
    QPushButton* m_collect;
    QPushButton* m_keep;
    SoundPath m_way;  ///< what was heard last between two
    std::shared_ptr<const AudioBuffer> m_waySound;
    std::uint64_t m_wayAsked = 0;
    std::shared_ptr<const SoundMap> m_map;
    std::map<std::pair<ItemKind, std::string>, int> m_places;  ///< of the map's items
    bool m_quiet = false;                                      ///< what is shown is not told
    QString m_query;
    QString m_hearing;  ///< what is said of edited sounds that are listened to
    QTimer m_pause;
    bool m_stale = true;
    CancelToken m_cancel, m_filterCancel, m_soundCancel;
    std::uint64_t m_asked = 0, m_filtered = 0, m_soundAsked = 0;
};

}  // namespace smidgen::ui
