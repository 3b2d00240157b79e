// Generated from actions/host-tune/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("host-tune", "main");
