// Linked libraries in the dock: opened when they are asked for, searched, heard, brought in, gone and
// unlinked.
#include <QLineEdit>
#include <QMimeData>
#include <QTest>
#include <QUndoStack>
#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "engine/collections/preflight.h"
#include "engine/library/library.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "tests/ui/watchdog.h"
#include "ui/bridge/text.h"
#include "ui/commands/linked_libraries.h"
#include "ui/dialogs/other_library_dialog.h"
#include "ui/docks/library_list.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/linked_libraries_panel.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

class LinkedLibrariesTest : public DeskTest {
 protected:
    [[nodiscard]] fs::path there() const { return m_folder / "their library"; }
    /// A take, and a collection of three sounds.
    void fillThere() {
        auto library = Library::open(there());
        ASSERT_TRUE(library) << library.error().sentence;
        const auto sound = readAudioAtInternalRate("/usr/share/sonic-pi/samples/elec_blip.flac");
        ASSERT_TRUE(sound);
        Recipe recipe;
        recipe.modelName = "Rain";
        const auto take = (*library)->addTake(*sound, {-20, -1, -1}, recipe);
        ASSERT_TRUE(take);
        m_take = (*take)->id;
        ASSERT_TRUE((*library)->changeTake(m_take, [](TakeRecord& record) { record.name = "a far blip"; }));
        const std::vector<fs::path> sounds = copySamples(m_folder / "their sounds", 3);
        auto scanned = scanSounds(sounds);
        ASSERT_TRUE(scanned);
        Collection collection;
        collection.id = Library::newId();
        collection.name = "far drums";
        collection.entries = std::move(scanned->entries);
        m_collection = collection.id;
        ASSERT_TRUE((*library)->putCollection(collection));
    }
    void linkThere() {
        LinkedLibraries links(studio().settings, toText(engine().library()));
        links.link(toText(there()));
        panel().readLinks();
    }
    [[nodiscard]] LinkedLibrariesPanel& panel() { return window().library().linked(); }
    [[nodiscard]] LibraryList& list() { return panel().list(); }
    [[nodiscard]] QString rowText(int row) {
        return list().model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    [[nodiscard]] int rows() { return list().model()->rowCount(); }
    [[nodiscard]] int rowNamed(const QString& name) {
        for (int row = 0; row < rows(); ++row)
            if (list().model()->index(row, 0).data().toString() == name) return row;
        return -1;
    }
    void click(int row) {
        const QModelIndex index = list().model()->index(row, 0);
        // The list grows with its rows, a moment later.
        ASSERT_TRUE(waitUntil([&] {
            list().scrollTo(index);
            return list().viewport()->rect().contains(list().visualRect(index).center());
        }));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().visualRect(index).center());
    }
    void chooseRow(int row) {
        list().setFocus();
        list().setCurrentIndex(list().model()->index(row, 0));
        list().scrollTo(list().currentIndex());
    }
    void fromMenu(int row, const QString& text) {
        chooseRow(row);
        chooseFromMenu(list(), text);
    }
    void type(const QString& text) {
        press(QStringLiteral("library.search"));
        auto& search = *window().library().findChild<QLineEdit*>();
        search.clear();
        QTest::keyClicks(&search, text);
    }

    TakeId m_take;
    CollectionId m_collection;
};

TEST_F(LinkedLibrariesTest, ALinkedLibraryIsOpenedWhenItIsAskedForHeardAndBroughtIn) {
    ASSERT_NO_FATAL_FAILURE(fillThere());
    openStudio();
    EXPECT_FALSE(panel().isVisible()) << "nothing is linked";
    linkThere();
    ASSERT_TRUE(waitUntil([&] { return panel().isVisible(); }));
    ASSERT_EQ(rows(), 1);
    EXPECT_EQ(rowText(0), QStringLiteral("their library, not opened yet"));
    click(0);
    ASSERT_TRUE(waitUntil([&] { return rows() == 3; })) << rows();
    EXPECT_EQ(rowText(0), QStringLiteral("their library, 1 collection · 0 models · 1 take"));
    keepPicture(QStringLiteral("linked-library"));

    // A take by a click, a sound of a collection by Enter.
    click(rowNamed(QStringLiteral("a far blip")));
    ASSERT_TRUE(
        waitUntil([&] { return studio().sound.loaded().file == there() / "takes" / (m_take + ".wav"); }));
    chooseRow(rowNamed(QStringLiteral("far drums")));
    QTest::keyClick(&list(), Qt::Key_Return);
    ASSERT_EQ(rows(), 6) << "and its three sounds";
    keepPicture(QStringLiteral("linked-library-sounds"));
    const int sound = rowNamed(QStringLiteral("far drums")) + 1;
    chooseRow(sound);
    QTest::keyClick(&list(), Qt::Key_Return);
    ASSERT_TRUE(
        waitUntil([&] { return studio().sound.loaded().file.parent_path() == m_folder / "their sounds"; }));
    // They are dragged out as files.
    const std::unique_ptr<QMimeData> carried(list().model()->mimeData({list().model()->index(sound, 0)}));
    ASSERT_TRUE(carried);
    EXPECT_EQ(toPath(carried->urls().front().toLocalFile()), studio().sound.loaded().file);

    EXPECT_TRUE(engine().takes().empty());
    fromMenu(rowNamed(QStringLiteral("a far blip")), QStringLiteral("Bring in"));
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 1; }));
    EXPECT_EQ(engine().takes().front()->name, "a far blip");
    fromMenu(sound, QStringLiteral("Bring in its collection"));
    ASSERT_TRUE(waitUntil([&] { return engine().collections().size() == 1; }));
    QUndoStack& undo = studio().library.undoStack();
    ASSERT_TRUE(waitUntil([&] { return undo.count() == 2; }));
    undo.undo();
    ASSERT_TRUE(waitUntil([&] { return engine().collections().empty(); }));
    // Closed again.
    click(0);
    ASSERT_TRUE(waitUntil([&] { return rows() == 1; }));
}

TEST_F(LinkedLibrariesTest, TheSearchBoxLooksIntoThemAndAFilterHoldsForTheirs) {
    ASSERT_NO_FATAL_FAILURE(fillThere());
    openStudio();
    linkThere();
    ASSERT_EQ(rows(), 1);
    type(QStringLiteral("blip"));
    ASSERT_TRUE(waitUntil([&] { return rows() == 2; })) << "it was not opened before";
    EXPECT_GE(rowNamed(QStringLiteral("a far blip")), 0);
    type(QStringLiteral("kind:collection"));
    ASSERT_TRUE(waitUntil([&] { return rows() == 2 && rowNamed(QStringLiteral("far drums")) == 1; }));
    type(QStringLiteral("kind:sound"));
    ASSERT_TRUE(waitUntil([&] { return rows() == 5; })) << "the collection, and its sounds: " << rows();
    type(QStringLiteral("nothing of that name"));
    ASSERT_TRUE(waitUntil([&] { return rows() == 1; }));
    type(QStringLiteral("model:Rain"));
    ASSERT_TRUE(waitUntil([&] { return rowNamed(QStringLiteral("a far blip")) == 1; }));
    window().library().findChild<QLineEdit*>()->clear();
    ASSERT_TRUE(waitUntil([&] { return rows() == 1; })) << "it is closed as it was";
}

TEST_F(LinkedLibrariesTest, OneThatIsNotThereStaysListedUntilItIsUnlinked) {
    ASSERT_NO_FATAL_FAILURE(fillThere());
    openStudio();
    linkThere();
    fs::rename(there(), m_folder / "unplugged");
    click(0);
    ASSERT_TRUE(waitUntil([&] { return rowText(0) == QStringLiteral("their library, not there now"); }))
        << rowText(0).toStdString();
    keepPicture(QStringLiteral("linked-library-gone"));
    EXPECT_FALSE(list().model()->index(0, 0).data(Qt::ToolTipRole).toString().isEmpty());
    fs::rename(m_folder / "unplugged", there());
    click(0);
    ASSERT_TRUE(waitUntil([&] { return rows() == 3; })) << "plugged in again";

    // Its own window shows it, and unlinks it here, too.
    fromMenu(0, QStringLiteral("Compare with this library…"));
    ASSERT_TRUE(waitUntil([&] { return window().findChild<OtherLibraryDialog*>() != nullptr; }));
    window().findChild<OtherLibraryDialog*>()->close();
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    fromMenu(0, QStringLiteral("Unlink"));
    EXPECT_FALSE(panel().isVisible());
    EXPECT_TRUE(fs::exists(there() / "library.json"));
}

TEST_F(LinkedLibrariesTest, ALargeOneIsOpenedAndSearchedWithoutStoppingTheWindow) {
    ASSERT_NO_FATAL_FAILURE(fillThere());
    {
        auto library = Library::open(there());
        ASSERT_TRUE(library);
        Collection many = *(*library)->collection(m_collection);
        const SoundEntry one = many.entries.front();
        many.id = Library::newId();
        many.name = "many";
        many.entries.clear();
        for (int i = 0; i < 5000; ++i) {
            SoundEntry entry = one;
            entry.path = "/far/away/sound " + std::to_string(i) + ".wav";
            entry.contentHash = std::to_string(1'000'000 + i) + entry.contentHash.substr(7);
            many.entries.push_back(std::move(entry));
        }
        ASSERT_TRUE((*library)->putCollection(many));
    }
    openStudio();
    linkThere();
    ASSERT_TRUE(waitUntil([&] { return panel().isVisible(); }));
    {
        Watchdog watchdog;
        click(0);
        ASSERT_TRUE(waitUntil([&] { return rows() == 4; })) << rows();
        click(rowNamed(QStringLiteral("many")));
        ASSERT_TRUE(waitUntil([&] { return rows() > 400; })) << rows();
        EXPECT_LT(rows(), 600) << "the rest is found by searching";
        EXPECT_GE(rowNamed(QStringLiteral("and more")), 0);
        type(QStringLiteral("sound 4321"));
        ASSERT_TRUE(waitUntil([&] { return rows() == 3 && rowNamed(QStringLiteral("sound 4321")) == 2; }))
            << rows();
        EXPECT_GT(watchdog.knocks(), 10);
        EXPECT_LT(watchdog.longestMs(), 50);
    }
    // The studio is closed while a library is read.
    fromMenu(0, QStringLiteral("Look again"));
    closeStudio();
}

}  // namespace
}  // namespace smidgen::ui::testing
