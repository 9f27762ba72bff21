import { createServer } from 'node:net';

/** A port that nobody listens on: the first free one from `first` upwards, or any (`first` 0). */
export async function freePort(first = 0) {
  for (let port = first; port < first + 100; port++) {
    const found = await tryPort(port, '127.0.0.1');
    if (found && (await tryPort(found))) return found;
  }
  throw new Error(`No free port from ${first} to ${first + 99}`);
}

function tryPort(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const { port: bound } = server.address();
      server.close(() => resolve(bound));
    });
  });
}
