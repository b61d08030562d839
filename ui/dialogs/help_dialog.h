// A page of the built-in help.
#pragma once

#include <QDialog>

namespace smidgen::ui {

class HelpDialog final : public QDialog {
    Q_OBJECT

 public:
    /// `page`: of resources/help, without its end.
    HelpDialog(const QString& page, QWidget* parent = nullptr);
};

}  // namespace smidgen::ui
