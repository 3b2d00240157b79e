// Starts a program of lib/ from the bundle: node program.js lib/…/main.ts [ARGUMENT…]; see lib/program.ts.
const [name, ...args] = process.argv.slice(2);
const { enterProgram } = await import("../dist/index.js");
await enterProgram(name, args);
