import type { Environment, TuneSettings } from "../environment/environment.ts";
import { type Contents, parseContents } from "../host-tune/contents.ts";
import { Tree } from "../host-tune/tree.ts";
import { filesToRead, type Verification, verify } from "../host-tune/verify.ts";
import { onAll } from "./hosts/edges.ts";
import { Host } from "./hosts/host.ts";

/** How a host differs from what `tune:` of the environment asks for. */
export interface Drift {
  host: string;
  found: Verification["drift"];
}

/** Reads every host and compares; asks none of them when nothing would be done about it. */
export async function driftOf(environment: Environment): Promise<Drift[]> {
  const { tune } = environment;
  if (tune === undefined || tune.drift === "ignore") return [];
  const files = filesToRead(tune.profile);
  const all = await onAll(readers(environment), async ({ name, read }) => ({
    host: name,
    found: drift(tune, await read(files)),
  }));
  return all.filter(({ found }) => found.length > 0);
}

function drift({ profile, engineCpus }: TuneSettings, contents: Contents): Verification["drift"] {
  return verify(profile, contents, engineCpus ? { engineCpus } : {}).drift;
}

interface Reader {
  name: string;
  read(files: readonly string[]): Promise<Contents>;
}

function readers({ name, target }: Environment): Reader[] {
  switch (target.kind) {
    case "local":
      return [{ name: "this machine", read: (files) => new Tree("/").contents(files) }];
    case "hosts":
      return target.hosts.map((machine) => {
        const host = new Host(machine, name, target);
        return {
          name: machine.name,
          read: async (files) => parseContents(await host.kernelSettings(files)),
        };
      });
  }
}
