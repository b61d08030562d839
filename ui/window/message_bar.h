// Sentences for the person: beside the tabs, until read or no longer needed. Nothing waits for
// them, and nothing on the page moves because of them.
#pragma once

#include <QFrame>
#include <deque>

#include "ui/commands/notices.h"
#include "ui/theme/theme.h"

class QVBoxLayout;

namespace smidgen::ui {

/// Lies over its parent, where the row of tabs leaves room, or below it where there is none. Errors and
/// warnings stay until closed; calm ones go by themselves. The same sentence is shown once.
class MessageBar final : public QWidget {
    Q_OBJECT

 public:
    /// `tabs`: what the messages keep clear of, in `page`.
    MessageBar(const Theme& theme, QWidget& page, const QWidget& tabs);

    void show(const Notice& notice);
    /// The sentences shown now, newest last.
    [[nodiscard]] QStringList sentences() const;

 protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    struct Strip {
        QString sentence;
        QWidget* widget = nullptr;
    };
    void close(QWidget* strip);
    /// As wide as its sentences may be, as high as they need.
    void settle();

    const Theme& m_theme;
    const QWidget& m_tabs;
    QVBoxLayout* m_layout;
    std::deque<Strip> m_strips;
};

}  // namespace smidgen::ui
