import { get } from "node:http";

/** Why an instance is not healthy at this moment; undefined when it is. */
export function sickness(
  url: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, ...(signal ? { signal } : {}) }, (response) => {
      const { statusCode = 0 } = response;
      response.resume();
      resolve(statusCode >= 200 && statusCode < 300 ? undefined : `answered ${statusCode}`);
    });
    const late = setTimeout(() => {
      resolve(`did not answer within ${timeoutMs} ms`);
      request.destroy();
    }, timeoutMs);
    request.once("close", () => clearTimeout(late));
    request.once("error", (error) => resolve(error.message));
  });
}
