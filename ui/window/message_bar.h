// Sentences for the person: above the page, until read or no longer needed. Nothing waits for them.
#pragma once

#include <QFrame>
#include <deque>

#include "ui/commands/notices.h"
#include "ui/theme/theme.h"

class QVBoxLayout;

namespace smidgen::ui {

/// Errors and warnings stay until closed; calm ones go by themselves. The same sentence is shown once.
class MessageBar final : public QWidget {
    Q_OBJECT

 public:
    explicit MessageBar(const Theme& theme, QWidget* parent = nullptr);

    void show(const Notice& notice);
    /// The sentences shown now, newest last.
    [[nodiscard]] QStringList sentences() const;

 private:
    struct Strip {
        QString sentence;
        QWidget* widget = nullptr;
    };
    void close(QWidget* strip);

    const Theme& m_theme;
    QVBoxLayout* m_layout;
    std::deque<Strip> m_strips;
};

}  // namespace smidgen::ui
