// Generate: a recipe in, takes out, and the chosen one to look at.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QStackedWidget;
class QToolButton;

namespace smidgen::ui {

class LiveSteering;
class MorphPanel;
class RecipeForm;
class SoundView;
class TakeStrip;

class GeneratePage final : public QWidget {
    Q_OBJECT

 public:
    GeneratePage(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    void generate(int count);
    void useRecipe(const TakeId& take);
    [[nodiscard]] RecipeForm& form() { return *m_form; }
    [[nodiscard]] LiveSteering& live() { return *m_live; }
    [[nodiscard]] SoundView& sound() { return *m_sound; }
    [[nodiscard]] TakeStrip& results() { return *m_results; }
    [[nodiscard]] MorphPanel& morph() { return *m_morph; }
    /// The cube in place of the sliders, or back.
    void showMorph(bool on);
    [[nodiscard]] bool morphShown() const;

 protected:
    void resizeEvent(QResizeEvent* event) override;

 Q_SIGNALS:
    void trainRequested();
    /// How many takes are still to come, and how far they are, 0…1.
    void owedChanged(int takes, double fraction);

 private:
    struct Running {
        JobId job = 0;
        int count = 0;
    };
    void readModels();
    void readJob(JobId id);
    void readResults();
    void showResults();
    void showOutcomes();
    void keepHeard();
    bool start(const GenerateRequest& request);

    Studio m_studio;
    QStackedWidget* m_states;
    RecipeForm* m_form;
    MorphPanel* m_morph;
    QToolButton* m_toMorph;
    TakeStrip* m_results;
    SoundView* m_sound;
    LiveSteering* m_live;
    std::vector<Running> m_running;  ///< oldest first
    std::vector<TakeId> m_recent;    ///< of the last generation, in order of seeds
};

}  // namespace smidgen::ui
