// A studio killed at any moment: what it had said was saved is there when it is opened again.
// By hand: SMIDGEN_WALK_KILLS=50
#include <unistd.h>

#include <QAbstractButton>
#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QProcess>
#include <QSettings>
#include <map>
#include <random>
#include <set>

#include "engine/codes/code_edit_text.h"
#include "engine/library/library.h"
#include "engine/workstation/library_care.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/bridge/text.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/take_card.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/edit_page.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

constexpr double kPatience = 120;
constexpr int kKillsByDefault = 3;
constexpr int kEarlyEvery = 5;  ///< of so many kills, one falls while the studio starts
constexpr int kMostLines = 30;  ///< heard before a kill
constexpr int kLongestStartMs = 3000, kLongestMomentMs = 250;
constexpr const char* kFolderVariable = "SMIDGEN_WALK_FOLDER";
constexpr const char* kSeedVariable = "SMIDGEN_WALK_SEED";
const QByteArray kMark = "walk ";

int killCount() {
    bool given = false;
    const int count = qEnvironmentVariableIntValue("SMIDGEN_WALK_KILLS", &given);
    return given ? count : kKillsByDefault;
}

QByteArray digestOf(const CodeDocument& document) {
    const std::string text = editsToJson(document);
    return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha1).toHex();
}

/// What may be found of one thing: the last that was kept, or what was begun after it.
struct Possible {
    std::set<QByteArray> values;
    QByteArray kept;

    explicit Possible(const QByteArray& first) : values{first}, kept(first) {}
    void hear(bool isKept, const QByteArray& value) {
        if (isKept) {
            values.clear();
            kept = value;
        }
        values.insert(value);
    }
};

class KilledWalkTest : public DeskTest {
 protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite() {
        if (!isChild()) fs::remove_all(s_prepared);
    }
    void SetUp() override {
        if (isChild())
            m_folder = toPath(qEnvironmentVariable(kFolderVariable));
        else
            DeskTest::SetUp();
    }

    [[nodiscard]] static bool isChild() { return qEnvironmentVariableIsSet(kFolderVariable); }
    [[nodiscard]] EditPage& page() { return window().editPage(); }
    [[nodiscard]] CodeGridView& grid() { return page().grid(); }
    [[nodiscard]] std::shared_ptr<const CodeView> view() { return page().actions().view(); }
    [[nodiscard]] TakeId firstTake() {
        const auto takes = engine().takes();
        return takes.empty() ? TakeId() : takes.back()->id;
    }
    /// Opens the studio, which opens what was edited last.
    void openEdited() {
        openStudio(false, {1280, 800});
        QTest::mouseClick(&find<QAbstractButton>(QStringLiteral("tabEdit")), Qt::LeftButton);
        ASSERT_TRUE(waitUntil([&] { return view() != nullptr; }, kPatience))
            << window().messages().sentences().join(u'\n').toStdString();
    }

    // The one that is killed.
    static void tell(const char* what, const char* thing, const QByteArray& value) {
        const QByteArray line = kMark + what + ' ' + thing + ' ' + value + '\n';
        if (::write(STDOUT_FILENO, line.constData(), static_cast<std::size_t>(line.size())) != line.size())
            ::_exit(1);
    }
    void tellCodes() { tell("made", "codes", digestOf(*view()->document)); }
    /// Edits until the process ends.
    void walkOn();
    void edit();
    void takeBackOrDoAgain();
    void star(const char* action);
    void keepTake();
    int below(int count) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(count)); }

    // The one that kills.
    /// Starts a walk, kills it, and gives the lines it had told.
    QList<QByteArray> walkUntilKilled(std::uint64_t seed);
    void expectNothingLost(const QList<QByteArray>& told);

    std::mt19937_64 m_random;
    inline static fs::path s_prepared;
    inline static QByteArray s_codes;  ///< digest of the prepared ones
};

void KilledWalkTest::SetUpTestSuite() {
    if (isChild()) return;
    s_prepared = fs::temp_directory_path() / ("smidgen-killed-" + std::to_string(::getpid()));
    fs::remove_all(s_prepared);
    const auto sounds = copySamples(s_prepared / "sounds", 3);
    Workstation::Options options;
    options.library = s_prepared / "library";
    options.device = models::DeviceChoice::cpu;
    auto station = Workstation::open(options);
    ASSERT_TRUE(station) << station.error().sentence;
    auto model = (*station)->importModel(*Workstation::shippedBase(ModelKind::rvq));
    ASSERT_TRUE(model) << model.error().sentence;
    CodeDesk desk(**station);
    const auto id = desk.openSound(sounds.back(), (*model)->id);
    ASSERT_TRUE(id) << id.error().sentence;
    s_codes = digestOf(*desk.view(*id)->document);
    const auto take = desk.keepAsTake(*id);
    ASSERT_TRUE(take) << take.error().sentence;
    QSettings settings(toText(s_prepared / "studio.ini"), QSettings::IniFormat);
    settings.setValue(QStringLiteral("edit/document"), toText(*id));
}

void KilledWalkTest::edit() {
    const CodeDocument& document = *view()->document;
    const auto frames = static_cast<int>(document.frames().value);
    const CodeCell from{0, below(document.levels()), below(frames)};
    const CodeCell to{0, below(document.levels()), below(frames)};
    grid().setFocus();
    switch (below(4)) {
        case 0:
            QTest::keyClick(&grid(), Qt::Key_B);
            dragCells(grid(), from, to);
            QTest::keyClick(&grid(), Qt::Key_V);
            break;
        case 1:
            clickCell(grid(), from);
            QTest::keyClick(&grid(), Qt::Key_N);
            break;
        case 2:
            dragCells(grid(), from, to);
            QTest::keyClick(&grid(), Qt::Key_H, Qt::ShiftModifier);
            break;
        default:
            dragCells(grid(), from, to);
            QTest::keyClick(&grid(), Qt::Key_Backspace);
            break;
    }
    tellCodes();
}

void KilledWalkTest::takeBackOrDoAgain() {
    QUndoStack& stack = studio().library.undoStack();
    const bool back = below(3) > 0;
    if (back ? !stack.canUndo() : !stack.canRedo()) return;
    const char* action = back ? "edit.undo" : "edit.redo";
    const QString text = back ? stack.undoText() : stack.redoText();
    if (text.contains(QStringLiteral("star"))) return star(action);
    press(QLatin1String(action));
    tellCodes();
}

void KilledWalkTest::star(const char* action) {
    const TakeId id = firstTake();
    const bool wanted = !engine().take(id)->starred;
    tell("made", "star", wanted ? "1" : "0");
    press(QLatin1String(action));
    ASSERT_TRUE(waitUntil([&] { return engine().take(id)->starred == wanted; }, kPatience)) << action;
    tell("kept", "star", wanted ? "1" : "0");
}

void KilledWalkTest::keepTake() {
    const std::size_t takes = engine().takes().size() + 1;
    tell("made", "takes", QByteArray::number(static_cast<qulonglong>(takes)));
    QTest::mouseClick(&find<QAbstractButton>(QStringLiteral("keepAsTake")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == takes; }, kPatience));
    tell("kept", "takes", QByteArray::number(static_cast<qulonglong>(takes)));
}

void KilledWalkTest::walkOn() {
    m_random.seed(qEnvironmentVariable(kSeedVariable).toULongLong());
    ASSERT_NO_FATAL_FAILURE(openEdited());
    QObject::connect(&page().codes(), &CodeBridge::saved, &window(), [this] {
        if (view() && view()->saved) tell("kept", "codes", digestOf(*view()->document));
    });
    const TakeId take = firstTake();
    ASSERT_TRUE(waitUntil([&] { return window().takes().strip().holds(take); }));
    QTest::mouseClick(window().takes().strip().card(take), Qt::LeftButton);
    tell("made", "start", "1");
    for (;;) {
        switch (below(12)) {
            case 0:
                ASSERT_NO_FATAL_FAILURE(star("edit.star"));
                break;
            case 1:
                if (below(4) == 0) {
                    ASSERT_NO_FATAL_FAILURE(keepTake());
                }
                break;
            case 2:
            case 3:
            case 4:
                ASSERT_NO_FATAL_FAILURE(takeBackOrDoAgain());
                break;
            default:
                ASSERT_NO_FATAL_FAILURE(edit());
                break;
        }
        // Between quick hands and a pause in which everything is saved.
        static_cast<void>(waitUntil([] { return false; }, 0.001 * below(below(2) ? 40 : 300)));
    }
}

QList<QByteArray> KilledWalkTest::walkUntilKilled(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    QProcess walk;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(kFolderVariable), toText(m_folder));
    environment.insert(QLatin1String(kSeedVariable), QString::number(seed));
    walk.setProcessEnvironment(environment);
    walk.start(toText(fs::read_symlink("/proc/self/exe")),
               {QStringLiteral("--gtest_filter=KilledWalkTest.LosesNothingThatWasSaved")});
    QList<QByteArray> told;
    const auto listen = [&] {
        while (walk.canReadLine())
            if (const QByteArray line = walk.readLine(); line.startsWith(kMark) && line.endsWith('\n'))
                told << line.trimmed();
    };
    const bool early = seed % kEarlyEvery == kEarlyEvery - 1;
    const auto lines = 1 + static_cast<qsizetype>(random() % kMostLines);
    const auto listenUntil = [&](qint64 milliseconds, qsizetype enough) {
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < milliseconds && told.size() < enough &&
               walk.state() != QProcess::NotRunning) {
            walk.waitForReadyRead(static_cast<int>(milliseconds - clock.elapsed()));
            listen();
        }
    };
    if (!early) listenUntil(static_cast<qint64>(1e3 * kPatience), lines);
    listenUntil(static_cast<qint64>(random() % (early ? kLongestStartMs : kLongestMomentMs)),
                std::numeric_limits<qsizetype>::max());
    walk.kill();
    EXPECT_TRUE(walk.waitForFinished());
    EXPECT_EQ(walk.exitStatus(), QProcess::CrashExit)
        << "it ended by itself: " << walk.readAll().toStdString();
    listen();
    EXPECT_TRUE(early || !told.isEmpty()) << walk.readAllStandardError().toStdString();
    return told;
}

void KilledWalkTest::expectNothingLost(const QList<QByteArray>& told) {
    std::map<QByteArray, Possible> things{
        {"codes", Possible(s_codes)}, {"star", Possible("0")}, {"takes", Possible("1")}};
    for (const QByteArray& line : told) {
        const QList<QByteArray> words = line.split(' ');
        ASSERT_EQ(words.size(), 4) << line.toStdString();
        if (const auto found = things.find(words[2]); found != things.end())
            found->second.hear(words[1] == "kept", words[3]);
    }
    ASSERT_NO_FATAL_FAILURE(openEdited());
    const auto expectAmong = [&](const QByteArray& thing, const QByteArray& found) {
        const Possible& possible = things.at(thing);
        EXPECT_TRUE(possible.values.contains(found))
            << thing.toStdString() << ": found " << found.toStdString() << ", was kept as "
            << possible.kept.toStdString() << "; told:\n"
            << told.join('\n').toStdString();
    };
    const CodeDocument document = *view()->document;
    expectAmong("codes", digestOf(document));
    expectAmong("star", engine().take(firstTake())->starred ? "1" : "0");
    expectAmong("takes", QByteArray::number(static_cast<qulonglong>(engine().takes().size())));
    for (const auto& take : engine().takes()) EXPECT_GT(takeSound(take->id).duration().value, 0.01);

    // The way back to what it was first is there, and is itself a step.
    grid().setFocus();
    press(QStringLiteral("codes.selectAll"));
    press(QStringLiteral("codes.restore"));
    EXPECT_EQ(view()->document->edited, view()->document->original);
    EXPECT_EQ(view()->document->original, document.original);
    if (studio().library.undoStack().canUndo()) press(QStringLiteral("edit.undo"));
    EXPECT_EQ(*view()->document, document);

    const auto check = verifyLibrary(engine());
    ASSERT_TRUE(check) << check.error().sentence;
    EXPECT_TRUE(check->sound()) << check->problems.front();
    closeStudio();
}

TEST_F(KilledWalkTest, LosesNothingThatWasSaved) {
    if (isChild()) return walkOn();
    const int count = killCount();
    int lines = 0, kept = 0, silent = 0;
    for (int kill = 0; kill < count; ++kill) {
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
        fs::copy(s_prepared / "library", m_folder / "library", fs::copy_options::recursive);
        fs::copy_file(s_prepared / "studio.ini", m_folder / "studio.ini");
        const QList<QByteArray> told = walkUntilKilled(static_cast<std::uint64_t>(kill));
        ASSERT_FALSE(HasFailure()) << "kill " << kill;
        lines += static_cast<int>(told.size());
        for (const QByteArray& line : told) kept += line.startsWith(kMark + "kept ");
        silent += told.isEmpty();
        expectNothingLost(told);
        ASSERT_FALSE(HasFailure()) << "kill " << kill;
    }
    std::printf("%d kills, %d of them before the first edit; %d changes told, %d of them kept\n", count,
                silent, lines - kept, kept);
    EXPECT_TRUE(count < kKillsByDefault || kept > 0) << "nothing was kept that could have been lost";
}

}  // namespace
}  // namespace smidgen::ui::testing
