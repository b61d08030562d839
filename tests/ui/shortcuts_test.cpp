#include "ui/commands/shortcuts.h"

#include <QFile>
#include <QSettings>
#include <QWidget>
#include <set>

#include "tests/ui/desk.h"

namespace smidgen::ui::testing {
namespace {

std::vector<Shortcut> shipped() {
    QFile file(QStringLiteral(":/shortcuts.json"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    auto read = shortcutsFromJson(file.readAll());
    EXPECT_TRUE(read) << read.error().sentence;
    return read ? *read : std::vector<Shortcut>();
}

QByteArray table(const QByteArray& entries) {
    return "{\"version\": 1, \"shortcuts\": [" + entries + "]}";
}

QByteArray entry(const QByteArray& id, const QByteArray& keys) {
    return "{\"id\": \"" + id + "\", \"group\": \"G\", \"text\": \"T\", \"hint\": \"H.\", \"keys\": \"" +
           keys + "\"}";
}

class ShortcutsTest : public DeskTest {
 protected:
    void SetUp() override {
        DeskTest::SetUp();
        m_settings = openSettings(QString::fromStdString((m_folder / "studio.ini").string()));
    }
    std::unique_ptr<QSettings> m_settings;
};

TEST_F(ShortcutsTest, NoTwoShippedActionsShareKeys) {
    const auto conflicts = shortcutConflicts(shipped());
    for (const auto& [a, b] : conflicts) ADD_FAILURE() << a.toStdString() << " and " << b.toStdString();
}

TEST_F(ShortcutsTest, ConflictsAndBeginningsOfOthersAreFound) {
    const auto read =
        shortcutsFromJson(table(entry("a", "Ctrl+K") + "," + entry("b", "Ctrl+K, X") + "," +
                                entry("c", "Ctrl+L") + "," + entry("d", "Ctrl+L") + "," + entry("e", "")));
    ASSERT_TRUE(read);
    const auto conflicts = shortcutConflicts(*read);
    ASSERT_EQ(conflicts.size(), 2U);
    EXPECT_EQ(conflicts[0].second, QStringLiteral("b"));
    EXPECT_EQ(conflicts[1].second, QStringLiteral("d"));
}

TEST_F(ShortcutsTest, BrokenTablesAreRefusedWithASentence) {
    for (const QByteArray& bad : {QByteArray("not JSON"), QByteArray("{\"version\": 2, \"shortcuts\": []}"),
                                  table(""), table(entry("a", "Ctrl+Nothing")),
                                  table(entry("a", "A") + "," + entry("a", "B")), table("{\"id\": \"a\"}")}) {
        const auto read = shortcutsFromJson(bad);
        ASSERT_FALSE(read) << bad.toStdString();
        EXPECT_FALSE(read.error().sentence.empty());
    }
}

TEST_F(ShortcutsTest, NoShippedKeyNeedsAnUsKeyboard) {
    // Signs and digits sit elsewhere, or need Shift, on other keyboards; the comma has a key of its own on
    // all.
    for (const Shortcut& shortcut : shipped()) {
        if (shortcut.keys.isEmpty()) continue;
        const Qt::Key key = shortcut.keys[0].key();
        EXPECT_TRUE((key >= Qt::Key_A && key <= Qt::Key_Z) || key == Qt::Key_Space || key == Qt::Key_Comma ||
                    key >= Qt::Key_Escape)
            << shortcut.id.toStdString();
    }
}

TEST_F(ShortcutsTest, OwnKeysAreKeptShownAndRefusedWhenTaken) {
    QWidget window;
    {
        Shortcuts shortcuts(shipped(), *m_settings, window);
        const Status taken = shortcuts.assign(QStringLiteral("generate.one"), QKeySequence(Qt::Key_L));
        ASSERT_FALSE(taken);
        EXPECT_NE(taken.error().sentence.find("Loop"), std::string::npos) << taken.error().sentence;
        ASSERT_TRUE(shortcuts.assign(QStringLiteral("generate.one"), QKeySequence(Qt::Key_J)));
        EXPECT_TRUE(shortcuts.toolTip(QStringLiteral("generate.one")).contains(QStringLiteral("(J)")));
    }
    Shortcuts again(shipped(), *m_settings, window);
    EXPECT_EQ(again.action(QStringLiteral("generate.one")).shortcut(), QKeySequence(Qt::Key_J));
    again.resetAll();
    EXPECT_EQ(again.action(QStringLiteral("generate.one")).shortcut(), QKeySequence(Qt::Key_G));
}

TEST_F(ShortcutsTest, OwnKeysThatClashWithNewShippedOnesGiveWay) {
    m_settings->setValue(QStringLiteral("shortcuts/generate.four"), QStringLiteral("L"));
    QWidget window;
    Shortcuts shortcuts(shipped(), *m_settings, window);
    EXPECT_TRUE(shortcutConflicts(shortcuts.current()).empty());
    EXPECT_EQ(shortcuts.action(QStringLiteral("transport.loop")).shortcut(), QKeySequence(Qt::Key_L));
}

}  // namespace
}  // namespace smidgen::ui::testing
