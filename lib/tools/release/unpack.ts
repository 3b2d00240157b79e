import { createReadStream, createWriteStream } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { readZip } from "./zip.ts";

/** Makes `program` from the downloaded file: out of its archive, or the file itself when `inside` is undefined. */
export async function unpack(
  file: string,
  name: string,
  inside: string | undefined,
  program: string,
): Promise<void> {
  if (inside === undefined) return rename(file, program);
  if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) return fromTar(file, inside, program);
  if (name.endsWith(".zip")) return fromZip(file, inside, program);
  throw new Error(`${name} is no archive that is known here: .tar.gz, .tgz or .zip`);
}

async function fromTar(file: string, inside: string, program: string): Promise<void> {
  const entries = extract();
  const source = pipeline(createReadStream(file), createGunzip(), entries);
  let isFound = false;
  const read = async () => {
    for await (const entry of entries) {
      const { name, type } = entry.header;
      refuseOutside(name);
      if (name !== inside || isFound || type !== "file") {
        entry.resume();
        continue;
      }
      isFound = true;
      await pipeline(entry, createWriteStream(program));
    }
  };
  await Promise.all([source, read()]);
  if (!isFound) throw missing(inside);
}

async function fromZip(file: string, inside: string, program: string): Promise<void> {
  const entries = readZip(await readFile(file));
  for (const { name } of entries) refuseOutside(name);
  const entry = entries.find(({ name }) => name === inside);
  if (!entry) throw missing(inside);
  await writeFile(program, entry.read());
}

/** Only one file is taken out, to a place of ours; but an archive that reaches out is none to take anything from. */
function refuseOutside(name: string): void {
  const isOutside = /^[/\\]|^[a-z]:/i.test(name) || name.split(/[/\\]/).includes("..");
  if (isOutside) throw new Error(`the archive reaches outside of itself: ${JSON.stringify(name)}`);
}

function missing(inside: string): Error {
  return new Error(`${inside} is not in the archive`);
}
