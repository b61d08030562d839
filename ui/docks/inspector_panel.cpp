#include "ui/docks/inspector_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/bridge/text.h"
#include "ui/bridge/words.h"
#include "ui/canvas/wave_thumbnail.h"
#include "ui/docks/codebook_panel.h"
#include "ui/docks/fact_sheet.h"
#include "ui/docks/take_origin.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

/// Of a slider's way: told as a warning.
constexpr double kFarFromAsked = 0.25;

QString listed(const std::vector<int>& values, QString (*text)(int)) {
    QStringList parts;
    for (const int value : values) parts.append(text(value));
    return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral(", "));
}

}  // namespace

InspectorPanel::InspectorPanel(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("inspector"));
    m_heading = new QLabel;
    setLook(*m_heading, Look::heading);
    m_name = new QLabel;
    m_name->setWordWrap(true);
    m_name->setTextFormat(Qt::PlainText);
    setLook(*m_name, Look::title);
    m_remark = new QLabel;
    m_remark->setWordWrap(true);
    m_remark->setTextFormat(Qt::PlainText);
    m_wave = new WaveThumbnail(studio.theme);
    m_wave->setFixedHeight(64);
    m_wave->setAccessibleName(tr("Waveform of the take"));
    m_facts = new FactSheet;
    m_codebooks = new CodebookPanel(studio.theme);
    m_preflight = button(tr("Pre-flight table"), tr("Shows every file with its verdict on the Train page."));
    m_generate = button(tr("Generate with it"), tr("Goes to the Generate page with this model."));
    m_copySeed = button(tr("Copy the seed"), tr("Puts the seed of this take on the clipboard."));
    m_useRecipe = button(tr("Use this recipe"), tr("Sets the Generate page to what made this take."));
    m_makePreset = button(tr("Make a preset…"), tr("Keeps the settings of this take under a name."));
    m_star = button(tr("Star"), tr("Marks this take as one to keep."));
    m_export = button(tr("Export…"), tr("Writes this take as a sound file."));

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceM, metrics::kSpaceL, metrics::kSpaceM);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(m_heading);
    layout->addWidget(m_name);
    layout->addWidget(m_wave);
    layout->addWidget(m_remark);
    layout->addWidget(m_facts);
    layout->addWidget(m_codebooks);
    layout->addSpacing(metrics::kSpaceS);
    for (QPushButton* each :
         {m_preflight, m_generate, m_copySeed, m_useRecipe, m_makePreset, m_star, m_export})
        layout->addWidget(each);
    layout->addStretch(1);

    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    scroll->setWidget(content);

    auto* nothing = new QLabel(tr("Choose a collection, a model or a take to see what is known of it."));
    nothing->setWordWrap(true);
    nothing->setAlignment(Qt::AlignTop);
    nothing->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    setLook(*nothing, Look::dim);

    m_states = new QStackedWidget;
    m_states->addWidget(nothing);
    m_states->addWidget(scroll);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_states);

    connect(m_preflight, &QPushButton::clicked, this, &InspectorPanel::preflightRequested);
    connect(m_generate, &QPushButton::clicked, this, &InspectorPanel::generateRequested);
    connect(m_copySeed, &QPushButton::clicked, this, [this] {
        if (const auto take = m_studio.engine().take(m_studio.selection.take())) {
            QGuiApplication::clipboard()->setText(QString::number(take->recipe.seed));
            m_studio.notices.tell({Tone::calm, tr("Seed %1 copied.").arg(take->recipe.seed), {}, {}});
        }
    });
    connect(m_useRecipe, &QPushButton::clicked, this,
            [this] { Q_EMIT recipeRequested(m_studio.selection.take()); });
    connect(m_makePreset, &QPushButton::clicked, this,
            [this] { Q_EMIT presetRequested(m_studio.selection.take()); });
    connect(m_star, &QPushButton::clicked, this, [this] {
        if (const auto take = m_studio.engine().take(m_studio.selection.take()))
            m_studio.library.starTake(take->id, !take->starred);
    });
    connect(m_export, &QPushButton::clicked, this,
            [this] { Q_EMIT exportRequested({m_studio.selection.take()}); });

    connect(&studio.selection, &Selection::focusChanged, this, &InspectorPanel::read);
    connect(&studio.bridge, &EngineBridge::collectionsChanged, this, &InspectorPanel::read);
    connect(&studio.bridge, &EngineBridge::modelsChanged, this, &InspectorPanel::read);
    connect(&studio.bridge, &EngineBridge::takesChanged, this, &InspectorPanel::read);
    connect(&studio.sound, &PlaybackBridge::positionChanged, this, [this] {
        const bool heard =
            m_studio.selection.focus() == Selection::Kind::take && m_studio.sound.playing() &&
            m_studio.sound.loaded().key == QStringLiteral("take:") + toText(m_studio.selection.take());
        const double length = m_studio.sound.length();
        m_wave->setPlayed(heard && length > 0 ? std::optional(m_studio.sound.position() / length)
                                              : std::nullopt);
    });
    read();
}

QPushButton* InspectorPanel::button(const QString& text, const QString& hint) {
    auto* made = new QPushButton(text);
    made->setToolTip(hint);
    made->setStatusTip(hint);
    return made;
}

void InspectorPanel::read() {
    using Kind = Selection::Kind;
    const Workstation& engine = m_studio.engine();
    const Selection& chosen = m_studio.selection;
    const Kind kind = chosen.focus();
    const bool there = (kind == Kind::collection && engine.collection(chosen.collection())) ||
                       (kind == Kind::model && modelOf(engine, chosen.model())) ||
                       (kind == Kind::take && engine.take(chosen.take()));
    m_states->setCurrentIndex(there ? 1 : 0);
    if (!there) return;
    m_wave->setVisible(kind == Kind::take);
    m_preflight->setVisible(kind == Kind::collection);
    m_generate->setVisible(kind == Kind::model);
    for (QPushButton* each : {m_copySeed, m_useRecipe, m_makePreset, m_star, m_export})
        each->setVisible(kind == Kind::take);
    m_remark->clear();
    m_codebooks->setCodebooks({});
    if (kind == Kind::collection) showCollection();
    if (kind == Kind::model) showModel();
    if (kind == Kind::take) showTake();
    m_remark->setVisible(!m_remark->text().isEmpty());
}

void InspectorPanel::showCollection() {
    // What was there a moment ago may be gone: the engine's own threads take things away.
    const auto snapshot = m_studio.engine().collection(m_studio.selection.collection());
    if (!snapshot) return m_states->setCurrentIndex(0);
    const CollectionTotals& totals = snapshot->totals;
    m_heading->setText(tr("COLLECTION"));
    m_name->setText(toText(snapshot->collection.name));
    double bytes = 0;
    for (const SoundEntry& sound : snapshot->collection.entries) bytes += static_cast<double>(sound.bytes);
    m_facts->setFacts({
        {tr("Files"), QString::number(totals.files), false},
        {tr("Used"), QString::number(totals.usable), totals.usable < kFewestFiles},
        {tr("With a remark"), QString::number(totals.warned), totals.warned > 0},
        {tr("Not used"), QString::number(totals.skipped), totals.skipped > 0},
        {tr("Length"), durationText(totals.usableSeconds), false},
        {tr("Rates"), listed(totals.rates, rateText), totals.rates.size() > 1},
        {tr("Channels"), listed(totals.channels, channelsText), false},
        {tr("Loudness"), totals.meanLufs < 0 ? lufsText(totals.meanLufs) : QStringLiteral("–"), false},
        {tr("Silence"), tr("%1 %").arg(numberText(totals.silenceShare * 100, 0)), false},
        {tr("On disk"), bytesText(static_cast<std::int64_t>(bytes)), false},
        {tr("Added"), momentText(snapshot->collection.createdMs), false},
    });
    if (totals.usable < kFewestFiles) {
        m_remark->setText(tr("Training wants at least %1 usable sounds.").arg(kFewestFiles));
        setLook(*m_remark, Look::warn);
    }
}

void InspectorPanel::showModel() {
    const auto model = modelOf(m_studio.engine(), m_studio.selection.model());
    if (!model) return m_states->setCurrentIndex(0);
    const QString health = healthText(*model);
    const bool sound = health.isEmpty() || health == QStringLiteral("healthy");
    m_heading->setText(tr("MODEL"));
    m_name->setText(toText(model->name));
    QString remark = sound ? tr("Healthy") : health;
    if (model->prior && !model->prior->remark.empty()) remark += u'\n' + toText(model->prior->remark);
    m_remark->setText(remark);
    setLook(*m_remark, sound && remark == tr("Healthy") ? Look::good : Look::warn);
    m_codebooks->setCodebooks(model->codebooks);
    std::vector<Fact> facts{
        {tr("Kind"), kindText(*model), false},
        {tr("Learned from"), toText(model->collectionName), false},
        {tr("Sounds"), QString::number(model->sounds), false},
        {tr("Of sound"), durationText(model->soundSeconds), false},
        {tr("Began from"), baseText(*model), false},
        {tr("Learned"), learnedText(*model), false},
        {tr("Computed"), tr("%1 CPU").arg(durationText(model->trainedSeconds)), false},
        {tr("Held-out error"),
         model->heldOutMelL1 > 0 ? tr("%1 dB").arg(numberText(20 * model->heldOutMelL1, 1)) : tr("unknown"),
         false},
        {tr("Size"), bytesText(model->bytes), false},
        {tr("Made"), momentText(model->createdMs), false},
    };
    if (model->prior)
        facts.push_back({tr("Prior"),
                         model->prior->heldOutNats > 0
                             ? tr("%1 nats a code, held out").arg(numberText(model->prior->heldOutNats, 2))
                             : tr("trained, nothing held out"),
                         !model->prior->remark.empty()});
    else if (model->kind == "rvq")
        facts.push_back({tr("Prior"), tr("none yet"), false});
    m_facts->setFacts(facts);
}

QString InspectorPanel::baseText(const ModelSnapshot& model) const {
    if (model.base.empty()) return tr("nothing");
    const std::filesystem::path file = toPath(toText(model.base));
    if (const auto other = modelOf(m_studio.engine(), file.stem().string())) return toText(other->name);
    for (const ModelKind kind : {ModelKind::vae, ModelKind::rvq})
        if (const auto shipped = Workstation::shippedBase(kind); shipped && shipped->filename() == file)
            return tr("Smidgen's base");
    return toText(file);
}

void InspectorPanel::showTake() {
    const auto take = m_studio.engine().take(m_studio.selection.take());
    if (!take) return m_states->setCurrentIndex(0);
    const Recipe& recipe = take->recipe;
    m_heading->setText(tr("TAKE"));
    m_name->setText(toText(take->name));
    m_wave->setPeaks(take->thumbnail);
    m_star->setText(take->starred ? tr("Remove the star") : tr("Star"));
    QString output = channelsText(take->channels);
    if (recipe.space == OutputSpace::stereo) output += tr(", width %1").arg(numberText(recipe.width, 2));
    if (recipe.space == OutputSpace::binaural) {
        const SourcePosition& place = recipe.binaural.position;
        output = tr("binaural, %1° at %2 m").arg(numberText(place.azimuth, 0), numberText(place.distance, 1));
        if (!recipe.binaural.path.empty()) output += tr(", moving");
    }
    const QString origin = originText(recipe);
    m_copySeed->setVisible(origin.isEmpty());
    std::vector<Fact> facts;
    facts.push_back({tr("Model"), toText(recipe.modelName), false});
    if (origin.isEmpty()) {
        facts.push_back({tr("Seed"), QString::number(recipe.seed), false});
        facts.push_back({tr("Variation"), numberText(recipe.variation, 2), false});
    } else {
        facts.push_back({tr("Made of"), origin, false});
    }
    const std::initializer_list<Fact> sound{
        {tr("Length"), durationText(take->seconds), false},
        {tr("Output"), output, false},
        {tr("Loudness"), lufsText(take->lufs), false},
        {tr("True peak"), tr("%1 dBTP").arg(numberText(take->truePeakDb, 1)), take->truePeakDb > 0},
        {tr("Decoder"), decoderText(recipe), false},
        {tr("Made"), momentText(take->createdMs), false},
    };
    facts.insert(facts.end(), sound);
    for (const SliderOutcome& slider : take->sliders)
        if (slider.asked)
            facts.push_back(
                {attributeText(slider.attribute).name,
                 tr("%1, came to %2").arg(numberText(*slider.asked, 2), numberText(slider.reached, 2)),
                 std::abs(slider.reached - *slider.asked) > kFarFromAsked});
    if (recipe.prior) {
        facts.push_back({tr("Prior"), priorText(*recipe.prior), false});
        if (!recipe.prior->continueFrom.empty())
            facts.push_back(
                {tr("Continues"), toText(toPath(toText(recipe.prior->continueFrom)).stem()), false});
    }
    if (const auto& novelty = take->novelty) {
        facts.push_back({tr("Closest sound"), closestText(*novelty), novelty->copied});
        facts.push_back({tr("How near"), nearnessText(*novelty), novelty->copied});
        facts.push_back({tr("Novelty"), numberText(novelty->novelty, 2), false});
        if (novelty->copied) {
            m_remark->setText(
                tr("A copy: so much of it is “%1” that it is hardly new. A higher temperature, or "
                   "a prior trained on more sounds, goes further.")
                    .arg(closestText(*novelty)));
            setLook(*m_remark, Look::warn);
        }
    }
    m_facts->setFacts(facts);
}

}  // namespace smidgen::ui
