#!/usr/bin/env node
// npx tikasetu <command>: what somebody outside does to check the service.

/** Loaded when asked for: replaying a draw needs Node and nothing else. */
const COMMANDS = {
  'replay-draw': async args => (await import('./replay-draw.mjs')).replayDraw(args),
  'verify-audit': async args => (await import('./verify-audit.mjs')).verifyAudit(args),
};
const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : null;
if (!command) console.error(`usage: tikasetu ${Object.keys(COMMANDS).join(' | ')}`);
process.exitCode = command ? await command(args) : 2;
