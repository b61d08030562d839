// A seed: any whole number from 0 to 2⁶⁴ − 1.
#pragma once

#include <QLineEdit>
#include <cstdint>

namespace smidgen::ui {

class SeedField final : public QLineEdit {
    Q_OBJECT

 public:
    explicit SeedField(QWidget* parent = nullptr);
    [[nodiscard]] std::uint64_t value() const;
    void setValue(std::uint64_t seed);

 Q_SIGNALS:
    void valueChanged();

 protected:
    void focusOutEvent(QFocusEvent* event) override;

 private:
    std::uint64_t m_value = 1;
};

}  // namespace smidgen::ui
