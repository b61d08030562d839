// Inspector: what is known of the collection, model or take chosen last.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace smidgen {
class WaveThumbnail;
}

namespace smidgen::ui {

class CodebookPanel;
class FactSheet;

class InspectorPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit InspectorPanel(const Studio& studio, QWidget* parent = nullptr);

 Q_SIGNALS:
    void preflightRequested();
    void generateRequested();
    void recipeRequested(const smidgen::TakeId& take);
    void presetRequested(const smidgen::TakeId& take);
    void exportRequested(const std::vector<smidgen::TakeId>& takes);

 private:
    void read();
    void showCollection();
    void showModel();
    void showTake();
    [[nodiscard]] QString baseText(const ModelSnapshot& model) const;
    QPushButton* button(const QString& text, const QString& hint);

    Studio m_studio;
    QStackedWidget* m_states;
    QLabel* m_heading;
    QLabel* m_name;
    QLabel* m_remark;
    WaveThumbnail* m_wave;
    FactSheet* m_facts;
    CodebookPanel* m_codebooks;
    QPushButton* m_preflight;
    QPushButton* m_generate;
    QPushButton* m_copySeed;
    QPushButton* m_useRecipe;
    QPushButton* m_makePreset;
    QPushButton* m_star;
    QPushButton* m_export;
};

}  // namespace smidgen::ui
