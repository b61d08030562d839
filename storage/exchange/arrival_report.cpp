#include "storage/exchange/arrival_report.h"

namespace smidgen::storage {
namespace {

Block bare(Block block) {
    block.vectors.clear();
    return block;
}

std::uint64_t& counterOf(SyncReport& report, Arrival arrival) {
    switch (arrival) {
        case Arrival::added:
            return report.added;
        case Arrival::updated:
            return report.updated;
        case Arrival::newerHere:
            return report.newerInTarget;
        case Arrival::sourceWon:
            return report.sourceWon;
        case Arrival::targetWon:
            return report.targetWon;
        case Arrival::merged:
            return report.merged;
        case Arrival::keptBoth:
            return report.keptBoth;
        case Arrival::cameBack:
            return report.cameBack;
        case Arrival::purgedHere:
            return report.purgedInTarget;
        case Arrival::purged:
            return report.purged;
        case Arrival::changedHere:
            return report.keptThoughPurged;
        default:
            return report.same;
    }
}

}  // namespace

void noteArrival(SyncReport& report, const Block& block, Arrived& arrived) {
    switch (arrived.arrival) {
        case Arrival::conflict:
            report.conflicts.push_back(
                {bare(block), bare(std::move(*arrived.local)), std::move(arrived.reason)});
            return;
        case Arrival::refused:
        case Arrival::failed:
            report.problems.push_back({block.id, block.name, std::move(arrived.reason)});
            return;
        default:
            ++counterOf(report, arrived.arrival);
    }
}

}  // namespace smidgen::storage
