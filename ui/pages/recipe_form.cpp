#include "ui/pages/recipe_form.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSettings>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QUndoCommand>

#include "ui/bridge/text.h"
#include "ui/commands/preferences.h"
#include "ui/pages/binaural_fields.h"
#include "ui/pages/blend_field.h"
#include "ui/pages/explore_field.h"
#include "ui/pages/field_column.h"
#include "ui/pages/preset_button.h"
#include "ui/pages/prior_fields.h"
#include "ui/pages/seed_field.h"
#include "ui/pages/shape_panel.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

constexpr double kVariationScale = 100;
constexpr int kMostTakes = 16;
/// Seeds a person can read out and type.
constexpr std::uint32_t kDiceSides = 100000;

struct Throw {
    std::uint64_t seed = 0;
    SliderPositions sliders;
};

class RecipeCommand final : public QUndoCommand {
 public:
    RecipeCommand(RecipeForm& form, Recipe before, Recipe after)
        : QUndoCommand(QObject::tr("the preset")),
          m_form(form),
          m_before(std::move(before)),
          m_after(std::move(after)) {}
    void undo() override { show(m_before); }
    void redo() override { show(m_after); }

 private:
    void show(const Recipe& recipe) {
        m_form.setRecipe(recipe);
        Q_EMIT m_form.shape().positionsChanged();
    }

    RecipeForm& m_form;
    Recipe m_before, m_after;
};

class DiceCommand final : public QUndoCommand {
 public:
    DiceCommand(RecipeForm& form, const Throw& before, const Throw& after)
        : QUndoCommand(QObject::tr("the dice")), m_form(form), m_before(before), m_after(after) {}
    void undo() override { show(m_before); }
    void redo() override { show(m_after); }

 private:
    void show(const Throw& thrown) {
        m_form.setSeed(thrown.seed);
        ShapePanel& shape = m_form.shape();
        if (shape.positions() == thrown.sliders) return;
        shape.setPositions(thrown.sliders);
        Q_EMIT shape.positionsChanged();
    }

    RecipeForm& m_form;
    Throw m_before, m_after;
};

}  // namespace

RecipeForm::RecipeForm(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio) {
    const auto iconButton = [&](const QString& icon, const QString& name, const QString& tip,
                                const QString& hint) {
        auto* button = new QToolButton;
        button->setIcon(studio.theme.icon(icon));
        button->setFixedHeight(metrics::kControlHeight);
        button->setAccessibleName(name);
        button->setToolTip(tip);
        button->setStatusTip(hint);
        return button;
    };
    m_model = new QComboBox;
    m_model->setMinimumWidth(120);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setStatusTip(tr("Which model makes the sound."));
    m_seed = new SeedField;
    m_seed->setFixedWidth(84);
    m_seed->setStatusTip(tr("The same seed and settings give the same sound, sample for sample."));
    auto* dice = iconButton(QStringLiteral("dice"), tr("Dice: another seed"), {}, {});
    shortcuts.explain(QStringLiteral("generate.dice"), *dice);
    auto* copy = iconButton(QStringLiteral("copy"), tr("Copy the seed"), tr("Copy the seed"),
                            tr("Puts the seed on the clipboard."));
    m_keep = iconButton(QStringLiteral("lock"), tr("Keep the seed"), tr("Keep the seed"),
                        tr("Off, each take has the next seed; on, you hear what the other settings change."));
    m_keep->setCheckable(true);
    m_keep->setChecked(studio.settings.value(QStringLiteral("generate/keepSeed"), false).toBool());
    setLook(*m_keep, Look::toggle);
    connect(m_keep, &QToolButton::toggled, this,
            [this](bool on) { m_studio.settings.setValue(QStringLiteral("generate/keepSeed"), on); });
    m_seconds = new QDoubleSpinBox;
    m_seconds->setObjectName(QStringLiteral("length"));
    m_seconds->setRange(0.05, 3600);
    m_seconds->setDecimals(2);
    m_seconds->setValue(preferredSeconds(studio.settings));
    m_seconds->setSuffix(tr(" s"));
    m_seconds->setFixedWidth(96);
    m_seconds->setStatusTip(tr("How long the sound will be; any length."));
    m_space = new QComboBox;
    m_space->addItem(tr("Mono"), static_cast<int>(OutputSpace::mono));
    m_space->addItem(tr("Stereo"), static_cast<int>(OutputSpace::stereo));
    m_space->addItem(tr("Binaural"), static_cast<int>(OutputSpace::binaural));
    m_space->setObjectName(QStringLiteral("space"));
    m_space->setStatusTip(tr("One channel, two with a width, or two ears and a place around them."));
    m_binaural = new BinauralFields;
    m_width = new QDoubleSpinBox;
    m_width->setRange(0, 1.5);
    m_width->setSingleStep(0.1);
    m_width->setDecimals(2);
    m_width->setValue(0.7);
    m_width->setAccessibleName(tr("Stereo width"));
    m_width->setToolTip(tr("Stereo width, 0 to 1.5"));
    m_width->setStatusTip(tr("0 is mono, 1 as wide as it comes, 1.5 wider."));
    m_width->setFixedWidth(72);
    m_variation = new QSlider(Qt::Horizontal);
    m_variation->setRange(0, 200);
    m_variation->setValue(100);
    m_variation->setMinimumWidth(90);
    m_variation->setAccessibleName(tr("Variation"));
    m_variation->setStatusTip(tr("How far it leaves what it heard: 0 stays close, 2 goes far."));
    m_variationValue = new QDoubleSpinBox;
    m_variationValue->setRange(0, 2);
    m_variationValue->setSingleStep(0.1);
    m_variationValue->setValue(1);
    m_variationValue->setFixedWidth(72);
    m_variationValue->setAccessibleName(tr("Variation, as a number"));
    m_prior = new PriorFields(studio);
    auto* help = iconButton(QStringLiteral("info"), tr("Help on the sliders"), tr("Help on the sliders"),
                            tr("What the sliders, presets and blends do."));
    help->setObjectName(QStringLiteral("slidersHelp"));
    m_shape = new ShapePanel(studio, shortcuts);
    m_blend = new BlendField(studio);
    m_explore = new ExploreField(studio);
    m_presets = new PresetButton(studio);
    for (QToolButton* each : {static_cast<QToolButton*>(m_explore), static_cast<QToolButton*>(m_blend),
                              static_cast<QToolButton*>(m_presets)}) {
        setLook(*each, Look::quiet);
        m_shape->addToHead(each);
    }
    setLook(*help, Look::quiet);
    m_shape->addToHead(help);
    connect(help, &QToolButton::clicked, this, [this] { Q_EMIT helpRequested(QStringLiteral("sliders")); });
    m_count = new QSpinBox;
    m_count->setObjectName(QStringLiteral("takesAtOnce"));
    m_count->setRange(1, kMostTakes);
    m_count->setFixedWidth(64);
    m_count->setStatusTip(
        tr("How many takes, from this seed and those that follow; the most novel comes first."));
    m_countPlace = new QWidget;
    m_count->setAccessibleName(tr("Takes at once"));
    auto* countLayout = new QHBoxLayout;
    auto* countName = new QLabel(tr("Takes"));
    countName->setBuddy(m_count);
    countLayout->addWidget(countName);
    countLayout->addWidget(m_count);
    countLayout->setContentsMargins(0, 0, 0, 0);
    m_countPlace->setLayout(countLayout);
    m_one = new QPushButton(tr("Generate"));
    m_one->setObjectName(QStringLiteral("generate"));
    setLook(*m_one, Look::primary);
    m_four = new QPushButton(tr("Generate four"));
    m_four->setObjectName(QStringLiteral("generateFour"));
    const std::pair<QPushButton*, QString> actions[] = {{m_one, QStringLiteral("generate.one")},
                                                        {m_four, QStringLiteral("generate.four")}};
    for (const auto& [button, id] : actions) shortcuts.explain(id, *button);
    m_one->setMinimumWidth(120);

    auto* seedRow = new QHBoxLayout;
    seedRow->setSpacing(metrics::kSpaceXs);
    for (QWidget* part : {static_cast<QWidget*>(m_seed), static_cast<QWidget*>(dice),
                          static_cast<QWidget*>(m_keep), static_cast<QWidget*>(copy)})
        seedRow->addWidget(part);
    auto* outputRow = new QHBoxLayout;
    outputRow->setSpacing(metrics::kSpaceXs);
    outputRow->addWidget(m_space);
    outputRow->addWidget(m_width);
    auto* variationRow = new QHBoxLayout;
    variationRow->setSpacing(metrics::kSpaceS);
    auto* variationName = new QLabel(tr("Variation"));
    variationName->setBuddy(m_variation);
    variationRow->addWidget(variationName);
    variationRow->addWidget(m_variation, 1);
    variationRow->addWidget(m_variationValue);

    auto* first = new QHBoxLayout;
    first->setSpacing(metrics::kSpaceL);
    first->addLayout(fieldColumn(tr("Model"), m_model), 1);
    first->addLayout(fieldColumn(tr("Seed"), seedRow, m_seed));
    first->addLayout(fieldColumn(tr("Length"), m_seconds));
    first->addLayout(fieldColumn(tr("Output"), outputRow, m_space));
    auto* second = new QHBoxLayout;
    second->setSpacing(metrics::kSpaceM);
    second->addLayout(variationRow, 1);
    second->addWidget(m_countPlace);
    second->addWidget(m_four);
    second->addWidget(m_one);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(first);
    layout->addWidget(m_shape);
    layout->addWidget(m_binaural);
    layout->addWidget(m_prior);
    layout->addLayout(second);

    connect(dice, &QToolButton::clicked, this, &RecipeForm::dice);
    connect(m_presets, &PresetButton::chosen, this, &RecipeForm::usePreset);
    connect(m_presets, &PresetButton::saveRequested, this, [this] { m_presets->save(recipe()); });
    connect(m_presets, &PresetButton::manageRequested, this, &RecipeForm::presetsRequested);
    connect(copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QString::number(m_seed->value()));
        m_studio.notices.tell({Tone::calm, tr("Seed %1 copied.").arg(m_seed->value()), {}, {}});
    });
    connect(m_space, &QComboBox::currentIndexChanged, this, &RecipeForm::showOutput);
    connect(m_variation, &QSlider::valueChanged, this,
            [this](int value) { m_variationValue->setValue(value / kVariationScale); });
    connect(m_variationValue, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_variation->setValue(static_cast<int>(std::lround(value * kVariationScale)));
    });
    connect(m_one, &QPushButton::clicked, this, [this] { Q_EMIT generateRequested(count()); });
    connect(m_four, &QPushButton::clicked, this, [this] { Q_EMIT generateRequested(4); });
    connect(m_prior, &PriorFields::activeChanged, this, &RecipeForm::showCount);
    connect(m_count, &QSpinBox::valueChanged, this, &RecipeForm::showCount);
    connect(m_model, &QComboBox::activated, this, [this] {
        showModel();
        m_studio.selection.setModel(model());
    });
    connect(&studio.bridge, &EngineBridge::modelsChanged, this, &RecipeForm::readModels);
    connect(&studio.selection, &Selection::modelChanged, this,
            [this] { setModel(m_studio.selection.model()); });
    readModels();
    showOutput();
    showCount();
}

void RecipeForm::showModel() {
    m_prior->setModel(modelOf(m_studio.engine(), model()));
    m_blend->setModel(model());
    m_explore->setModel(model());
}

int RecipeForm::count() const {
    return m_prior->active() ? m_count->value() : 1;
}

void RecipeForm::showCount() {
    const bool many = m_prior->active();
    m_countPlace->setVisible(many);
    m_four->setVisible(!many);
    m_one->setText(count() > 1 ? tr("Generate %1").arg(count()) : tr("Generate"));
}

void RecipeForm::readModels() {
    const ModelId before = model();
    m_model->clear();
    for (const auto& each : m_studio.engine().models())
        m_model->addItem(toText(each->name), toText(each->id));
    setModel(before);
    showModel();
    const bool any = m_model->count() > 0;
    m_one->setEnabled(any);
    m_four->setEnabled(any);
}

ModelId RecipeForm::model() const {
    return m_model->currentData().toString().toStdString();
}

void RecipeForm::setModel(const ModelId& id) {
    const int index = m_model->findData(toText(id));
    if (index < 0) return;
    m_model->setCurrentIndex(index);
    showModel();
}

void RecipeForm::setSeed(std::uint64_t seed) {
    m_seed->setValue(seed);
}

void RecipeForm::moveOn(int count) {
    if (!m_keep->isChecked()) setSeed(m_seed->value() + static_cast<std::uint64_t>(count));
}

void RecipeForm::savePreset(const Recipe& recipe) {
    m_presets->save(recipe);
}

void RecipeForm::usePreset(const PresetSnapshot& preset, bool whole) {
    const auto chosen = modelOf(m_studio.engine(), model());
    const bool priorThere = chosen != nullptr && chosen->prior.has_value();
    m_studio.library.undoStack().push(
        new RecipeCommand(*this, recipe(), whole ? preset.recipe : withPreset(recipe(), preset, priorThere)));
}

void RecipeForm::dice() {
    m_studio.library.undoStack().push(
        new DiceCommand(*this, {m_seed->value(), m_shape->positions()},
                        {QRandomGenerator::global()->bounded(1U, kDiceSides), m_shape->diced()}));
}

Recipe RecipeForm::recipe() const {
    Recipe recipe = m_rest;
    if (recipe.decoder.empty()) recipe.decoder = preferredDecoder(m_studio.settings);
    recipe.modelId = model();
    recipe.modelName = m_model->currentText().toStdString();
    recipe.seed = m_seed->value();
    recipe.seconds = m_seconds->value();
    recipe.space = static_cast<OutputSpace>(m_space->currentData().toInt());
    recipe.width = m_width->value();
    if (recipe.space == OutputSpace::binaural) recipe.binaural = m_binaural->recipe(recipe.seconds);
    recipe.variation = m_variationValue->value();
    recipe.prior = m_prior->recipe();
    m_blend->put(recipe);
    recipe.explore = m_explore->amounts();
    recipe.sliders = m_shape->positions();
    recipe.sliderTools = m_shape->toolsWanted();
    return recipe;
}

void RecipeForm::setRecipe(const Recipe& recipe) {
    m_rest = recipe;
    setModel(recipe.modelId);
    setSeed(recipe.seed);
    m_seconds->setValue(recipe.seconds);
    m_space->setCurrentIndex(m_space->findData(static_cast<int>(recipe.space)));
    m_width->setValue(recipe.width);
    if (recipe.space == OutputSpace::binaural) m_binaural->setRecipe(recipe.binaural, recipe.seconds);
    m_variationValue->setValue(recipe.variation);
    m_prior->setRecipe(recipe.prior);
    m_blend->setBlend(recipe.blend, recipe.blendKind);
    m_explore->setAmounts(model() == recipe.modelId ? recipe.explore : std::vector<double>());
    m_shape->setPositions(recipe.sliders);
    m_shape->setToolsWanted(recipe.sliderTools);
    if (model() != recipe.modelId)
        m_studio.notices.tell(
            {Tone::warn,
             tr("The model “%1” of this recipe is no longer in the library.").arg(toText(recipe.modelName)),
             {},
             {}});
}

void RecipeForm::showOutput() {
    const auto space = static_cast<OutputSpace>(m_space->currentData().toInt());
    m_width->setEnabled(space == OutputSpace::stereo);
    m_binaural->setVisible(space == OutputSpace::binaural);
}

}  // namespace smidgen::ui
