import { describe, expect, test } from "vitest";
import { until } from "../support/until.ts";
import { compilerLack, FaultyDisk } from "./support/faulty-disk.ts";
import { NatsServer, natsLack } from "./support/nats-server.ts";
import { place, prices, Replicated, serves } from "./support/replicated.ts";
import { mountLack, SmallDisk } from "./support/small-disk.ts";

const lack = natsLack();
const uncompiled = lack ?? compilerLack();
const unmountable = lack ?? mountLack();

describe.skipIf(uncompiled !== null)(`a standby's disk${said(uncompiled)}`, () => {
  test("that fails ends it with what to do; started again it goes on from the log, and takes over", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats);
    using disk = new FaultyDisk();
    await using primary = await engines.primary("primary");
    await using standby = engines.standby("standby", disk.env);
    await standby.waitFor("standing by");
    expect(await place(primary, 1)).toBe(201);
    await until("it follows", async () => (await sequenceOf(standby)) === 1);
    disk.fault = "eio";
    expect(await place(primary, 2)).toBe(201);
    expect((await standby.ended).code).toBe(2);
    expect(standby.log.at(-1)?.message).toContain("can't be written");
    expect(standby.log.some(({ message }) => message === "promoted")).toBe(false);
    expect(await place(primary, 3)).toBe(201);
    disk.fault = "none";
    await using again = engines.standby("standby", disk.env);
    await again.waitFor("standing by");
    await until("it follows", async () => (await sequenceOf(again)) === 3);
    primary.child.kill("SIGKILL");
    await serves(again);
    expect(await prices(again)).toEqual(new Set([1, 2, 3]));
  });
});

describe.skipIf(unmountable !== null)(`a standby's disk${said(unmountable)}`, () => {
  test("that is full is waited for, and each command is written once", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats);
    await using disk = await SmallDisk.mount(600);
    const small = { JOURNAL_SEGMENT_BYTES: "16384", SNAPSHOT_EVERY: "0" };
    await using primary = await engines.primary("primary", small);
    await using standby = disk.spawn(engines.env("standby", { STANDBY: "on", ...small }));
    await standby.waitFor("standing by");
    expect(await place(primary, 1)).toBe(201);
    await until("it follows", async () => (await sequenceOf(standby)) === 1);
    disk.fill();
    const batch = Array.from({ length: 900 }, (_, at) => orderOf(at + 2));
    expect((await primary.call("POST", "/orders/batch", batch)).code).toBe(200);
    await until("it says so", async () => (await healthOf(standby)).journal === "full");
    expect(await place(primary, 1_000)).toBe(201);
    disk.empty();
    await until("it follows again", async () => (await sequenceOf(standby)) === 902);
    primary.child.kill("SIGKILL");
    await serves(standby);
    expect((await prices(standby)).size).toBe(902);
    expect(await standby.waitFor("recovered")).toMatchObject({ sequence: 902, tornBytes: 0 });
  });
});

function orderOf(price: number): object {
  return { id: price, user: 1, symbol: "BTC-USD", side: "buy", price, qty: 1 };
}

interface StandbyHealth {
  sequence: number;
  journal: string;
}

async function sequenceOf(standby: Parameters<typeof healthOf>[0]): Promise<number> {
  return (await healthOf(standby)).sequence;
}

async function healthOf(standby: {
  waitFor(message: string): Promise<Record<string, unknown>>;
}): Promise<StandbyHealth> {
  const { port } = await standby.waitFor("standing by");
  const report = await fetch(`http://127.0.0.1:${String(port)}/health`);
  return (await report.json()) as StandbyHealth;
}

function said(reason: string | null): string {
  return reason === null ? "" : ` (${reason})`;
}
