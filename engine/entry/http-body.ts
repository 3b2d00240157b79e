import type { IncomingMessage } from "node:http";

/** Reads a body up to a limit. `done` is called once: with the text, or with null when there was too much. */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
  done: (text: string | null) => void,
): void {
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) {
    done(null);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= limitBytes) return;
    request.off("data", onData).off("end", onEnd).pause();
    done(null);
  };
  const onEnd = (): void => {
    const [only] = chunks;
    done((chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)).toString());
  };
  request.on("data", onData).on("end", onEnd);
}

/** Parsed JSON, or undefined (which no JSON text means) when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
