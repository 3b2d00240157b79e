/**
 * Tests that other tests beside them would falsify: they compare two versions under load, or hold something to the time
 * that is promised for it. They run when the others are done, one file at a time.
 */
export const QUIET = [
  "test/engine/standby-cluster.test.ts",
  "test/hosts/standby-site.test.ts",
  "test/lib/targets/local/lease.test.ts",
  "test/rehearsal/scenario",
];
