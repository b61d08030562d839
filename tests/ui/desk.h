// A studio on a library of its own, with hands: clicks, keys, drops, and waiting in Qt's own loop.
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>
#include <QUrl>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/commands/studio.h"
#include "ui/window/main_window.h"
#include "ui/window/session.h"

namespace smidgen::ui::testing {

/// The theme of the test program's one application.
[[nodiscard]] Theme& theme();

/// Runs Qt's loop until `condition` holds; false when it does not within `seconds`.
[[nodiscard]] bool waitUntil(const std::function<bool()>& condition, double seconds = 20);

/// `count` short recordings of Debian's sonic-pi-samples, drums first, as copies in `folder`.
std::vector<std::filesystem::path> copySamples(const std::filesystem::path& folder, int count);

/// Drags addresses in from outside and drops them on `target`, at its middle or at a place of it; `over` is
/// called while they hang over it.
void dropUrls(QWidget& target, const QList<QUrl>& urls, std::optional<QPoint> place = {},
              const std::function<void()>& over = {});
/// The same with files.
void dropFiles(QWidget& target, const std::vector<std::filesystem::path>& files,
               std::optional<QPoint> place = {}, const std::function<void()>& over = {});

class DeskTest : public ::testing::Test {
 protected:
    void SetUp() override;
    void TearDown() override;

    /// Opens the studio on m_folder / "library" and shows it.
    void openStudio(bool audio = false, const QSize& size = {1280, 720});
    void closeStudio();
    [[nodiscard]] MainWindow& window() { return m_session->window(); }
    [[nodiscard]] Studio& studio() { return m_session->studio(); }
    [[nodiscard]] Workstation& engine() { return studio().engine(); }
    /// The visible widget of that type and object name; fails the test when there is none.
    template <typename Widget>
    [[nodiscard]] Widget& find(const QString& name) {
        for (QWidget* top : QApplication::topLevelWidgets())
            for (Widget* found : top->findChildren<Widget*>(name))
                if (found->isVisible()) return *found;
        throw std::runtime_error("no visible " + name.toStdString());
    }
    /// Imports samples as a collection and waits for it.
    void importSamples(int count);
    /// A model of twelve drums in the library, hardly trained beyond the base. Trained once and kept beside
    /// the program while that stays the same.
    void addSmallModel();
    /// Trains one for a step on the same drums, whatever is there.
    void trainSmallModel(const std::string& name, std::uint64_t seed = 1);
    [[nodiscard]] std::filesystem::path soundsFolder() const { return m_folder / "sounds"; }
    void press(const QString& actionId);
    /// Clicks the visible button with that text as soon as there is one that can be clicked.
    void clickButton(const QString& text, double patience = 120);
    /// After a dialog or menu has closed; without a window manager nobody else does that.
    void backToWindow();
    [[nodiscard]] AudioBuffer takeSound(const TakeId& id);
    /// Keeps pictures of the window (or another one) as it is, when SMIDGEN_PICTURES names a folder for them:
    /// light and dark, or the schemes that SMIDGEN_PICTURES_THEMES lists, with commas.
    void keepPicture(const QString& name, QWidget* other = nullptr);

    std::filesystem::path m_folder;
    bool m_controllers = false;  ///< whether openStudio() listens to MIDI, and OSC where it is on
    std::unique_ptr<Session> m_session;
};

}  // namespace smidgen::ui::testing
