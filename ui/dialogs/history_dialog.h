// Every take there was, with what it was made by.
#pragma once

#include <QDialog>

#include "ui/commands/studio.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;
class QToolButton;

namespace smidgen::ui {

class HistoryModel;

/// A table that narrows while words and filters are typed, with the takes' waveforms; what a take's menu
/// offers, and: the trash, the recipe rendered anew and compared, presets. Stays open beside the window.
class HistoryDialog final : public QDialog {
    Q_OBJECT

 public:
    explicit HistoryDialog(const Studio& studio, QWidget* parent = nullptr);

 Q_SIGNALS:
    void recipeRequested(const smidgen::TakeId& take);
    void presetRequested(const smidgen::TakeId& take);
    void exportRequested(const std::vector<smidgen::TakeId>& takes);
    void compareRequested();

 private:
    [[nodiscard]] QPushButton* button(const QString& text, const QString& name, const QString& hint);
    void read();
    void narrow();
    void showChosen();
    void showCount();
    void play();
    void compare();
    void rebuild();
    void toTrashOrBack();
    [[nodiscard]] std::shared_ptr<const TakeSnapshot> current() const;
    [[nodiscard]] std::vector<TakeId> chosen() const;

    Studio m_studio;
    HistoryModel* m_model;
    QTableView* m_table;
    QLineEdit* m_filter;
    QToolButton* m_trash;
    QLabel* m_count;
    QLabel* m_about;
    QPushButton *m_play, *m_compare, *m_use, *m_preset, *m_rebuild, *m_star, *m_export, *m_remove;
};

}  // namespace smidgen::ui
