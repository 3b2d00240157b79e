// Generated from actions/cosign-sign/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("cosign-sign", "main");
