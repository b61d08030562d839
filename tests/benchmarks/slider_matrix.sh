#!/usr/bin/env bash
# Whether the sliders do what they say, over three collections: slider_matrix.sh [POSITIONS SEEDS [OUT]]
#
# Trains a continuous model for 60 CPU-seconds on each of: 60 drums, 60 ambiences and instruments, 76 of everything
# (sonic-pi-samples and $CORPUS), then runs `evaluate --sliders` with its usual positions and seeds, with the tools and
# without. Rows of Markdown go to standard output, the documents to OUT. A matrix takes twenty CPU-minutes with
# the tools, five without.
set -euo pipefail
positions=${1:-9}
seeds=${2:-16}
out=${3:-$(mktemp -d)}
here=$(cd "$(dirname "$0")/../.." && pwd)
smidgen=${SMIDGEN:-$here/build/bin/smidgen}
samples=${SAMPLES:-/usr/share/sonic-pi/samples}
corpus=${CORPUS:?the folder of recordings}
mkdir -p "$out"
export SMIDGEN_LIBRARY=$out/library
recordings() { find "$@" -type f \( -name '*.wav' -o -name '*.flac' \) | LC_ALL=C sort; }
first() { awk -v n="$1" 'NR <= n'; }  # reads to the end: head would break the pipe
every() { awk -v n="$1" 'NR % n == 1'; }

{ for kind in bd drum elec sn perc; do recordings "$samples" | grep "/${kind}_"; done; } | first 60 >"$out/drums"
{
    recordings "$samples" | grep -E '/(ambi|guit|bass)_'
    for folder in caveman_organ old_piano string_cyborgs shiny_guitar war_tuba voices; do
        recordings "$corpus/$folder" | every 4 | first 7
    done
} | first 60 >"$out/ambient"
{ recordings "$samples" | every 4; recordings "$corpus" | every 37; } | first 76 >"$out/mixed"

for name in drums ambient mixed; do
    mapfile -t sounds <"$out/$name"
    [ -f "$out/$name.safetensors" ] || "$smidgen" --quiet train "${sounds[@]}" --name "$name" --cpu-seconds 60 --seed 1 \
        --out "$out/$name.safetensors" >/dev/null
    for tools in with without; do
        words=(--model "$name" --sliders --positions "$positions" --seeds "$seeds" --duration 4)
        [ "$tools" = without ] && words+=(--no-tools)
        "$smidgen" --quiet --json evaluate "${words[@]}" >"$out/$name-$tools.json"
        python3 - "$out/$name-$tools.json" "$name, $tools tools" <<'PY'
import json, sys
rows = json.load(open(sys.argv[1]))["sliders"]
cells = [f"{r['spearman'][r['slider']]:.2f} ({r['spearman_by_seed'][r['slider']]:.2f}), {r['moved'][r['slider']]:.1f} σ, "
         f"{r['loudness_drift_lu']:.1f} LU" for r in rows]
print("| " + " | ".join([sys.argv[2]] + cells) + " |", flush=True)
PY
    done
done
