import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers everything on loopback with `status`, and tells what it was asked for. */
export interface FailingServer extends AsyncDisposable {
  url: string;
  asked: string[];
}

export async function failingServer(status: number): Promise<FailingServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    response.writeHead(status).end("out of order");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
