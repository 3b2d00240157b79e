import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";

/** In this order each file finds what it needs above it, or is only called once all are there. */
const FILES = [
  "words",
  "scale",
  "series",
  "view",
  "svg",
  "layout",
  "panels",
  "frame",
  "readout",
  "pointer",
  "main",
];

const FOLDER = new URL("./client/", import.meta.url);

/**
 * generated/assets.ts: the page's script and style as texts. The script is the client's own modules one after
 * another, without types; so the page needs no bundler, and the actions need no file beside their bundle.
 */
export async function pageAssets(): Promise<string> {
  const parts = await Promise.all(
    FILES.map((name) => readFile(new URL(`${name}.ts`, FOLDER), "utf8")),
  );
  const script = `(() => {\n"use strict";\n${parts.map(asScript).join("\n")}\n})();`;
  const style = smaller(await readFile(new URL("style.css", FOLDER), "utf8"));
  return [
    "// Generated from lib/evidence/page/client by `npm run generate`; do not edit.",
    `export const SCRIPT = ${JSON.stringify(script)};`,
    `export const STYLE = ${JSON.stringify(style)};`,
    "",
  ].join("\n");
}

function asScript(source: string): string {
  const modular = stripTypeScriptTypes(source.replaceAll(/^import [^;]*;$/gm, ""));
  return smaller(modular.replaceAll(/^export /gm, ""));
}

/** Without comment blocks, empty lines and runs of spaces: no text of the client has one that matters. */
function smaller(text: string): string {
  return text
    .replaceAll(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, "")
    .split("\n")
    .map((line) => line.trim().replaceAll(/ {2,}/g, " "))
    .filter((line) => line !== "" && !line.startsWith("// "))
    .join("\n");
}
