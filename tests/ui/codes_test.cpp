// From sounds to codes, to a prior, to takes that are told apart by how new they are.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/bridge/words.h"
#include "ui/canvas/level_bars.h"
#include "ui/docks/inspector_panel.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/sound_field.h"
#include "ui/pages/train_page.h"
#include "ui/pages/training_settings.h"
#include "ui/pages/training_view.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

/// A machine under load takes its time.
constexpr double kPatience = 400;

class CodesTest : public DeskTest {
 protected:
    [[nodiscard]] TrainingView& view() { return window().trainPage().training(); }
    [[nodiscard]] TrainingRequest request() { return window().trainPage().settings().request(); }
    [[nodiscard]] bool shown(const QString& name) {
        for (const QWidget* widget : window().findChildren<QWidget*>(name))
            if (widget->isVisible()) return true;
        return false;
    }
    void click(const QString& name) { QTest::mouseClick(&find<QAbstractButton>(name), Qt::LeftButton); }
    void type(QAbstractSpinBox& field, const QString& text) {
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, text);
        QTest::keyClick(&field, Qt::Key_Tab);
    }
    [[nodiscard]] bool trainingEnds() {
        return waitUntil([&] { return view().job() != 0 && !view().running(); }, kPatience);
    }
    /// The value beside `name` in the inspector; empty when there is none.
    [[nodiscard]] QString fact(const QString& name) {
        auto* inspector = window().findChild<InspectorPanel*>();
        for (const QLabel* label : inspector->findChildren<QLabel*>())
            if (label->isVisible() && label->accessibleName().startsWith(name + QStringLiteral(": ")))
                return label->text();
        return {};
    }
    void trainCodes();
    void trainPrior();
    void generateTwo();
};

TEST_F(CodesTest, EachKindOffersWhatAppliesToIt) {
    openStudio();
    importSamples(5);
    auto& base = find<QComboBox>(QStringLiteral("base"));
    EXPECT_EQ(request().kind, ModelKind::vae);
    EXPECT_FALSE(request().fromZero) << "the base that came with the program is the first choice";
    EXPECT_FALSE(shown(QStringLiteral("advanced")));
    EXPECT_FALSE(shown(QStringLiteral("levels")));
    const QString purpose = find<QLabel>(QStringLiteral("kindPurpose")).text();

    click(QStringLiteral("kindRvq"));
    EXPECT_NE(find<QLabel>(QStringLiteral("kindPurpose")).text(), purpose);
    EXPECT_FALSE(shown(QStringLiteral("levels")));
    click(QStringLiteral("advanced"));
    type(find<QSpinBox>(QStringLiteral("levels")), QStringLiteral("3"));
    auto& size = find<QComboBox>(QStringLiteral("codebookSize"));
    EXPECT_FALSE(request().codebookSize) << "from the amount of sound";
    size.setFocus();
    QTest::keyClick(&size, Qt::Key_Down);
    base.setCurrentIndex(base.findText(QStringLiteral("nothing"), Qt::MatchStartsWith));
    const TrainingRequest codes = request();
    EXPECT_EQ(codes.kind, ModelKind::rvq);
    EXPECT_EQ(codes.levels, 3);
    EXPECT_EQ(codes.codebookSize, size.currentText().toInt());
    EXPECT_TRUE(codes.fromZero);
    keepPicture(QStringLiteral("codes-settings"));

    click(QStringLiteral("kindVae"));
    EXPECT_FALSE(shown(QStringLiteral("levels")));
    EXPECT_FALSE(request().levels || request().codebookSize || request().commitment);
}

void CodesTest::trainCodes() {
    click(QStringLiteral("kindRvq"));
    click(QStringLiteral("advanced"));
    type(find<QSpinBox>(QStringLiteral("levels")), QStringLiteral("2"));
    type(find<QDoubleSpinBox>(QStringLiteral("budget")), QStringLiteral("0.1"));
    click(QStringLiteral("train"));
    const auto healthSeen = [&] { return view().findChild<LevelBars*>()->isVisible(); };
    ASSERT_TRUE(waitUntil(healthSeen, kPatience))
        << "the health of the levels is there from the first checkpoint on, not only after: "
        << engine().job(view().job()).value_or(JobSnapshot()).sentence;
    ASSERT_TRUE(trainingEnds());
    const auto job = engine().job(view().job());
    ASSERT_EQ(job->phase, JobPhase::finished) << (job->error ? job->error->sentence : job->sentence);
    const auto model = modelOf(engine(), job->model);
    EXPECT_EQ(model->kind, "rvq");
    const LevelBars& bars = *view().findChild<LevelBars*>();
    EXPECT_EQ(bars.codebooks().levels.size(), 2U);
    EXPECT_TRUE(bars.spokenValue().contains(QStringLiteral("level 2")));
    EXPECT_EQ(view().findChild<QLabel*>(QStringLiteral("codebookSentence"))->text(),
              toText(models::codebookSentence(model->codebooks.levels, model->codebooks.codebookSize)));
    EXPECT_TRUE(waitUntil([&] { return fact(QStringLiteral("Prior")) == QStringLiteral("none yet"); }))
        << "the inspector shows the new model";
    keepPicture(QStringLiteral("codes-trained"));
}

void CodesTest::trainPrior() {
    const ModelId model = studio().selection.model();
    ASSERT_FALSE(modelOf(engine(), model)->prior);
    type(find<QDoubleSpinBox>(QStringLiteral("priorBudget")), QStringLiteral("0.04"));
    EXPECT_TRUE(find<QLabel>(QStringLiteral("priorSentence")).text().contains(QStringLiteral("at most")));
    const JobId before = view().job();
    click(QStringLiteral("trainPrior"));
    ASSERT_TRUE(waitUntil([&] { return view().job() != before; }));
    EXPECT_FALSE(shown(QStringLiteral("priorPanel"))) << "one training at a time";
    ASSERT_TRUE(trainingEnds());
    const auto job = engine().job(view().job());
    ASSERT_EQ(job->phase, JobPhase::finished) << (job->error ? job->error->sentence : job->sentence);
    ASSERT_TRUE(waitUntil([&] { return shown(QStringLiteral("priorPanel")); }));
    ASSERT_TRUE(modelOf(engine(), model)->prior);
    EXPECT_TRUE(find<QLabel>(QStringLiteral("priorSentence"))
                    .text()
                    .contains(numberText(modelOf(engine(), model)->prior->heldOutNats, 2)));
    keepPicture(QStringLiteral("codes-prior"));
}

void CodesTest::generateTwo() {
    click(QStringLiteral("generateWithModel"));
    ASSERT_EQ(window().page(), MainWindow::Page::generate);
    ASSERT_TRUE(waitUntil([&] { return !shown(QStringLiteral("priorLine")); }))
        << "the page hears of the new prior";
    type(find<QDoubleSpinBox>(QStringLiteral("length")), QStringLiteral("1.5"));
    type(find<QDoubleSpinBox>(QStringLiteral("temperature")), QStringLiteral("1.3"));
    type(find<QSpinBox>(QStringLiteral("takesAtOnce")), QStringLiteral("2"));
    click(QStringLiteral("generate"));
    TakeStrip& results = window().generatePage().results();
    ASSERT_TRUE(
        waitUntil([&] { return engine().takes().size() == 2 && studio().bridge.activeJobs().empty(); }, 60));
    const auto takes = engine().takes();
    const auto shownIn = [&takes](const TakeStrip& strip) {
        return strip.holds(takes[0]->id) && strip.holds(takes[1]->id);
    };
    ASSERT_TRUE(waitUntil([&] { return shownIn(results) && shownIn(window().takes().strip()); }));
    for (const auto& take : takes) {
        ASSERT_TRUE(take->recipe.prior && take->novelty);
        EXPECT_DOUBLE_EQ(take->recipe.prior->temperature, 1.3);
        const TakeCard::Content& card = window().takes().strip().card(take->id)->content();
        EXPECT_EQ(card.note, noveltyLine(*take->novelty));
        EXPECT_TRUE(card.note.contains(closestText(*take->novelty)));
        EXPECT_FALSE(closestText(*take->novelty).isEmpty());
        EXPECT_EQ(card.noteWarns, take->novelty->copied);
    }
    const bool firstIsNewer = takes[0]->novelty->novelty > takes[1]->novelty->novelty;
    const TakeCard* newer = results.card(takes[firstIsNewer ? 0 : 1]->id);
    const TakeCard* other = results.card(takes[firstIsNewer ? 1 : 0]->id);
    EXPECT_TRUE(waitUntil([&] { return newer->x() < other->x(); })) << "the most novel comes first";
    ASSERT_NE(engine().take(studio().selection.take()), nullptr) << "one of them is chosen";
    const auto chosen = engine().take(studio().selection.take());
    EXPECT_EQ(fact(QStringLiteral("Closest sound")), closestText(*chosen->novelty));
    EXPECT_EQ(fact(QStringLiteral("How near")), nearnessText(*chosen->novelty));
    EXPECT_EQ(fact(QStringLiteral("Decoder")), decoderText(chosen->recipe));
    EXPECT_TRUE(fact(QStringLiteral("Prior")).contains(QStringLiteral("1.3")));
    keepPicture(QStringLiteral("codes-generated"));
}

TEST_F(CodesTest, FromSoundsToCodesToAPriorToTakesSortedByNovelty) {
    openStudio();
    importSamples(6);
    ASSERT_NO_FATAL_FAILURE(trainCodes());
    ASSERT_NO_FATAL_FAILURE(trainPrior());
    ASSERT_NO_FATAL_FAILURE(generateTwo());

    auto& field = find<SoundField>(QStringLiteral("continueFrom"));
    const auto sound = engine().collections().front()->collection.entries.front().path;
    dropFiles(field, {sound});
    EXPECT_EQ(field.file(), sound);
    EXPECT_EQ(field.text(), toText(sound.stem()));
    EXPECT_EQ(engine().collections().size(), 1U) << "the field takes the file, not the window";

    click(QStringLiteral("usePrior"));
    EXPECT_FALSE(shown(QStringLiteral("temperature")));
    EXPECT_TRUE(shown(QStringLiteral("generateFour")));
    EXPECT_TRUE(shown(QStringLiteral("priorLine")));
    EXPECT_TRUE(window().messages().sentences().filter(QStringLiteral("error")).isEmpty());
}

TEST(WordsTest, AModelThatKeptItsBaseSaysSo) {
    ModelSnapshot model;
    model.base = "vae.safetensors";
    EXPECT_EQ(learnedText(model), QStringLiteral("base, unchanged"));
    model.steps = 1;
    EXPECT_EQ(learnedText(model), QStringLiteral("1 step"));
    model.steps = 0;
    model.base.clear();
    EXPECT_EQ(learnedText(model), QStringLiteral("untrained"));
}

TEST(WordsTest, ATakeSaysWhatItIsNearestTo) {
    TakeNovelty novelty{1.1, "drip_long.wav", 0.41, 0.1, false};
    EXPECT_EQ(noveltyLine(novelty), QStringLiteral("near drip_long, 8.2 dB away"));
    novelty.copied = true;
    EXPECT_EQ(noveltyLine(novelty), QStringLiteral("a copy of drip_long"));
}

}  // namespace
}  // namespace smidgen::ui::testing
