// A label that gives way: too long a text ends in an ellipsis and is shown whole in the tooltip.
#pragma once

#include <QLabel>

namespace smidgen {

class ElidedLabel : public QLabel {
    Q_OBJECT
 public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr,
                         Qt::TextElideMode mode = Qt::ElideRight);

    void setFullText(const QString& text);
    [[nodiscard]] const QString& fullText() const { return m_full; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

 protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void elide();

    QString m_full;
    Qt::TextElideMode m_mode;
};

}  // namespace smidgen
