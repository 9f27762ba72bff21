import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A way to a service that can be cut: an address of its own, and whatever is sent there goes on to the service. */
export interface Network {
  url: string;
  /** From now on nobody gets through, and whoever was connected no longer is. */
  cut: () => void;
  mend: () => void;
  close: () => void;
}

/** Opens a way to the service at `url`; the caller closes it. */
export async function networkTo(url: string): Promise<Network> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer(caller => {
    if (!whole) return caller.destroy();
    const service = connect(Number(port), hostname);
    for (const [one, other] of [
      [caller, service],
      [service, caller],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => open.delete(one) && other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    whole = false;
    open.forEach(socket => socket.destroy());
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => (whole = true),
    close: () => {
      cut();
      server.close();
    },
  };
}
