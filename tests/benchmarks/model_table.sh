#!/usr/bin/env bash
# What trainings give on sounds kept back, as rows of Markdown: model_table.sh NAME SECONDS SOUND...
#
# Trains on the sounds (30 % of the files kept back, seed 1) from zero and from the shipped base, both kinds: before the
# first step and after SECONDS of CPU time; then measures the files kept back through `smidgen evaluate`.
set -euo pipefail
name=$1
seconds=$2
shift 2
here=$(cd "$(dirname "$0")/../.." && pwd)
smidgen=${SMIDGEN:-$here/build/bin/smidgen}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SMIDGEN_LIBRARY=${SMIDGEN_LIBRARY:-$scratch/library}

row() {  # KIND START BUDGET...
    local kind=$1 start=$2 from=()
    shift 2
    [ "$start" = zero ] && from=(--from-zero)
    "$smidgen" train "${sounds[@]}" --kind "$kind" "${from[@]}" "$@" --held-out 0.3 --seed 1 --name table \
        --held-out-list "$scratch/kept" --out "$scratch/model.safetensors" --json >"$scratch/training.json" \
        2>"$scratch/log"
    "$smidgen" evaluate --model "$scratch/model.safetensors" --list "$scratch/kept" --json \
        >"$scratch/figures.json" 2>>"$scratch/log"
    python3 - "$scratch/figures.json" "$scratch/training.json" "$name" "$kind" "$start" "$*" <<'PY'
import json, sys
figures = json.load(open(sys.argv[1]))
mean = figures["mean"]
books = json.load(open(sys.argv[2]))["model"]["codebooks"]  # over the sounds trained on
used = "" if not books else " / ".join(
    f"{100 * level['usage']:.0f} %, {level['perplexity']:.0f}" for level in books["levels"])
size = "" if not books else books["codebook_size"]
print(f"| {sys.argv[3]} | {sys.argv[4]} | {sys.argv[5]} | {sys.argv[6]} | {mean['mel_l1']:.3f} | {mean['lsd']:.3f} | "
      f"{mean['mel_distance']:.3f} | {size} | {used} |")
PY
}

sounds=("$@")
echo "| sounds | kind | begins from | budget | mel L1 | LSD | mel distance | codes | usage and perplexity per level |"
echo "|---|---|---|---|---|---|---|---|---|"
for kind in vae rvq; do
    for start in zero base; do
        row "$kind" "$start" --steps 1
        row "$kind" "$start" --cpu-seconds "$seconds"
    done
done
