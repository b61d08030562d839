// The export dialog, its profiles, and takes dragged out as files.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>

#include "engine/audio/audio_reader.h"
#include "engine/library/library.h"
#include "engine/workstation/export_profiles.h"
#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/export_form.h"
#include "ui/dialogs/profile_row.h"
#include "ui/docks/drag_profile.h"
#include "ui/docks/take_drag.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/recipe_form.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

class ExportTest : public DeskTest {
 protected:
    /// A take of one second of a quiet tone, without a model.
    TakeId addTake(std::uint64_t seed) {
        AudioBuffer sound(1, Samples(kSampleRate));
        for (std::size_t i = 0; i < sound.channels[0].size(); ++i)
            sound.channels[0][i] = 0.05F * std::sin(0.02F * static_cast<float>(i));
        Recipe recipe;
        recipe.modelName = "rain";
        recipe.seed = seed;
        auto take = engine().items().addTake(sound, *measureLoudness(sound), recipe);
        EXPECT_TRUE(take);
        engine().tell({Topic::takes, (*take)->id, 0});
        return (*take)->id;
    }
    std::unique_ptr<ExportDialog> openDialog(std::vector<TakeId> takes) {
        auto dialog = std::make_unique<ExportDialog>(studio(), std::move(takes));
        dialog->show();
        find<QLineEdit>(QStringLiteral("folder")).setText(toText(m_folder / "out"));
        return dialog;
    }
    [[nodiscard]] QString names() { return find<QLabel>(QStringLiteral("exportNames")).text(); }
    [[nodiscard]] QString state() { return find<QLabel>(QStringLiteral("exportState")).text(); }
};

TEST_F(ExportTest, NamesFollowTheTemplateAsItIsTyped) {
    openStudio();
    auto dialog = openDialog({addTake(7), addTake(8)});
    auto& names = find<QLineEdit>(QStringLiteral("template"));
    names.setText(QStringLiteral("{number} {model} {seed}"));
    EXPECT_EQ(this->names(), QStringLiteral("1 rain 7.wav\n2 rain 8.wav"));
    auto& format = find<QComboBox>(QStringLiteral("format"));
    format.setCurrentIndex(format.findText(QStringLiteral("MP3")));
    EXPECT_EQ(this->names(), QStringLiteral("1 rain 7.mp3\n2 rain 8.mp3"));
    names.setText(QStringLiteral("{sed}"));
    EXPECT_TRUE(state().contains(QStringLiteral("'seed'"))) << state().toStdString();
    EXPECT_FALSE(find<QPushButton>(QStringLiteral("export")).isEnabled());
    names.setText(QStringLiteral("x"));
    EXPECT_EQ(this->names(), QStringLiteral("x.mp3\nx (2).mp3"));
    EXPECT_TRUE(find<QPushButton>(QStringLiteral("export")).isEnabled());
}

TEST_F(ExportTest, ALoudnessAndACeilingReachTheFile) {
    openStudio();
    auto dialog = openDialog({addTake(7)});
    find<QComboBox>(QStringLiteral("levelGoal")).setCurrentIndex(1);
    find<QDoubleSpinBox>(QStringLiteral("targetLufs")).setValue(-14);
    find<QDoubleSpinBox>(QStringLiteral("fadeIn")).setValue(0.1);
    keepPicture(QStringLiteral("export-levels"), dialog.get());
    dialog->start();
    ASSERT_TRUE(waitUntil([&] { return state() == QStringLiteral("Wrote one file."); }))
        << state().toStdString();
    const auto written = readAudio(m_folder / "out" / (engine().takes().front()->name + ".wav"));
    ASSERT_TRUE(written);
    EXPECT_NEAR(measureLoudness(*written)->integratedLufs, -14, 0.2);
    EXPECT_LE(std::abs(written->channels[0][0]), 2.0F / (1 << 23));
}

TEST_F(ExportTest, AProfileIsSavedRecalledRenamedAndDeletedWithUndo) {
    openStudio();
    auto dialog = openDialog({addTake(7)});
    ProfileRow& profiles = dialog->form().profiles();
    auto& format = find<QComboBox>(QStringLiteral("format"));
    format.setCurrentIndex(format.findText(QStringLiteral("FLAC")));
    find<QComboBox>(QStringLiteral("levelGoal")).setCurrentIndex(2);
    const ExportSettings set = dialog->form().settings();
    profiles.save(QStringLiteral("album"), false);
    ASSERT_TRUE(waitUntil([&] { return profiles.chosen() == QStringLiteral("album"); }));
    format.setCurrentIndex(format.findText(QStringLiteral("MP3")));
    find<QComboBox>(QStringLiteral("levelGoal")).setCurrentIndex(0);
    EXPECT_FALSE(dialog->form().settings() == set);
    profiles.choose(QStringLiteral("album"));
    EXPECT_TRUE(dialog->form().settings() == set);
    EXPECT_TRUE(findExportProfile(engine(), "album"));
    profiles.save(QStringLiteral("album"), false);
    EXPECT_TRUE(waitUntil(
        [&] { return !window().messages().sentences().filter(QStringLiteral("already")).isEmpty(); }));
    profiles.rename(QStringLiteral("record"));
    ASSERT_TRUE(waitUntil([&] { return profiles.chosen() == QStringLiteral("record"); }));
    EXPECT_FALSE(findExportProfile(engine(), "album"));
    profiles.remove();
    ASSERT_TRUE(waitUntil([&] { return profiles.chosen().isEmpty(); }));
    EXPECT_TRUE(exportProfiles(engine())->empty());
    profiles.restore(QStringLiteral("record"));
    ASSERT_TRUE(waitUntil([&] { return profiles.chosen() == QStringLiteral("record"); }));
    EXPECT_TRUE(findExportProfile(engine(), "record")->settings == set);
}

TEST_F(ExportTest, WhatWasSetIsSetAgainNextTime) {
    openStudio();
    const TakeId take = addTake(7);
    auto dialog = openDialog({take});
    auto& format = find<QComboBox>(QStringLiteral("format"));
    format.setCurrentIndex(format.findText(QStringLiteral("AIFF")));
    find<QLineEdit>(QStringLiteral("template")).setText(QStringLiteral("{seed}"));
    find<QDoubleSpinBox>(QStringLiteral("fadeIn")).setValue(0.25);
    const ExportSettings set = dialog->form().settings();
    dialog->start();
    ASSERT_TRUE(waitUntil([&] { return state() == QStringLiteral("Wrote one file."); }));
    dialog.reset();
    EXPECT_TRUE(openDialog({take})->form().settings() == set);
}

TEST_F(ExportTest, ADragThatNobodyTakesLeavesNoFile) {
    openStudio();
    const TakeId take = addTake(7);
    TakeDrag drag(studio(), &window());
    // The button is not down: the file is written, and then there is nothing to drag.
    drag.begin({take}, QPixmap(10, 10), {});
    ASSERT_TRUE(waitUntil(
        [&] { return !window().messages().sentences().filter(QStringLiteral("Hold it")).isEmpty(); }));
    EXPECT_TRUE(fs::is_empty(engine().library() / "dragged"));
}

TEST_F(ExportTest, ADragCarriesTheFilesThatWereWritten) {
    openStudio();
    const TakeId take = addTake(7);
    ExportRequest request;
    request.takes = {take};
    request.folder = engine().library() / "dragged";
    request.settings.profile.depth = SampleDepth::float32;
    const JobSnapshot job = engine().wait(*engine().exportTakes(request));
    ASSERT_EQ(job.files.size(), 1U);
    const std::unique_ptr<QMimeData> carried(TakeDrag::carried(job.files));
    ASSERT_EQ(carried->urls().size(), 1);
    const auto sound = readAudio(toPath(carried->urls().front().toLocalFile()));
    ASSERT_TRUE(sound);
    EXPECT_EQ(sound->channels, readAudio(engine().take(take)->file)->channels) << "the samples as they are";
}

TEST_F(ExportTest, ABinauralRecipeComesOutOfTheFormAsItWentIn) {
    openStudio();
    window().showPage(MainWindow::Page::generate);
    RecipeForm& form = window().generatePage().form();
    // Without a model the page shows something else.
    auto& space = *form.findChild<QComboBox*>(QStringLiteral("space"));
    space.setCurrentIndex(space.findText(QStringLiteral("Binaural")));
    form.findChild<QDoubleSpinBox*>(QStringLiteral("azimuth"))->setValue(-90);
    form.findChild<QComboBox*>(QStringLiteral("movement"))->setCurrentIndex(1);
    form.findChild<QDoubleSpinBox*>(QStringLiteral("goal"))->setValue(270);
    const Recipe turning = form.recipe();
    EXPECT_EQ(turning.space, OutputSpace::binaural);
    EXPECT_EQ(turning.binaural.position, (SourcePosition{-90, 0, 1}));
    ASSERT_EQ(turning.binaural.path.size(), 1U);
    EXPECT_EQ(turning.binaural.path[0], (SourcePoint{turning.seconds, {270, 0, 1}}));
    Recipe walking = turning;
    walking.binaural = {{10, 5, 2}, {{1, {20, 5, 2}}, {3, {60, 10, 4}}}, "/ears/mine.sofa"};
    form.setRecipe(walking);
    EXPECT_EQ(form.recipe().binaural, walking.binaural);
    form.setRecipe(turning);
    EXPECT_EQ(form.recipe().binaural, turning.binaural);
}

}  // namespace
}  // namespace smidgen::ui::testing
