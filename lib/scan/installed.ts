import { z } from "zod";

/** As much of trivy's JSON as is needed to tell packages apart; everything else goes through as it is. */
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

const packageEntry = z.looseObject({
  ID: z.string().optional(),
  Name: z.string(),
  Version: z.string().default(""),
  Identifier: z.looseObject({ PURL: z.string().optional() }).optional(),
});
const vulnerability = z.looseObject({
  PkgID: z.string().optional(),
  PkgName: z.string(),
  InstalledVersion: z.string().default(""),
});
const result = z.looseObject({
  Packages: list(packageEntry),
  Vulnerabilities: list(vulnerability),
  Licenses: list(z.looseObject({ PkgName: z.string().optional() })),
});
const Report = z.looseObject({
  Metadata: z.looseObject({}).optional(),
  Results: list(result),
});

type Package = z.output<typeof packageEntry>;
type Result = z.output<typeof result>;

/**
 * One report of what lock files say is in a folder, and of what really is in it. A lock file is a promise: what is
 * shipped is what was installed, copied or built into the folder, and trivy looks at the one or at the other. What
 * both know stays where the lock file has it.
 */
export function withInstalled(locked: string, installed: string): string {
  const promised = Report.parse(JSON.parse(locked));
  const found = Report.parse(JSON.parse(installed));
  const known = new Set((promised.Results ?? []).flatMap(packagesOf).map(nameOf));
  const isNew = (one: Package) => !known.has(nameOf(one));
  const names = new Set(
    (found.Results ?? [])
      .flatMap(packagesOf)
      .filter(isNew)
      .map(({ Name }) => Name),
  );
  const added = (found.Results ?? []).flatMap((one) => onlyNew(one, isNew, names));
  const Metadata = { ...found.Metadata, ...promised.Metadata };
  return JSON.stringify({
    ...promised,
    Metadata,
    Results: [...(promised.Results ?? []), ...added],
  });
}

function packagesOf({ Packages }: Result): Package[] {
  return Packages ?? [];
}

function nameOf({ Identifier, Name, Version }: Package): string {
  return Identifier?.PURL ?? `${Name}@${Version}`;
}

/** The result without what the lock files have told already; none when that was all. */
function onlyNew(
  one: Result,
  isNew: (entry: Package) => boolean,
  names: ReadonlySet<string>,
): Result[] {
  const Packages = packagesOf(one).filter(isNew);
  const Vulnerabilities = (one.Vulnerabilities ?? []).filter((found) =>
    Packages.some((entry) => isOf(found, entry)),
  );
  const Licenses = (one.Licenses ?? []).filter(({ PkgName }) => !PkgName || names.has(PkgName));
  if (Packages.length + Licenses.length === 0) return [];
  return [{ ...one, Packages, Vulnerabilities, Licenses }];
}

function isOf(found: z.output<typeof vulnerability>, { ID, Name, Version }: Package): boolean {
  if (found.PkgID && ID) return found.PkgID === ID;
  return found.PkgName === Name && found.InstalledVersion === Version;
}
