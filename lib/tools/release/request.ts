import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isTrusted, shown } from "./address.ts";
import { DownloadFault, faultOfSocket, faultOfStatus } from "./fault.ts";
import type { Patience } from "./patience.ts";
import type { Watch } from "./watch.ts";

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface Requested {
  patience: Patience;
  /** Names the proxy, where there is one. */
  env: NodeJS.ProcessEnv;
  watch: Watch;
}

/** The answer with the file, after redirects; throws a DownloadFault for every other answer. */
export async function request(address: URL, requested: Requested): Promise<IncomingMessage> {
  let at = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await ask(at, requested);
    const status = answer.statusCode ?? 0;
    if (status === 200) return answer;
    answer.destroy();
    if (!REDIRECTS.has(status)) throw faultOfStatus(status, answer.headers["retry-after"]);
    at = nextAddress(at, answer.headers.location);
  }
  throw new DownloadFault("final", `redirects more than ${MAX_REDIRECTS} times`);
}

function nextAddress(from: URL, location: string | undefined): URL {
  const next = location === undefined ? null : URL.parse(location, from.href);
  if (!next) throw new DownloadFault("final", "redirects to no address");
  if (!isTrusted(next))
    throw new DownloadFault("final", `redirects to ${shown(next)}, which is not https`);
  return next;
}

function ask(address: URL, { patience, env, watch }: Requested): Promise<IncomingMessage> {
  // One file, one connection, and an end to a proxy that says nothing: nothing keeps the process from ending.
  const connection = { keepAlive: false, proxyEnv: env, timeout: patience.stallMs };
  const headers = { "accept-encoding": "identity", "user-agent": "sluice" };
  const timedOut = `${address.host} did not let itself be connected in ${patience.connectMs} ms`;
  watch.expect(patience.connectMs, new DownloadFault("unreachable", timedOut));
  return new Promise((resolve, reject) => {
    const options = { headers, signal: watch.signal };
    const sent =
      address.protocol === "https:"
        ? https.request(address, { ...options, agent: new https.Agent(connection) }, resolve)
        : http.request(address, { ...options, agent: new http.Agent(connection) }, resolve);
    // Before a proxy has answered, the request has no socket, and ending it tells nobody.
    watch.signal.addEventListener("abort", () => reject(watch.signal.reason), { once: true });
    sent.on("error", (error) => reject(faultOfSocket(error, address.host)));
    sent.once("socket", (socket) => {
      const connected = () => watch.expect(patience.stallMs, stalled(patience));
      if (socket.connecting) socket.once("connect", connected);
      else connected();
    });
    sent.end();
  });
}

export function stalled({ stallMs }: Patience): DownloadFault {
  return new DownloadFault("passing", `sent nothing for ${stallMs / 1000} s`);
}
