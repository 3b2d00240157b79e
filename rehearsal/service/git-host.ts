import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { copyOf } from "../api/git/copy.ts";
import type { Hub } from "../api/hub.ts";
import { type Holder, isAllowed } from "../api/token.ts";
import type { RepositoryMapping } from "../workflow/source-tree.ts";

const PATH = /^\/git\/([\w.-]+\/[\w.-]+?)(?:\.git)?(\/info\/refs|\/git-(?:upload|receive)-pack)$/;
const MAX_HEAD_BYTES = 64 * 1024;

/** What a fetch of GitHub's own may ask for, and any repository of this machine does not give by itself. */
const CONFIG: readonly (readonly [string, string])[] = [
  ["safe.directory", "*"],
  ["uploadpack.allowAnySHA1InWant", "true"],
  ["uploadpack.allowFilter", "true"],
  ["http.receivepack", "true"],
];

/** `https://github.com/OWNER/NAME` for git: the rehearsed repository's copy, and the mapped ones to read from. */
export class GitHost {
  readonly #hub: Hub;
  readonly #mappings: readonly RepositoryMapping[];

  constructor(hub: Hub, mappings: readonly RepositoryMapping[]) {
    this.#hub = hub;
    this.#mappings = mappings;
  }

  async answer(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, repository = "", path = ""] = PATH.exec(url.pathname) ?? [];
    const isOwn = repository.toLowerCase() === this.#hub.facts.repository.toLowerCase();
    const root = isOwn ? await copyOf(this.#hub).catch(() => undefined) : this.#mapped(repository);
    if (root === undefined) {
      // An address that only begins like one of ours is somebody else's: the real one.
      response.writeHead(302, { location: `https://github.com${url.href.split("/git")[1]}` });
      response.end();
      return;
    }
    if (isPush(url, path)) {
      const refusal = this.#refusal(request, isOwn);
      if (refusal) {
        response.writeHead(refusal.status, refusal.headers);
        response.end(refusal.text);
        return;
      }
    }
    await serve(root, path, url, request, response);
  }

  #mapped(repository: string): string | undefined {
    const same = (mapping: RepositoryMapping): boolean =>
      mapping.repository.toLowerCase() === repository.toLowerCase();
    return this.#mappings.find(same)?.path;
  }

  /** Everybody may read; a push needs `contents: write`, as on GitHub. */
  #refusal(request: IncomingMessage, isOwn: boolean): Refusal | undefined {
    const holder = this.#holderOf(request);
    if (holder === undefined) {
      const headers = { "www-authenticate": 'Basic realm="GitHub"' };
      return { status: 401, headers, text: "Authentication is needed" };
    }
    if (isOwn && isAllowed(holder, { contents: "write" })) return undefined;
    const text = "Write access to repository not granted: the job needs `contents: write`";
    return { status: 403, headers: {}, text };
  }

  #holderOf(request: IncomingMessage): Holder | undefined {
    const given = /^basic +(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (given === undefined) return undefined;
    const [user = "", password = ""] = Buffer.from(given, "base64").toString().split(":");
    return this.#hub.tokens.find(password) ?? this.#hub.tokens.find(user);
  }
}

interface Refusal {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

function isPush(url: URL, path: string): boolean {
  return path.endsWith("receive-pack") || url.searchParams.get("service") === "git-receive-pack";
}

/** Lets git's own server program answer; what it prints first is the answer's head. */
function serve(
  root: string,
  path: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Who asked is gone already, and so is the event that would end git.
  if (response.destroyed) return Promise.resolve();
  const child = spawn("git", ["http-backend"], {
    env: environmentOf(root, path, url, request),
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.stdin.on("error", () => {}); // git need not read all that was sent
  request.pipe(child.stdin);
  return new Promise((resolve, reject) => {
    let head: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on("data", (chunk: Buffer) => {
      if (head === undefined) {
        if (!response.write(chunk)) {
          child.stdout.pause();
          response.once("drain", () => child.stdout.resume());
        }
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0 && head.length < MAX_HEAD_BYTES) return;
      writeHead(response, head.subarray(0, Math.max(end, 0)).toString("latin1"));
      response.write(head.subarray(end + 4));
      head = undefined;
    });
    response.once("close", () => child.kill());
    child.once("error", reject);
    child.once("close", () => {
      response.end();
      resolve();
    });
  });
}

function environmentOf(
  root: string,
  path: string,
  url: URL,
  request: IncomingMessage,
): NodeJS.ProcessEnv {
  const { headers } = request;
  const config = CONFIG.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LC_ALL: "C",
    GIT_CONFIG_COUNT: String(CONFIG.length),
    ...Object.fromEntries(config),
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROJECT_ROOT: root,
    PATH_INFO: path,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? "GET",
    REMOTE_ADDR: "127.0.0.1",
    CONTENT_TYPE: headers["content-type"],
    CONTENT_LENGTH: headers["content-length"],
    HTTP_CONTENT_ENCODING: headers["content-encoding"],
    GIT_PROTOCOL: String(headers["git-protocol"] ?? ""),
  };
}

function writeHead(response: ServerResponse, text: string): void {
  const lines = text.split("\r\n").map((line) => line.split(/: ?/, 2));
  const status = lines.find(([name]) => name?.toLowerCase() === "status")?.[1];
  const headers = lines.filter(([name]) => name && name.toLowerCase() !== "status");
  response.writeHead(Number.parseInt(status ?? "200", 10) || 500, Object.fromEntries(headers));
}
