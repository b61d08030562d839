// Random hands on the whole studio: nothing they do may end it, hang it, or lose what was there.
#include <QDir>
#include <QStandardPaths>
#include <set>

#include "tests/ui/furnished.h"
#include "tests/ui/random_hand.h"
#include "ui/bridge/text.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/code_work.h"
#include "ui/pages/edit_page.h"

namespace smidgen::ui::testing {
namespace {

constexpr int kEventsByDefault = 100;
constexpr int kBetweenChecks = 50;
constexpr double kPatience = 60;

int eventCount() {
    bool given = false;
    const int count = qEnvironmentVariableIntValue("SMIDGEN_WALK_EVENTS", &given);
    return given ? count : kEventsByDefault;
}

/// Three, or those that SMIDGEN_WALK_SEEDS lists, with commas.
std::vector<std::uint64_t> seeds() {
    std::vector<std::uint64_t> given;
    for (const QString& seed :
         qEnvironmentVariable("SMIDGEN_WALK_SEEDS", QStringLiteral("1,2,3")).split(u','))
        given.push_back(seed.toULongLong());
    return given;
}

/// Complaints of Qt about the program, as opposed to the platform.
QStringList& complaints() {
    static QStringList said;
    return said;
}

void hear(QtMsgType, const QMessageLogContext&, const QString& text) {
    for (const char* sign : {"QObject::", "QPainter", "QLayout", "QWidget::", "QAction", "QSortFilter",
                             "ASSERT", "Object::", "QModelIndex", "QBoxLayout"})
        if (text.startsWith(QLatin1String(sign))) complaints() << text;
    std::fprintf(stderr, "%s\n", qPrintable(text));
}

class RandomWalkTest : public FurnishedTest, public ::testing::WithParamInterface<std::uint64_t> {
 protected:
    void SetUp() override {
        FurnishedTest::SetUp();
        m_before = QDir::currentPath();
        // Names without a folder, typed at random, stay here.
        QDir::setCurrent(toText(m_folder));
        QStandardPaths::setTestModeEnabled(true);
        m_handler = qInstallMessageHandler(hear);
        complaints().clear();
    }
    void TearDown() override {
        FurnishedTest::TearDown();
        qInstallMessageHandler(m_handler);
        QStandardPaths::setTestModeEnabled(false);
        QDir::setCurrent(m_before);
    }

    [[nodiscard]] std::shared_ptr<const CodeView> view() { return window().editPage().actions().view(); }
    /// From now on it is known which jobs the window has heard the end of: what they brought is then a step.
    void hearOfJobs() {
        QObject::connect(&studio().bridge, &EngineBridge::jobEnded, &window(),
                         [this](JobId id) { m_heardOf.insert(id); });
    }
    /// Nothing is being opened, imported or trained any more, and what was asked for in order is done.
    [[nodiscard]] bool comesToRest() {
        for (const JobSnapshot& job : engine().jobs())
            if (!job.ended()) engine().cancel(job.id);
        bool passed = false;
        studio().bridge.runInOrder(
            &studio().bridge, [] { return Status(); }, [&passed](const Status&) { passed = true; });
        return waitUntil(
            [&] {
                for (const JobSnapshot& job : engine().jobs())
                    if (!job.ended() || !m_heardOf.contains(job.id)) return false;
                return passed && !window().editPage().findChild<CodeWork*>()->running();
            },
            kPatience);
    }
    /// From when on the oldest steps have left the window's stack, and so cannot be taken back.
    void noteFullStack() {
        const QUndoStack& stack = studio().library.undoStack();
        if (stack.count() == stack.undoLimit()) m_whole = false;
    }
    /// All the way back and again gives the same codes, and all the way back the first ones.
    void expectUndoExact() {
        ASSERT_TRUE(comesToRest());
        const CodesId id = window().editPage().document();
        if (id.empty() || !view()) return;
        noteFullStack();
        QUndoStack& stack = studio().library.undoStack();
        const SoundCodes before = view()->document->edited;
        const SoundCodes original = view()->document->original;
        const std::size_t position = view()->position;
        const int index = stack.index(), count = stack.count();
        CodeDesk& desk = window().editPage().codes().desk();
        while (stack.canUndo()) stack.undo();
        ASSERT_TRUE(comesToRest());
        ASSERT_NE(desk.view(id), nullptr);
        if (m_whole) {
            EXPECT_EQ(desk.view(id)->position, 0U) << "every step of the codes is one of the window";
            EXPECT_TRUE(desk.view(id)->document->edited == original) << "all the way back";
        }
        // Steps that the library has refused to take back or to do again meanwhile are gone.
        while (stack.canRedo() && stack.index() < index - (count - stack.count())) stack.redo();
        ASSERT_TRUE(comesToRest());
        ASSERT_NE(desk.view(id), nullptr);
        EXPECT_EQ(desk.view(id)->position, position)
            << "from " << index << " of " << count << " to " << stack.index() << " of " << stack.count()
            << ", last " << stack.undoText().toStdString();
        EXPECT_TRUE(desk.view(id)->document->edited == before) << "and all the way again";
    }

 private:
    bool m_whole = true;
    std::set<JobId> m_heardOf;
    QString m_before;
    QtMessageHandler m_handler = nullptr;
};

TEST_P(RandomWalkTest, NothingBreaksAndUndoIsExact) {
    openFurnished();
    hearOfJobs();
    // What is exported stays with the test.
    studio().settings.setValue(QStringLiteral("export/folder"), toText(m_folder / "out"));
    ASSERT_NO_FATAL_FAILURE(openDocument());
    QStringList told;
    QObject::connect(&studio().notices, &Notices::told, &window(),
                     [&told](const Notice& notice) { told << notice.sentence; });
    RandomHand hand(window(), samples(), GetParam());
    const int count = eventCount();
    for (int event = 1; event <= count; ++event) {
        hand.act();
        noteFullStack();
        for (const QString& sentence : told)
            for (const char* sign : {"internal", "exception", "std::", "bad_alloc", "what()", "c10", "torch"})
                EXPECT_FALSE(sentence.contains(QLatin1String(sign), Qt::CaseInsensitive))
                    << sentence.toStdString() << '\n'
                    << hand.story();
        told.clear();
        EXPECT_TRUE(complaints().isEmpty()) << complaints().join(u'\n').toStdString() << '\n' << hand.story();
        complaints().clear();
        if (event % kBetweenChecks == 0) {
            hand.closeDialogs();
            expectUndoExact();
        }
        ASSERT_FALSE(HasFailure()) << "event " << event << " of seed " << GetParam() << ":\n" << hand.story();
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWalkTest, ::testing::ValuesIn(seeds()));

}  // namespace
}  // namespace smidgen::ui::testing
