#!/usr/bin/env node
// npx tikasetu <command>: what somebody outside does with what the service published. Needs Node and nothing else.
import { replayDraw } from './replay-draw.mjs';

const COMMANDS = { 'replay-draw': replayDraw };
const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : null;
if (!command) console.error(`usage: tikasetu ${Object.keys(COMMANDS).join(' | ')}`);
process.exitCode = command ? command(args) : 2;
