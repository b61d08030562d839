#include "ui/dialogs/about_facts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLibraryInfo>
#include <QSysInfo>

namespace smidgen::ui {

namespace {

/// "sndfile=1.2.0|soxr=…" as CMake found them.
QString builtVersion(const QString& id) {
    for (const QString& pair : QStringLiteral(SMIDGEN_LIBRARY_VERSIONS).split(u'|'))
        if (pair.section(u'=', 0, 0) == id) return pair.section(u'=', 1);
    return {};
}

QString versionOf(const QString& id) {
    return id == QStringLiteral("qt") ? QString::fromLatin1(qVersion()) : builtVersion(id);
}

/// A sentence of the table in the window's language.
QString shown(const QJsonValue& value) {
    return QCoreApplication::translate("AboutFacts", value.toString().toUtf8().constData());
}

tl::unexpected<Error> badTable() {
    return failure(ErrorCode::unusableInput, "What the program says of itself cannot be read.");
}

}  // namespace

Result<AboutFacts> aboutFacts(const QByteArray& json) {
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object[u"version"].toInt() != 1) return badTable();
    AboutFacts facts;
    facts.name = object[u"name"].toString();
    facts.version = QStringLiteral(SMIDGEN_VERSION);
    facts.what = shown(object[u"what"]);
    facts.licence = object[u"licence"].toString();
    for (const QJsonValue& value : object[u"libraries"].toArray()) {
        const QJsonObject each = value.toObject();
        LibraryFacts library;
        library.id = each[u"id"].toString();
        library.name = each[u"name"].toString();
        library.licence = each[u"licence"].toString();
        library.purpose = shown(each[u"for"]);
        library.version = versionOf(library.id);
        for (const QJsonValue& begin : each[u"objects"].toArray()) library.objects.append(begin.toString());
        if (library.id.isEmpty() || library.name.isEmpty() || library.licence.isEmpty()) return badTable();
        facts.libraries.push_back(std::move(library));
    }
    if (facts.name.isEmpty() || facts.licence.isEmpty() || facts.libraries.empty()) return badTable();
    return facts;
}

QString aboutReport(const AboutFacts& facts, const QString& device, const QString& library) {
    QStringList lines{
        facts.name + u' ' + facts.version,
        QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::currentCpuArchitecture()};
    if (!device.isEmpty()) lines.append(QStringLiteral("Computes on: ") + device);
    if (!library.isEmpty()) lines.append(QStringLiteral("Library: ") + library);
    for (const LibraryFacts& each : facts.libraries)
        lines.append(each.name + (each.version.isEmpty() ? QString() : u' ' + each.version) +
                     QStringLiteral(" (") + each.licence + u')');
    return lines.join(u'\n') + u'\n';
}

}  // namespace smidgen::ui
