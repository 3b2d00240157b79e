import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { until } from "../support/until.ts";
import { EngineProcess } from "./support/engine-process.ts";
import { Random } from "./support/flow.ts";
import { JournalArchive } from "./support/journal-archive.ts";
import { Ledger, restingIds } from "./support/ledger.ts";
import { noteProof } from "./support/proof.ts";
import { mountLack, SmallDisk } from "./support/small-disk.ts";
import { tearTail } from "./support/torn-tail.ts";

/** The whole claim is a hundred kills each (ENGINE_KILLS=100); a few of them are made each time. */
const KILLS = Number(process.env.ENGINE_KILLS ?? 3);
const LIMIT_MS = 120_000 + KILLS * 30_000;
const SMALL = { JOURNAL_SEGMENT_BYTES: "16384", SNAPSHOT_EVERY: "300" };
const DISK_KIBIBYTES = 2_048 + KILLS * 64;

/** Where a journal is, and what else befalls it. */
interface Ground {
  what: string;
  /** As this process sees it. */
  folder: string;
  start(): Promise<EngineProcess>;
  underLoad?(orders: Ledger): Promise<void>;
  afterKill?(): void;
  afterStart?(engine: EngineProcess): void;
}

test.each([
  ["one large segment and no snapshot", {}],
  ["small segments and snapshots between", SMALL],
])(
  "with %s, kill -9 at any moment loses no acknowledged order and doubles none",
  async (what, env) => {
    using parent = temporary();
    const folder = join(parent.path, "journal");
    await survive({
      what,
      folder,
      start: () => EngineProcess.start({ JOURNAL_DIR: folder, ...env }),
    });
  },
  LIMIT_MS,
);

test.each([
  ["a record was torn", {}],
  ["a record was torn between snapshots", SMALL],
])(
  "after kill -9 when %s, what was acknowledged is there",
  async (what, env) => {
    using parent = temporary();
    const folder = join(parent.path, "journal");
    const random = new Random(what.length);
    let torn = 0;
    await survive({
      what,
      folder,
      start: () => EngineProcess.start({ JOURNAL_DIR: folder, ...env }),
      afterKill: () => {
        torn = tearTail(folder, random);
      },
      afterStart: (engine) => {
        const recovered = engine.log.find(({ message }) => message === "recovered");
        if (torn > 0) expect(recovered?.tornBytes).toBeGreaterThan(0);
      },
    });
  },
  LIMIT_MS,
);

const lack = mountLack();
describe.skipIf(lack !== null)(`a full disk${lack ? ` (${lack})` : ""}`, () => {
  test(
    "when kill -9 comes while the disk is full, what was acknowledged is there, and what was refused is not",
    async () => {
      await using disk = await SmallDisk.mount(DISK_KIBIBYTES);
      await survive({
        what: "the disk full",
        folder: disk.path("journal"),
        start: () => {
          disk.empty();
          return disk.start({ JOURNAL_SEGMENT_BYTES: "16384", SNAPSHOT_EVERY: "0" });
        },
        underLoad: async (orders) => {
          disk.fill();
          const before = orders.refused;
          await until("orders are refused for want of room", () => orders.refused > before);
        },
      });
    },
    LIMIT_MS,
  );
});

/** Kills an engine under load again and again; each time all that was acknowledged has to be there, once. */
async function survive(ground: Ground): Promise<void> {
  const random = new Random(KILLS);
  const orders = new Ledger();
  using archive = new JournalArchive(ground.folder, `${ground.folder}-kept`);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await using engine = await ground.start();
    ground.afterStart?.(engine);
    orders.settle(await restingIds(engine));
    const { acknowledged } = orders;
    const clients = [
      ...Array.from({ length: 3 }, () => orders.load(engine)),
      orders.loadBatches(engine),
    ];
    await until("orders are acknowledged", () => orders.acknowledged > acknowledged);
    await sleep(30 + random.below(200));
    await ground.underLoad?.(orders);
    engine.child.kill("SIGKILL");
    await Promise.all([...clients, engine.ended]);
    ground.afterKill?.();
  }
  await using engine = await ground.start();
  ground.afterStart?.(engine);
  orders.settle(await restingIds(engine));
  expect(orders.present).toBeGreaterThan(KILLS);
  const recovered = engine.log.find(({ message }) => message === "recovered");
  expect(recovered?.hash).toBe(archive.hash());
  const { present, refused } = orders;
  const commands = recovered?.sequence;
  noteProof({ what: ground.what, kills: KILLS, present, refused, commands });
}

function temporary(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "journal-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
