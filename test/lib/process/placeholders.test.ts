import { describe, expect, it } from "vitest";
import type { Service } from "../../../lib/environment/environment.ts";
import { commandOf, environmentOf } from "../../../lib/process/placeholders.ts";

const VALUES = { host: "127.0.0.1", port: 1, "metrics-port": 2, slot: "blue", version: "1.0.0" };
const service = (start: string[], env: Record<string, string>) => ({ start, env }) as Service;

describe("how an instance is started", () => {
  it("has its placeholders filled in, in the command and in the environment", () => {
    const given = service(["node", "main.ts", "--at={host}:{port}"], {
      METRICS: "{metrics-port}",
      ID: "{slot}-{version}-{other}-{{port}}",
    });
    expect(commandOf(given, VALUES)).toEqual(["node", "main.ts", "--at=127.0.0.1:1"]);
    expect(environmentOf(given, VALUES, {}, "/node")).toMatchObject({
      METRICS: "2",
      ID: "blue-1.0.0-{other}-{1}",
    });
  });

  it("finds the Node that Sluice runs on first, and inherits no secret", () => {
    const own = { PATH: "/usr/bin", HOME: "/home/a", GITHUB_TOKEN: "secret" };
    expect(environmentOf(service(["x"], {}), VALUES, own, "/node")).toEqual({
      PATH: "/node:/usr/bin",
      HOME: "/home/a",
    });
  });

  it("lets the service's own variables win", () => {
    const env = environmentOf(service(["x"], { PATH: "/own" }), VALUES, { PATH: "/a" }, "/node");
    expect(env.PATH).toBe("/own");
  });
});
