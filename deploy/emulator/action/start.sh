#!/usr/bin/env bash
# Installs the emulator, starts it for the steps that follow, waits until it answers, and tells them where it is.
set -euo pipefail

folder="$RUNNER_TEMP/entra-emulator"
mkdir -p "$folder"
package="$EMULATOR_PACKAGE"
if [ -z "$package" ]; then
  root="$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)"
  (cd "$root" && npm ci --ignore-scripts --no-audit --no-fund && npm pack --pack-destination "$folder")
  package="$(ls "$folder"/*.tgz)"
fi
package="$(realpath "$package")"
echo '{ "private": true }' >"$folder/package.json"
(cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error "$package")

log="$folder/log"
read -r -a flags <<<"$EMULATOR_FLAGS"
nohup "$folder/node_modules/.bin/entra-emulator" --port "$EMULATOR_AT" --state "$folder/state" "${flags[@]}" </dev/null >"$log" 2>&1 &
emulator=$!
for _ in $(seq 150); do
  url="$(sed -n 's/^The local emulator .* runs at //p' "$log")"
  [ -z "$url" ] || break
  kill -0 "$emulator" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.2
done
[ -n "$url" ] || { cat "$log" >&2; exit 1; }

{
  # the settings of its first registration, and with --https where each language finds the certificate
  sed -n "/^  export /{s///;s/   # .*//;p}" "$log" | tr -d "'"
} >>"$GITHUB_ENV"
echo "url=$url" >>"$GITHUB_OUTPUT"
echo "The emulator runs at $url; its log is $log"
