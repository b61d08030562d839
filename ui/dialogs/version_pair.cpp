#include "ui/dialogs/version_pair.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/bridge/text.h"
#include "ui/canvas/wave_thumbnail.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr int kWaveHeight = 44;
constexpr std::size_t kMostMade = 16;  ///< sounds in memory

QString factsOf(const ItemVersion& version, ItemKind kind) {
    QStringList words{
        QCoreApplication::translate("VersionPair", "changed %1").arg(momentText(version.changedMs))};
    if (version.seconds > 0) words += durationText(version.seconds);
    if (version.sounds > 0)
        words += countText(version.sounds, QCoreApplication::translate("VersionPair", "sound"),
                           QCoreApplication::translate("smidgen::ui::VersionPair", "sounds"));
    if (!version.model.empty()) words += toText(version.model);
    if (kind == ItemKind::model || kind == ItemKind::cube) words += bytesText(version.bytes);
    if (version.take && version.take->starred) words += QCoreApplication::translate("VersionPair", "starred");
    if (!version.tags.empty()) {
        QStringList tags;
        for (const std::string& tag : version.tags) tags += toText(tag);
        words += QCoreApplication::translate("VersionPair", "tags: %1").arg(tags.join(QStringLiteral(", ")));
    }
    if (version.trashed) words += QCoreApplication::translate("VersionPair", "in the trash");
    return words.join(QStringLiteral(" · "));
}

}  // namespace

VersionPair::VersionPair(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    auto* halves = new QHBoxLayout;
    halves->setSpacing(metrics::kSpaceM);
    for (const ItemSide side : {ItemSide::theirs, ItemSide::ours}) {
        half(side) = makeHalf(side);
        halves->addWidget(half(side).frame, 1);
    }
    m_choices = new QWidget;
    m_settling = new QButtonGroup(this);
    auto* choices = new QHBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(metrics::kSpaceXs);
    choices->addWidget(new QLabel(tr("Changed on both sides:")));
    const auto choice = [&](Settling settling, const QString& text, const char* name, const QString& hint) {
        auto* button = new QToolButton;
        button->setText(text);
        button->setCheckable(true);
        setLook(*button, Look::toggle);
        button->setObjectName(QLatin1String(name));
        button->setToolTip(hint);
        m_settling->addButton(button, static_cast<int>(settling));
        choices->addWidget(button);
    };
    choice(Settling::leave, tr("Leave it"), "settleLeave", tr("Nothing happens to it for now."));
    choice(Settling::keepOurs, tr("Keep ours"), "settleOurs",
           tr("Ours stays as it is, and theirs is not asked about again until it changes."));
    choice(Settling::takeTheirs, tr("Take theirs"), "settleTheirs",
           tr("Theirs takes the place of ours. Ours stays as an earlier state; where the content is another, "
              "as an item of its own."));
    choice(Settling::keepBoth, tr("Keep both"), "settleBoth",
           tr("Ours stays, and theirs comes beside it as an item of its own."));
    m_all = new QPushButton(tr("The same for all"));
    m_all->setObjectName(QStringLiteral("settleAll"));
    m_all->setToolTip(tr("Chooses this for everything that changed on both sides."));
    m_all->setAutoDefault(false);
    choices->addSpacing(metrics::kSpaceS);
    choices->addWidget(m_all);
    choices->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(halves);
    layout->addWidget(m_choices);

    connect(m_settling, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT settled(static_cast<Settling>(id)); });
    connect(m_all, &QPushButton::clicked, this,
            [this] { Q_EMIT settleAllRequested(static_cast<Settling>(m_settling->checkedId())); });
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, &VersionPair::showPlaying);
    connect(&studio.sound, &PlaybackBridge::loadedChanged, this, &VersionPair::showPlaying);
    connect(&studio.sound, &PlaybackBridge::positionChanged, this, &VersionPair::showPlaying);
    connect(&studio.theme, &Theme::changed, this, &VersionPair::showPlaying);
    showItem(nullptr, nullptr, Settling::leave);
}

VersionPair::~VersionPair() {
    m_making.cancel();
}

VersionPair::Half VersionPair::makeHalf(ItemSide side) {
    const bool theirs = side == ItemSide::theirs;
    Half made;
    made.frame = new QWidget;
    made.name = new QLabel;
    made.name->setTextFormat(Qt::PlainText);
    made.name->setObjectName(theirs ? QStringLiteral("theirName") : QStringLiteral("ourName"));
    setLook(*made.name, Look::strong);
    made.facts = new QLabel;
    made.facts->setTextFormat(Qt::PlainText);
    made.facts->setWordWrap(true);
    setLook(*made.facts, Look::small);
    made.wave = new WaveThumbnail(m_studio.theme);
    made.wave->setFixedHeight(kWaveHeight);
    made.wave->setTint(theirs ? Token::model : Token::sound);
    made.hear = new QPushButton;
    made.hear->setObjectName(theirs ? QStringLiteral("hearTheirs") : QStringLiteral("hearOurs"));
    made.hear->setAutoDefault(false);
    connect(made.hear, &QPushButton::clicked, this, [this, side] { hear(side); });
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kSpaceS);
    row->addWidget(made.hear);
    row->addWidget(made.wave, 1);
    auto* layout = new QVBoxLayout(made.frame);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    layout->addWidget(made.name);
    layout->addLayout(row);
    layout->addWidget(made.facts);
    return made;
}

void VersionPair::showHalf(Half& half, const std::optional<ItemVersion>& version, ItemSide side) {
    const bool theirs = side == ItemSide::theirs;
    half.frame->setEnabled(version.has_value());
    half.wave->setAccessibleName(theirs ? tr("Waveform there") : tr("Waveform here"));
    if (!version) {
        half.name->setText(m_item == nullptr ? QString()
                           : theirs          ? tr("There: nothing")
                                             : tr("Here: nothing"));
        half.facts->clear();
        half.wave->setPeaks({});
        return;
    }
    const QString name = toText(version->name);
    half.name->setText(theirs ? tr("There: %1").arg(name) : tr("Here: %1").arg(name));
    half.facts->setText(factsOf(*version, m_item->kind));
    const auto made = m_made.find(keyOf(side));
    half.wave->setPeaks(made == m_made.end() ? version->wave : made->second.wave);
    half.wave->setAccessibleName(tr("Waveform, %1").arg(half.name->text()));
}

void VersionPair::showItem(std::shared_ptr<const OtherLibrary> library, const OtherItem* item,
                           Settling settling) {
    m_making.cancel();
    // Looked into anew, it may have other sounds.
    if (library != m_library) m_made.clear();
    m_library = std::move(library);
    m_item = item;
    showHalf(half(ItemSide::theirs), item == nullptr ? std::nullopt : item->theirs, ItemSide::theirs);
    showHalf(half(ItemSide::ours), item == nullptr ? std::nullopt : item->ours, ItemSide::ours);
    if (item == nullptr)
        for (Half& each : m_halves) each.frame->setEnabled(false);
    m_choices->setEnabled(item != nullptr && item->standing == Standing::changedOnBoth);
    m_settling->button(static_cast<int>(settling))->setChecked(true);
    showPlaying();
}

QString VersionPair::keyOf(ItemSide side) const {
    if (m_item == nullptr) return {};
    return (side == ItemSide::theirs ? QStringLiteral("their:") : QStringLiteral("our:")) +
           toText(m_item->block);
}

void VersionPair::showPlaying() {
    for (const ItemSide side : {ItemSide::theirs, ItemSide::ours}) {
        const bool theirs = side == ItemSide::theirs;
        Half& one = half(side);
        const bool playing = m_item != nullptr && m_studio.sound.playing(keyOf(side));
        const double length = m_studio.sound.length();
        one.wave->setPlayed(playing && length > 0 ? std::optional(m_studio.sound.position() / length)
                                                  : std::nullopt);
        const QString text = playing ? tr("Stop") : theirs ? tr("Hear theirs") : tr("Hear ours");
        if (one.hear->text() == text && !one.hear->icon().isNull()) continue;
        one.hear->setText(text);
        one.hear->setIcon(m_studio.theme.icon(playing ? QStringLiteral("stop") : QStringLiteral("play"),
                                              theirs ? Token::model : Token::sound));
        one.hear->setToolTip(theirs ? tr("Plays what the other library has.")
                                    : tr("Plays what this library has, at the same place."));
    }
}

void VersionPair::hearShown() {
    if (m_item != nullptr) hear(m_item->theirs ? ItemSide::theirs : ItemSide::ours);
}

void VersionPair::hear(ItemSide side) {
    if (m_item == nullptr || !(side == ItemSide::theirs ? m_item->theirs : m_item->ours)) return;
    const QString key = keyOf(side);
    if (m_studio.sound.playing(key)) return m_studio.sound.stop();
    if (const auto made = m_made.find(key); made != m_made.end()) return play(side, made->second);
    m_making.cancel();
    m_making = CancelToken();
    half(side).hear->setText(tr("Making it …"));
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), library = m_library, item = m_item, side, cancel = m_making] {
            return soundOf(engine, *library, *item, side, cancel);
        },
        [this, side, key, cancel = m_making](Result<ItemSound> sound) {
            if (cancel.cancelled() || key != keyOf(side)) return;
            showPlaying();
            if (!sound) {
                Q_EMIT failed(toText(sound.error().sentence));
                return;
            }
            half(side).wave->setPeaks(sound->wave);
            if (sound->samples) {
                if (m_made.size() >= kMostMade) m_made.clear();
                m_made[key] = *sound;
            }
            play(side, *sound);
        });
}

void VersionPair::play(ItemSide side, const ItemSound& sound) {
    const ItemSide other = side == ItemSide::theirs ? ItemSide::ours : ItemSide::theirs;
    const auto& version = side == ItemSide::theirs ? m_item->theirs : m_item->ours;
    const Listening listening{keyOf(side), toText(version->name), sound.file};
    if (m_studio.sound.playing(keyOf(other))) {
        static_cast<void>(m_studio.sound.exchange(listening, sound.samples));
        return;
    }
    if (!sound.samples) return m_studio.sound.audition(listening);
    m_studio.sound.stop();
    if (m_studio.sound.load(listening, sound.samples)) m_studio.sound.toggle();
}

}  // namespace smidgen::ui
