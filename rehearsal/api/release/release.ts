import { type Call, idOf, type Json, notFound } from "../call.ts";
import type { Release, ReleaseAsset } from "../held.ts";
import type { Hub } from "../hub.ts";
import { user } from "../show.ts";

/** The release that the path names. */
export function releaseOf(call: Call): Release {
  const found = call.hub.releases.get(idOf(call, "id"));
  if (found) return found;
  throw notFound();
}

/** The release that GitHub shows as the latest. */
export function latestOf(hub: Hub): Release | undefined {
  const published = hub.releases.newest().filter(({ draft, prerelease }) => !draft && !prerelease);
  return published.find(({ latest }) => latest !== "false");
}

export function showRelease(hub: Hub, release: Release): Json {
  const url = hub.repositoryUrl(`/releases/${release.id}`);
  const page = release.draft ? `untagged-${release.id}` : release.tag;
  return {
    url,
    html_url: hub.pageUrl(`/releases/tag/${page}`),
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    tarball_url: hub.repositoryUrl(`/tarball/${release.tag}`),
    zipball_url: hub.repositoryUrl(`/zipball/${release.tag}`),
    id: release.id,
    node_id: `RE_${release.id}`,
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    body: release.text,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: false,
    created_at: release.createdAt,
    published_at: release.publishedAt,
    author: user(release.by),
    assets: release.assets.map((asset) => showAsset(hub, release, asset)),
  };
}

export function showAsset(hub: Hub, release: Release, asset: ReleaseAsset): Json {
  return {
    url: hub.repositoryUrl(`/releases/assets/${asset.id}`),
    browser_download_url: hub.pageUrl(`/releases/download/${release.tag}/${asset.name}`),
    id: asset.id,
    node_id: `RA_${asset.id}`,
    name: asset.name,
    label: asset.label,
    state: "uploaded",
    content_type: asset.contentType,
    size: asset.size,
    digest: asset.digest,
    download_count: 0,
    created_at: asset.createdAt,
    updated_at: asset.createdAt,
    uploader: user(asset.by),
  };
}
