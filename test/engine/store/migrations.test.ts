import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MIGRATIONS = fileURLToPath(new URL("../../../migrations/", import.meta.url));
/** What takes away something that the version before may be using; such a file says in its first line whose contract it is. */
const TAKES_AWAY =
  /\b(drop|rename|truncate|delete from|set not null|alter column \w+ (set data )?type)\b/i;
const CONTRACT = /^-- Contract of \d+/m;

test.each(readdirSync(MIGRATIONS).sort())(
  "%s only adds, so that the version before runs on beside it",
  (name) => {
    const text = readFileSync(MIGRATIONS + name, "utf8");
    const [, up = "", down] = text.split(/^-- (?:Up|Down) Migration$/m);
    expect(down).toBeDefined();
    if (!CONTRACT.test(text)) expect(up).not.toMatch(TAKES_AWAY);
  },
);

test("numbers of migrations are in order and used once", () => {
  const numbers = readdirSync(MIGRATIONS).map((name) => Number(name.split("_")[0]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual([...new Set(numbers)].sort((a, b) => a - b));
});
