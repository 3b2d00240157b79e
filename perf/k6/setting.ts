/** Where orders go: the same variable that k6-gate sets for each arm. */
export const BASE_URL = __ENV.BASE_URL ?? "http://127.0.0.1:8080";
export const WEBSOCKET_URL = `${BASE_URL.replace(/^http/, "ws")}/ws`;

/** A whole number from the environment, so that one script serves a laptop and a rack. */
export function count(name: string, fallback: number): number {
  const given = __ENV[name];
  if (given === undefined || given === "") return fallback;
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${name} is "${given}", accepted is a whole number above 0`);
}

/** A duration as k6 writes it: 30s, 5m. */
export function duration(name: string, fallback: string): string {
  return __ENV[name] || fallback;
}
