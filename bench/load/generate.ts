// The generator: a process of its own that keeps so many clients busy for a time, and says how long each answer took.
import { connect, type Socket } from 'node:net';
import { answerApart } from './apart';

/** How long after its end an open loop goes on with what it had planned. */
const DRAIN_MS = 5_000;

/** What clients send: one request after another, each with its own body. */
export interface Load {
  url: string;
  clients: number;
  /** Seconds; requests begun before the first of them are over (warming up) are not counted. */
  seconds: number;
  warmUp: number;
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  /** Bodies and headers of their own, sent in this order; the run ends when they do, unless they are sent `again`. */
  requests: { body: string; headers?: Record<string, string> }[];
  again?: boolean;
  /**
   * Requests a second that are planned, whatever the answers do (an open loop): each begins at its moment, or as soon as a
   * client is free, and takes from that moment on. Without it each client sends the next when it has its answer.
   */
  rate?: number;
  /** An answer counts as done when its body has this text. */
  expect: string;
}

export interface Result {
  /** All that was sent, while warming up too. */
  sent: number;
  /** Answers as expected, and others, within the measured time. */
  done: number;
  errors: number;
  /** Planned, and never begun since all clients were waiting for answers. */
  left: number;
  /** The first answer that was not as expected. */
  firstError: string | null;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  max: number;
  /** The generator's own processor time a request, in microseconds: what the figure owes to us. */
  cpuMicros: number;
}

async function run(load: Load): Promise<Result> {
  const { hostname, port } = new URL(load.url);
  const times: number[] = [];
  let errors = 0;
  let firstError: string | null = null;
  let next = 0;
  const planned = performance.now();
  const begin = planned + load.warmUp * 1000;
  const end = begin + load.seconds * 1000;
  const cpuBefore = process.cpuUsage();
  let last = begin;
  let sent = 0;
  const client = async (): Promise<void> => {
    const line = new Line(connect({ host: hostname, port: Number(port), noDelay: true }));
    for (;;) {
      const nth = next++;
      const one = load.requests[load.again ? nth % load.requests.length : nth];
      const started = load.rate ? planned + (nth / load.rate) * 1000 : performance.now();
      if (!one || started >= end || performance.now() > end + DRAIN_MS) break;
      if (load.rate) await until(started);
      const { status, body } = await line.ask(requestOf(load, one));
      const now = performance.now();
      sent++;
      const ok = status === 200 && body.includes(load.expect);
      if (!ok) firstError ??= `${status} ${body.slice(0, 300)}`;
      if (started < begin) continue;
      if (ok) times.push(now - started);
      else errors++;
      last = Math.max(last, now);
    }
    line.end();
  };
  await Promise.all(Array.from({ length: load.clients }, client));
  const all = load.rate ? Math.ceil((load.warmUp + load.seconds) * load.rate) : sent;
  const cpu = process.cpuUsage(cpuBefore);
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    sent,
    done: times.length,
    errors,
    left: Math.max(0, Math.min(all, load.again ? all : load.requests.length) - sent),
    firstError,
    perSecond: times.length / Math.max(0.001, (last - begin) / 1000),
    p50: at(0.5),
    p99: at(0.99),
    max: sorted.at(-1) ?? 0,
    cpuMicros: Math.round((cpu.user + cpu.system) / Math.max(1, sent)),
  };
}

/** Timers are a millisecond coarse at the most: what they are late by counts as the answer's. */
async function until(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await new Promise(resolve => setTimeout(resolve, left));
}

function requestOf({ method, path, url, headers }: Load, one: Load['requests'][number]): string {
  const all = { host: new URL(url).host, ...headers, ...one.headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}content-length: ${Buffer.byteLength(one.body)}\r\n\r\n${one.body}`;
}

interface Answer {
  status: number;
  body: string;
}

/**
 * A kept connection that carries one request after another. Node's own HTTP client takes as much processor time as a
 * tenth of what it measures, so this knows just enough of RFC 9112: answers with a content-length.
 */
class Line {
  private parts: Buffer[] = [];
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  constructor(private readonly socket: Socket) {
    socket.on('data', (part: Buffer) => this.take(part));
    socket.on('error', error => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('the connection was closed')));
  }

  ask(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  end(): void {
    this.waiting = null;
    this.socket.destroy();
  }

  private take(part: Buffer): void {
    this.parts.push(part);
    const all = this.parts.length === 1 ? part : Buffer.concat(this.parts);
    this.parts = [all];
    const bodyAt = all.indexOf('\r\n\r\n') + 4;
    if (bodyAt < 4) return;
    const head = all.toString('latin1', 0, bodyAt);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) return this.waiting?.reject(new Error(`no content-length: ${head}`));
    if (all.length < bodyAt + Number(length)) return;
    this.parts = [];
    const { resolve } = this.waiting!;
    this.waiting = null;
    resolve({ status: Number(head.slice(9, 12)), body: all.toString('utf8', bodyAt) });
  }
}

answerApart(run);
