// Generated from actions/k6-gate/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("k6-gate", "main");
