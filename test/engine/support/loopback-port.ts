import { freePorts } from "../../../lib/process/free-port.ts";

/** A port of loopback that was free a moment ago, for servers that can't choose one themselves. */
export async function loopbackPort(): Promise<number> {
  const [port = 0] = await freePorts("127.0.0.1", 1);
  return port;
}
