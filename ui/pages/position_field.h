// A slider's position as a number, or nothing.
#pragma once

#include <QLineEdit>
#include <optional>

namespace smidgen::ui {

/// Empty means "as it comes". What is no number from −0.25 to 1.25 is put back.
class PositionField final : public QLineEdit {
    Q_OBJECT

 public:
    explicit PositionField(QWidget* parent = nullptr);
    void setPosition(std::optional<double> position);

 Q_SIGNALS:
    void typed(std::optional<double> position);

 private:
    void read();
    void show();

    std::optional<double> m_position;
};

}  // namespace smidgen::ui
