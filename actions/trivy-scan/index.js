// Generated from actions/trivy-scan/action.ts by `npm run generate`; do not edit.
await (await import("../start.js")).start("trivy-scan", "main");
