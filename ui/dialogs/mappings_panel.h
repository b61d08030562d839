// What moves what: the list of mappings, learning one, and changing the chosen one.
#pragma once

#include <QWidget>
#include <optional>

#include "ui/commands/studio.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace smidgen::ui {

class MappingForm;

class MappingsPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit MappingsPanel(const Studio& studio, QWidget* parent = nullptr);

 private:
    void readMappings();
    void showChosen();
    void showLearning();
    void say(const QString& sentence, bool wrong);
    [[nodiscard]] std::optional<std::size_t> chosen() const;

    Studio m_studio;
    QTreeWidget* m_list;
    QComboBox* m_target;
    QPushButton* m_learn;
    QPushButton* m_remove;
    MappingForm* m_form;
    QLabel* m_said;
    QLabel* m_activity;
};

}  // namespace smidgen::ui
