import { SluiceError } from "../../error.ts";
import type { Weights } from "../target.ts";

/** One server of a backend, as HAProxy's Runtime API tells it. */
export interface Server {
  name: string;
  weight: number;
  /** Whether its health checks pass, whatever its weight. */
  up: boolean;
  /** Requests being served now. */
  current: number;
  counts: ServerCounts;
}

/** Requests that went to one server through one HAProxy, since that was started or reloaded. */
export interface ServerCounts {
  begun: number;
  answered: number;
  /** Of those that were answered, with a status of 500 or more. */
  failed: number;
  /** Connections that were refused, and answers that HAProxy calls broken; a connection's end is often neither. */
  faults: number;
}

/**
 * `show stat -1 4 -1` followed by `show servers state BACKEND`. Throws `unsupported` when there is no row of a server in
 * the first: then nobody knows what is in hand there, nor what its clients got.
 */
export function parseServers(text: string): Server[] {
  const lines = text.split("\n").map((line) => line.trim());
  const stats = serverStats(lines);
  return serverStates(lines).map(({ backend, name, weight, up }) => {
    const counted = stats.get(`${backend}/${name}`);
    if (!counted) throw notCounted(backend, name);
    return { name, weight, up, ...counted };
  });
}

function notCounted(backend: string, name: string): SluiceError {
  return new SluiceError("unsupported", `HAProxy tells no counts of ${backend}/${name}`, {
    hint: "run the playbook again, so that the programs on the edge are of this version",
  });
}

type ServerStats = Pick<Server, "current" | "counts">;

/** Answers by the first digit of their status. */
const ANSWERED = ["hrsp_1xx", "hrsp_2xx", "hrsp_3xx", "hrsp_4xx", "hrsp_5xx", "hrsp_other"];
const FAULTS = ["econ", "eresp"];

/** By backend and server. */
function serverStats(lines: readonly string[]): Map<string, ServerStats> {
  const header =
    lines
      .find((line) => line.startsWith("# pxname,"))
      ?.slice(2)
      .split(",") ?? [];
  const rows = lines.filter((line) => !line.startsWith("#") && line.includes(","));
  return new Map(
    rows.map((row) => {
      const cells = row.split(",");
      const cell = (column: string) => cells[header.indexOf(column)] ?? "";
      const sum = (...columns: readonly string[]) =>
        columns.reduce((total, column) => total + Number(cell(column)), 0);
      const counts = {
        begun: sum("stot"),
        answered: sum(...ANSWERED),
        failed: sum("hrsp_5xx"),
        faults: sum(...FAULTS),
      };
      return [`${cell("pxname")}/${cell("svname")}`, { current: sum("scur"), counts }];
    }),
  );
}

/** srv_op_state: 0 stopped, 1 starting, 2 running, 3 stopping. */
const UP = new Set(["1", "2"]);

interface ServerState extends Pick<Server, "name" | "weight" | "up"> {
  backend: string;
}

function serverStates(lines: readonly string[]): ServerState[] {
  const header =
    lines
      .find((line) => line.startsWith("# be_id "))
      ?.slice(2)
      .split(" ") ?? [];
  const columns = ["be_name", "srv_name", "srv_op_state", "srv_uweight"];
  const [backend, name, state, weight] = columns.map((column) => header.indexOf(column)) as [
    number,
    number,
    number,
    number,
  ];
  return lines
    .map((line) => line.split(" "))
    .filter((cells) => cells.length === header.length && header.length > 0)
    .map((cells) => ({
      backend: cells[backend] ?? "",
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
