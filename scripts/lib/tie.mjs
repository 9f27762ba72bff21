// Loaded before a program that `runTied` runs: ends it when its parent asks for that, or is no more.
const end = () => process.emit('SIGTERM', 'SIGTERM') || process.exit(143);

// The programs that this one forks have ties of their own.
process.execArgv.splice(process.execArgv.indexOf(import.meta.url) - 1, 2);

if (process.channel) {
  process.on('message', message => message === 'stop' && end());
  process.once('disconnect', end);
  process.channel.unref();
}
