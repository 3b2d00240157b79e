#!/usr/bin/env node
// Any Node.js from 20 can start this file; Sluice itself runs on Node.js 24, which its package brings along.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as module from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const WANTED_MAJOR = 24;

/** Node.js does not strip types inside node_modules: there the compiled form runs. */
function mainFile() {
  const compiled = join(root, "dist", "cli", "main.js");
  if (here.split(sep).includes("node_modules") && existsSync(compiled)) return compiled;
  return join(here, "main.ts");
}

function isWanted(version) {
  return Number(version.split(".")[0]) >= WANTED_MAJOR;
}

/** The Node.js 24 that npm installed for this platform. */
function bundledNode() {
  const require = module.createRequire(import.meta.url);
  for (const name of [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ]) {
    try {
      const path = join(dirname(require.resolve(`${name}/package.json`)), "bin", "node");
      if (existsSync(path)) return path;
    } catch {
      // not installed
    }
  }
  return undefined;
}

const args = process.argv.slice(2);
if (isWanted(process.versions.node)) {
  // Kept in the system's temp folder; starting takes half the time with it.
  module.enableCompileCache?.();
  await import(pathToFileURL(mainFile()).href);
} else {
  const node = bundledNode();
  if (!node) {
    console.error(
      `Sluice needs Node.js ${WANTED_MAJOR} or later; this is ${process.versions.node}, and the one that comes with its package is not installed.`,
    );
    console.error(
      "Next: run npm ci in Sluice's folder with optional packages, or install Node.js 24.",
    );
    process.exit(2);
  }
  const child = spawn(node, [mainFile(), ...args], { stdio: "inherit" });
  // A terminal sends these to both processes; ours only has to wait for the other's end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
  });
}
