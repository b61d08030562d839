// Names and values in two columns; values can be marked and copied.
#pragma once

#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;

namespace smidgen::ui {

struct Fact {
    QString name;
    QString value;
    bool warns = false;
};

class FactSheet final : public QWidget {
    Q_OBJECT

 public:
    explicit FactSheet(QWidget* parent = nullptr);
    /// Keeps its labels when the names are the same as before, so a marked value stays marked.
    void setFacts(const std::vector<Fact>& facts);

 private:
    QGridLayout* m_layout;
    std::vector<std::pair<QLabel*, QLabel*>> m_rows;
};

}  // namespace smidgen::ui
