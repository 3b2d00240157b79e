import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { causes } from "../../lib/error.ts";
import { WriteQueue } from "../../lib/write-queue.ts";
import { type ApiFault, ApiFaults } from "./api-fault.ts";
import { ApiRefusal, type Headers, type Json, type Need, type Reply, type Route } from "./call.ts";
import { showOther } from "./git/repository.ts";
import type { Hub } from "./hub.ts";
import { pageOf } from "./page.ts";
import { JOB_LIMIT, RateLimit } from "./rate-limit.ts";
import { findRoute } from "./router.ts";
import { type Holder, isAllowed } from "./token.ts";

const DOCS = "https://docs.github.com/rest";
const MAX_BODY_BYTES = 256 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly contentType: string;
}

export interface ApiSetting {
  readonly faults: readonly ApiFault[];
  /** Requests that the run may make; GitHub's number for an hour when it is not given. */
  readonly limit?: number | undefined;
}

/** GitHub's REST API for one repository and one run, over what the hub holds. */
export class GitHubApi {
  readonly #hub: Hub;
  readonly #faults: ApiFaults;
  readonly #limit: RateLimit;
  /** One write after the other: what one has found must still be so when it writes, whatever jobs do beside each other. */
  readonly #writes = new WriteQueue();

  constructor(hub: Hub, setting: ApiSetting) {
    this.#hub = hub;
    this.#faults = new ApiFaults(setting.faults);
    this.#limit = new RateLimit(setting.limit ?? JOB_LIMIT);
  }

  async answer(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "GET";
    const fault = this.#faults.next(method, url.pathname);
    if (fault?.kind === "slow") await sleep(fault.delayMs);
    if (fault?.kind === "drop") {
      request.socket.destroy();
      this.#tell(undefined, method, url.pathname, 0);
      return;
    }
    const holder = this.#holderOf(request);
    let answer: Answer;
    try {
      if (fault?.kind === "status")
        throw new ApiRefusal(fault.status, "Server Error (a fault of the rehearsal)");
      if (fault?.kind === "rate-limit") {
        const message =
          "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
        throw new ApiRefusal(403, message, undefined, { "retry-after": "60" });
      }
      answer = await this.#serve(url, method, request, holder);
    } catch (error) {
      answer = this.#refuse(error);
    }
    this.#tell(holder, method, url.pathname, answer.status);
    response.writeHead(answer.status, {
      ...this.#limit.headers(),
      "x-github-request-id": randomUUID(),
      "x-github-media-type": "github.v3; format=json",
      "x-github-api-version-selected": "2022-11-28",
      ...answer.headers,
      ...(answer.bytes.length === 0
        ? {}
        : { "content-type": answer.contentType, "content-length": answer.bytes.length }),
    });
    response.end(method === "HEAD" ? undefined : answer.bytes);
  }

  #holderOf(request: IncomingMessage): Holder | undefined | "unknown" {
    const given = /^(?:token|bearer|basic) +(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (given === undefined) return undefined;
    const isBasic = /^basic/i.test(request.headers.authorization ?? "");
    const token = isBasic ? Buffer.from(given, "base64").toString().split(":").at(-1) : given;
    return this.#hub.tokens.find((token ?? "").trim()) ?? "unknown";
  }

  async #serve(
    url: URL,
    method: string,
    request: IncomingMessage,
    holder: Holder | undefined | "unknown",
  ): Promise<Answer> {
    if (holder === "unknown") throw new ApiRefusal(401, "Bad credentials");
    if (holder === undefined) throw new ApiRefusal(401, "Requires authentication");
    if (url.pathname === "/rate_limit") return json(200, this.#limit.show(), {});
    this.#limit.check();
    const found = findRoute(method === "HEAD" ? "GET" : method, url.pathname);
    const { owner, repo } = found?.params ?? {};
    if (!found) {
      this.#limit.count();
      throw new ApiRefusal(501, `The rehearsal's GitHub has no ${method} ${url.pathname}`);
    }
    const named = owner === undefined ? this.#hub.facts.repository : `${owner}/${repo}`;
    if (named.toLowerCase() !== this.#hub.facts.repository.toLowerCase()) {
      this.#limit.count();
      if (isRepository(found.route)) return json(200, await showOther(this.#hub, named), {});
      throw new ApiRefusal(404, "Not Found");
    }
    const accepted = { "x-accepted-github-permissions": needText(found.route.need) };
    if (!isAllowed(holder, found.route.need)) {
      this.#limit.count();
      throw new ApiRefusal(403, "Resource not accessible by integration", undefined, accepted);
    }
    const bytes = await bodyOf(request);
    const contentType = request.headers["content-type"] ?? "";
    const call = {
      hub: this.#hub,
      holder,
      method,
      path: url.pathname,
      params: found.params,
      query: url.searchParams,
      accept: request.headers.accept ?? "",
      bytes,
      contentType,
    };
    const isRead = method === "GET" || method === "HEAD";
    const { route } = found;
    const handle = async () => route.handle(call);
    const reply = await (isRead ? handle() : this.#writes.run(handle));
    const answer = this.#page(reply, url, accepted);
    if (!isRead) {
      this.#limit.count();
      return answer;
    }
    return this.#unlessKnown(answer, request);
  }

  #page(reply: Reply, url: URL, headers: Headers): Answer {
    if ("bytes" in reply) return { ...reply, headers };
    if ("body" in reply) return json(reply.status, reply.body, { ...headers, ...reply.headers });
    const page = pageOf(reply.list, url.searchParams, url.href);
    const body =
      reply.under === undefined
        ? page.items
        : { total_count: reply.list.length, [reply.under]: page.items };
    return json(reply.status, body, { ...headers, ...page.headers });
  }

  /** Who has it already is told so, and that does not count. */
  #unlessKnown(answer: Answer, request: IncomingMessage): Answer {
    const digest = createHash("sha256").update(answer.bytes).digest("hex");
    const etag = `W/"${digest}"`;
    const known = String(request.headers["if-none-match"] ?? "").includes(digest);
    const headers = {
      ...answer.headers,
      etag,
      "cache-control": "private, max-age=60, s-maxage=60",
    };
    if (known) return { ...answer, status: 304, headers, bytes: Buffer.alloc(0) };
    this.#limit.count();
    return { ...answer, headers };
  }

  #refuse(error: unknown): Answer {
    if (error instanceof ApiRefusal) {
      const errors = error.errors === undefined ? {} : { errors: error.errors };
      const body = {
        message: error.message,
        ...errors,
        documentation_url: DOCS,
        status: String(error.status),
      };
      return json(error.status, body, error.headers);
    }
    const message = `The rehearsal's GitHub failed: ${causes(error).join(": ")}`;
    return json(500, { message, documentation_url: DOCS, status: "500" }, {});
  }

  #tell(
    holder: Holder | undefined | "unknown",
    method: string,
    path: string,
    status: number,
  ): void {
    const job = typeof holder === "object" && holder.kind === "job" ? holder.job : "";
    this.#hub.facts.tell({ type: "api-call", job, method, path, status });
  }
}

function isRepository({ method, pattern }: Route): boolean {
  return method === "GET" && pattern === "/repos/{owner}/{repo}";
}

function needText(need: Need): string {
  return Object.entries(need)
    .map(([scope, access]) => `${scope.replaceAll("-", "_")}=${access}`)
    .join("; ");
}

function json(status: number, value: Json, headers: Headers): Answer {
  const bytes = value === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(value));
  return { status, headers, bytes, contentType: "application/json; charset=utf-8" };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new ApiRefusal(413, "Payload too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
