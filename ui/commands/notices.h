// Sentences for the person, from anywhere in the window: shown without stopping anything.
#pragma once

#include <QObject>
#include <QString>
#include <functional>

#include "engine/foundation/result.h"

namespace smidgen::ui {

enum class Tone { calm, good, warn, bad };

struct Notice {
    Tone tone = Tone::calm;
    QString sentence;
    QString actionText;  ///< empty: no button
    std::function<void()> action;
};

/// Window thread.
class Notices final : public QObject {
    Q_OBJECT

 public:
    using QObject::QObject;
    void tell(const Notice& notice) { Q_EMIT told(notice); }
    void fail(const QString& sentence) { Q_EMIT told({Tone::bad, sentence, {}, {}}); }
    void fail(const Error& error) { fail(QString::fromStdString(error.sentence)); }

 Q_SIGNALS:
    void told(const smidgen::ui::Notice& notice);
};

}  // namespace smidgen::ui
