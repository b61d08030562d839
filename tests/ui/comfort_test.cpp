// What makes the window comfortable: its look kept at once, recent things, preferences, the about box, keys.
#include <unistd.h>

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "engine/generation/decoder_shelf.h"
#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/commands/preferences.h"
#include "ui/commands/recent_items.h"
#include "ui/dialogs/about_facts.h"
#include "ui/docks/library_panel.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/recipe_form.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

class ComfortTest : public DeskTest {
 protected:
    [[nodiscard]] fs::path settingsFile() const { return m_folder / "studio.ini"; }
    /// What is on the disk, not what this process remembers.
    [[nodiscard]] QVariant onDisk(const QString& key) {
        const fs::path copy = m_folder / ("copy-" + std::to_string(++m_copies) + ".ini");
        std::error_code missing;
        fs::copy_file(settingsFile(), copy, missing);
        return QSettings(toText(copy), QSettings::IniFormat).value(key);
    }
    [[nodiscard]] QDockWidget& dock(const char* name) {
        return *window().findChild<QDockWidget*>(QLatin1String(name));
    }
    [[nodiscard]] bool said(const QString& words) {
        return !window().messages().sentences().filter(words).isEmpty();
    }
    /// The list of what was opened last, as the menu shows it.
    [[nodiscard]] QList<QAction*> recentActions() {
        auto* menu = window().library().addMenu().findChild<QMenu*>(QStringLiteral("recentMenu"));
        Q_EMIT menu->aboutToShow();
        return menu->actions();
    }
    [[nodiscard]] QAction* recentAction(const QString& words) {
        for (QAction* action : recentActions())
            if (action->text().contains(words)) return action;
        return nullptr;
    }
    void openPreferences() {
        QTest::keySequence(&window(), QKeySequence(QStringLiteral("Ctrl+,")));
        ASSERT_TRUE(find<QDialog>(QStringLiteral("preferencesDialog")).isVisible());
    }
    void choose(const QString& name, const QVariant& data) {
        auto& box = find<QComboBox>(name);
        ASSERT_GE(box.findData(data), 0);
        box.setCurrentIndex(box.findData(data));
        Q_EMIT box.activated(box.currentIndex());
    }
    int m_copies = 0;
};

TEST_F(ComfortTest, TheLookIsOnTheDiskWithoutClosing) {
    openStudio();
    window().showPage(MainWindow::Page::map);
    press(QStringLiteral("view.inspector"));
    window().resize(1333, 777);
    ASSERT_TRUE(waitUntil([&] { return onDisk(QStringLiteral("window/page")).toInt() == 3; }));
    ASSERT_TRUE(
        waitUntil([&] { return onDisk(QStringLiteral("window/geometry")) == window().saveGeometry(); }));
    EXPECT_FALSE(onDisk(QStringLiteral("window/state")).toByteArray().isEmpty());
    press(QStringLiteral("view.theme"));
    const QString dark = QStringLiteral("dark");
    const QString look = studio().theme.scheme() == Scheme::dark ? dark : QStringLiteral("light");
    EXPECT_TRUE(waitUntil([&] { return onDisk(QStringLiteral("window/theme")) == look; }));
    // As after a crash: nothing is told to close.
    m_session.reset();
    openStudio();
    EXPECT_EQ(window().page(), MainWindow::Page::map);
    EXPECT_TRUE(dock("inspectorDock").isHidden());
}

TEST_F(ComfortTest, PanelsFoldedInASmallWindowComeBackInALargerOneNextTime) {
    openStudio(false, {1440, 900});
    window().resize(800, 560);
    ASSERT_TRUE(waitUntil([&] { return dock("inspectorDock").isHidden(); }));
    closeStudio();
    openStudio(false, {800, 560});
    EXPECT_TRUE(dock("inspectorDock").isHidden());
    window().resize(1440, 900);
    EXPECT_TRUE(waitUntil([&] { return !dock("inspectorDock").isHidden(); }));
}

TEST(RecentItemsTest, TwelveNewestOnceEachAndOnlyOfTheirLibrary) {
    const fs::path file =
        fs::temp_directory_path() / ("smidgen-recent-" + std::to_string(::getpid()) + ".ini");
    {
        QSettings settings(toText(file), QSettings::IniFormat);
        RecentItems here(settings, QStringLiteral("/here"));
        for (int i = 0; i < 14; ++i)
            here.note({RecentItem::Kind::collection, QString::number(i), QStringLiteral("c%1").arg(i)});
        ASSERT_EQ(here.items().size(), 12U);
        EXPECT_EQ(here.items().front().name, QStringLiteral("c13"));
        here.note({RecentItem::Kind::collection, QStringLiteral("5"), QStringLiteral("renamed")});
        ASSERT_EQ(here.items().size(), 12U);
        EXPECT_EQ(here.items().front().name, QStringLiteral("renamed"));
        RecentItems there(settings, QStringLiteral("/there"));
        EXPECT_TRUE(there.items().empty());
        there.note({RecentItem::Kind::folder, QStringLiteral("/sounds"), QStringLiteral("sounds")});
        EXPECT_EQ(here.items().front().id, QStringLiteral("/sounds"));
        here.forget(here.items().front());
        EXPECT_TRUE(there.items().empty());
    }
    fs::remove(file);
}

TEST_F(ComfortTest, WhatWasOpenedIsOfferedAndWhatIsGoneIsSaidAndTakenOff) {
    openStudio();
    importSamples(5);
    const CollectionId id = studio().selection.collection();
    ASSERT_NE(recentAction(QStringLiteral("Collection")), nullptr);
    ASSERT_NE(recentAction(QStringLiteral("Folder")), nullptr);
    window().showPage(MainWindow::Page::map);
    // The folder is there as a collection already.
    recentAction(QStringLiteral("Folder"))->trigger();
    EXPECT_EQ(engine().collections().size(), 1U);
    EXPECT_EQ(window().page(), MainWindow::Page::train);
    studio().library.removeCollection(id);
    ASSERT_TRUE(waitUntil([&] { return !engine().collection(id); }));
    recentAction(QStringLiteral("Collection"))->trigger();
    EXPECT_TRUE(said(QStringLiteral("not in the library any more")));
    EXPECT_EQ(recentAction(QStringLiteral("Collection")), nullptr);
    fs::rename(soundsFolder(), m_folder / "elsewhere");
    recentAction(QStringLiteral("Folder"))->trigger();
    EXPECT_TRUE(said(QStringLiteral("not there any more")));
    EXPECT_EQ(recentAction(QStringLiteral("Folder")), nullptr);
}

TEST_F(ComfortTest, PreferencesCountAndAreKept) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(openPreferences());
    keepPicture(QStringLiteral("preferences"), &find<QDialog>(QStringLiteral("preferencesDialog")));
    ASSERT_NO_FATAL_FAILURE(choose(QStringLiteral("preferTheme"), QStringLiteral("light")));
    EXPECT_EQ(studio().theme.scheme(), Scheme::light);
    ASSERT_NO_FATAL_FAILURE(choose(QStringLiteral("preferTheme"), QStringLiteral("dark")));
    EXPECT_EQ(studio().theme.scheme(), Scheme::dark);
    find<QDoubleSpinBox>(QStringLiteral("preferSeconds")).setValue(3.5);
    auto& steps = find<QSpinBox>(QStringLiteral("preferUndo"));
    steps.setValue(7);
    EXPECT_EQ(studio().library.undoStack().undoLimit(), 7);
    ASSERT_TRUE(waitUntil([&] { return find<QComboBox>(QStringLiteral("preferDecoder")).isEnabled(); }));
    ASSERT_NO_FATAL_FAILURE(choose(QStringLiteral("preferDecoder"), QLatin1String(kGriffinLimDecoder)));
    EXPECT_EQ(window().generatePage().form().recipe().decoder, kGriffinLimDecoder);
    closeStudio();
    openStudio();
    EXPECT_EQ(window().generatePage().form().recipe().seconds, 3.5);
    EXPECT_EQ(studio().library.undoStack().undoLimit(), 7);
}

TEST_F(ComfortTest, ResettingTheWindowBringsPanelsBack) {
    openStudio();
    press(QStringLiteral("view.library"));
    ASSERT_TRUE(dock("libraryDock").isHidden());
    ASSERT_NO_FATAL_FAILURE(openPreferences());
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("resetLook")), Qt::LeftButton);
    EXPECT_FALSE(dock("libraryDock").isHidden());
}

TEST(PreferencesTest, OnlyAnOfferedScaleIsAppliedAndTheEnvironmentGoesFirst) {
    const fs::path file =
        fs::temp_directory_path() / ("smidgen-scale-" + std::to_string(::getpid()) + ".ini");
    const QByteArray before = qgetenv("QT_SCALE_FACTOR");
    {
        QSettings settings(toText(file), QSettings::IniFormat);
        qunsetenv("QT_SCALE_FACTOR");
        settings.setValue(QLatin1String(preferences::kScale), 9000);
        applyPreferredScale(settings);
        EXPECT_FALSE(qEnvironmentVariableIsSet("QT_SCALE_FACTOR"));
        settings.setValue(QLatin1String(preferences::kScale), 150);
        applyPreferredScale(settings);
        EXPECT_EQ(qgetenv("QT_SCALE_FACTOR"), QByteArray("1.5"));
        settings.setValue(QLatin1String(preferences::kScale), 200);
        applyPreferredScale(settings);
        EXPECT_EQ(qgetenv("QT_SCALE_FACTOR"), QByteArray("1.5"));
    }
    qunsetenv("QT_SCALE_FACTOR");
    if (!before.isEmpty()) qputenv("QT_SCALE_FACTOR", before);
    fs::remove(file);
}

TEST_F(ComfortTest, TheAboutBoxSaysWhereItComputesAndCopiesAReport) {
    openStudio();
    window().openAbout();
    auto& device = find<QLabel>(QStringLiteral("aboutDevice"));
    ASSERT_TRUE(waitUntil([&] { return !device.text().contains(QStringLiteral("tried")); }, 60));
    EXPECT_TRUE(device.text().contains(QStringLiteral("CPU")) ||
                device.text().contains(QStringLiteral("GPU")));
    EXPECT_TRUE(find<QLabel>(QStringLiteral("aboutLibrary")).text().endsWith(toText(engine().library())));
    keepPicture(QStringLiteral("about"), &find<QDialog>(QStringLiteral("aboutDialog")));
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("aboutCopy")), Qt::LeftButton);
    const QString report = QApplication::clipboard()->text();
    for (const QString& words : {QStringLiteral("Computes on: "), toText(engine().library()),
                                 QStringLiteral("Qt (Widgets, Svg) %1").arg(QLatin1String(qVersion()))})
        EXPECT_TRUE(report.contains(words)) << words.toStdString();
}

TEST(AboutFactsTest, EverySharedObjectOfTheProgramHasItsLicenceNamed) {
    QFile file(QStringLiteral(":/about.json"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto facts = aboutFacts(file.readAll());
    ASSERT_TRUE(facts) << facts.error().sentence;
    const fs::path program = fs::path(SMIDGEN_BIN_DIR) / "test_ui";
    const auto close = [](std::FILE* pipe) { pclose(pipe); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe(
        popen(("readelf -d '" + program.string() + "'").c_str(), "r"), close);
    ASSERT_NE(pipe, nullptr);
    QString output;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) output += QChar(c);
    // The compiler's own, and what tests alone need.
    QStringList known{QStringLiteral("libc.so"),  QStringLiteral("libm.so"),    QStringLiteral("libstdc++"),
                      QStringLiteral("libgcc_s"), QStringLiteral("ld-linux"),   QStringLiteral("libpthread"),
                      QStringLiteral("libdl.so"), QStringLiteral("librt.so"),   QStringLiteral("libQt6Test"),
                      QStringLiteral("libgtest"), QStringLiteral("libgomp.so"), QStringLiteral("libatomic")};
    for (const LibraryFacts& library : facts->libraries) known += library.objects;
    int objects = 0;
    for (const QString& line : output.split(u'\n')) {
        if (!line.contains(QStringLiteral("(NEEDED)"))) continue;
        const QString object = line.section(u'[', 1).section(u']', 0, 0);
        const bool named = std::any_of(known.begin(), known.end(),
                                       [&](const QString& begin) { return object.startsWith(begin); });
        EXPECT_TRUE(named) << object.toStdString() << " is in no entry of about.json";
        ++objects;
    }
    EXPECT_GT(objects, 10);
    int versions = 0;
    for (const LibraryFacts& library : facts->libraries) versions += library.version.isEmpty() ? 0 : 1;
    EXPECT_GT(versions, 10);
}

TEST(AboutFactsTest, ABrokenTableIsRefused) {
    for (const QByteArray& bad :
         {QByteArray("x"), QByteArray("{\"version\": 2}"),
          QByteArray("{\"version\": 1, \"name\": \"a\", \"libraries\": [{\"id\": \"q\"}]}")})
        EXPECT_FALSE(aboutFacts(bad)) << bad.toStdString();
}

TEST_F(ComfortTest, OneKeyIsResetAndToolTipsFollow) {
    openStudio();
    window().showPage(MainWindow::Page::generate);
    Shortcuts& shortcuts = window().shortcuts();
    const QString one = QStringLiteral("generate.one");
    const QString loop = QStringLiteral("transport.loop");
    auto* button = window().findChild<QPushButton*>(QStringLiteral("generate"));
    ASSERT_TRUE(shortcuts.assign(one, QKeySequence(Qt::Key_J)));
    ASSERT_TRUE(shortcuts.assign(loop, QKeySequence(Qt::Key_U)));
    EXPECT_TRUE(button->toolTip().contains(QStringLiteral("(J)"))) << button->toolTip().toStdString();
    window().openShortcuts();
    auto& list = *find<QDialog>(QStringLiteral("shortcutsDialog")).findChild<QTreeWidget*>();
    for (QTreeWidgetItemIterator item(&list); *item; ++item)
        if ((*item)->data(0, Qt::UserRole) == one) list.setCurrentItem(*item);
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("resetKeys")), Qt::LeftButton);
    EXPECT_EQ(shortcuts.action(one).shortcut(), QKeySequence(Qt::Key_G));
    EXPECT_TRUE(button->toolTip().contains(QStringLiteral("(G)")));
    EXPECT_EQ(shortcuts.action(loop).shortcut(), QKeySequence(Qt::Key_U));
    EXPECT_FALSE(studio().settings.contains(QStringLiteral("shortcuts/") + one));
    keepPicture(QStringLiteral("shortcuts"), &find<QDialog>(QStringLiteral("shortcutsDialog")));
}

}  // namespace
}  // namespace smidgen::ui::testing
