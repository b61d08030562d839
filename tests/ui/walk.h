// The way from the first start to an exported sound and back in again: what must be seen at each stage,
// whatever hands go it.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "tests/ui/desk.h"
#include "ui/bridge/code_bridge.h"

namespace smidgen {
class CodeGridView;
}  // namespace smidgen

namespace smidgen::ui {
class EditPage;
class TakeStrip;
class TrainingView;
}  // namespace smidgen::ui

namespace smidgen::ui::testing {

class WalkTest : public DeskTest {
 protected:
    /// A machine under load takes its time.
    static constexpr double kPatience = 900;
    /// Of the person's own folder.
    static constexpr int kSounds = 6;

    using Stage = std::pair<const char*, std::function<void()>>;
    /// One after the other, each with what it cost; ends where one fails.
    static void walk(const std::vector<Stage>& stages);
    /// A picture, numbered; names begin with `album`.
    void film(const QString& name, QWidget* other = nullptr);
    [[nodiscard]] static bool comes(const std::function<bool()>& condition) {
        return waitUntil(condition, kPatience);
    }

    [[nodiscard]] std::string said();
    [[nodiscard]] TakeStrip& tray();
    [[nodiscard]] TrainingView& training();
    [[nodiscard]] EditPage& editing();
    [[nodiscard]] CodeGridView& grid();
    [[nodiscard]] std::shared_ptr<const CodeView> view();
    [[nodiscard]] bool heard() { return view() && view()->current && view()->rendered.audio; }
    [[nodiscard]] SoundCodes codes() { return view()->document->edited; }

    void start();
    void seesTheDemo();
    void seesTheOwnFolder();
    void seesAnEstimate();
    /// The training that goes on ends well.
    void seesTheEndOfTraining(const QString& name);
    void seesTheModel();
    void seesThePrior();
    /// What was generated is in the tray and can be heard: m_made.
    void seesTheTake();
    /// Of the codes that are shown, which become m_ownCodes.
    void beginsToEdit();
    /// The gesture was one step of the window.
    void step(const char* what);
    /// The same where the step comes a moment later, from another thread.
    void stepComes(const char* what);
    /// Ten steps back and ten forward, by keys.
    void undoAndRedoAll();
    /// What was edited is a take: m_edited.
    void seesTheKept();
    void seesTheWayRendered(std::size_t takesBefore);
    void seesTheMap();
    /// "walked.flac" holds what the edited take sounds like.
    void seesTheFile();
    [[nodiscard]] std::filesystem::path exported() const { return m_folder / "out" / "walked.flac"; }
    /// The Edit page of the second start, where one was.
    void seesTheSame();

    TakeId m_made, m_edited;
    CodesId m_ownCodes;
    std::vector<SoundCodes> m_states;  ///< before the first step, and after each
    QString m_album;

 private:
    /// Of the window since the codes are edited.
    [[nodiscard]] int steps() { return studio().library.undoStack().index() - m_before; }

    int m_frame = 0;
    int m_before = 0;  ///< steps of the window before the codes are edited
};

}  // namespace smidgen::ui::testing
