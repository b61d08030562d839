#include "tests/ui/walk.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QTableView>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

#include "engine/audio/audio_reader.h"
#include "engine/workstation/cube_takes.h"
#include "ui/bridge/text.h"
#include "ui/bridge/words.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/demo_collection.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/preflight_panel.h"
#include "ui/pages/preview_list.h"
#include "ui/pages/train_page.h"
#include "ui/pages/training_view.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {

void WalkTest::walk(const std::vector<Stage>& stages) {
    for (const auto& [name, stage] : stages) {
        const std::clock_t before = std::clock();
        ASSERT_NO_FATAL_FAILURE(stage()) << name;
        std::printf("%-20s %5.1f s of processor\n", name,
                    static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
        std::fflush(stdout);
    }
}

void WalkTest::film(const QString& name, QWidget* other) {
    keepPicture(QStringLiteral("%1%2-%3").arg(m_album).arg(++m_frame, 2, 10, QLatin1Char('0')).arg(name),
                other);
}

std::string WalkTest::said() {
    return window().messages().sentences().join(u'\n').toStdString();
}

TakeStrip& WalkTest::tray() {
    return window().takes().strip();
}

TrainingView& WalkTest::training() {
    return window().trainPage().training();
}

EditPage& WalkTest::editing() {
    return window().editPage();
}

CodeGridView& WalkTest::grid() {
    return editing().grid();
}

std::shared_ptr<const CodeView> WalkTest::view() {
    return editing().actions().view();
}

void WalkTest::start() {
    ASSERT_TRUE(demoCollection()) << "Debian's sonic-pi-samples";
    openStudio(false, {1440, 900});
    ASSERT_TRUE(engine().collections().empty() && engine().models().empty() && engine().takes().empty());
    film(QStringLiteral("first-start"));
}

void WalkTest::seesTheDemo() {
    QTableView& table = window().trainPage().preflight().table();
    ASSERT_TRUE(comes([&] { return engine().collections().size() == 1; }));
    ASSERT_TRUE(comes([&] { return table.isVisible() && table.model()->rowCount() > kSounds; }));
    film(QStringLiteral("demo"));
}

void WalkTest::seesTheOwnFolder() {
    QTableView& table = window().trainPage().preflight().table();
    ASSERT_TRUE(comes([&] { return engine().collections().size() == 2; })) << said();
    ASSERT_TRUE(comes([&] { return table.isVisible() && table.model()->rowCount() == kSounds; }));
    film(QStringLiteral("own-folder"));
}

void WalkTest::seesAnEstimate() {
    auto& estimate = find<QLabel>(QStringLiteral("estimate"));
    ASSERT_TRUE(comes([&] {
        return !estimate.text().isEmpty() && !estimate.text().startsWith(QStringLiteral("Measuring"));
    }));
    film(QStringLiteral("codes-chosen"));
}

void WalkTest::seesTheEndOfTraining(const QString& name) {
    ASSERT_TRUE(comes([&] { return training().isVisible() && training().running(); })) << said();
    const JobId job = training().job();
    ASSERT_TRUE(comes([&] {
        const auto learned = engine().training(job);
        return !training().running() || (learned && learned->step > 0);
    }));
    film(name);
    ASSERT_TRUE(comes([&] { return !training().running(); }));
    const auto done = engine().job(job);
    ASSERT_EQ(done->phase, JobPhase::finished) << (done->error ? done->error->sentence : done->sentence);
}

void WalkTest::seesTheModel() {
    ASSERT_TRUE(comes([&] { return engine().models().size() == 1; }));
    EXPECT_EQ(engine().models().front()->kind, "rvq");
    // The list says what the model has become, not what it was when it first appeared.
    QAbstractItemView* models = nullptr;
    for (auto* list : window().library().findChildren<QAbstractItemView*>())
        if (list->accessibleName() == QStringLiteral("Models")) models = list;
    ASSERT_NE(models, nullptr);
    EXPECT_TRUE(comes([&] {
        return models->model()
            ->index(0, 0)
            .data(Qt::AccessibleTextRole)
            .toString()
            .contains(learnedText(*engine().models().front()));
    }));
    EXPECT_GT(training().previews().count(), 0U);
    film(QStringLiteral("trained"));
    // The window hears of its codes a moment later.
    EXPECT_TRUE(comes([&] {
        const auto* budget = window().findChild<QWidget*>(QStringLiteral("priorBudget"));
        return budget != nullptr && budget->isVisible() && budget->isEnabled();
    })) << said();
}

void WalkTest::seesThePrior() {
    ASSERT_TRUE(comes([&] { return engine().models().front()->prior.has_value(); }));
    film(QStringLiteral("prior-trained"));
}

void WalkTest::seesTheTake() {
    ASSERT_TRUE(comes([&] { return engine().takes().size() == 1; })) << said();
    m_made = engine().takes().front()->id;
    ASSERT_TRUE(comes([&] { return tray().holds(m_made); }));
    ASSERT_TRUE(
        comes([&] { return studio().sound.loaded().key == listeningTo(*engine().take(m_made)).key; }));
    film(QStringLiteral("generated"));
}

void WalkTest::beginsToEdit() {
    m_ownCodes = editing().document();
    m_before = studio().library.undoStack().index();
    m_states = {codes()};
    film(QStringLiteral("edit-take"));
}

void WalkTest::step(const char* what) {
    m_states.push_back(codes());
    ASSERT_EQ(steps(), static_cast<int>(m_states.size()) - 1) << what << '\n' << said();
    ASSERT_NE(m_states[m_states.size() - 2], m_states.back()) << what;
}

void WalkTest::stepComes(const char* what) {
    ASSERT_TRUE(comes([&] { return steps() == static_cast<int>(m_states.size()); })) << what << '\n'
                                                                                     << said();
    step(what);
}

void WalkTest::undoAndRedoAll() {
    ASSERT_EQ(m_states.size(), 11U);
    for (std::size_t done = 10; done-- > 0;) {
        press(QStringLiteral("edit.undo"));
        ASSERT_TRUE(codes() == m_states[done]) << done;
    }
    ASSERT_TRUE(comes([&] { return heard(); }));
    film(QStringLiteral("undone-ten-times"));
    for (std::size_t done = 1; done <= 10; ++done) {
        press(QStringLiteral("edit.redo"));
        ASSERT_TRUE(codes() == m_states[done]) << done;
    }
    ASSERT_EQ(editing().document(), m_ownCodes);
    ASSERT_TRUE(comes([&] { return heard() && view()->saved; }));
    film(QStringLiteral("redone-ten-times"));
}

void WalkTest::seesTheKept() {
    ASSERT_TRUE(comes([&] { return engine().takes().size() == 2; })) << said();
    for (const auto& take : engine().takes())
        if (take->id != m_made) m_edited = take->id;
    ASSERT_TRUE(comes([&] { return tray().holds(m_edited); }));
    film(QStringLiteral("kept"));
}

void WalkTest::seesTheWayRendered(std::size_t takesBefore) {
    ASSERT_TRUE(comes([&] { return engine().takes().size() == takesBefore + 1; })) << said();
    ASSERT_TRUE(comes([&] { return tray().holds(engine().takes().front()->id); }));
    film(QStringLiteral("way-rendered"));
    for (const auto& take : engine().takes())
        if (take->id != m_made && take->id != m_edited) {
            EXPECT_GT(takeSound(take->id).duration().value, 0.05);
            EXPECT_TRUE(cubeOf(take->recipe)) << take->name;
        }
}

void WalkTest::seesTheMap() {
    MapPage& page = window().mapPage();
    const std::size_t things = engine().takes().size();
    ASSERT_TRUE(comes([&] { return page.isVisible() && page.map() && page.map()->items.size() > things; }))
        << said();
    film(QStringLiteral("map"));
}

void WalkTest::seesTheFile() {
    const auto written = readAudio(exported());
    ASSERT_TRUE(written) << written.error().sentence;
    const AudioBuffer sound = takeSound(m_edited);
    ASSERT_EQ(written->length(), sound.length());
    ASSERT_EQ(written->channelCount(), sound.channelCount());
    float largest = 0;
    for (int channel = 0; channel < sound.channelCount(); ++channel) {
        const auto& here = sound.channels[static_cast<std::size_t>(channel)];
        const auto& there = written->channels[static_cast<std::size_t>(channel)];
        // What edited codes sound like may lie above full scale, which such files end at.
        for (std::size_t i = 0; i < here.size(); ++i)
            largest = std::max(largest, std::abs(std::clamp(here[i], -1.0F, 1.0F) - there[i]));
    }
    EXPECT_LE(largest, 2.0F / (1 << 23)) << "equal within the dither of 24 bit";
}

void WalkTest::seesTheSame() {
    ASSERT_TRUE(comes([&] { return heard(); })) << said();
    EXPECT_EQ(editing().document(), m_ownCodes) << "where one was";
    EXPECT_TRUE(codes() == m_states.back());
    film(QStringLiteral("started-again"));
}

}  // namespace smidgen::ui::testing
