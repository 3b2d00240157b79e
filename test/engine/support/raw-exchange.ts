import { connect } from "node:net";

/** Sends these bytes to a port of loopback, and gives all that comes back until the other side closes. */
export function rawExchange(port: number, bytes: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  socket.on("error", () => {});
  socket.on("close", () => resolve(answer));
  socket.write(bytes);
  return promise;
}
