/**
 * Preloaded into the supervisors that a test starts, which know nothing of it: counts what they do that outlives them
 * (files, processes, signals, listening), and ends them by SIGKILL at the effect that the test chose.
 */
import childProcess, { type ChildProcess } from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Server } from "node:net";
import { basename } from "node:path";
import { Writable } from "node:stream";
import { type CrashPoint, crashFiles } from "./crash-point.ts";

const { appendFileSync, readFileSync, unlinkSync, writeFileSync, writeSync } = fs;
const kill = process.kill.bind(process);
const files = crashFiles(process.argv[2] ?? "");

let counting = "";
let count = 0;

/** Tells of an effect that begins now; gives what is to be done when it is over. */
function begin(name: string, half?: () => void): () => void {
  const point = pointNow();
  if (point === null) return () => {};
  if (counting !== point.id) count = 0;
  counting = point.id;
  count += 1;
  appendFileSync(files.effects, `${point.id}\t${half ? "write" : "whole"}\t${name}\n`);
  if (count !== point.nth) return () => {};
  if (point.when === "after") return () => die();
  die(point.when === "amid" ? half : undefined);
  return () => {};
}

function pointNow(): CrashPoint | null {
  try {
    return JSON.parse(readFileSync(files.point, "utf8")) as CrashPoint;
  } catch {
    return null;
  }
}

/** Goes on where the point was taken away meanwhile: nobody would expect it any more. */
function die(last?: () => void): void {
  try {
    unlinkSync(files.point);
  } catch {
    return;
  }
  last?.();
  kill(process.pid, "SIGKILL");
}

type Call = (...args: unknown[]) => unknown;

function replace(on: object, name: string, by: (was: Call) => Call): void {
  const table = on as Record<string, Call>;
  const was = table[name];
  if (was === undefined) throw new Error(`there is no ${name} to watch`);
  table[name] = by(was);
}

/** For calls that give a promise. `halfOf` says how half of it is done. */
function watch(
  on: object,
  name: string,
  subject: (args: unknown[]) => string,
  halfOf?: (args: unknown[]) => () => void,
): void {
  replace(
    on,
    name,
    (was) =>
      async function (this: unknown, ...args: unknown[]) {
        const after = begin(`${name} ${subject(args)}`, halfOf?.(args));
        try {
          return await was.apply(this, args);
        } finally {
          after();
        }
      },
  );
}

const first = ([path]: unknown[]) => basename(String(path));
const firstHalf = (bytes: unknown) => {
  const all = Buffer.isBuffer(bytes) ? bytes : Buffer.from(String(bytes));
  return all.subarray(0, all.length / 2);
};

for (const name of ["rename", "rm", "mkdir", "unlink", "chmod", "utimes", "truncate", "symlink"])
  watch(fs.promises, name, first);
watch(fs.promises, "copyFile", first, ([from, to]) => () => {
  writeFileSync(String(to), firstHalf(readFileSync(String(from))));
});
watch(fs.promises, "writeFile", first, ([to, bytes]) => () => {
  writeFileSync(String(to), firstHalf(bytes));
});

replace(fs.promises, "open", (open) => async (...args) => {
  const [path, flags = "r"] = args;
  const after = flags === "r" ? () => {} : begin(`open ${first([path])}`);
  const handle = (await open(...args)) as fs.promises.FileHandle;
  const subject = () => first([path]);
  watch(handle, "sync", subject);
  watch(
    handle,
    "writeFile",
    subject,
    ([bytes]) =>
      () =>
        writeSync(handle.fd, firstHalf(bytes)),
  );
  after();
  return handle;
});

/** What a stream writes with: the last argument is told when it is over. */
function watchCallback(name: "open" | "write", half?: (args: unknown[]) => () => void): void {
  replace(fs, name, (was) => (...args) => {
    if (args[1] === "r") return was(...args);
    const told = args.at(-1) as Call;
    const after = begin(`${name} of a stream`, half?.(args));
    return was(...args.slice(0, -1), (...results: unknown[]) => {
      after();
      return told(...results);
    });
  });
}
watchCallback("open");
watchCallback(
  "write",
  ([fd, bytes]) =>
    () =>
      writeSync(Number(fd), firstHalf(bytes)),
);

replace(childProcess, "spawn", (spawn) => (...args) => {
  const after = begin("spawn");
  const child = spawn(...args) as ChildProcess;
  const door = child.stdio?.[3];
  if (door instanceof Writable)
    replace(door, "end", (end) => (...line) => {
      const begun = begin("begin");
      const ended = end.apply(door, line);
      begun();
      return ended;
    });
  after();
  return child;
});

replace(process, "kill", (was) => (...args) => {
  const [, signal] = args;
  if (signal === 0) return was(...args);
  const after = begin(`${signal}`);
  try {
    return was(...args);
  } finally {
    after();
  }
});

replace(
  Server.prototype,
  "listen",
  (listen) =>
    function (this: Server, ...args) {
      begin("listen");
      return listen.apply(this, args);
    },
);

syncBuiltinESMExports();
