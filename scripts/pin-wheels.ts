import { readFile } from "node:fs/promises";

/**
 * `node scripts/pin-wheels.ts pylock.toml > tools/NAME/requirements.txt`: what pip takes for a Python tool, from the
 * lock that `uv pip compile --universal --format pylock.toml` writes. Of each package the wheels that a runner could
 * want; who uses Sluice downloads this file with it, and a lock of everything that was ever built is five times as big.
 */
const PYTHONS = ["311", "312", "313", "314"];
const PLATFORM =
  /^any$|^(manylinux|musllinux|linux).*_(x86_64|aarch64)$|^macosx_.*_(arm64|x86_64|universal2)$/;

const [file = ""] = process.argv.slice(2);
const [, ...packages] = (await readFile(file, "utf8")).split("[[packages]]\n");
const pinned = packages.map(requirement).filter((text) => text !== "");
process.stdout.write(`${head()}${pinned.join("\n")}\n`);

function head(): string {
  const pythons = PYTHONS.map((one) => one.replace(/^3/, "3."));
  return `# Written by scripts/pin-wheels.ts: the program and all that it imports, as wheels for Linux and macOS on x64 and arm64, with
# Python ${pythons.slice(0, -1).join(", ")} and ${pythons.at(-1)}. Where a package has no wheel for one of them, pip says which.
`;
}

/** One package with the sums of its wheels; nothing for what a marker keeps to other systems. */
function requirement(text: string): string {
  const value = (key: string): string =>
    new RegExp(`^${key} = "(.*)"$`, "m").exec(text)?.[1]?.replaceAll('\\"', '"') ?? "";
  const found = text.matchAll(/url = "[^"]*\/([^/"]+)\.whl".*?sha256 = "([0-9a-f]{64})"/g);
  const sums = [...found].filter(([, name = ""]) => isWanted(name)).map(([, , sum]) => sum);
  if (sums.length === 0 && value("marker") !== "") return "";
  if (sums.length === 0) throw new Error(`${value("name")} has no wheel that a runner could want`);
  const marker = value("marker") === "" ? "" : ` ; ${value("marker")}`;
  const hashes = [...new Set(sums)].sort().map((sum) => `    --hash=sha256:${sum}`);
  return [`${value("name")}==${value("version")}${marker}`, ...hashes].join(" \\\n");
}

/** By the three tags at the end of a wheel's name: Python, its ABI, and the platforms. */
function isWanted(name: string): boolean {
  const [python = "", abi = "", platforms = ""] = name.split("-").slice(-3);
  if (!platforms.split(".").some((platform) => PLATFORM.test(platform))) return false;
  if (python.split(".").includes("py3")) return true;
  const newest = PYTHONS.at(-1) ?? "";
  return python.split(".").some((tag) => {
    const version = /^cp(3\d+)$/.exec(tag)?.[1];
    if (version === undefined) return false;
    // An abi3 wheel serves all later ones, too.
    if (abi === "abi3") return Number(version) <= Number(newest);
    return PYTHONS.includes(version) && (abi === `cp${version}` || abi === "none");
  });
}
