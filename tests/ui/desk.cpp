#include "tests/ui/desk.h"

#include <unistd.h>

#include <QAbstractButton>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QEventLoop>
#include <QMimeData>
#include <QTimer>
#include <algorithm>
#include <optional>

#include "engine/audio/audio_reader.h"
#include "ui/bridge/text.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/recipe_form.h"

namespace smidgen::ui::testing {

namespace fs = std::filesystem;

namespace {

class Screen : public ::testing::Environment {
 public:
    void SetUp() override {
        if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
        static int argc = 1;
        static char name[] = "test_ui";
        static char* argv[] = {name, nullptr};
        m_application.emplace(argc, argv);
        m_theme.emplace(*m_application);
    }
    void TearDown() override {
        m_theme.reset();
        m_application.reset();
    }
    [[nodiscard]] Theme& theme() { return *m_theme; }

 private:
    std::optional<QApplication> m_application;
    std::optional<Theme> m_theme;
};

Screen* const screen = static_cast<Screen*>(::testing::AddGlobalTestEnvironment(new Screen));

}  // namespace

Theme& theme() {
    return screen->theme();
}

bool waitUntil(const std::function<bool()>& condition, double seconds) {
    if (condition()) return true;
    QEventLoop loop;
    bool held = false;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        held = condition();
        if (held) loop.quit();
    });
    look.start(5);
    QTimer::singleShot(static_cast<int>(seconds * 1000), &loop, &QEventLoop::quit);
    loop.exec();
    return held;
}

std::vector<fs::path> copySamples(const fs::path& folder, int count) {
    std::vector<fs::path> found;
    for (const auto& item : fs::directory_iterator("/usr/share/sonic-pi/samples"))
        if (item.path().extension() == ".flac" && item.file_size() < 150000) found.push_back(item.path());
    const auto drum = [](const fs::path& path) { return path.filename().string().starts_with("drum"); };
    std::sort(found.begin(), found.end(), [&](const fs::path& a, const fs::path& b) {
        return std::pair(!drum(a), a.filename()) < std::pair(!drum(b), b.filename());
    });
    found.resize(std::min(found.size(), static_cast<std::size_t>(count)));
    fs::create_directories(folder);
    for (fs::path& path : found) {
        fs::copy_file(path, folder / path.filename(), fs::copy_options::overwrite_existing);
        path = folder / path.filename();
    }
    return found;
}

void dropFiles(QWidget& target, const std::vector<fs::path>& files, std::optional<QPoint> place,
               const std::function<void()>& over) {
    QList<QUrl> urls;
    for (const fs::path& file : files) urls.append(QUrl::fromLocalFile(toText(file)));
    dropUrls(target, urls, place, over);
}

void dropUrls(QWidget& target, const QList<QUrl>& urls, std::optional<QPoint> place,
              const std::function<void()>& over) {
    QMimeData data;
    data.setUrls(urls);
    const QPoint at = place.value_or(target.rect().center());
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &move);
    if (over) over();
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &drop);
    ASSERT_TRUE(drop.isAccepted());
}

void DeskTest::SetUp() {
    m_folder = fs::temp_directory_path() / ("smidgen-ui-" + std::to_string(::getpid()));
    fs::remove_all(m_folder);
    fs::create_directories(m_folder);
}

void DeskTest::TearDown() {
    closeStudio();
    fs::remove_all(m_folder);
}

void DeskTest::openStudio(bool audio, const QSize& size) {
    Session::Options options;
    options.library = m_folder / "library";
    options.settingsFile = toText(m_folder / "studio.ini");
    options.openAudio = audio;
    options.openControllers = m_controllers;
    auto opened = Session::open(theme(), options);
    ASSERT_TRUE(opened) << opened.error().sentence;
    m_session = std::move(*opened);
    studio().recording.setFolder(m_folder / "recordings");  // not among a person's music
    window().resize(size);
    window().show();
    window().activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window()));
}

void DeskTest::closeStudio() {
    if (m_session) window().close();
    m_session.reset();
}

void DeskTest::importSamples(int count) {
    copySamples(soundsFolder(), count);
    const std::size_t before = engine().collections().size();
    window().importPaths({soundsFolder()});
    ASSERT_TRUE(waitUntil([&] { return engine().collections().size() > before; }));
    ASSERT_TRUE(waitUntil([&] { return studio().library.undoStack().canUndo(); }));
    EXPECT_FALSE(studio().selection.collection().empty());
}

void DeskTest::trainSmallModel(const std::string& name, std::uint64_t seed) {
    copySamples(soundsFolder(), 12);
    TrainingRequest request;
    request.paths = {soundsFolder()};
    request.name = name;
    request.steps = 1;
    request.seed = seed;
    const std::size_t before = engine().models().size();
    const auto job = engine().startTraining(request);
    ASSERT_TRUE(job) << job.error().sentence;
    constexpr double kPatience = 200;
    ASSERT_TRUE(waitUntil([&] { return engine().job(*job)->ended(); }, kPatience));
    ASSERT_EQ(engine().models().size(), before + 1) << engine().job(*job)->sentence;
}

void DeskTest::addSmallModel() {
    const fs::path kept = fs::path(SMIDGEN_BIN_DIR) / "studio_model.safetensors";
    const fs::path program = fs::path(SMIDGEN_BIN_DIR) / "test_ui";
    if (fs::exists(kept) && fs::last_write_time(kept) > fs::last_write_time(program)) {
        const auto added = engine().importModel(kept);
        ASSERT_TRUE(added) << added.error().sentence;
    } else {
        ASSERT_NO_FATAL_FAILURE(trainSmallModel("sounds"));
        const fs::path fresh = kept.string() + "." + std::to_string(::getpid());
        ASSERT_TRUE(engine().exportModel(engine().models().front()->id, fresh));
        fs::rename(fresh, kept);
    }
    // The window hears of it by a message of its own.
    ASSERT_TRUE(
        waitUntil([&] { return !window().findChild<GeneratePage*>()->form().recipe().modelId.empty(); }));
}

void DeskTest::keepPicture(const QString& name, QWidget* other) {
    const QString folder = qEnvironmentVariable("SMIDGEN_PICTURES");
    if (folder.isEmpty()) return;
    QWidget& pictured = other ? *other : static_cast<QWidget&>(window());
    const QString wanted = qEnvironmentVariable("SMIDGEN_PICTURES_THEMES", QStringLiteral("light,dark"));
    const Scheme before = theme().scheme();
    for (const QString& look : wanted.split(u',')) {
        const auto scheme = Theme::schemeNamed(look);
        ASSERT_TRUE(scheme) << look.toStdString();
        theme().setScheme(*scheme);
        static_cast<void>(waitUntil([] { return false; }, 0.3));
        EXPECT_TRUE(pictured.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, name, look)));
    }
    theme().setScheme(before);
}

void DeskTest::press(const QString& actionId) {
    const QKeySequence keys = window().shortcuts().action(actionId).shortcut();
    ASSERT_FALSE(keys.isEmpty()) << actionId.toStdString();
    QTest::keySequence(&window(), keys);
}

void DeskTest::clickButton(const QString& text, double patience) {
    QAbstractButton* found = nullptr;
    const auto look = [&] {
        for (QWidget* top : QApplication::topLevelWidgets())
            for (auto* button : top->findChildren<QAbstractButton*>())
                if (button->isVisible() && button->isEnabled() && button->text() == text) found = button;
        return found != nullptr;
    };
    ASSERT_TRUE(waitUntil(look, patience)) << text.toStdString();
    QTest::mouseClick(found, Qt::LeftButton);
}

void DeskTest::backToWindow() {
    window().activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window()));
}

AudioBuffer DeskTest::takeSound(const TakeId& id) {
    auto sound = readAudio(engine().take(id)->file);
    EXPECT_TRUE(sound);
    return sound ? *sound : AudioBuffer();
}

}  // namespace smidgen::ui::testing
