// Loop points of an AIFF file (Apple, "Audio Interchange File Format", version 1.3, 1989), which libsndfile
// reads and does not write.
#pragma once

#include "engine/audio/byte_stream.h"
#include "engine/audio/loop_points.h"

namespace smidgen {

/// Appends the chunks MARK and INST to a finished file: two markers, and an instrument over all keys that
/// repeats what lies between them. What went wrong the stream knows.
void appendAiffLoop(ByteStream& stream, const LoopSamples& loop);

}  // namespace smidgen
