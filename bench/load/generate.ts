// The generator: a process of its own that keeps so many clients busy for a time, and says how long each answer took.
import { Agent, request } from 'node:http';

/** What a client sends: one request after another, each with its own body. */
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
  /** An answer counts as done when its body has this text. */
  expect: string;
}

export interface Result {
  /** All that was sent, while warming up too. */
  sent: number;
  /** Answers as expected, and others, within the measured time. */
  done: number;
  errors: number;
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
  const agent = new Agent({ keepAlive: true, maxSockets: load.clients });
  const times: number[] = [];
  let errors = 0;
  let firstError: string | null = null;
  let next = 0;
  const begin = performance.now() + load.warmUp * 1000;
  const end = begin + load.seconds * 1000;
  const cpuBefore = process.cpuUsage();
  let last = begin;
  let sent = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const one = load.requests[load.again ? next++ % load.requests.length : next++];
      if (!one) return;
      const started = performance.now();
      const { status, body } = await send(agent, load, one);
      const now = performance.now();
      sent++;
      const ok = status === 200 && body.includes(load.expect);
      if (!ok) firstError ??= `${status} ${body.slice(0, 300)}`;
      if (started < begin) continue;
      if (ok) times.push(now - started);
      else errors++;
      last = Math.max(last, now);
    }
  };
  await Promise.all(Array.from({ length: load.clients }, client));
  agent.destroy();
  const cpu = process.cpuUsage(cpuBefore);
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    sent,
    done: times.length,
    errors,
    firstError,
    perSecond: times.length / Math.max(0.001, (last - begin) / 1000),
    p50: at(0.5),
    p99: at(0.99),
    max: sorted.at(-1) ?? 0,
    cpuMicros: Math.round((cpu.user + cpu.system) / Math.max(1, sent)),
  };
}

function send(
  agent: Agent,
  { url, method, path, headers }: Load,
  one: { body: string; headers?: Record<string, string> },
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request(
      {
        agent,
        hostname,
        port,
        method,
        path,
        headers: { ...headers, ...one.headers, 'content-length': Buffer.byteLength(one.body) },
      },
      answer => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
        );
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(one.body);
  });
}

process.once('message', (load: Load) => {
  run(load).then(
    result => process.send!(result, () => process.exit(0)),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
