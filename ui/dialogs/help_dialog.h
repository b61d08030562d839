// The built-in help, page by page.
#pragma once

#include <QDialog>

class QComboBox;
class QTextBrowser;

namespace smidgen::ui {

class HelpDialog final : public QDialog {
    Q_OBJECT

 public:
    explicit HelpDialog(QWidget* parent = nullptr);

    /// A page of resources/help, without its end, from one of its headings on; empty: from its beginning.
    void showPage(const QString& page, const QString& section = {});

 Q_SIGNALS:
    void aboutRequested();

 private:
    void read(const QString& page);

    QComboBox* m_pages;
    QTextBrowser* m_text;
};

}  // namespace smidgen::ui
