import { nothingSeen, type Seen } from "../../metrics/seen.ts";
import type { Weights } from "../target.ts";

/** One server of a backend, as HAProxy's Runtime API tells it. */
export interface Server {
  name: string;
  weight: number;
  /** Whether its health checks pass, whatever its weight. */
  up: boolean;
  /** Requests being served now. */
  current: number;
  /** What clients got of it through this HAProxy, since that was started or reloaded. */
  seen: Seen;
}

/** `show stat BACKEND 6 -1` followed by `show servers state BACKEND`. */
export function parseServers(text: string): Server[] {
  const lines = text.split("\n").map((line) => line.trim());
  const stats = serverStats(lines);
  return serverStates(lines).map(({ name, weight, up }) => ({
    name,
    weight,
    up,
    ...(stats.get(name) ?? { current: 0, seen: nothingSeen() }),
  }));
}

type ServerStats = Pick<Server, "current" | "seen">;

/** Answers by the first digit of their status. */
const ANSWERED = ["hrsp_1xx", "hrsp_2xx", "hrsp_3xx", "hrsp_4xx", "hrsp_5xx"];
/** Connections that were refused, answers that were none or broke off, and clients that gave up waiting. */
const LOST = ["econ", "eresp", "cli_abrt"];

function serverStats(lines: readonly string[]): Map<string, ServerStats> {
  const header =
    lines
      .find((line) => line.startsWith("# pxname,"))
      ?.slice(2)
      .split(",") ?? [];
  const name = header.indexOf("svname");
  const rows = lines.filter((line) => !line.startsWith("#") && line.includes(","));
  return new Map(
    rows.map((row) => {
      const cells = row.split(",");
      const count = (column: string) => Number(cells[header.indexOf(column)] ?? 0);
      const sum = (columns: readonly string[]) =>
        columns.reduce((total, column) => total + count(column), 0);
      const seen = { answered: sum(ANSWERED), failed: count("hrsp_5xx"), lost: sum(LOST) };
      return [cells[name] ?? "", { current: count("scur"), seen }];
    }),
  );
}

/** srv_op_state: 0 stopped, 1 starting, 2 running, 3 stopping. */
const UP = new Set(["1", "2"]);

function serverStates(
  lines: readonly string[],
): Array<{ name: string; weight: number; up: boolean }> {
  const header =
    lines
      .find((line) => line.startsWith("# be_id "))
      ?.slice(2)
      .split(" ") ?? [];
  const [name, state, weight] = ["srv_name", "srv_op_state", "srv_uweight"].map((column) =>
    header.indexOf(column),
  ) as [number, number, number];
  return lines
    .map((line) => line.split(" "))
    .filter((cells) => cells.length === header.length && header.length > 0)
    .map((cells) => ({
      name: cells[name] ?? "",
      weight: Number(cells[weight]),
      up: UP.has(cells[state] ?? ""),
    }));
}

/** Where traffic goes: by slot, and by server where one has its own weight. */
export interface Routing {
  weights: Weights;
  servers: ReadonlyMap<string, number>;
}

/** What one edge had before, and what each of its servers has now. */
export interface Routed {
  before: Routing;
  servers: Map<string, number>;
}

/** What `sluice-edge route` prints: `was=BLUE:GREEN SERVER=WEIGHT…`, then a server and its weight on each line. */
export function parseRouted(text: string): Routed {
  const [, blue, green, own = ""] = /^was=(\d+):(\d+)(.*)$/m.exec(text) ?? [];
  return {
    before: { weights: { blue: Number(blue), green: Number(green) }, servers: serversOf(own) },
    servers: parseWeights(text),
  };
}

/** `engine-1-blue=0 engine-1-green=100` */
export function serversOf(text: string): Map<string, number> {
  return new Map(
    [...text.matchAll(/(\S+)=(\d+)/g)].map(([, name = "", weight]) => [name, Number(weight)]),
  );
}

function parseWeights(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => /^\S+ \d+$/.test(line.trim()));
  return new Map(
    lines.map((line) => {
      const [name = "", weight = ""] = line.trim().split(" ");
      return [name, Number(weight)];
    }),
  );
}
