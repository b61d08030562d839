#!/usr/bin/env bash
# Whether recipes give their takes again, in another process: recipe_rebuild.sh COUNT MODEL OTHER_MODEL
#
# COUNT takes of two seconds from random recipes (seed, sliders, tools, directions, variation, channels, width, direction, another
# model's share), each rendered anew by a new process and compared sample for sample. Uses $SMIDGEN_LIBRARY.
set -euo pipefail
count=$1
model=$2
other=$3
here=$(cd "$(dirname "$0")/../.." && pwd)
smidgen=${SMIDGEN:-$here/build/bin/smidgen}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
RANDOM=17
share() { printf '0.%02d' $((RANDOM % 100)); }
same=0
for ((i = 0; i < count; ++i)); do
    words=(--model "$model" --duration 2 --seed $RANDOM --variation "1$(share | cut -c2-)")
    for slider in density brightness warmth roughness tension rhythm pulse space; do
        if ((RANDOM % 3 == 0)); then words+=(--set "$slider=$(share)"); fi
    done
    if ((RANDOM % 4 == 0)); then words+=(--no-tools); fi
    if ((RANDOM % 3 == 0)); then words+=(--explore "$((RANDOM % 2 + 1))=-$(share)" --explore "3=1$(share | cut -c2-)"); fi
    case $((RANDOM % 3)) in
        0) words+=(--space stereo --width "$(share)") ;;
        1) words+=(--space binaural --azimuth $((RANDOM % 360 - 180)) --elevation $((RANDOM % 90 - 45))) ;;
    esac
    if ((RANDOM % 3 == 0)); then words+=(--blend "$other:$(share)"); fi
    id=$("$smidgen" --quiet --json generate "${words[@]}" --out "$scratch/$i.wav" 2>"$scratch/log" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["takes"][0]["id"])') || {
        cat "$scratch/log" >&2
        exit 1
    }
    if "$smidgen" --quiet --json history rebuild "$id" | grep -q '"identical": *true'; then
        same=$((same + 1))
    else
        echo "another sound: ${words[*]}"
    fi
done
echo "$same of $count the same, sample for sample"
