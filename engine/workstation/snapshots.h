// What the workstation tells: immutable values, found by id.
#pragma once

#include "engine/collections/collection.h"
#include "engine/jobs/job.h"
#include "engine/jobs/training.h"
#include "engine/library/records.h"

namespace smidgen {

using ModelSnapshot = ModelRecord;
using TakeSnapshot = TakeRecord;
using CubeSnapshot = CubeRecord;
using PresetSnapshot = PresetRecord;

struct CollectionSnapshot {
    Collection collection;
    CollectionTotals totals;
};

}  // namespace smidgen
