// Another library beside the window's: linked, looked into, heard, decided and brought in, by hand.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <cmath>

#include "engine/audio/loudness.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "engine/workstation/library_care.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/bridge/text.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/other_items_model.h"
#include "ui/dialogs/other_library_dialog.h"
#include "ui/docks/library_panel.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

class OtherLibraryDialogTest : public DeskTest {
 protected:
    static TakeId addTake(Library& library, const std::string& name, float hertz) {
        AudioBuffer sound(1, Samples(24000));
        sound.rate = kSampleRate;
        for (std::size_t i = 0; i < 24000; ++i)
            sound.channels[0][i] = 0.4F * std::sin(hertz * 1.309e-4F * static_cast<float>(i)) *
                                   std::exp(-static_cast<float>(i) / 8000.0F);
        const auto loudness = measureLoudness(sound);
        EXPECT_TRUE(loudness);
        Recipe recipe;
        recipe.modelName = "forest";
        recipe.seconds = 0.5;
        auto take = library.addTake(sound, *loudness, recipe);
        EXPECT_TRUE(take);
        const TakeId id = (*take)->id;
        rename(library, id, name);
        return id;
    }
    static void rename(Library& library, const TakeId& take, const std::string& name) {
        ASSERT_TRUE(library.changeTake(take, [&](TakeRecord& record) { record.name = name; }));
    }
    [[nodiscard]] fs::path there() const { return m_folder / "there"; }
    [[nodiscard]] std::unique_ptr<Library> openThere() const {
        auto library = Library::open(there());
        EXPECT_TRUE(library);
        return std::move(*library);
    }
    /// Here and there: one changed on both sides; there: two more; here: one more.
    void fill() {
        m_both = addTake(engine().items(), "wind", 220);
        m_ours = addTake(engine().items(), "only ours", 330);
        static_cast<void>(openThere());
        ASSERT_TRUE(sendInto(engine(), there(), {{ItemKind::take, m_both}}));
        const auto library = openThere();
        m_theirs = addTake(*library, "rain on a roof", 440);
        m_more = addTake(*library, "thunder", 110);
        rename(*library, m_both, "their wind");
        rename(engine().items(), m_both, "our wind");
        engine().tell({Topic::takes, {}, 0});
    }
    void open() {
        press(QStringLiteral("library.other"));
        ASSERT_TRUE(waitUntil([&] {
            auto* dialog = window().findChild<OtherLibraryDialog*>();
            return dialog != nullptr && dialog->isVisible();
        }));
        ASSERT_TRUE(QTest::qWaitForWindowActive(&dialog()));
    }
    [[nodiscard]] OtherLibraryDialog& dialog() {
        return find<QTableView>(QStringLiteral("otherTable")).window()->objectName() ==
                       QLatin1String("otherLibraryDialog")
                   ? *qobject_cast<OtherLibraryDialog*>(
                         find<QTableView>(QStringLiteral("otherTable")).window())
                   : throw std::runtime_error("no dialog");
    }
    /// Typed into the line of folders, with Enter.
    void look(const fs::path& folder) {
        auto& line = *find<QComboBox>(QStringLiteral("otherFolders")).lineEdit();
        line.setFocus();
        line.selectAll();
        QTest::keyClicks(&line, toText(folder));
        QTest::keyClick(&line, Qt::Key_Return);
    }
    void link() {
        ASSERT_NO_FATAL_FAILURE(open());
        look(there());
        ASSERT_TRUE(waitUntil([&] { return rows().rowCount() > 0; })) << text("otherState");
    }
    [[nodiscard]] QTableView& table() { return find<QTableView>(QStringLiteral("otherTable")); }
    [[nodiscard]] OtherItemsModel& rows() { return *qobject_cast<OtherItemsModel*>(table().model()); }
    [[nodiscard]] std::string text(const char* label) {
        return find<QLabel>(QLatin1String(label)).text().toStdString();
    }
    void click(const char* name) {
        QTest::mouseClick(&find<QPushButton>(QLatin1String(name)), Qt::LeftButton);
    }
    void choose(const std::string& id, Qt::KeyboardModifiers modifiers = {}) {
        for (int row = 0; row < rows().rowCount(); ++row)
            if (rows().item(row).shown().id == id) {
                QTest::mouseClick(
                    table().viewport(), Qt::LeftButton, modifiers,
                    table().visualRect(rows().index(row, OtherItemsModel::nameColumn)).center());
                return;
            }
        FAIL() << "no row of " << id;
    }
    void decide(const char* choice) {
        QTest::mouseClick(&find<QToolButton>(QLatin1String(choice)), Qt::LeftButton);
    }
    [[nodiscard]] bool brought(const char* words) {
        return waitUntil([&] { return text("otherResult").find(words) != std::string::npos; });
    }
    [[nodiscard]] fs::path heard() { return studio().sound.loaded().file; }

    TakeId m_both, m_ours, m_theirs, m_more;
};

TEST_F(OtherLibraryDialogTest, AConflictIsHeardOnBothSidesAndDecided) {
    openStudio();
    fill();
    ASSERT_NO_FATAL_FAILURE(link());
    EXPECT_EQ(rows().rowCount(), 4);
    EXPECT_EQ(rows().item(0).shown().id, m_both) << "what asks for a decision comes first";
    choose(m_both);
    QTest::keyClick(&table(), Qt::Key_Space);
    ASSERT_TRUE(waitUntil([&] { return heard() == there() / "takes" / (m_both + ".wav"); }));
    click("hearOurs");
    ASSERT_TRUE(waitUntil([&] { return heard() == engine().take(m_both)->file; }));
    EXPECT_FALSE(find<QPushButton>(QStringLiteral("otherBring")).isEnabled()) << "it is not decided yet";
    keepPicture(QStringLiteral("other-library"), &dialog());

    decide("settleTheirs");
    EXPECT_EQ(rows().index(0, OtherItemsModel::thenColumn).data().toString(),
              QStringLiteral("theirs comes, ours stays as an earlier state"));
    keepPicture(QStringLiteral("other-library-decided"), &dialog());
    click("otherBring");
    ASSERT_TRUE(brought("1 decided")) << text("otherResult");
    EXPECT_EQ(engine().take(m_both)->name, "their wind");
    EXPECT_FALSE(engine().take(m_theirs)) << "what was not chosen did not come";
    ASSERT_TRUE(waitUntil([&] { return rows().item(0).standing != Standing::changedOnBoth; }))
        << "it is not asked again";
    EXPECT_EQ(rows().rowCount(), 4);
    EXPECT_EQ(engine().takes().size(), 2U);
}

TEST_F(OtherLibraryDialogTest, OursIsKeptAndBothAreKept) {
    openStudio();
    fill();
    ASSERT_NO_FATAL_FAILURE(link());
    choose(m_both);
    decide("settleBoth");
    click("otherBring");
    ASSERT_TRUE(brought("1 thing came in, 1 decided")) << text("otherResult");
    ASSERT_EQ(engine().takes().size(), 3U);
    EXPECT_EQ(engine().take(m_both)->name, "our wind");
    std::vector<std::string> names;
    for (const auto& take : engine().takes()) names.push_back(take->name);
    EXPECT_NE(std::ranges::find(names, "their wind (other version)"), names.end());
    // It changes on both sides again.
    rename(*openThere(), m_both, "their storm");
    rename(engine().items(), m_both, "our storm");
    click("otherAgain");
    ASSERT_TRUE(waitUntil(
        [&] { return rows().rowCount() > 0 && rows().item(0).standing == Standing::changedOnBoth; }));
    choose(m_both);
    decide("settleOurs");
    click("otherBring");
    ASSERT_TRUE(brought("1 decided")) << text("otherResult");
    EXPECT_EQ(engine().take(m_both)->name, "our storm");
    EXPECT_EQ(engine().takes().size(), 3U);
    EXPECT_EQ(openThere()->take(m_both)->name, "their storm") << "nothing is done there";
}

TEST_F(OtherLibraryDialogTest, ByKeysAloneEverythingComesAndIsUndone) {
    openStudio();
    fill();
    ASSERT_NO_FATAL_FAILURE(link());
    ASSERT_TRUE(waitUntil([&] { return table().hasFocus(); })) << "after the folder, the list";
    QTest::keyClick(&table(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(&table(), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(&table(), Qt::Key_Down);
    const std::string second = rows().item(1).shown().id;
    QTest::keyClick(&table(), Qt::Key_Return);
    ASSERT_TRUE(waitUntil([&] { return heard() == there() / "takes" / (second + ".wav"); }));
    QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
    for (int i = 0; i < 20 && !find<QPushButton>(QStringLiteral("otherBring")).hasFocus(); ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    ASSERT_TRUE(find<QPushButton>(QStringLiteral("otherBring")).hasFocus());
    EXPECT_EQ(find<QPushButton>(QStringLiteral("otherBring")).text(), QStringLiteral("Bring in 2"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    ASSERT_TRUE(brought("2 things came in")) << text("otherResult");
    EXPECT_TRUE(engine().take(m_theirs) && engine().take(m_more));
    EXPECT_EQ(engine().take(m_both)->name, "our wind") << "what was not decided is left";
    EXPECT_EQ(readWholeFile(engine().take(m_more)->file, 1 << 20).value(),
              readWholeFile(there() / "takes" / (m_more + ".wav"), 1 << 20).value());
    QTest::keySequence(&dialog(), QKeySequence::Undo);
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 2; }));
    EXPECT_EQ(engine().takes(true).size(), 2U) << "in the trash, not lost";
    QTest::keySequence(&dialog(), window().shortcuts().action(QStringLiteral("edit.redo")).shortcut());
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 4; }));
    QTest::keySequence(&dialog(), window().shortcuts().action(QStringLiteral("window.help")).shortcut());
    ASSERT_TRUE(waitUntil([&] { return window().findChild<HelpDialog*>() != nullptr; }));
}

TEST_F(OtherLibraryDialogTest, TheListNarrowsByWordsKindAndStanding) {
    openStudio();
    fill();
    ASSERT_NO_FATAL_FAILURE(link());
    auto& filter = find<QLineEdit>(QStringLiteral("otherFilter"));
    QTest::keyClicks(&filter, QStringLiteral("roof"));
    EXPECT_EQ(rows().rowCount(), 1);
    click("otherBringAll");
    ASSERT_TRUE(brought("1 thing came in")) << text("otherResult");
    EXPECT_TRUE(engine().take(m_theirs)) << "all that was shown";
    EXPECT_FALSE(engine().take(m_more));
    filter.clear();
    typeInto(filter, QStringLiteral("weight<3"));
    EXPECT_NE(text("otherResult").find("weight"), std::string::npos) << "what is wrong is said";
    filter.clear();
    auto& shown = find<QComboBox>(QStringLiteral("otherShown"));
    shown.setFocus();
    QTest::keyClick(&shown, Qt::Key_End);
    EXPECT_EQ(rows().rowCount(), 4) << "what is the same, too";
    auto& kind = find<QComboBox>(QStringLiteral("otherKind"));
    kind.setFocus();
    QTest::keyClick(&kind, Qt::Key_Down);
    EXPECT_EQ(rows().rowCount(), 4);
    QTest::keyClick(&kind, Qt::Key_Down);
    EXPECT_EQ(rows().rowCount(), 0) << "there are no models";
}

TEST_F(OtherLibraryDialogTest, OursGoesThereWhenItIsSent) {
    openStudio();
    fill();
    ASSERT_NO_FATAL_FAILURE(link());
    choose(m_theirs);
    EXPECT_FALSE(find<QPushButton>(QStringLiteral("otherSend")).isEnabled());
    choose(m_ours);
    click("otherSend");
    ASSERT_TRUE(brought("1 thing went there: 1 new")) << text("otherResult");
    const auto library = openThere();
    ASSERT_TRUE(library->take(m_ours));
    EXPECT_EQ(library->take(m_ours)->name, "only ours");
}

TEST_F(OtherLibraryDialogTest, AFolderThatHasGoneIsSaidAndStaysLinkedUntilItIsNot) {
    openStudio();
    fill();
    ASSERT_NO_FATAL_FAILURE(link());
    dialog().close();
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    fs::rename(there(), m_folder / "unplugged");
    ASSERT_NO_FATAL_FAILURE(open());
    ASSERT_TRUE(waitUntil([&] { return text("otherState").find("stays linked") != std::string::npos; }))
        << text("otherState");
    keepPicture(QStringLiteral("other-library-gone"), &dialog());
    EXPECT_EQ(rows().rowCount(), 0);
    EXPECT_EQ(engine().takes().size(), 2U);
    fs::rename(m_folder / "unplugged", there());
    click("otherAgain");
    ASSERT_TRUE(waitUntil([&] { return rows().rowCount() == 4; })) << text("otherState");
    click("otherUnlink");
    EXPECT_EQ(find<QComboBox>(QStringLiteral("otherFolders")).count(), 0);
    dialog().close();
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_NO_FATAL_FAILURE(open());
    EXPECT_EQ(rows().rowCount(), 0) << "it is not looked into by itself any more";
    look(m_folder / "library");
    ASSERT_TRUE(waitUntil([&] { return text("otherState").find("worked in") != std::string::npos; }));
    EXPECT_EQ(find<QComboBox>(QStringLiteral("otherFolders")).count(), 0) << "and that is not linked";
    dropFiles(dialog(), {there()});
    ASSERT_TRUE(waitUntil([&] { return rows().rowCount() == 4; })) << "a folder can be dropped, too";
}

/// Takes of a minute each there: to bring them takes a while.
class LongBringingTest : public OtherLibraryDialogTest {
 protected:
    static constexpr std::size_t kTakes = 12;
    void fillLong() {
        const auto library = openThere();
        AudioBuffer sound(2, Samples(60 * 48000));
        sound.rate = kSampleRate;
        std::uint32_t noise = 1;
        for (auto& channel : sound.channels)
            for (float& value : channel) {
                noise = noise * 1664525U + 1013904223U;
                value = static_cast<float>(noise >> 8) / 8.4e7F - 0.1F;
            }
        for (std::size_t i = 0; i < kTakes; ++i) {
            Recipe recipe;
            recipe.seed = i;
            recipe.seconds = 60;
            ASSERT_TRUE(library->addTake(sound, {-20, -1, -1}, recipe));
        }
    }
    /// Opened once more: what had not come comes now, and all is whole.
    void bringTheRest() {
        ASSERT_NO_FATAL_FAILURE(open());
        ASSERT_TRUE(waitUntil([&] { return rows().rowCount() > 0; })) << text("otherState");
        ASSERT_NO_FATAL_FAILURE(bringAll());
        ASSERT_TRUE(waitUntil([&] { return !dialog().working(); }, 120));
        EXPECT_EQ(engine().takes().size(), kTakes);
        expectWhole(engine().items());
    }
    void bringAll() {
        click("otherBringAll");
        ASSERT_TRUE(dialog().working());
    }
    [[nodiscard]] bool noDialog() {
        return waitUntil([&] { return window().findChild<OtherLibraryDialog*>() == nullptr; }, 60);
    }
    /// What is here is whole; of the rest there is at most what has arrived of one, to go on from.
    void expectWhole(const Library& library, bool stopped = false) {
        const auto check = library.verify();
        ASSERT_TRUE(check) << check.error().sentence;
        EXPECT_TRUE(check->problems.empty()) << check->problems.front();
        EXPECT_LE(check->leftovers.size(), stopped ? 1U : 0U);
        for (const std::string& file : check->leftovers)
            EXPECT_EQ(fs::path(file).parent_path(), library.transfersFolder()) << file;
        for (const auto& take : library.takes())
            EXPECT_EQ(readWholeFile(take->file, 1 << 26).value(),
                      readWholeFile(there() / "takes" / (take->id + ".wav"), 1 << 26).value());
    }
};

TEST_F(LongBringingTest, ClosedWhileItLooksItLooksNoMoreAndTheWindowHasTheKeyboard) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(fillLong());
    auto& search = *window().library().findChild<QLineEdit*>();
    press(QStringLiteral("library.search"));
    ASSERT_TRUE(waitUntil([&] { return search.hasFocus(); }));
    for (int i = 0; i < 5; ++i) {
        ASSERT_NO_FATAL_FAILURE(open());
        look(there());
        QTest::keyClick(&dialog(), Qt::Key_Escape);
        ASSERT_TRUE(noDialog());
        ASSERT_NO_FATAL_FAILURE(backToWindow());
        EXPECT_TRUE(search.hasFocus());
    }
    EXPECT_TRUE(engine().takes().empty());
    ASSERT_NO_FATAL_FAILURE(link());
    EXPECT_EQ(rows().rowCount(), static_cast<int>(kTakes)) << "and it can be looked into as before";
}

TEST_F(LongBringingTest, ClosedWhileItBringsItGoesOnAndIsToldAtTheEnd) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(fillLong());
    ASSERT_NO_FATAL_FAILURE(link());
    QString told;
    QObject::connect(&studio().notices, &Notices::told, &window(),
                     [&told](const Notice& notice) { told = notice.sentence; });
    ASSERT_NO_FATAL_FAILURE(bringAll());
    dialog().close();
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    EXPECT_TRUE(told.contains(QStringLiteral("in the background"))) << told.toStdString();
    ASSERT_TRUE(waitUntil([&] { return told.contains(QStringLiteral("12 things came in")); }, 120))
        << told.toStdString();
    ASSERT_TRUE(noDialog());
    EXPECT_EQ(engine().takes().size(), kTakes);
    expectWhole(engine().items());
    press(QStringLiteral("edit.undo"));
    ASSERT_TRUE(waitUntil([&] { return engine().takes().empty(); }));
}

TEST_F(LongBringingTest, StoppedAndClosedWhatCameIsWholeAndTheRestComesTheNextTime) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(fillLong());
    ASSERT_NO_FATAL_FAILURE(link());
    ASSERT_NO_FATAL_FAILURE(bringAll());
    ASSERT_TRUE(waitUntil([&] { return !engine().takes().empty(); }, 60));
    click("otherCancel");
    dialog().close();
    ASSERT_TRUE(noDialog());
    const std::size_t came = engine().takes().size();
    EXPECT_GE(came, 1U);
    EXPECT_LT(came, kTakes);
    expectWhole(engine().items(), true);
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_NO_FATAL_FAILURE(bringTheRest());
}

TEST_F(LongBringingTest, TheStudioIsClosedWhileItBringsAndNothingIsHalfThere) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(fillLong());
    ASSERT_NO_FATAL_FAILURE(link());
    ASSERT_NO_FATAL_FAILURE(bringAll());
    ASSERT_TRUE(waitUntil([&] { return !engine().takes().empty(); }, 60));
    dialog().close();
    closeStudio();
    {
        const auto library = Library::open(m_folder / "library");
        ASSERT_TRUE(library) << library.error().sentence;
        EXPECT_LT((*library)->takes().size(), kTakes);
        expectWhole(**library, true);
    }
    openStudio();
    ASSERT_NO_FATAL_FAILURE(bringTheRest());
}

TEST_F(OtherLibraryDialogTest, AModelThatIsOnlyThereIsHeard) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(addSmallModel());
    const ModelId model = engine().models().front()->id;
    static_cast<void>(openThere());
    ASSERT_TRUE(sendInto(engine(), there(), {{ItemKind::model, model}}));
    ASSERT_TRUE(engine().removeModel(model));
    ASSERT_TRUE(engine().purgeModel(model));
    ASSERT_NO_FATAL_FAILURE(link());
    choose(model);
    EXPECT_EQ(rows().item(0).standing, Standing::removedHere);
    click("hearTheirs");
    ASSERT_TRUE(waitUntil([&] { return studio().sound.samples() != nullptr; }, 60)) << text("otherResult");
    EXPECT_NEAR(studio().sound.length(), 2.0, 0.1);
    click("otherBring");
    ASSERT_TRUE(brought("1 thing came in")) << text("otherResult");
    EXPECT_EQ(engine().models().size(), 1U);
}

}  // namespace
}  // namespace smidgen::ui::testing
