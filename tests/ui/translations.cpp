#include "tests/ui/translations.h"

#include <QFile>
#include <QXmlStreamReader>
#include <algorithm>
#include <stdexcept>

#include "ui/bridge/text.h"

namespace smidgen::ui::testing {

namespace fs = std::filesystem;

std::vector<Translated> readTranslations(const fs::path& file) {
    QFile opened(toText(file));
    if (!opened.open(QIODevice::ReadOnly)) throw std::runtime_error("cannot read " + file.string());
    QXmlStreamReader xml(&opened);
    std::vector<Translated> all;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            all.push_back({context, {}, {}, {}, true});
        } else if (xml.name() == u"source") {
            all.back().source = xml.readElementText();
        } else if (xml.name() == u"comment") {
            all.back().comment = xml.readElementText();
        } else if (xml.name() == u"translation") {
            all.back().finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            all.back().translation = xml.readElementText();
        }
    }
    if (xml.hasError()) throw std::runtime_error(file.string() + ": " + xml.errorString().toStdString());
    return all;
}

std::vector<fs::path> translationFiles() {
    std::vector<fs::path> found;
    for (const auto& item : fs::directory_iterator(fs::path(SMIDGEN_SOURCE_DIR) / "resources/translations"))
        if (item.path().extension() == ".ts") found.push_back(item.path());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace smidgen::ui::testing
