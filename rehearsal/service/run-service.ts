import { randomBytes } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { causes } from "../../lib/error.ts";
import type { GitHubApi } from "../api/github-api.ts";
import type { ArtifactStore } from "../stand-in/artifact-store.ts";
import { ArtifactService } from "./artifact-service.ts";
import { BlobStore, readText } from "./blob-store.ts";
import type { GitHost } from "./git-host.ts";
import { type JobClaims, OidcIssuer, runtimeToken } from "./oidc-issuer.ts";
import { ResultsService } from "./results-service.ts";
import { ServiceFailure } from "./service-call.ts";

// An import would look at every export of node:http, WebSocket among them, and load all of undici with it.
const { createServer } = process.getBuiltinModule("node:http");

const TWIRP = "/twirp/github.actions.results.api.v1.";
/** The audience that GitHub takes when an action names none. */
const DEFAULT_AUDIENCE = (owner: string): string => `https://github.com/${owner}`;

/** What a job's processes must know to reach the service. */
export interface ServiceAccess {
  /** For every step of a job with `id-token: write`. */
  readonly everyStep: { readonly [name: string]: string };
  /** Only for JavaScript actions, as on GitHub. */
  readonly actions: { readonly [name: string]: string };
  readonly secrets: readonly string[];
}

/** The services of GitHub that a job talks to while it runs, on loopback, for one run. */
export class RunService {
  readonly #server: Server;
  readonly #jobs = new Map<string, JobClaims>();
  readonly #blobs: BlobStore;
  #api: (() => Promise<GitHubApi>) | undefined;
  #git: (() => Promise<GitHost>) | undefined;
  #issuer: OidcIssuer | undefined;
  #results: ResultsService | undefined;
  #url = "";
  /** Blob addresses are not guessable, like signed ones. */
  readonly #blobSecret = randomBytes(12).toString("hex");

  private constructor(folder: string) {
    this.#blobs = new BlobStore(join(folder, "blobs"));
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => fail(response, error));
    });
  }

  static async start(folder: string, artifacts: ArtifactStore): Promise<RunService> {
    const service = new RunService(folder);
    await new Promise<void>((resolve, reject) => {
      service.#server.once("error", reject);
      service.#server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = service.#server.address() as AddressInfo;
    service.#url = `http://127.0.0.1:${port}`;
    service.#issuer = new OidcIssuer(`${service.#url}/oidc`);
    const blobUrl = (id: string): string =>
      `${service.#url}/blob/${service.#blobSecret}/${id}?sig=rehearsal`;
    const archives = new ArtifactService(artifacts, service.#blobs, blobUrl);
    service.#results = new ResultsService(archives, blobUrl);
    return service;
  }

  get url(): string {
    return this.#url;
  }

  /** Answers everything else as GitHub's API; it is loaded with the first request. */
  serveApi(load: () => Promise<GitHubApi>): void {
    this.#api = once(load);
  }

  /** Answers git, below /git/. */
  serveGit(load: () => Promise<GitHost>): void {
    this.#git = once(load);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Lets one job in; `claims` only when it may ask for an identity. */
  admit(runId: string, jobId: string, claims: JobClaims | undefined): ServiceAccess {
    const token = randomBytes(24).toString("hex");
    const runtime = runtimeToken(runId, jobId);
    if (claims) this.#jobs.set(token, claims);
    return {
      everyStep: claims
        ? {
            ACTIONS_ID_TOKEN_REQUEST_URL: `${this.#url}/oidc/token?api-version=2.0`,
            ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
          }
        : {},
      actions: {
        ACTIONS_RUNTIME_URL: `${this.#url}/`,
        ACTIONS_RUNTIME_TOKEN: runtime,
        ACTIONS_RESULTS_URL: `${this.#url}/`,
        ACTIONS_CACHE_URL: `${this.#url}/`,
        ACTIONS_CACHE_SERVICE_V2: "true",
      },
      secrets: [runtime, token],
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.#url);
    if (url.pathname.startsWith("/oidc/")) return this.#identity(url, request, response);
    if (url.pathname.startsWith("/git/"))
      return (await this.#git?.())?.answer(url, request, response);
    if (url.pathname.startsWith(TWIRP)) {
      const body: unknown = JSON.parse((await readText(request)) || "{}");
      const method = url.pathname.slice(TWIRP.length);
      json(response, 200, await this.#results?.call(method, body as { [field: string]: unknown }));
      return;
    }
    const prefix = `/blob/${this.#blobSecret}/`;
    if (!url.pathname.startsWith(prefix)) {
      const api = await this.#api?.();
      if (api) return api.answer(url, request, response);
      throw new ServiceFailure(404, "not_found", `There is no ${url.pathname}`);
    }
    const id = url.pathname.slice(prefix.length);
    if (!/^(artifact|cache)-\d+$/.test(id))
      throw new ServiceFailure(404, "not_found", "There is no such blob");
    if (request.method === "PUT") {
      const status = await this.#blobs.put(id, url.searchParams, request);
      response.writeHead(status, {
        etag: `"${id}"`,
        "last-modified": new Date().toUTCString(),
        "x-ms-request-id": id,
      });
      response.end();
      return;
    }
    await this.#blobs.get(id, request, response);
  }

  async #identity(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const issuer = this.#issuer;
    if (!issuer) return;
    switch (url.pathname) {
      case "/oidc/.well-known/openid-configuration":
        json(response, 200, issuer.discovery());
        return;
      case "/oidc/.well-known/jwks":
        json(response, 200, await issuer.keys());
        return;
      case "/oidc/token": {
        const given = /^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
        const claims = this.#jobs.get(given);
        if (!claims)
          throw new ServiceFailure(401, "unauthenticated", "This job may not ask for an identity");
        const audience =
          url.searchParams.get("audience") || DEFAULT_AUDIENCE(claims.repository_owner ?? "");
        const value = await issuer.token(claims, audience);
        json(response, 200, { count: value.length, value });
        return;
      }
      default:
        throw new ServiceFailure(404, "not_found", `There is no ${url.pathname}`);
    }
  }
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(value));
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof ServiceFailure)
    json(response, error.status, { code: error.code, msg: error.message });
  else json(response, 500, { code: "internal", msg: causes(error)[0] ?? "failed" });
}
