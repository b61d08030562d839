#include "ui/docks/library_rows.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/bridge/words.h"

namespace smidgen::ui {

namespace {

class LibraryRows {
    Q_DECLARE_TR_FUNCTIONS(LibraryRows)
};

}  // namespace

std::vector<Row> collectionRows(const std::vector<std::shared_ptr<const CollectionSnapshot>>& collections) {
    std::vector<Row> rows;
    rows.reserve(collections.size());
    for (const auto& snapshot : collections) {
        const CollectionTotals& totals = snapshot->totals;
        Row row;
        row.id = toText(snapshot->collection.id);
        row.title = toText(snapshot->collection.name);
        row.subtitle = LibraryRows::tr("%1 · %2").arg(
            countText(totals.usable, LibraryRows::tr("sound"), LibraryRows::tr("sounds")),
            durationText(totals.usableSeconds));
        if (totals.skipped > 0) row.subtitle += LibraryRows::tr(" · %1 not used").arg(totals.skipped);
        row.toolTip = LibraryRows::tr("%1\nDrop files here to add them.").arg(row.title);
        row.mark = RowMark::collection;
        row.editable = true;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Row> modelRows(const std::vector<std::shared_ptr<const ModelSnapshot>>& models) {
    std::vector<Row> rows;
    rows.reserve(models.size());
    for (const auto& model : models) {
        Row row;
        row.id = toText(model->id);
        row.title = toText(model->name);
        row.subtitle =
            healthy(*model) ? LibraryRows::tr("%1 · %2").arg(
                                  learnedText(*model), countText(model->sounds, LibraryRows::tr("sound"),
                                                                 LibraryRows::tr("sounds")))
            : healthText(*model) != QStringLiteral("healthy")
                ? healthText(*model)
                : toText(models::codebookSentence(model->codebooks.levels, model->codebooks.codebookSize));
        if (healthy(*model) && model->prior) row.subtitle += LibraryRows::tr(" · prior");
        row.toolTip =
            LibraryRows::tr("%1\n%2\nDrag it out to copy the file.")
                .arg(row.title, healthy(*model) ? LibraryRows::tr("healthy") : toText(model->health));
        row.mark = healthy(*model) ? RowMark::model : RowMark::modelWarn;
        row.file = model->file;
        row.editable = true;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Row> soundRows(const std::shared_ptr<const CollectionSnapshot>& collection) {
    std::vector<Row> rows;
    rows.reserve(collection->collection.entries.size());
    for (const SoundEntry& sound : collection->collection.entries) {
        Row row;
        row.id = toText(sound.path);
        row.title = toText(sound.path.stem());
        row.toolTip = sound.reason.empty()
                          ? LibraryRows::tr("%1 · %2 · %3\nClick to hear, drag out to copy.")
                                .arg(durationText(sound.seconds), rateText(sound.format.rate),
                                     channelsText(sound.format.channels))
                          : toText(sound.reason) + QStringLiteral("\n") + row.id;
        row.thumbnail = std::shared_ptr<const std::vector<PeakPair>>(collection, &sound.thumbnail);
        const auto& found = sound.findings;
        if (std::find(found.begin(), found.end(), Finding::missing) != found.end())
            row.mark = RowMark::missing;
        else if (!sound.usable())
            row.mark = RowMark::skipped;
        if (row.mark != RowMark::missing) row.file = sound.path;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace smidgen::ui
