import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { RunEvent } from "../../rehearsal/run-event.ts";
import { until } from "../support/until.ts";
import { startPodman } from "./podman.ts";
import { type Files, folder } from "./rehearsed.ts";

const CLI = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));
/** A container is there in a second; a busy machine may take much longer. */
const LIMIT_MS = 300_000;
const LEFT_MS = 120_000;

const podman = await startPodman();
const lack = typeof podman === "string" ? podman : undefined;
const engine = typeof podman === "string" ? undefined : podman;
const IMAGE = engine?.image ?? "";

afterAll(async () => engine?.[Symbol.asyncDispose](), LIMIT_MS);

interface Ran {
  readonly code: number | null;
  readonly said: string;
  readonly printed: (job?: string) => string[];
  readonly runner: () => string[];
  readonly annotations: () => string[];
  readonly steps: () => string[];
}

/** Rehearses in a network of its own, so that podman's bridges and rules go with it. */
function start(workflow: string, files: Files = {}, options: readonly string[] = []) {
  const dir = folder({ ".github/workflows/test.yml": workflow, ...files });
  const args = ["rehearse", "--dir", dir, "--network", "loopback", "--json", ...options];
  const child = spawn(process.execPath, [CLI, ...args], {
    env: engine?.env ?? {},
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const group = -(child.pid ?? 0);
  let out = "";
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = new Promise<Ran>((resolve) => {
    child.once("close", (code) => resolve(read(code, out, said)));
  });
  return {
    ended,
    kill: () => process.kill(group, "SIGKILL"),
    prints: (text: string) => until(`it prints '${text}'`, () => out.includes(text), LIMIT_MS),
  };
}

function read(code: number | null, out: string, said: string): Ran {
  const events = out
    .split("\n")
    .filter((line) => line.startsWith("{") && line.endsWith("}"))
    .map((line) => JSON.parse(line) as RunEvent);
  const logged = (kind: string) =>
    events.flatMap((event) => (event.type === "log" && event.kind === kind ? [event.line] : []));
  return {
    code,
    said: `${said}\n${out}`,
    printed: () => logged("output"),
    runner: () => logged("runner"),
    annotations: () =>
      events.flatMap((event) => (event.type === "annotation" ? [event.annotation.message] : [])),
    steps: () =>
      events.flatMap((event) =>
        event.type === "step-finished" && !/^(Set up|Complete) job$/.test(event.name)
          ? [`${event.name}: ${event.conclusion}`]
          : [],
      ),
  };
}

describe.skipIf(lack !== undefined)(`containers by podman${lack ? ` (${lack})` : ""}`, () => {
  afterEach(async () => {
    let left: string[] = [];
    const nothing = async () => {
      left = (await engine?.left()) ?? [];
      return left.length === 0;
    };
    await until("nothing is left in podman's storage", nothing, LEFT_MS).catch((cause) => {
      throw new Error(`left in podman's storage: ${left.join(", ")}`, { cause });
    });
  }, LIMIT_MS);

  it(
    "run a job's steps, with its environment, and its services by their names",
    async () => {
      const server = `require('node:http').createServer((_, response) => response.end('from ' + process.env.WHO)).listen(8123)`;
      const { ended } = start(
        `
on: push
env: { LANG: "${process.env.LANG ?? "C"}" }
jobs:
  a:
    runs-on: x
    container: { image: "${IMAGE}", env: { GREETING: "it's \\"hello\\"", HOME_OF: none }, volumes: ["kept:/kept"], options: "--label \\"two words=1\\"" }
    services:
      web:
        image: ${IMAGE}
        env: { WHO: the service, PATH: "/bin:/usr/bin" }
        volumes: ["${process.execPath}:/node:ro"]
        entrypoint: /node
        command: -e "${server.replaceAll('"', '\\"')}"
    steps:
      - uses: actions/checkout@v6
      - run: |
          cat /inside
          echo "$FROM_IMAGE|$GREETING|$HOME|$CI|$GITHUB_ACTIONS|$LANG"
          echo kept > /kept/file; echo home > ~/file; echo made > made
          echo "x=one" >> "$GITHUB_OUTPUT"; echo "LATER=two" >> "$GITHUB_ENV"
          mkdir bin; printf '#!/bin/sh\\ncat /inside\\n' > bin/tool; chmod +x bin/tool; echo "$PWD/bin" >> "$GITHUB_PATH"
        id: s
      - { run: 'tool; echo "\${{ steps.s.outputs.x }} $LATER $(cat ~/file) $HOME $DOCKER_HOST"', env: { HOME: /github/home, DOCKER_HOST: "tcp://nowhere:1" } }
      - { uses: ./js, with: { who: you } }
      - run: cat made /kept/file; exit 3
`,
        {
          "js/action.yml":
            "name: js\ninputs: { who: {} }\nruns: { using: node24, main: main.js, post: main.js }\n",
          "js/main.js": `
const { existsSync, appendFileSync } = require("node:fs");
(async () => {
  let text;
  for (let left = 600; left > 0 && text === undefined; left--) {
    text = await fetch("http://web:8123/").then((answer) => answer.text()).catch(() => undefined);
    if (text === undefined) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  console.log("js", process.env.INPUT_WHO, existsSync("/inside"), text);
  appendFileSync(process.env.GITHUB_STEP_SUMMARY, "# Inside\\n");
})();
`,
        },
      );
      const ran = await ended;
      expect(ran.printed(), ran.said).toEqual([
        "a container",
        `yes|it's "hello"|/github/home|true|true|${process.env.LANG ?? "C"}`,
        "a container",
        "one two home /github/home tcp://nowhere:1",
        "js you true from the service",
        "made",
        "kept",
        "js you true from the service",
      ]);
      expect(ran.annotations()).toContain("Process completed with exit code 3.");
      expect(ran.steps().at(-1)).toBe("Stop containers: success");
      expect(ran.code).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    "are services with ports, which are waited for until they are healthy, and whose logs hide secrets",
    async () => {
      const { ended } = start(
        `
on: push
jobs:
  a:
    runs-on: x
    services:
      web:
        image: ${IMAGE}
        ports: [8124, "18125:8125"]
        env: { SECRET: "\${{ secrets.TOKEN }}" }
        volumes: ["${process.execPath}:/node:ro", "/var/anonymous"]
        options: >-
          --health-cmd "cat /tmp/ready"
          --health-interval 1s
          --health-retries 200
        entrypoint: sh
        command: -c "echo \\"token $SECRET\\"; sleep 3; touch /tmp/ready; exec /node -e 'for (const port of [8124, 8125]) require(\`node:http\`).createServer((_, response) => response.end(String(port))).listen(port)'"
    steps:
      - run: echo "\${{ job.services.web.ports['8125'] }} \${{ job.services.web.network }}"
      - shell: node {0}
        run: |
          for (const port of [Number(process.env.PORT), 18125]) {
            for (let left = 600; left > 0; left--) {
              const text = await fetch(\`http://127.0.0.1:\${port}/\`).then((answer) => answer.text()).catch(() => undefined);
              if (text) { console.log("answers", text); break; }
              await new Promise((resolve) => setTimeout(resolve, 200));
            }
          }
        env: { PORT: "\${{ job.services.web.ports['8124'] }}" }
`,
        {},
        ["--secret-file", join(folder({ secrets: "TOKEN=swordfish-and-chips\n" }), "secrets")],
      );
      const ran = await ended;
      expect(ran.runner()).toContain("token ***");
      expect(ran.said).not.toContain("swordfish");
      expect(ran.printed(), ran.said).toEqual(["18125 ", "answers 8124", "answers 8125"]);
      expect(ran.code).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    "that never become healthy fail their job, with what they printed",
    async () => {
      const { ended } = start(`
on: push
jobs:
  a:
    runs-on: x
    services:
      sick: { image: "${IMAGE}", entrypoint: sh, command: -c "echo I am sick; exec sleep 1000", options: '--health-cmd "exit 1" --health-interval 1s --health-retries 5' }
    steps: [{ run: echo never }]
`);
      const ran = await ended;
      expect(ran.annotations().join("\n"), ran.said).toContain(
        "The service sick did not become healthy: its health check fails",
      );
      expect(ran.runner()).toContain("I am sick");
      expect(ran.printed()).toEqual([]);
      expect(ran.code).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    "are actions, made from their Dockerfile or from an image, before and after",
    async () => {
      const { ended } = start(
        `
on: push
jobs:
  a:
    runs-on: x
    permissions: { contents: read, id-token: write }
    steps:
      - uses: actions/checkout@v6
      - { id: g, uses: ./greet, with: { who: you }, env: { HOME: /elsewhere, MINE: "two\\nlines" } }
      - { uses: $/staged, with: { who: me } }
      - { uses: "docker://${IMAGE}", with: { entrypoint: /bin/sh, args: '-c "cat made; echo $LATER"' } }
      - run: cat made; echo "\${{ steps.g.outputs.said }}"
      - { uses: ./greet, with: { who: nobody } }
`,
        {
          "greet/action.yml":
            'name: greet\ninputs: { who: {} }\noutputs: { said: {} }\nruns: { using: docker, image: Dockerfile, args: ["${{ inputs.who }}", "a b"], env: { OF_ACTION: "${{ inputs.who }}" } }\n',
          "greet/Dockerfile": `FROM ${IMAGE}\nCOPY greet.sh /greet.sh\nENTRYPOINT ["/bin/sh", "/greet.sh"]\n`,
          "greet/greet.sh": `
echo "hello $1 and $2 and $INPUT_WHO and $OF_ACTION from $(cat /inside)"
echo "$PWD $GITHUB_WORKSPACE $HOME"
echo "$MINE"
echo "\${ACTIONS_RUNTIME_TOKEN:+a token} \${ACTIONS_ID_TOKEN_REQUEST_URL:+an identity}"
echo "said=$1" >> "$GITHUB_OUTPUT"
echo "LATER=from the action" >> "$GITHUB_ENV"
echo "::error file=/github/workspace/greet/greet.sh,line=2::Here"
echo made > made
[ "$1" != nobody ] || exit 7
`,
          "staged/action.yml": `name: staged\ninputs: { who: {} }\nruns: { using: docker, image: "docker://${IMAGE}", pre-entrypoint: /bin/sh, entrypoint: /bin/sh, post-entrypoint: /bin/sh, args: ["-c", 'echo "$INPUT_WHO \${STATE_seen:-first}"; echo "seen=again" >> "$GITHUB_STATE"'] }\n`,
        },
      );
      const ran = await ended;
      const greeting = (who: string) => [
        `hello ${who} and a b and ${who} and ${who} from a container`,
        "/github/workspace /github/workspace /github/home",
      ];
      expect(ran.printed(), ran.said).toEqual([
        "me first",
        ...[...greeting("you"), "two", "lines", "a token an identity"],
        "me again",
        ...["made", "from the action"],
        ...["made", "you"],
        ...[...greeting("nobody"), "", "a token an identity"],
        "me again",
      ]);
      expect(ran.said).toContain('"file":"greet/greet.sh"');
      expect(ran.annotations()).toContain("Docker run failed with exit code 7");
      expect(ran.code).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    "end with a cancelled step, also those that do not listen",
    async () => {
      const { ended } = start(
        `
on: push
jobs:
  a:
    runs-on: x
    container: ${IMAGE}
    services: { idle: { image: "${IMAGE}", entrypoint: sleep, command: "1000" } }
    steps:
      - run: sleep 1000
        timeout-minutes: 0.05
      - { if: always(), uses: "docker://${IMAGE}", timeout-minutes: 0.05, with: { entrypoint: /bin/sh, args: '-c "trap : INT TERM; while :; do sleep 1; done"' } }
      - { if: always(), run: echo after }
`,
      );
      const ran = await ended;
      expect(ran.printed(), ran.said).toEqual(["after"]);
      expect(ran.steps()).toContain("Stop containers: success");
    },
    LIMIT_MS,
  );

  it(
    "are gone when the rehearsal itself is killed",
    async () => {
      const { ended, kill, prints } = start(
        `
on: push
jobs:
  a:
    runs-on: x
    services: { idle: { image: "${IMAGE}", entrypoint: sleep, command: "1000", volumes: ["named:/x", "/y"] } }
    steps: [{ uses: $/stay }]
`,
        {
          "stay/action.yml": "name: stay\nruns: { using: docker, image: Dockerfile }\n",
          "stay/Dockerfile": `FROM ${IMAGE}\nENTRYPOINT ["/bin/sh", "-c", "echo stays; exec sleep 1000"]\n`,
        },
      );
      const early = ended.then(({ said }) =>
        Promise.reject(new Error(`it ended by itself: ${said}`)),
      );
      await Promise.race([prints("stays"), early]);
      early.catch(() => {}); // from here on it is to end
      kill();
      await ended;
    },
    LIMIT_MS,
  );
});
