#!/usr/bin/env bash
# Trains the bases of half 1 and writes them to resources/base: make_bases.sh CORPUS [CPU_SECONDS_VAE CPU_SECONDS_RVQ]
#
# CORPUS is a folder with one folder a source. Whole sources are left out, to measure on: emily_guitar, war_tuba,
# gogodze_drums, and of sonic-pi-samples the forty files of the README's table. 340 sounds of the procedural synthesiser
# are learned from as well.
set -euo pipefail
corpus=$1
vae_seconds=${2:-2400}
rvq_seconds=${3:-2400}
here=$(cd "$(dirname "$0")/../.." && pwd)
smidgen=${SMIDGEN:-$here/build/bin/smidgen}
out=$here/resources/base
samples=/usr/share/sonic-pi/samples
mkdir -p "$out"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SMIDGEN_LIBRARY=${SMIDGEN_LIBRARY:-$scratch/library}
"$smidgen" synthesize --out "$scratch/synthetic" --count 340 --seed 1001 --seconds 3 --format flac

forty() {
    find "$samples" -name 'drum_*.flac' | sort | head -20
    find "$samples" -name '*.flac' ! -name 'drum_*' | sort | head -20
}
mapfile -t sounds < <(
    find "$corpus" -mindepth 1 -maxdepth 1 -type d | sort | grep -vE '/(emily_guitar|war_tuba|gogodze_drums)$'
    find "$samples" -name '*.flac' | sort | grep -vxFf <(forty)
    echo "$scratch/synthetic"
)
common=(--threads 1 train "${sounds[@]}" --mode studio --held-out 0.03 --seed 1 --as-base)
"$smidgen" "${common[@]}" --kind vae --from-zero --cpu-seconds "$vae_seconds" --name "VAE base" \
    --out "$out/vae.safetensors"
"$smidgen" "${common[@]}" --kind rvq --from-zero --codebook-size 256 \
    --cpu-seconds "$rvq_seconds" --name "RVQ base" --out "$out/rvq.safetensors"
