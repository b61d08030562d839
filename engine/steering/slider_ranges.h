// What a slider's way covers.
#pragma once

#include "engine/analysis/descriptor_ranges.h"

namespace smidgen {

/// Ranges of a collection as sliders use them: where all sounds are alike in an attribute, as wide as can be
/// heard (two octaves of brightness, four times as many events …), and with three tenths of the way at least
/// on each side of the middle, so that no half of a slider does nothing. Deviations stay. Applied again, it
/// changes nothing.
[[nodiscard]] DescriptorRanges sliderRanges(DescriptorRanges ranges);

}  // namespace smidgen
