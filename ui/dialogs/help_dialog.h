// The built-in help, page by page.
#pragma once

#include <QDialog>

class QTextBrowser;

namespace smidgen::ui {

class HelpDialog final : public QDialog {
    Q_OBJECT

 public:
    /// `page`: the first to be seen, of resources/help, without its end.
    HelpDialog(const QString& page, QWidget* parent = nullptr);

 private:
    void showPage(const QString& page);

    QTextBrowser* m_text;
};

/// Opens the help at a page, as a window of its own beside `parent`.
void showHelp(const QString& page, QWidget* parent);

}  // namespace smidgen::ui
