// A hand that does what it likes: valid events on whatever is there to be pressed, typed into or dragged.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <deque>
#include <filesystem>
#include <random>
#include <vector>

#include "ui/window/main_window.h"

namespace smidgen::ui::testing {

/// The same seed does the same as long as the window answers alike. Menus and modal windows that wait inside
/// an event are answered by a timer. Never quits; file dialogs are closed at once.
class RandomHand final : public QObject {
 public:
    RandomHand(MainWindow& window, std::vector<std::filesystem::path> files, std::uint64_t seed);

    /// Does something and lets the window answer.
    void act();
    /// What was done last, newest last, for a failure's message.
    [[nodiscard]] std::string story() const;
    /// Menus and dialogs that are open are closed.
    void closeDialogs();

 private:
    using Event = bool (RandomHand::*)();

    bool click();
    bool key();
    bool action();
    bool wheel();
    bool drag();
    bool drop();
    bool type();
    bool item();
    bool menu();
    bool page();
    bool close();

    void answerWhatWaits();
    void answerMenu(QWidget& popup);
    void answerDialog(QWidget& modal);
    void say(const QString& text);
    /// The window the hand is over: a modal one before all others.
    [[nodiscard]] QWidget* top();
    template <typename Widget, typename Fits>
    [[nodiscard]] Widget* some(const Fits& fits);
    [[nodiscard]] QPoint placeIn(const QWidget& widget);
    [[nodiscard]] Qt::KeyboardModifiers modifiers();
    [[nodiscard]] int below(int count);
    [[nodiscard]] bool chance(double probability);

    MainWindow& m_window;
    std::vector<std::filesystem::path> m_files;
    std::mt19937_64 m_random;
    std::mt19937_64 m_answers;  ///< apart, so that answers do not change what comes next
    std::deque<QString> m_story;
    QTimer m_timer;
    bool m_acting = false;
};

}  // namespace smidgen::ui::testing
