// Loops written to be vectorised, made for several generations of processors at once.
#pragma once

/// Before a function of such loops: one version of it for each generation, chosen when the program is loaded.
/// The same bits on the same machine every time; processors with fused multiply-adds round differently from
/// others.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define SMIDGEN_VECTORISED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SMIDGEN_VECTORISED
#endif
