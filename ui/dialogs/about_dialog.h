// What the program is, what it is made of, and what helps whoever mends it.
#pragma once

#include <QDialog>

#include "ui/commands/studio.h"
#include "ui/dialogs/about_facts.h"

class QLabel;

namespace smidgen::ui {

class AboutDialog final : public QDialog {
    Q_OBJECT

 public:
    explicit AboutDialog(const Studio& studio, QWidget* parent = nullptr);

 private:
    void build(const AboutFacts& facts);
    void copy();

    Studio m_studio;
    AboutFacts m_facts;
    QString m_computes;  ///< empty until it was tried
    QLabel* m_device = nullptr;
    QLabel* m_copied = nullptr;
};

}  // namespace smidgen::ui
