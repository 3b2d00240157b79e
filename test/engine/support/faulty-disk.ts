import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a sync does as long as a file says so: wait so many milliseconds, or fail as a broken disk does. */
const SOURCE = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int fdatasync(int fd) {
  static int (*next)(int);
  if (!next) next = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  const char *path = getenv("FAULTY_DISK");
  FILE *file = path ? fopen(path, "r") : NULL;
  char fault[32] = "";
  if (file) {
    if (!fgets(fault, sizeof fault, file)) fault[0] = 0;
    fclose(file);
  }
  if (!strncmp(fault, "eio", 3)) { errno = EIO; return -1; }
  long ms = atol(fault);
  struct timespec pause = { ms / 1000, (ms % 1000) * 1000000 };
  if (ms > 0) nanosleep(&pause, NULL);
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

  set fault(fault: "none" | "eio" | number) {
    writeFileSync(join(this.folder, "fault"), fault === "none" ? "" : String(fault));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
