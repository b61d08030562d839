#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTableView>
#include <QThread>
#include <set>

#include "engine/audio/audio_writer.h"
#include "engine/foundation/random.h"
#include "tests/ui/desk.h"
#include "tests/ui/watchdog.h"
#include "ui/bridge/text.h"
#include "ui/dialogs/export_form.h"
#include "ui/docks/library_list.h"
#include "ui/docks/library_panel.h"
#include "ui/pages/preflight_panel.h"
#include "ui/pages/train_page.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

class WindowTest : public DeskTest {
 protected:
    [[nodiscard]] bool said(const QString& words) {
        return !window().messages().sentences().filter(words).isEmpty();
    }
    [[nodiscard]] bool hidden(const char* dock) {
        return window().findChild<QDockWidget*>(QLatin1String(dock))->isHidden();
    }
    /// Waits for `done`, the `nth` change, then takes it back, does it again and takes it back once more, by
    /// keys.
    void undoRedoUndo(int nth, const std::function<bool()>& done) {
        const QUndoStack& stack = studio().library.undoStack();
        ASSERT_TRUE(waitUntil([&] { return done() && stack.index() == nth; }));
        press(QStringLiteral("edit.undo"));
        ASSERT_TRUE(waitUntil([&] { return !done(); }));
        press(QStringLiteral("edit.redo"));
        ASSERT_TRUE(waitUntil(done));
        press(QStringLiteral("edit.undo"));
        ASSERT_TRUE(waitUntil([&] { return !done(); }));
    }
};

TEST_F(WindowTest, RenamingACollectionInTheListCanBeUndone) {
    openStudio();
    importSamples(5);
    const CollectionId id = studio().selection.collection();
    const std::string before = engine().collection(id)->collection.name;
    auto* list = window().library().findChild<LibraryList*>();
    list->setFocus();
    press(QStringLiteral("edit.rename"));
    auto* editor = list->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    editor->clear();
    QTest::keyClicks(editor, QStringLiteral("Rain on tin"));
    QTest::keyClick(editor, Qt::Key_Return);
    undoRedoUndo(2, [&] { return engine().collection(id)->collection.name == "Rain on tin"; });
    EXPECT_EQ(engine().collection(id)->collection.name, before);
}

TEST_F(WindowTest, RemovingACollectionSaysSoAndCanBeUndone) {
    openStudio();
    importSamples(5);
    auto* list = window().library().findChild<LibraryList*>();
    list->setFocus();
    press(QStringLiteral("edit.remove"));
    ASSERT_TRUE(waitUntil([&] { return engine().collections().empty(); }));
    EXPECT_TRUE(waitUntil([&] { return said(QStringLiteral("files stay where they are")); }));
    undoRedoUndo(2, [&] { return engine().collections().empty(); });
    EXPECT_EQ(engine().collections().size(), 1U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(soundsFolder()), {}), 5);
}

TEST_F(WindowTest, AddingACollectionCanBeUndone) {
    openStudio();
    importSamples(5);
    undoRedoUndo(1, [&] { return engine().collections().size() == 1; });
}

TEST_F(WindowTest, SoundsTakenOutOfACollectionComeBackAsTheyWere) {
    openStudio();
    importSamples(6);
    const CollectionId id = studio().selection.collection();
    const auto before = engine().collection(id);
    QTableView& table = window().trainPage().preflight().table();
    ASSERT_TRUE(waitUntil([&] { return table.model()->rowCount() == 6; }));
    studio().library.removeSounds(id,
                                  {idOf(before->collection.entries[1]), idOf(before->collection.entries[4])});
    undoRedoUndo(2, [&] { return engine().collection(id)->collection.entries.size() == 4; });
    const auto after = engine().collection(id);
    ASSERT_EQ(after->collection.entries.size(), 6U);
    std::set<std::string> hashes;
    for (const SoundEntry& entry : after->collection.entries) hashes.insert(entry.contentHash);
    for (const SoundEntry& entry : before->collection.entries)
        EXPECT_TRUE(hashes.contains(entry.contentHash)) << entry.path;
}

TEST_F(WindowTest, FilesDroppedOnACollectionAreAddedToItAndCanBeUndone) {
    openStudio();
    importSamples(5);
    const CollectionId id = studio().selection.collection();
    const auto more = copySamples(m_folder / "more", 7);
    studio().library.importSounds({more[5], more[6]}, id);
    undoRedoUndo(2, [&] { return engine().collection(id)->collection.entries.size() == 7; });
    EXPECT_EQ(engine().collections().size(), 1U);
}

TEST_F(WindowTest, TheDiceCanBeUndone) {
    openStudio();
    window().showPage(MainWindow::Page::generate);
    press(QStringLiteral("generate.dice"));
    press(QStringLiteral("edit.undo"));
    EXPECT_FALSE(studio().library.undoStack().canUndo());
    EXPECT_TRUE(studio().library.undoStack().canRedo());
}

TEST_F(WindowTest, ADropOfNothingUsableIsASentenceAndChangesNothing) {
    openStudio();
    std::filesystem::create_directories(m_folder / "empty");
    dropFiles(window(), {m_folder / "empty"});
    EXPECT_TRUE(waitUntil([&] { return said(QStringLiteral("no sound")); }));
    EXPECT_TRUE(engine().collections().empty());
    EXPECT_TRUE(find<QPushButton>(QStringLiteral("tabTrain")).isVisible());
}

TEST_F(WindowTest, AnAddressOnTheWebIsRefusedInWords) {
    openStudio();
    dropUrls(window(), {QUrl(QStringLiteral("https://example.org/rain.wav"))});
    EXPECT_TRUE(said(QStringLiteral("only files on this computer")));
    EXPECT_TRUE(studio().bridge.activeJobs().empty());
}

TEST_F(WindowTest, SoundsAreDraggedOutAsTheirFiles) {
    openStudio();
    importSamples(5);
    const LibraryList* sounds = window().library().findChild<LibraryList*>(QStringLiteral("librarySounds"));
    const QAbstractItemModel& model = *sounds->model();
    ASSERT_EQ(model.rowCount(), 5);
    const std::unique_ptr<QMimeData> dragged(model.mimeData({model.index(1, 0), model.index(3, 0)}));
    ASSERT_NE(dragged, nullptr);
    ASSERT_EQ(dragged->urls().size(), 2);
    for (const QUrl& url : dragged->urls()) EXPECT_TRUE(std::filesystem::exists(toPath(url.toLocalFile())));
}

TEST_F(WindowTest, ArrowKeysLetSoundsBeHeardWhileBrowsingIsOn) {
    openStudio();
    importSamples(5);
    auto* sounds = window().library().findChild<LibraryList*>(QStringLiteral("librarySounds"));
    sounds->setFocus();
    QTest::keyClick(sounds, Qt::Key_Down);
    QTest::keyClick(sounds, Qt::Key_Down);
    EXPECT_TRUE(studio().sound.loaded().key.isEmpty()) << "silent as it comes";
    press(QStringLiteral("library.browse"));
    for (int i = 0; i < 2; ++i) {
        QTest::keyClick(sounds, Qt::Key_Down);
        EXPECT_TRUE(studio().sound.loaded().key == QStringLiteral("sound:") + sounds->chosenId());
    }
    closeStudio();
    openStudio();
    EXPECT_TRUE(window().shortcuts().action(QStringLiteral("library.browse")).isChecked()) << "kept";
}

TEST_F(WindowTest, ABigFolderKeepsTheWindowAnswering) {
    openStudio();
    std::filesystem::create_directories(soundsFolder());
    Random random(7);
    for (int i = 0; i < 500; ++i) {
        AudioBuffer sound(1, Samples(4800));
        for (float& sample : sound.channels[0]) sample = static_cast<float>(random.uniform(-0.5, 0.5));
        ASSERT_TRUE(writeAudio(sound, soundsFolder() / ("noise " + std::to_string(i) + ".wav"), {}));
    }
    Watchdog watchdog;
    dropFiles(window(), {soundsFolder()});
    const QTableView& table = window().trainPage().preflight().table();
    ASSERT_TRUE(waitUntil([&] { return table.model()->rowCount() == 500; }, 60));
    window().showPage(MainWindow::Page::generate);
    window().showPage(MainWindow::Page::train);
    studio().selection.setCollection({});
    studio().selection.setCollection(engine().collections().front()->collection.id);
    static_cast<void>(waitUntil([] { return false; }, 0.2));
    RecordProperty("longest block of the window's thread with 500 files, ms",
                   std::to_string(watchdog.longestMs()));
    EXPECT_LT(watchdog.longestMs(), 50.0);
}

TEST_F(WindowTest, TheExportFormOffersOnlyWhatCanBeWritten) {
    openStudio();
    ExportForm form(studio());
    auto& format = *form.findChild<QComboBox*>(QStringLiteral("format"));
    auto& depth = *form.findChild<QComboBox*>(QStringLiteral("depth"));
    auto& rate = *form.findChild<QComboBox*>(QStringLiteral("rate"));
    ASSERT_EQ(format.count(), 6);
    for (int f = 0; f < format.count(); ++f) {
        format.setCurrentIndex(f);
        ASSERT_GT(rate.count(), 0);
        for (int d = 0; d < std::max(1, depth.count()); ++d) {
            depth.setCurrentIndex(d);
            for (int r = 0; r < rate.count(); ++r) {
                rate.setCurrentIndex(r);
                EXPECT_TRUE(form.request().settings.profile.validate())
                    << format.currentText().toStdString() << depth.currentText().toStdString()
                    << rate.currentText().toStdString();
            }
        }
    }
}

TEST_F(WindowTest, FewSoundsAreRefusedInWordsUntilThePersonInsists) {
    openStudio();
    importSamples(3);
    auto& train = find<QPushButton>(QStringLiteral("train"));
    EXPECT_FALSE(train.isEnabled());
    EXPECT_TRUE(find<QLabel>(QStringLiteral("estimate")).text().contains(QStringLiteral("Only 3 sounds")));
    auto& anyway = find<QAbstractButton>(QStringLiteral("trainAnyway"));
    QTest::mouseClick(&anyway, Qt::LeftButton, Qt::NoModifier, QPoint(8, anyway.height() / 2));
    EXPECT_TRUE(train.isEnabled());
}

TEST_F(WindowTest, WithoutADeviceItSaysSoAndTheRestWorks) {
    qputenv("ALSA_CONFIG_PATH", "/dev/null");
    qputenv("JACK_NO_START_SERVER", "1");
    qputenv("JACK_DEFAULT_SERVER", "smidgen-nobody");
    openStudio(true);
    auto& chip = find<QPushButton>(QStringLiteral("deviceChip"));
    EXPECT_TRUE(waitUntil([&] { return !window().messages().sentences().isEmpty(); }));
    EXPECT_TRUE(chip.text().contains(QStringLiteral("No audio device")));
    importSamples(5);
    EXPECT_TRUE(find<QPushButton>(QStringLiteral("train")).isEnabled());
}

TEST_F(WindowTest, DocksFoldToTabsInASmallWindowAndComeBack) {
    openStudio(false, {1280, 720});
    EXPECT_FALSE(hidden("inspectorDock"));
    EXPECT_FALSE(hidden("takesDock"));
    window().resize(800, 500);
    ASSERT_TRUE(
        waitUntil([&] { return hidden("inspectorDock") && hidden("libraryDock") && hidden("takesDock"); }));
    press(QStringLiteral("view.library"));
    EXPECT_FALSE(hidden("libraryDock")) << "opened by hand, it stays open";
    window().resize(1280, 720);
    ASSERT_TRUE(waitUntil([&] { return !hidden("inspectorDock") && !hidden("takesDock"); }));
}

TEST_F(WindowTest, PageDocksAndSelectionAreThereAgainNextTime) {
    openStudio();
    importSamples(5);
    const CollectionId id = studio().selection.collection();
    press(QStringLiteral("view.nextPage"));
    press(QStringLiteral("view.inspector"));
    EXPECT_EQ(window().page(), MainWindow::Page::generate);
    closeStudio();
    openStudio();
    EXPECT_EQ(window().page(), MainWindow::Page::generate);
    EXPECT_TRUE(hidden("inspectorDock"));
    EXPECT_FALSE(hidden("libraryDock"));
    EXPECT_EQ(studio().selection.collection(), id);
}

TEST_F(WindowTest, WhoStandsOnTheTabsGoesAlongWithThePage) {
    openStudio();
    auto& train = find<QPushButton>(QStringLiteral("tabTrain"));
    train.setFocus();
    press(QStringLiteral("view.nextPage"));
    EXPECT_EQ(window().focusWidget(), &find<QPushButton>(QStringLiteral("tabGenerate")));
    // Elsewhere the focus is nobody's business but the page's.
    press(QStringLiteral("library.search"));
    QWidget* const search = window().focusWidget();
    press(QStringLiteral("view.nextPage"));
    EXPECT_EQ(window().focusWidget(), search);
}

TEST_F(WindowTest, SearchingNarrowsTheListsByName) {
    openStudio();
    importSamples(8);
    const auto* sounds = window().library().findChild<LibraryList*>(QStringLiteral("librarySounds"));
    ASSERT_TRUE(waitUntil([&] { return sounds->visibleRows() == 8; }));
    const QString name = toText(engine().collections().front()->collection.entries[2].path.stem());
    press(QStringLiteral("library.search"));
    QTest::keyClicks(QApplication::focusWidget(), name.toUpper());
    EXPECT_EQ(sounds->visibleRows(), 1);
}

TEST(EngineBridgeTest, WorkLeavesTheWindowsThreadAndLateResultsFindNobody) {
    const auto folder = std::filesystem::temp_directory_path() / "smidgen-ui-bridge";
    Workstation::Options options;
    options.library = folder;
    auto engine = Workstation::open(options);
    ASSERT_TRUE(engine);
    QThread* worker = nullptr;
    bool late = false;
    {
        EngineBridge bridge(**engine);
        bridge.run(
            &bridge, [] { return QThread::currentThread(); }, [&](QThread* thread) { worker = thread; });
        ASSERT_TRUE(waitUntil([&] { return worker != nullptr; }));
        EXPECT_NE(worker, QThread::currentThread());
        auto context = std::make_unique<QObject>();
        bridge.runInOrder(
            context.get(), [] { return 1; }, [&](int) { late = true; });
        context.reset();
        int order = 0;
        std::vector<int> seen;
        for (int i = 0; i < 5; ++i)
            bridge.runInOrder(
                &bridge, [&order] { return order++; }, [&](int n) { seen.push_back(n); });
        ASSERT_TRUE(waitUntil([&] { return seen.size() == 5; }));
        EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4}));
    }
    EXPECT_FALSE(late);
    engine->reset();
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace smidgen::ui::testing
