// What the program says of itself: its version, and what it is made of.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen::ui {

struct LibraryFacts {
    QString id;
    QString name;
    QString licence;
    QString purpose;
    QString version;      ///< empty: not known
    QStringList objects;  ///< beginnings of the names of its shared objects; none: it is compiled in
};

struct AboutFacts {
    QString name;
    QString version;
    QString what;
    QString licence;
    std::vector<LibraryFacts> libraries;
};

/// Reads resources/about.json; versions are those the program was built with, or that run. Errors:
/// unusableInput.
[[nodiscard]] Result<AboutFacts> aboutFacts(const QByteArray& json);

/// Plain text for a report of a fault. `device` and `library`: lines of their own, left out when empty.
[[nodiscard]] QString aboutReport(const AboutFacts& facts, const QString& device, const QString& library);

}  // namespace smidgen::ui
