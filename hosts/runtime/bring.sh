#!/bin/sh
# Puts the Node.js that hosts/runtime/package-lock.json pins to runtime/bin/node, from the repository's root: packed with
# the service, it is the first in the PATH of its unit, and a host needs none of its own.
set -eu
from=hosts/runtime
npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --prefix "$from"
mkdir -p runtime/bin
cp "$from"/node_modules/node-linux-*/bin/node runtime/bin/node
chmod 755 runtime/bin/node
