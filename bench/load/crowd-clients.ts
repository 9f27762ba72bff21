// The crowd: a process of its own in which each client does what a person's telephone, or a program, would do.
import { Agent, request } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { answerApart } from './apart';

/** One client. */
export interface Visitor {
  index: number;
  /** Milliseconds after the opening at which it comes. */
  at: number;
  token: string;
  personId: string;
  device: string;
  /** The address it comes from. */
  address: string;
  /** A place that is kept for it and that it only confirms; null for one that comes to ask. */
  bookingId: string | null;
}

/** What a crowd plays for. */
export interface CrowdLoad {
  url: string;
  tenant: string;
  facilityId: string;
  sessionId: string;
  /** The draw that is entered; null where places are held as people come. */
  drawId: string | null;
  product: string;
  /** Seconds after which whoever has no answer yet goes home. */
  patience: number;
  visitors: Visitor[];
}

export interface CrowdResult {
  /** Who has a place. */
  taken: number[];
  /** How many were told to wait at least once. */
  waited: number;
  requests: number;
  /** How often somebody was told by an error to come back later, and did. */
  toldLater: number;
  seconds: number;
  /** What clients were told at last, by type. */
  answers: Record<string, number>;
}

const HOLD = `mutation ($input: HoldPlacesInput!) { answer: holdPlaces(input: $input) { __typename ... on Booking { id }
  ... on WaitYourTurn { waitingRoom { admittedFrom } } } }`;
const ENTER = `mutation ($input: EnterDrawInput!) { answer: enterDraw(input: $input) { __typename
  ... on WaitYourTurn { waitingRoom { admittedFrom } } } }`;
const CONFIRM = `mutation ($input: ConfirmAppointmentInput!) { answer: confirmAppointment(input: $input) { __typename } }`;

/** Requests of the whole crowd under way at a time: more would only wait in the sockets of this machine. */
const AT_ONCE = 256;
/** Nobody comes back earlier than this after she was told to wait. */
const SOONEST_MS = 200;

interface Answer {
  __typename: string;
  id?: string;
  waitingRoom?: { admittedFrom: string };
  /** Seconds, with an error that says so. */
  retryAfter?: number;
}

class Crowd {
  private readonly agents = new Map<string, Agent>();
  private readonly queue: (() => void)[] = [];
  private underWay = 0;
  private requests = 0;
  private toldLater = 0;
  private readonly begun = performance.now();

  constructor(private readonly load: CrowdLoad) {}

  async run(): Promise<CrowdResult> {
    const { visitors } = this.load;
    const ends = await Promise.all(visitors.map(visitor => this.visit(visitor)));
    for (const agent of this.agents.values()) agent.destroy();
    const answers: Record<string, number> = {};
    for (const { told } of ends) answers[told] = (answers[told] ?? 0) + 1;
    return {
      taken: visitors.flatMap(({ index }, nth) => (ends[nth]!.told === 'Booking' ? [index] : [])),
      waited: ends.filter(({ waited }) => waited).length,
      requests: this.requests,
      toldLater: this.toldLater,
      seconds: (performance.now() - this.begun) / 1000,
      answers,
    };
  }

  private async visit(visitor: Visitor): Promise<{ told: string; waited: boolean }> {
    await after(visitor.at);
    let waited = false;
    let { bookingId } = visitor;
    while (bookingId === null) {
      if (this.isLate()) return { told: 'went home', waited };
      const answer = await this.ask(visitor);
      if (answer.__typename === 'WaitYourTurn') {
        waited = true;
        const wait = Date.parse(answer.waitingRoom!.admittedFrom) - Date.now();
        await after(Math.max(SOONEST_MS, wait));
      } else if (answer.__typename === 'Booking') bookingId = answer.id!;
      else return { told: answer.__typename, waited };
    }
    const { facilityId } = this.load;
    const idempotencyKey = `crowd-${bookingId}`;
    const confirmed = await this.send(visitor, CONFIRM, { facilityId, bookingId, idempotencyKey });
    return { told: confirmed.__typename, waited };
  }

  private ask(visitor: Visitor): Promise<Answer> {
    const { facilityId, sessionId, drawId, product } = this.load;
    const { personId, device } = visitor;
    return drawId
      ? this.send(visitor, ENTER, { facilityId, drawId, personId, products: [product], device })
      : this.send(visitor, HOLD, {
          facilityId,
          sessionId,
          people: [{ personId, products: [product] }],
          device,
        });
  }

  private isLate(): boolean {
    return performance.now() - this.begun > this.load.patience * 1000;
  }

  /** As {@link sendOnce}, and again when it was told to come back later, as a person's program does. */
  private async send(visitor: Visitor, query: string, input: object): Promise<Answer> {
    for (;;) {
      const { retryAfter, ...answer } = await this.sendOnce(visitor, query, input);
      if (retryAfter === undefined || this.isLate()) return answer;
      this.toldLater++;
      await after(retryAfter * 1000);
    }
  }

  /** An error's code stands for the type of an answer. */
  private async sendOnce({ token, address }: Visitor, query: string, input: object): Promise<Answer> {
    await this.turn();
    try {
      this.requests++;
      const text = await this.post(address, token, JSON.stringify({ query, variables: { input } }));
      const { data, errors } = JSON.parse(text) as {
        data?: { answer: Answer };
        errors?: { extensions: { code: string; retryAfter?: number } }[];
      };
      if (!errors) return data!.answer;
      const { code, retryAfter } = errors[0]!.extensions;
      return { __typename: code, ...(retryAfter === undefined ? {} : { retryAfter }) };
    } catch (error) {
      return { __typename: `no answer (${(error as NodeJS.ErrnoException).code ?? (error as Error).name})` };
    } finally {
      this.underWay--;
      this.queue.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    while (this.underWay >= AT_ONCE) await new Promise<void>(resolve => void this.queue.push(resolve));
    this.underWay++;
  }

  private post(address: string, token: string, body: string): Promise<string> {
    const agent =
      this.agents.get(address) ?? new Agent({ keepAlive: true, maxSockets: 4, localAddress: address });
    this.agents.set(address, agent);
    const { hostname, port } = new URL(this.load.url);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-tenant': this.load.tenant,
      authorization: `Bearer ${token}`,
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent, hostname, port, localAddress: address, method: 'POST', path: '/graphql', headers },
        answer => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => resolve(Buffer.concat(parts).toString()));
          answer.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

answerApart((load: CrowdLoad) => new Crowd(load).run());
