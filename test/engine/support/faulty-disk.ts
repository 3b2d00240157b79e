import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a sync does as long as a file says so: wait, or fail as a broken disk does. */
const SOURCE = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int has(const char *fault) {
  const char *path = getenv("FAULTY_DISK");
  FILE *file = path ? fopen(path, "r") : NULL;
  char told[32] = "";
  if (file) {
    if (!fgets(told, sizeof told, file)) told[0] = 0;
    fclose(file);
  }
  return !strcmp(told, fault);
}

int fdatasync(int fd) {
  static int (*next)(int);
  if (!next) next = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  struct timespec pause = { 0, 10000000 };
  while (has("slow")) nanosleep(&pause, NULL);
  if (has("eio")) { errno = EIO; return -1; }
  return next(fd);
}
`;

export function compilerLack(): string | null {
  const isThere = spawnSync("cc", ["--version"], { stdio: "ignore" }).status === 0;
  return isThere ? null : "no C compiler";
}

/** The system's own sync, made slow or broken under an engine that does not know: `env` is what the engine needs. */
export class FaultyDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "faulty-disk-"));
  readonly env: Record<string, string>;

  constructor() {
    const library = join(this.folder, "faulty.so");
    const source = join(this.folder, "faulty.c");
    writeFileSync(source, SOURCE);
    const made = spawnSync("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"], {
      encoding: "utf8",
    });
    if (made.status !== 0) throw new Error(made.stderr);
    this.env = {
      LD_PRELOAD: library,
      FAULTY_DISK: join(this.folder, "fault"),
      JOURNAL_DIR: join(this.folder, "journal"),
    };
  }

  /** A slow one takes until it is set to something else. */
  set fault(fault: "none" | "eio" | "slow") {
    writeFileSync(join(this.folder, "fault"), fault);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
