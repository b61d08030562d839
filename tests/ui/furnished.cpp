#include "tests/ui/furnished.h"

#include <unistd.h>

#include <QDialog>
#include <QPushButton>
#include <QTest>
#include <cmath>

#include "engine/audio/loudness.h"
#include "engine/library/library.h"
#include "tests/ui/hands.h"
#include "ui/bridge/text.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/morph_panel.h"
#include "ui/pages/preset_button.h"
#include "ui/pages/recipe_form.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {

namespace fs = std::filesystem;

namespace {

constexpr double kPatience = 120;
constexpr int kSounds = 6;
constexpr int kTakes = 4;

std::vector<Recipe> recipesOf(const ModelSnapshot& model) {
    std::vector<Recipe> recipes(kTakes);
    for (int i = 0; i < kTakes; ++i) {
        Recipe& recipe = recipes[static_cast<std::size_t>(i)];
        recipe.modelId = model.id;
        recipe.modelName = model.name;
        recipe.seed = static_cast<std::uint64_t>(i);
        recipe.seconds = 0.25;
        recipe.sliders[Attribute::brightness] = 0.2 * i;
    }
    return recipes;
}

}  // namespace

void FurnishedTest::addTakes(Workstation& station, const std::vector<Recipe>& recipes) {
    AudioBuffer sound(1, Samples(12000));
    sound.rate = kSampleRate;
    for (std::size_t i = 0; i < sound.channels[0].size(); ++i)
        sound.channels[0][i] = 0.3F * std::sin(0.05F * static_cast<float>(i));
    const auto loudness = measureLoudness(sound);
    ASSERT_TRUE(loudness);
    for (const Recipe& recipe : recipes) {
        const auto take = station.items().addTake(sound, *loudness, recipe);
        ASSERT_TRUE(take) << take.error().sentence;
        station.tell({Topic::takes, (*take)->id, 0});
    }
}

void FurnishedTest::SetUpTestSuite() {
    s_prepared = fs::temp_directory_path() / ("smidgen-furnished-" + std::to_string(::getpid()));
    fs::remove_all(s_prepared);
    copySamples(s_prepared / "sounds", kSounds);
    Workstation::Options options;
    options.library = s_prepared / "library";
    options.device = models::DeviceChoice::cpu;
    auto station = Workstation::open(options);
    ASSERT_TRUE(station) << station.error().sentence;
    const auto sliding = (*station)->importModel(*Workstation::shippedBase(ModelKind::vae));
    ASSERT_TRUE(sliding) << sliding.error().sentence;
    const auto coding = (*station)->importModel(*Workstation::shippedBase(ModelKind::rvq));
    ASSERT_TRUE(coding) << coding.error().sentence;
    ASSERT_TRUE((*station)->renameModel((*coding)->id, "Rain RVQ"));
    ASSERT_EQ((*station)->wait((*station)->importSounds({s_prepared / "sounds"}, "Drums")).phase,
              JobPhase::finished);
    ASSERT_NO_FATAL_FAILURE(addTakes(**station, recipesOf(**sliding)));
}

void FurnishedTest::TearDownTestSuite() {
    fs::remove_all(s_prepared);
}

std::vector<fs::path> FurnishedTest::samples() {
    std::vector<fs::path> found;
    for (const auto& item : fs::directory_iterator(s_prepared / "sounds")) found.push_back(item.path());
    std::sort(found.begin(), found.end());
    return found;
}

void FurnishedTest::openFurnished() {
    fs::copy(s_prepared / "library", m_folder / "library", fs::copy_options::recursive);
    openStudio(false, {1440, 900});
    ASSERT_TRUE(waitUntil([&] { return !engine().takes().empty() && engine().models().size() == 2; }));
    studio().selection.setTake(engine().takes().front()->id);
    studio().selection.setCollection(engine().collections().front()->collection.id);
}

void FurnishedTest::openDocument() {
    EditPage& page = window().editPage();
    window().showPage(MainWindow::Page::edit);
    dropFiles(page, {samples().front()});
    ASSERT_TRUE(waitUntil(
        [&] {
            const auto view = page.actions().view();
            return view && view->current && view->rendered.audio;
        },
        kPatience))
        << window().messages().sentences().join(u'\n').toStdString();
}

void FurnishedTest::openCube() {
    GeneratePage& page = window().generatePage();
    window().showPage(MainWindow::Page::generate);
    page.showMorph(true);
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("morphNew")), Qt::LeftButton);
    ASSERT_NO_FATAL_FAILURE(answerWith(QStringLiteral("Rooms 3x2")));
    ASSERT_TRUE(waitUntil([&] { return !page.morph().cube().empty(); }));
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    dropOnNode(page.morph().pad(), {0, 0}, {samples()[0], samples()[1]});
    ASSERT_TRUE(waitUntil([&] { return page.morph().pad().nodes().size() == 2; }, kPatience));
}

void FurnishedTest::visitDialog(const std::string& name, const Visit& visit,
                                const std::function<void()>& open) {
    const auto shown = [&]() -> QDialog* {
        for (QDialog* dialog : window().findChildren<QDialog*>())
            if (dialog->isVisible()) return dialog;
        return nullptr;
    };
    open();
    ASSERT_TRUE(waitUntil([&] { return shown() != nullptr; })) << name;
    const QPointer<QDialog> dialog = shown();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(dialog)) << name;
    visit(name, *dialog);
    dialog->close();
    ASSERT_TRUE(waitUntil([&] { return dialog.isNull() || !dialog->isVisible(); })) << name;
    window().activateWindow();
    static_cast<void>(QTest::qWaitForWindowActive(&window()));
}

void FurnishedTest::visitEveryView(const Visit& visit) {
    window().showPage(MainWindow::Page::train);
    ASSERT_TRUE(waitUntil([&] { return find<QPushButton>(QStringLiteral("train")).isEnabled(); }));
    visit("Train", window());
    window().showPage(MainWindow::Page::generate);
    ASSERT_TRUE(waitUntil([&] { return !window().generatePage().form().model().empty(); }));
    visit("Generate", window());
    ASSERT_NO_FATAL_FAILURE(openCube());
    visit("Morph", window());
    window().generatePage().showMorph(false);
    ASSERT_NO_FATAL_FAILURE(openDocument());
    visit("Edit", window());
    press(QStringLiteral("view.map"));
    auto* map = window().findChild<MapPage*>();
    ASSERT_EQ(window().page(), MainWindow::Page::map);
    ASSERT_TRUE(waitUntil([&] { return map->map() != nullptr && !map->map()->items.empty(); }, kPatience))
        << window().messages().sentences().join(u'\n').toStdString();
    visit("Map", window());

    const auto action = [this](const char* id) {
        return [this, id] { window().shortcuts().action(QLatin1String(id)).trigger(); };
    };
    visitDialog("Help", visit, [this] { Q_EMIT window().editPage().helpRequested(QStringLiteral("map")); });
    visitDialog("Controls", visit, action("window.controls"));
    RecipeForm& form = window().generatePage().form();
    visitDialog("Presets", visit, [&form] { Q_EMIT form.presetsRequested(); });
    visitDialog("History", visit, action("library.history"));
    visitDialog("Another library", visit, action("library.other"));
    visitDialog("Export", visit, [this] { window().openExport({engine().takes().front()->id}); });
    visitDialog("Audio", visit, action("window.audio"));
    visitDialog("Shortcuts", visit, action("window.shortcuts"));
}

}  // namespace smidgen::ui::testing
