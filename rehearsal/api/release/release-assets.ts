import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  ApiRefusal,
  bodyOf,
  type Call,
  created,
  idOf,
  invalid,
  list,
  notFound,
  nothing,
  ok,
  type Route,
  route,
} from "../call.ts";
import type { Release, ReleaseAsset } from "../held.ts";
import { stamp } from "../hub.ts";
import { loginOf } from "../show.ts";
import { releaseOf, showAsset } from "./release.ts";

const ChangedAsset = z.object({ name: z.string().min(1).optional(), label: z.string().optional() });
const read = { contents: "read" } as const;
const write = { contents: "write" } as const;

export const releaseAssets: readonly Route[] = [
  route("GET releases/{id}/assets", read, (call) => {
    const release = releaseOf(call);
    return list(release.assets.map((asset) => showAsset(call.hub, release, asset)));
  }),
  route("POST releases/{id}/assets", write, upload),
  route("GET releases/assets/{asset}", read, async (call) => {
    const { release, asset } = assetOf(call);
    if (!call.accept.includes("octet-stream")) return ok(showAsset(call.hub, release, asset));
    return {
      status: 200,
      bytes: await readFile(asset.file),
      contentType: "application/octet-stream",
    };
  }),
  route("PATCH releases/assets/{asset}", write, (call) => {
    const { release, asset } = assetOf(call);
    const given = bodyOf(call, ChangedAsset);
    asset.name = given.name ?? asset.name;
    asset.label = given.label ?? asset.label;
    return ok(showAsset(call.hub, release, asset));
  }),
  route("DELETE releases/assets/{asset}", write, async (call) => {
    const { release, asset } = assetOf(call);
    release.assets.splice(release.assets.indexOf(asset), 1);
    await rm(asset.file, { force: true });
    return nothing();
  }),
];

function assetOf(call: Call): { release: Release; asset: ReleaseAsset } {
  const id = idOf(call, "asset");
  for (const release of call.hub.releases.all()) {
    const asset = release.assets.find((known) => known.id === id);
    if (asset) return { release, asset };
  }
  throw notFound();
}

async function upload(call: Call) {
  const { hub, bytes } = call;
  const release = releaseOf(call);
  const name = call.query.get("name") ?? "";
  if (name === "")
    throw new ApiRefusal(422, "Validation Failed", [
      { resource: "ReleaseAsset", code: "missing_field", field: "name" },
    ]);
  if (bytes.length === 0) throw new ApiRefusal(400, "Bad Content-Length: 0");
  // GitHub puts a dot where it does not like a character.
  const stored = name.replace(/[^\w.~@+-]+/g, ".");
  if (release.assets.some((asset) => asset.name === stored)) {
    throw invalid("ReleaseAsset", "name", "already_exists");
  }
  const id = hub.nextId();
  const folder = join(hub.facts.folder, "release-assets");
  await mkdir(folder, { recursive: true });
  const file = join(folder, String(id));
  await writeFile(file, bytes);
  const asset: ReleaseAsset = {
    id,
    by: loginOf(hub, call.holder),
    createdAt: stamp(),
    name: stored,
    label: call.query.get("label") ?? "",
    contentType: call.contentType || "application/octet-stream",
    size: bytes.length,
    digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
    file,
  };
  release.assets.push(asset);
  return created(showAsset(hub, release, asset));
}
