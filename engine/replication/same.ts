import { RECORD_BYTES } from "../core/layout.ts";
import { JournalFollower } from "../journal/follower.ts";

/** What follows in a record says how it was written, which differs from disk to disk. */
const COMMAND_BYTES = 52;

/** Whether the journal holds the same command at the end of a message. */
export function isSame(folder: string, sequence: number, records: Uint8Array): boolean {
  const follower = new JournalFollower(folder, sequence);
  try {
    const own = follower.readBytes(sequence);
    // Without the command, a snapshot took its place, which is later than it.
    if (own.length === 0) return true;
    const last = records.subarray(-RECORD_BYTES).subarray(0, COMMAND_BYTES);
    return Buffer.compare(own.subarray(0, COMMAND_BYTES), last) === 0;
  } catch {
    return true;
  } finally {
    follower.close();
  }
}
