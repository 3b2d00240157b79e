import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FOLDER = import.meta.dirname;
const LIQUIBOOK =
  "liquibook, built with g++ -O3 -march=native, its book without depth; it knows no ids, the engine's figure includes that each order is found by its id";

/** A program to compare with: not part of this repository, so it is built when its sources are there. */
export interface Peer {
  /** Null when it can't be measured here. */
  measure: (() => { perSecond: number }) | null;
  /** What it is, or what would have to be there. */
  note: string;
}

/** `LIQUIBOOK` is a checkout of github.com/enewhuis/liquibook; it is built with -O3. */
export function liquibook(): Peer {
  const root = process.env.LIQUIBOOK ?? "";
  if (!existsSync(join(root, "src/book/order_book.h"))) {
    return { measure: null, note: "inserts against liquibook: LIQUIBOOK is no checkout of it" };
  }
  const program = join(mkdtempSync(join(tmpdir(), "liquibook-")), "inserts");
  const sources = [join(FOLDER, "liquibook.cpp"), join(root, "src/simple/simple_order.cpp")];
  const flags = ["-O3", "-march=native", "-w", "-I", join(root, "src")];
  execFileSync("g++", [...flags, "-o", program, ...sources]);
  return { measure: () => run(program, []), note: LIQUIBOOK };
}

/** `DISRUPTOR_JAR` is com.lmax:disruptor from Maven Central. */
export function disruptor(): Peer {
  const jar = process.env.DISRUPTOR_JAR ?? "";
  if (!existsSync(jar)) {
    return {
      measure: null,
      note: "the ring against the LMAX Disruptor: DISRUPTOR_JAR is no file",
    };
  }
  const classes = mkdtempSync(join(tmpdir(), "disruptor-"));
  execFileSync("javac", ["-cp", jar, "-d", classes, join(FOLDER, "DisruptorPassing.java")]);
  const args = ["-cp", `${jar}:${classes}`, "DisruptorPassing"];
  return { measure: () => run("java", args), note: "the Disruptor with one producer, yielding" };
}

function run(program: string, args: string[]): { perSecond: number } {
  return JSON.parse(execFileSync(program, args, { encoding: "utf8" }));
}
