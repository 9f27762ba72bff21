import { lookup as lookupName } from 'node:dns/promises';
import { type IncomingMessage, request as requestPlainly } from 'node:http';
import { request as requestByTls, type RequestOptions } from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import { addressFault, type AddressFault, isLoopback, isPublicAddress, literalOf } from './address-rules';

/** Why a call outside was not made or not finished. A closed list: it is shown to whoever gave the address. */
export type OutboundFault = AddressFault | 'NAME_UNKNOWN' | 'TOO_SLOW' | 'TOO_LARGE' | 'UNREACHABLE';

/** The call was not made, or its answer was not taken. Says why, and nothing of what was found there. */
export class OutboundFailed extends Error {
  constructor(readonly fault: OutboundFault) {
    super(`The call was given up: ${fault}`);
  }
}

/** One call to an address that somebody else gave us. */
export interface OutboundRequest {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  /** Time for everything, from the name to the last byte, in milliseconds. */
  patienceMs?: number;
  /** Largest body that is read, in bytes. */
  mostBytes?: number;
}

/** What came back, redirections included: they are never followed. */
export interface OutboundAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** What a test or an installation sets. */
export interface OutboundSettings {
  /** This machine may be called, and without TLS: a sandbox's setting. */
  loopback: boolean;
  /** Every address of a name. The system's resolver when it is not given. */
  addressesOf?: (name: string) => Promise<readonly string[]>;
  /** Authority that servers are vouched for by, in PEM; those of the system when it is not given. */
  authority?: string;
}

const PATIENCE_MS = 10_000;
const MOST_BYTES = 1_048_576;

/**
 * The one way to call an address that came from outside (webhooks, a ministry's issuer). HTTPS only; the name is
 * resolved anew for each call, every address of it must be public, and the connection goes to the very address that was
 * checked, so that a name which changes in between gains nothing (DNS rebinding). No redirection is followed, no
 * connection kept, time and size are bounded. OWASP ASVS 5.0 1.3.6 and 15.3.2.
 */
export class Outbound {
  constructor(private readonly settings: OutboundSettings) {}

  /** What is wrong with an address as far as its text says, to tell whoever gives it; null when nothing is. */
  faultOf(url: string): AddressFault | null {
    return addressFault(url, this.settings.loopback);
  }

  /** Throws {@link OutboundFailed} when the address is refused or nothing whole came back. Any status is an answer. */
  async send(request: OutboundRequest): Promise<OutboundAnswer> {
    const fault = this.faultOf(request.url);
    if (fault) throw new OutboundFailed(fault);
    const given = AbortSignal.timeout(request.patienceMs ?? PATIENCE_MS);
    try {
      const address = await inTime(this.addressOf(new URL(request.url)), given);
      return await answerOf(await this.open(request, address, given), request.mostBytes ?? MOST_BYTES);
    } catch (error) {
      if (given.aborted) throw new OutboundFailed('TOO_SLOW');
      throw error instanceof OutboundFailed ? error : new OutboundFailed('UNREACHABLE');
    }
  }

  /** {@link send} in the shape of `fetch`, for libraries that take one. A redirection is an answer, never followed. */
  readonly fetch = async (
    url: string | URL,
    init: { method?: string; headers?: ConstructorParameters<typeof Headers>[0]; body?: unknown } = {},
  ): Promise<Response> => {
    const sent = Buffer.from(await new Response(init.body as string | null | undefined).arrayBuffer());
    const { status, headers, body } = await this.send({
      url: String(url),
      method: (init.method ?? 'GET') as OutboundRequest['method'],
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(sent.length > 0 ? { body: sent } : {}),
    });
    const said = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    );
    return new Response([101, 204, 205, 304].includes(status) ? null : new Uint8Array(body), {
      status,
      headers: said,
    });
  };

  /** The address to connect to. Throws ADDRESS_NOT_PUBLIC when any of a name's addresses is not: the next may be it. */
  private async addressOf({ hostname }: URL): Promise<string> {
    const literal = literalOf(hostname);
    const addresses = literal ? [literal] : await this.resolve(hostname);
    if (!addresses.every(address => this.mayCall(address))) throw new OutboundFailed('ADDRESS_NOT_PUBLIC');
    return addresses[0]!;
  }

  private mayCall(address: string): boolean {
    return isPublicAddress(address) || (this.settings.loopback && isLoopback(address));
  }

  private async resolve(name: string): Promise<readonly string[]> {
    const found = await (this.settings.addressesOf ?? systemAddressesOf)(name).catch(() => []);
    if (found.length === 0) throw new OutboundFailed('NAME_UNKNOWN');
    return found;
  }

  private open(request: OutboundRequest, address: string, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(request.url);
    const options: RequestOptions = {
      method: request.method ?? 'POST',
      headers: { ...request.headers, ...lengthOf(request.body) },
      agent: false,
      lookup: always(address),
      signal,
      ...(this.settings.authority ? { ca: this.settings.authority } : {}),
    };
    return new Promise((resolve, reject) => {
      const call = (url.protocol === 'https:' ? requestByTls : requestPlainly)(url, options, resolve);
      call.on('error', reject);
      call.end(request.body);
    });
  }
}

const systemAddressesOf = async (name: string): Promise<string[]> =>
  (await lookupName(name, { all: true })).map(found => found.address);

/** A lookup that knows one answer: what was checked is what is connected to. */
const always = (address: string): LookupFunction => {
  const family = isIPv6(address) ? 6 : 4;
  return (_name, options, done) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family);
};

const lengthOf = (body: string | Buffer | undefined): Record<string, number> =>
  body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };

/** Reads the body as it is, packed or not: what unpacks to more than was sent is not unpacked here. */
async function answerOf(message: IncomingMessage, most: number): Promise<OutboundAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw new OutboundFailed('TOO_LARGE'); // leaving the loop ends the connection
    parts.push(part);
  }
  return { status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(parts) };
}

/** A resolver cannot be cancelled; its answer is no longer waited for. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new OutboundFailed('TOO_SLOW')), { once: true }),
    ),
  ]);
}
