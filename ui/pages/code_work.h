// What takes its time on the Edit page: said while it runs, and stopped when asked.
#pragma once

#include <QPointer>
#include <QWidget>
#include <memory>

#include "engine/foundation/cancel_token.h"
#include "engine/workstation/code_desk.h"
#include "ui/commands/studio.h"

class QLabel;
class QProgressBar;

namespace smidgen::ui {

/// A line with a sentence, a bar and a cross; not there when nothing runs. One thing at a time: while it
/// runs, another one is refused with a notice.
class CodeWork final : public QWidget {
    Q_OBJECT

 public:
    struct Task {
        CancelToken cancel;
        CodeProgress progress;
    };

    CodeWork(const Studio& studio, QWidget* parent = nullptr);
    ~CodeWork() override;

    [[nodiscard]] bool running() const { return m_task != nullptr; }

    /// `work(task)` on a worker gives a Result<Value>; `then(value)` comes on the window's thread, an error
    /// as a notice.
    template <typename Value, typename Work, typename Then>
    void run(const QString& sentence, Work work, Then then) {
        const auto task = begin(sentence);
        if (task == nullptr) return;
        m_studio.bridge.run(
            this, [task, work = std::move(work)]() -> Result<Value> { return work(*task); },
            [this, then = std::move(then)](const Result<Value>& done) {
                end();
                if (done)
                    then(*done);
                else
                    tell(done.error());
            });
    }

 Q_SIGNALS:
    /// An error that training could help.
    void trainRequested();

 private:
    [[nodiscard]] std::shared_ptr<Task> begin(const QString& sentence);
    void end();
    void tell(const Error& error);
    void show(double share, const QString& what);

    Studio m_studio;
    QLabel* m_sentence;
    QProgressBar* m_bar;
    std::shared_ptr<Task> m_task;
};

}  // namespace smidgen::ui
