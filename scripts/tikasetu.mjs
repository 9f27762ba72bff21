#!/usr/bin/env node
// npx tikasetu <command>: what somebody outside does to check the service, or to keep what it published.

/** Loaded when asked for: replaying a draw and archiving certificates need Node and nothing else. */
const COMMANDS = {
  'archive-certificates': async args =>
    (await import('./archive-certificates.mjs')).archiveCertificates(args),
  'change-master-key': async () => (await import('./change-master-key.mjs')).changeMasterKey(),
  'open-export': async args => (await import('./open-export.mjs')).openExport(args),
  'replay-draw': async args => (await import('./replay-draw.mjs')).replayDraw(args),
  'verify-audit': async args => (await import('./verify-audit.mjs')).verifyAudit(args),
};
const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : null;
if (!command) console.error(`usage: tikasetu ${Object.keys(COMMANDS).join(' | ')}`);
process.exitCode = command ? await command(args) : 2;
