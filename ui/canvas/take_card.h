// One generated sound as a card: waveform, name, one line of facts, star.
#pragma once

#include <QPoint>
#include <optional>
#include <vector>

#include "engine/analysis/peaks.h"
#include "ui/canvas/canvas.h"

namespace smidgen {

class TakeCard : public Canvas {
    Q_OBJECT
 public:
    struct Content {
        QString id;    ///< returned by takeId(); signals come from the card itself
        QString name;  ///< "take 48"
        QString meta;  ///< "8.0 s · novelty 1.1"
        QString note;  ///< a second line of facts; may be empty
        bool noteWarns = false;
        bool starred = false;
        std::vector<PeakPair> peaks;
    };

    explicit TakeCard(const Theme& theme, QWidget* parent = nullptr);

    void setContent(Content content);
    [[nodiscard]] const Content& content() const { return m_content; }
    [[nodiscard]] const QString& takeId() const { return m_content.id; }
    void setSelected(bool selected);
    [[nodiscard]] bool isSelected() const { return m_selected; }
    /// 0…1 while this take is heard; nullopt: it is not.
    void setPlayed(std::optional<double> share);
    /// A take is being made: the wave is replaced by a progress line in `model`. nullopt: finished.
    void setProgress(std::optional<double> fraction);
    /// What follows the pointer while the card is dragged.
    [[nodiscard]] QPixmap dragPixmap();

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {170, 104}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 88}; }

 Q_SIGNALS:
    void clicked(Qt::KeyboardModifiers modifiers);  ///< Ctrl+Space: as with Ctrl
    void
    playRequested();  ///< Enter, Return, double-click, or a click on the play mark shown under the pointer
    void starToggled(
        bool starred);       ///< S or a click on the star; the card shows it only when content says so
    void renameRequested();  ///< F2
    void trashRequested();   ///< Delete
    void menuRequested(const QPoint& globalPosition);  ///< right click or the menu key
    /// The pointer has moved far enough with the button down: run a QDrag now.
    void dragRequested(const QPoint& hotSpot);
    void neighbourRequested(int step, Qt::KeyboardModifiers modifiers);  ///< arrow keys: −1 or +1
    void hoverChanged(bool inside);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

 private:
    [[nodiscard]] int textHeight() const;
    [[nodiscard]] QRectF waveRect() const;
    [[nodiscard]] QRectF starRect() const;
    [[nodiscard]] QRectF playRect() const;

    Content m_content;
    bool m_selected = false;
    bool m_hovered = false;
    std::optional<double> m_played;
    std::optional<double> m_progress;
    std::optional<QPoint> m_pressed;
};

}  // namespace smidgen
