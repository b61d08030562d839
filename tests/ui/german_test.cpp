// The window in German: everything it says is translated, and fits where English fits.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QTableView>
#include <QTranslator>
#include <QTreeView>
#include <map>
#include <set>

#include "tests/ui/furnished.h"
#include "tests/ui/translations.h"
#include "ui/bridge/text.h"
#include "ui/canvas/code_words.h"
#include "ui/canvas/elided_label.h"
#include "ui/commands/language.h"
#include "ui/dialogs/command_palette.h"

namespace smidgen::ui::testing {
namespace {

/// Notes what is looked up and translates nothing, so that the translators behind it are asked next.
class Listener final : public QTranslator {
 public:
    QString translate(const char* context, const char* source, const char*, int) const override {
        asked.emplace(QString::fromUtf8(context), QString::fromUtf8(source));
        return {};
    }
    [[nodiscard]] bool isEmpty() const override { return false; }

    mutable std::set<std::pair<QString, QString>> asked;
};

/// Where a widget stands, the same in every language: "MainWindow/QWidget 2/QPushButton train".
std::string pathOf(const QWidget& widget) {
    std::string path;
    for (const QWidget* at = &widget; at != nullptr; at = at->parentWidget()) {
        int place = 0;
        if (at->parentWidget() != nullptr)
            place = static_cast<int>(at->parentWidget()
                                         ->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)
                                         .indexOf(const_cast<QWidget*>(at)));
        path = '/' + std::string(at->metaObject()->className()) + ' ' + std::to_string(place) + ' ' +
               at->objectName().toStdString() + path;
        if (at->isWindow()) break;
    }
    return path;
}

/// How many pixels its words lack; 0: none, or it elides them on purpose.
int lacking(const QWidget& widget) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        if (label->text().isEmpty() || qobject_cast<const ElidedLabel*>(label) != nullptr) return 0;
        if (!label->wordWrap()) return std::max(0, label->sizeHint().width() - label->width());
        return std::max(0, label->heightForWidth(label->width()) - label->height());
    }
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return button->text().isEmpty() ? 0 : std::max(0, button->sizeHint().width() - button->width());
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
        const int room = box->width() - box->sizeHint().width() + box->fontMetrics().averageCharWidth();
        int widest = 0;
        for (int i = 0; i < box->count(); ++i)
            widest = std::max(widest, box->fontMetrics().horizontalAdvance(box->itemText(i)));
        const int now = box->fontMetrics().horizontalAdvance(box->currentText());
        return std::max(0, now - widest - room);
    }
    if (qobject_cast<const QAbstractSpinBox*>(widget.parentWidget()) != nullptr)
        if (const auto* edit = qobject_cast<const QLineEdit*>(&widget))
            return std::max(0, edit->fontMetrics().horizontalAdvance(edit->text()) - edit->width());
    return 0;
}

QString wordsOf(const QWidget& widget) {
    const QVariant text = widget.property(qobject_cast<const QComboBox*>(&widget) ? "currentText" : "text");
    return text.toString();
}

using Lacks = std::map<std::string, std::pair<int, std::string>>;

/// Headings and first rows of a table that are wider than their column.
void addCells(const std::string& place, const QAbstractItemView& view, Lacks& found) {
    constexpr int kRows = 40;
    const QHeaderView* header = nullptr;
    if (const auto* table = qobject_cast<const QTableView*>(&view)) header = table->horizontalHeader();
    if (const auto* tree = qobject_cast<const QTreeView*>(&view)) header = tree->header();
    if (header == nullptr || header->isHidden()) return;
    const QAbstractItemModel& model = *view.model();
    const auto look = [&](int column, const QString& text, int room, int row) {
        const int wide = view.fontMetrics().horizontalAdvance(text);
        if (wide > room)
            found[place + " row " + std::to_string(row) + " column " + std::to_string(column)] = {
                wide - room, text.toStdString()};
    };
    for (int column = 0; column < model.columnCount(); ++column) {
        if (header->isSectionHidden(column)) continue;
        look(column, model.headerData(column, Qt::Horizontal).toString(), header->sectionSize(column) - 8,
             -1);
        for (int row = 0; row < std::min(kRows, model.rowCount()); ++row) {
            const QModelIndex at = model.index(row, column);
            const int icon = at.data(Qt::DecorationRole).isValid() ? view.iconSize().width() + 4 : 0;
            look(column, at.data().toString(), view.visualRect(at).width() - icon - 8, row);
            for (int inner = 0; inner < std::min(kRows, model.rowCount(at.siblingAtColumn(0))); ++inner) {
                const QModelIndex below = model.index(inner, column, at.siblingAtColumn(0));
                look(column, below.data().toString(), view.visualRect(below).width() - 8,
                     kRows * (row + 1) + inner);
            }
        }
    }
}

Lacks lacksIn(const std::string& view, QWidget& window) {
    Lacks found;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty()) continue;
        if (const int pixels = lacking(*widget); pixels > 0)
            found[view + pathOf(*widget)] = {pixels, wordsOf(*widget).toStdString()};
        if (const auto* items = qobject_cast<const QAbstractItemView*>(widget))
            addCells(view + pathOf(*widget), *items, found);
    }
    return found;
}

class GermanTest : public FurnishedTest {
 protected:
    void SetUp() override {
        m_before = QLocale();
        FurnishedTest::SetUp();
    }
    void TearDown() override {
        FurnishedTest::TearDown();
        speak(*QCoreApplication::instance(), QStringLiteral("en"));
        QLocale::setDefault(m_before);
    }

    /// Every view of visitEveryView, and the dialogs that have no work in them.
    void visitAll(const Visit& visit) {
        ASSERT_NO_FATAL_FAILURE(visitEveryView(visit));
        for (const char* id : {"window.preferences", "window.about"}) {
            window().shortcuts().action(QLatin1String(id)).trigger();
            QPointer<QDialog> dialog;
            ASSERT_TRUE(waitUntil([&] {
                for (QDialog* each : window().findChildren<QDialog*>())
                    if (each->isVisible()) dialog = each;
                return !dialog.isNull();
            })) << id;
            visit(id, *dialog);
            dialog->close();
            ASSERT_TRUE(waitUntil([&] { return dialog.isNull() || !dialog->isVisible(); })) << id;
            ASSERT_NO_FATAL_FAILURE(backToWindow());
        }
        window().shortcuts().action(QStringLiteral("window.palette")).trigger();
        auto* palette = window().findChild<CommandPalette*>();
        ASSERT_TRUE(palette != nullptr && palette->isVisible());
        visit("Palette", window());
        palette->hide();
    }

 private:
    QLocale m_before;
};

TEST_F(GermanTest, EverythingTheWindowLooksUpIsTranslated) {
    speak(*QCoreApplication::instance(), QStringLiteral("de"));
    std::set<std::pair<QString, QString>> known;
    std::set<QString> contexts;
    for (const Translated& one : readTranslations(std::filesystem::path(SMIDGEN_SOURCE_DIR) /
                                                  "resources/translations/smidgen_de.ts")) {
        known.emplace(one.context, one.source);
        contexts.insert(one.context);
    }
    Listener listener;
    QCoreApplication::installTranslator(&listener);
    ASSERT_NO_FATAL_FAILURE(openFurnished());
    ASSERT_NO_FATAL_FAILURE(visitAll([](const std::string&, QWidget&) {}));
    QCoreApplication::removeTranslator(&listener);
    EXPECT_GT(listener.asked.size(), 800U);
    // What a person named stays as it is, also where such names and the program's own are looked up alike.
    const std::set<QString> mixed{QStringLiteral("CodeLanes"), QStringLiteral("CodeSteps"),
                                  QStringLiteral("Shortcuts"), QStringLiteral("QObject"),
                                  QStringLiteral("QInputDialog")};
    for (const auto& [context, source] : listener.asked) {
        const bool ours = context.startsWith(QStringLiteral("smidgen::")) || contexts.contains(context);
        if (!ours || mixed.contains(context) || source.isEmpty()) continue;
        EXPECT_TRUE(known.contains({context, source}))
            << context.toStdString() << ": " << source.toStdString();
    }
}

TEST_F(GermanTest, NoWordIsCutOffThatEnglishShowsWhole) {
    Lacks english, german;
    const auto noteIn = [](Lacks& all) {
        return [&all](const std::string& view, QWidget& window) {
            QTest::qWait(50);
            all.merge(lacksIn(view, window));
        };
    };
    ASSERT_NO_FATAL_FAILURE(openFurnished());
    ASSERT_NO_FATAL_FAILURE(visitAll(noteIn(english)));
    closeStudio();
    std::filesystem::remove_all(m_folder / "library");
    speak(*QCoreApplication::instance(), QStringLiteral("de"));
    ASSERT_NO_FATAL_FAILURE(openFurnished());
    ASSERT_NO_FATAL_FAILURE(visitAll([&](const std::string& view, QWidget& window) {
        noteIn(german)(view, window);
        keepPicture(QStringLiteral("german-") + QString::fromStdString(view), &window);
    }));
    EXPECT_LE(window().minimumSizeHint().width(), 1280) << "it no longer fits a small screen";
    EXPECT_LE(window().minimumSizeHint().height(), 720);
    for (const auto& [place, lack] : german)
        if (const auto before = english.find(place); before == english.end())
            ADD_FAILURE() << "“" << lack.second << "” lacks " << lack.first << " pixels: " << place;
}

TEST_F(GermanTest, MenusAndKeysSpeakGerman) {
    speak(*QCoreApplication::instance(), QStringLiteral("de"));
    ASSERT_NO_FATAL_FAILURE(openFurnished());
    QAction& undo = window().shortcuts().action(QStringLiteral("edit.undo"));
    EXPECT_EQ(undo.text(), QStringLiteral("Rückgängig"));
    EXPECT_EQ(window().shortcuts().action(QStringLiteral("view.map")).text(), QStringLiteral("Karte"));
    EXPECT_EQ(studio().controls.nameOf("slider.brightness"), QStringLiteral("Helligkeit"));
    EXPECT_EQ(studio().controls.nameOf("library.addFiles"), QStringLiteral("Klangdateien hinzufügen"));
    EXPECT_EQ(axisText("Brightness"), QStringLiteral("Helligkeit"));
    EXPECT_EQ(laneText("Structure"), QStringLiteral("Struktur"));
    EXPECT_EQ(laneText("My lane"), QStringLiteral("My lane"));
    EXPECT_EQ(editText("Brush, 12 cells"), QStringLiteral("Pinsel, 12 Zellen"));
    EXPECT_EQ(editText("Mute Structure"), QStringLiteral("Struktur stummschalten"));
}

TEST_F(GermanTest, TheLanguageIsChosenInThePreferencesAndCountsAtTheNextStart) {
    ASSERT_NO_FATAL_FAILURE(openFurnished());
    press(QStringLiteral("window.preferences"));
    auto& offered = find<QComboBox>(QStringLiteral("preferLanguage"));
    EXPECT_EQ(offered.count(), static_cast<int>(languages().size()) + 1);
    EXPECT_TRUE(offered.currentData().toString().isEmpty()) << "as the desktop, at first";
    offered.setFocus();
    while (offered.currentText() != QStringLiteral("Deutsch")) {
        const int before = offered.currentIndex();
        QTest::keyClick(&offered, Qt::Key_Down);
        ASSERT_NE(offered.currentIndex(), before) << "Deutsch is not offered";
    }
    EXPECT_EQ(preferredLanguage(studio().settings), QStringLiteral("de"));
    while (offered.currentIndex() > 0) QTest::keyClick(&offered, Qt::Key_Up);
    EXPECT_FALSE(studio().settings.contains(QLatin1String(preferences::kLanguage)));
}

}  // namespace
}  // namespace smidgen::ui::testing
