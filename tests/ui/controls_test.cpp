// Hands on the window from outside: a MIDI controller on a JACK server, and a program that speaks OSC.
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeWidget>
#include <fstream>
#include <mutex>

#include "engine/control/osc_server.h"
#include "tests/playback/jack_controller.h"
#include "tests/playback/jack_server.h"
#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/canvas/attribute_slider.h"
#include "ui/canvas/elided_label.h"
#include "ui/dialogs/controls_dialog.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/seed_field.h"
#include "ui/pages/shape_panel.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

using ::smidgen::testing::JackController;
using ::smidgen::testing::JackServer;

/// Another program: sends to the studio, and keeps what it hears.
class Program {
 public:
    explicit Program(int studio) : m_studio(static_cast<std::uint16_t>(studio)) {
        auto opened = OscServer::open(0, false, [this](const OscPeer&, std::vector<OscMessage> messages) {
            const std::lock_guard lock(m_mutex);
            m_heard.insert(m_heard.end(), messages.begin(), messages.end());
        });
        EXPECT_TRUE(opened);
        m_server = *std::move(opened);
    }
    void send(const std::string& address, std::vector<OscValue> values = {}) {
        m_server->send({0x7F000001, m_studio}, {address, std::move(values)});
    }
    [[nodiscard]] bool hears(const OscMessage& wanted) {
        return waitUntil([&] {
            const std::lock_guard lock(m_mutex);
            return std::find(m_heard.begin(), m_heard.end(), wanted) != m_heard.end();
        });
    }
    void forget() {
        const std::lock_guard lock(m_mutex);
        m_heard.clear();
    }

 private:
    std::uint16_t m_studio;
    std::mutex m_mutex;
    std::vector<OscMessage> m_heard;
    std::unique_ptr<OscServer> m_server;
};

class ControlsTest : public DeskTest {
 protected:
    [[nodiscard]] ShapePanel& shape() { return window().generatePage().form().shape(); }
    [[nodiscard]] std::optional<double> position(Attribute attribute) {
        return shape().positions()[attribute];
    }
    [[nodiscard]] ControlBridge& controls() { return studio().controls; }
    [[nodiscard]] int openOsc() {
        auto any = OscServer::open(0, false, [](const OscPeer&, std::vector<OscMessage>) {});
        const int port = (*any)->port();
        any->reset();
        const Status opened = controls().setOsc(true, port, false);
        EXPECT_TRUE(opened) << opened.error().sentence;
        return port;
    }
    [[nodiscard]] QString messages() {
        QString text;
        for (const QLabel* label : window().messages().findChildren<QLabel*>()) text += label->text();
        return text;
    }
    /// What the menu of a slider offers, and chooses `entry` in it.
    QStringList openMenu(Attribute attribute, const QString& entry) {
        QStringList offered;
        AttributeSlider& slider = shape().slider(attribute);
        QTimer::singleShot(0, [&] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            ASSERT_NE(menu, nullptr);
            for (QAction* action : menu->actions()) {
                offered.append(action->text());
                if (action->text() == entry) action->trigger();
            }
            menu->close();
        });
        const QPoint place = slider.mapTo(&shape(), slider.rect().center());
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, shape().mapToGlobal(place));
        QApplication::sendEvent(&shape(), &event);
        return offered;
    }
};

TEST_F(ControlsTest, AnotherProgramMovesSlidersAndIsToldWhatTheHandDoes) {
    openStudio();
    window().showPage(MainWindow::Page::generate);
    Program program(openOsc());
    program.send("/smidgen/subscribe");
    ASSERT_TRUE(program.hears({"/smidgen/slider/space", {OscValue()}}));
    ASSERT_TRUE(program.hears({"/smidgen/transport/play", {std::int64_t{0}}}));
    const int steps = studio().library.undoStack().index();
    for (int i = 1; i <= 20; ++i) program.send("/smidgen/slider/space", {i / 16.0});
    ASSERT_TRUE(waitUntil([&] { return position(Attribute::space) == 1.25; }));
    EXPECT_EQ(studio().library.undoStack().index(), steps + 1) << "one step to undo";
    program.forget();
    studio().library.undoStack().undo();
    EXPECT_EQ(position(Attribute::space), std::nullopt);
    EXPECT_TRUE(program.hears({"/smidgen/slider/space", {OscValue()}}));
    shape().moveSlider(Attribute::warmth, 0.5);
    EXPECT_TRUE(program.hears({"/smidgen/slider/warmth", {0.5}}));
    program.send("/smidgen/slider/warmth/free");
    EXPECT_TRUE(waitUntil([&] { return !position(Attribute::warmth); }));
}

TEST_F(ControlsTest, AnotherProgramPressesActions) {
    openStudio();
    Program program(openOsc());
    program.send("/smidgen/seed", {std::int64_t{123456789012345}});
    ASSERT_TRUE(
        waitUntil([&] { return window().generatePage().form().seedField().value() == 123456789012345U; }));
    program.send("/smidgen/dice");
    ASSERT_TRUE(
        waitUntil([&] { return window().generatePage().form().seedField().value() != 123456789012345U; }));
    program.send("/smidgen/subscribe");
    program.send("/smidgen/transport/loop", {std::int64_t{1}});
    ASSERT_TRUE(waitUntil([&] { return studio().sound.looping(); }));
    program.send("/smidgen/transport/loop");
    ASSERT_TRUE(waitUntil([&] { return !studio().sound.looping(); }));
    studio().sound.setLooping(true);
    EXPECT_TRUE(program.hears({"/smidgen/transport/loop", {std::int64_t{1}}}));
    // Nothing is loaded, so nothing plays, and the state says so.
    program.forget();
    program.send("/smidgen/transport/play");
    program.send("/smidgen/state");
    EXPECT_TRUE(program.hears({"/smidgen/transport/play", {std::int64_t{0}}}));
    program.send("/smidgen/action/view.nextPage");
    program.send("/smidgen/generate", {std::int64_t{2}});
    EXPECT_TRUE(waitUntil([&] { return messages().contains(QStringLiteral("no model yet")); }))
        << "and says why not";
    EXPECT_EQ(window().page(), MainWindow::Page::generate);
}

TEST_F(ControlsTest, ATakenPortIsToldInTheDialogAndAnotherOpens) {
    openStudio();
    auto other = OscServer::open(0, false, [](const OscPeer&, std::vector<OscMessage>) {});
    ASSERT_TRUE(other);
    press(QStringLiteral("window.controls"));
    find<QTabWidget>(QStringLiteral("controlTabs")).setCurrentIndex(2);
    find<QSpinBox>(QStringLiteral("oscPort")).setValue((*other)->port());
    auto& state = find<QLabel>(QStringLiteral("oscState"));
    EXPECT_EQ(state.text(), QStringLiteral("Nothing listens."));
    find<QCheckBox>(QStringLiteral("oscOn")).click();
    EXPECT_TRUE(state.text().contains(QStringLiteral("is taken by another program")))
        << state.text().toStdString();
    keepPicture(QStringLiteral("controls-osc-taken"), &find<QDialog>(QStringLiteral("controlsDialog")));
    const int freed = (*other)->port();
    other->reset();
    find<QCheckBox>(QStringLiteral("oscOn")).click();
    find<QCheckBox>(QStringLiteral("oscOn")).click();
    EXPECT_EQ(controls().desk().oscPort(), freed);
    EXPECT_TRUE(find<QToolButton>(QStringLiteral("controls")).text().contains(QString::number(freed)));
    EXPECT_TRUE(state.text().startsWith(QStringLiteral("Listening"))) << state.text().toStdString();
    keepPicture(QStringLiteral("controls-osc"), &find<QDialog>(QStringLiteral("controlsDialog")));
}

TEST_F(ControlsTest, ADamagedFileIsToldAndKept) {
    std::ofstream(m_folder / "controls.json") << "{\"format\": \"smidgen-con";
    m_controllers = true;
    openStudio();
    EXPECT_TRUE(waitUntil([&] { return messages().contains(QStringLiteral("controls.json.unreadable")); }))
        << messages().toStdString();
    EXPECT_TRUE(std::filesystem::exists(m_folder / "controls.json.unreadable"));
}

class MidiControlsTest : public ControlsTest {
 protected:
    void SetUp() override {
        ControlsTest::SetUp();
        ASSERT_TRUE(m_server.start()) << "jackd (package jackd2) must be able to start";
        m_controllers = true;
        openStudio();
        window().showPage(MainWindow::Page::generate);
        ASSERT_TRUE(waitUntil([&] { return !controls().inputs().empty(); }));
    }
    void TearDown() override {
        ControlsTest::TearDown();
        m_server.stop();
    }
    JackServer m_server;
};

void turn(JackController& knobs, std::uint8_t number, int from, int to) {
    for (int value = from; value != to; value += from < to ? 1 : -1)
        knobs.send({0xB0, number, static_cast<std::uint8_t>(value)});
}

TEST_F(MidiControlsTest, AKnobIsLearnedFromTheSlidersMenuAndMovesItNowAndInTheNextSession) {
    // The sliders are there when there is a model.
    ASSERT_NO_FATAL_FAILURE(addSmallModel());
    ASSERT_TRUE(waitUntil([&] { return shape().isVisible(); }));
    auto knobs = std::make_unique<JackController>();
    ASSERT_TRUE(knobs->connected());
    const QStringList offered = openMenu(Attribute::brightness, QStringLiteral("MIDI learn"));
    EXPECT_TRUE(offered.contains(QStringLiteral("Controls…"))) << offered.join(u',').toStdString();
    ASSERT_EQ(controls().learning(), "slider.brightness");
    turn(*knobs, 74, 10, 30);
    ASSERT_TRUE(waitUntil([&] { return !controls().learning(); }));
    EXPECT_TRUE(waitUntil([&] {
        return messages().contains(
            QStringLiteral("Controller 74 on channel 1 of JACK MIDI now moves Brightness."));
    })) << messages().toStdString();
    EXPECT_TRUE(shape().slider(Attribute::brightness).spokenValue().contains(QStringLiteral("controller")))
        << shape().slider(Attribute::brightness).spokenValue().toStdString();
    keepPicture(QStringLiteral("controls-mapped"));
    turn(*knobs, 74, 30, 100);
    ASSERT_TRUE(waitUntil([&] { return position(Attribute::brightness) == 99 / 127.0; }));

    // Moved by hand, it waits until the knob passes by, and the device is shown.
    shape().moveSlider(Attribute::brightness, 0.25);
    ASSERT_TRUE(waitUntil([&] { return !knobs->shown().empty(); }));
    EXPECT_EQ(knobs->shown().back(), (JackController::Bytes{0xB0, 74, 32}));
    // At first that counts as the device on its way there; a hand goes on.
    EXPECT_TRUE(waitUntil([&] {
        knobs->send({0xB0, 74, 95});
        return find<QWidget>(QStringLiteral("statusLine"))
            .findChild<ElidedLabel*>()
            ->fullText()
            .contains(QStringLiteral("to pick the slider up"));
    }));
    EXPECT_EQ(position(Attribute::brightness), 0.25);

    knobs.reset();
    closeStudio();
    openStudio();
    window().showPage(MainWindow::Page::generate);
    ASSERT_TRUE(waitUntil([&] { return !controls().inputs().empty(); }));
    JackController again;
    ASSERT_TRUE(again.connected());
    turn(again, 74, 60, 64);
    EXPECT_TRUE(waitUntil([&] { return position(Attribute::brightness) == 63 / 127.0; }));
    EXPECT_TRUE(openMenu(Attribute::brightness, QStringLiteral("Forget its controls"))
                    .contains(QStringLiteral("Controller 74 on channel 1 of JACK MIDI")));
    EXPECT_TRUE(controls().settings().mappings.empty());
}

TEST_F(MidiControlsTest, TheDialogLearnsChangesAndRemoves) {
    JackController knobs;
    ASSERT_TRUE(knobs.connected());
    press(QStringLiteral("window.controls"));
    auto& target = find<QComboBox>(QStringLiteral("learnTarget"));
    target.setCurrentIndex(target.findData(QStringLiteral("slider.warmth")));
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("learn")), Qt::LeftButton);
    turn(knobs, 20, 0, 20);
    auto& list = find<QTreeWidget>(QStringLiteral("mappings"));
    ASSERT_TRUE(waitUntil([&] { return list.topLevelItemCount() == 1; }));
    ASSERT_TRUE(waitUntil([&] { return !controls().learning(); }));
    find<QDoubleSpinBox>(QStringLiteral("high")).setValue(0.5);
    find<QCheckBox>(QStringLiteral("inverted")).click();
    find<QComboBox>(QStringLiteral("takeOver")).setCurrentIndex(1);
    turn(knobs, 20, 20, 0);
    knobs.send({0xB0, 20, 0});
    EXPECT_TRUE(waitUntil([&] { return position(Attribute::warmth) == 0.5; }));
    knobs.send({0xB0, 20, 127});
    EXPECT_TRUE(waitUntil([&] { return position(Attribute::warmth) == 0.0; }));

    // The same knob for another slider: it moves both, and that is said.
    target.setCurrentIndex(target.findData(QStringLiteral("slider.space")));
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("learn")), Qt::LeftButton);
    turn(knobs, 20, 0, 20);
    ASSERT_TRUE(waitUntil([&] { return list.topLevelItemCount() == 2; }));
    EXPECT_TRUE(waitUntil([&] {
        return find<QLabel>(QStringLiteral("said")).text().contains(QStringLiteral("moves Warmth too."));
    })) << find<QLabel>(QStringLiteral("said")).text().toStdString();
    keepPicture(QStringLiteral("controls-mappings"), &find<QDialog>(QStringLiteral("controlsDialog")));

    // A range that ends where it begins is refused and changes nothing.
    find<QDoubleSpinBox>(QStringLiteral("low")).setValue(1.0);
    EXPECT_TRUE(find<QLabel>(QStringLiteral("said")).text().contains(QStringLiteral("ends where it begins")));
    EXPECT_EQ(controls().settings().mappings[1].low, 0);
    while (list.topLevelItemCount() > 0)
        QTest::mouseClick(&find<QPushButton>(QStringLiteral("removeMapping")), Qt::LeftButton);
    EXPECT_TRUE(controls().settings().mappings.empty());
}

TEST_F(MidiControlsTest, APadPressesAnAction) {
    JackController pads;
    ASSERT_TRUE(pads.connected());
    controls().learn("transport.loop");
    pads.send({0x99, 36, 100});
    pads.send({0x89, 36, 0});
    ASSERT_TRUE(waitUntil([&] { return controls().isMapped("transport.loop"); }));
    pads.send({0x99, 36, 100});
    pads.send({0x89, 36, 0});
    EXPECT_TRUE(waitUntil([&] { return studio().sound.looping(); }));
    EXPECT_TRUE(
        waitUntil([&] { return find<QToolButton>(QStringLiteral("controls")).text().contains(u"1 MIDI"); }));
}

TEST_F(MidiControlsTest, ALostServerIsTold) {
    m_server.kill();
    EXPECT_TRUE(waitUntil([&] { return messages().contains(QStringLiteral("JACK MIDI was unplugged")); }))
        << messages().toStdString();
}

}  // namespace
}  // namespace smidgen::ui::testing
