// npm run bench:bombs: what refusing each cost bomb costs the service, in milliseconds of processor. Each is sent several
// times in a text of its own, so that nothing remembers it; by injection, so that no sender's socket is in the figure.
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { STAFF_ROLES } from '../src/platform/access';
import { type Bomb, bombs } from '../test/integration/isolation/bombs';
import { operationsOf } from '../test/integration/isolation/operations';
import { figure } from '../test/harness/run/figures';
import { country } from '../test/harness/service';
import { median } from './doses-to-record';
import { onOwnServer, say } from './own-server';

/** What each may cost (issue 5). */
const MOST_MS = 50;
const TIMES = 9;

async function main(): Promise<void> {
  await onOwnServer({ settings: {} }, async ({ service }) => {
    const tenant = await service.country('b0');
    const token = await service.tokenFor(tenant, STAFF_ROLES.map(country));
    const server = service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
    const headers = {
      'content-type': 'application/json',
      'x-tenant': 'b0',
      authorization: `Bearer ${token}`,
    };
    const cost = async ({ query, variables }: Bomb, time: number): Promise<number> => {
      const payload = JSON.stringify({ query: `${query} # ${time}`, variables });
      const begun = process.cpuUsage();
      await server.inject({ method: 'POST', url: '/graphql', headers, payload });
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1000;
    };
    for (let time = 0; time < TIMES; time++) await cost({ name: 'nothing', query: '{ __typename }' }, time);
    const rows = [];
    for (const bomb of bombs(operationsOf(service))) {
      const costs: number[] = [];
      for (let time = 0; time < TIMES; time++) costs.push(await cost(bomb, time));
      rows.push({ name: bomb.name, first: costs[0]!, usual: median(costs), most: Math.max(...costs) });
    }
    for (const { name, first, usual, most } of rows.toSorted((one, other) => other.usual - one.usual))
      say(`${name.padEnd(48)} first ${ms(first)}, usually ${ms(usual)}, at most ${ms(most)}`);
    const dear = rows.filter(({ usual }) => usual >= MOST_MS);
    say(
      `${rows.length - dear.length} of ${rows.length} bombs usually cost less than ${MOST_MS} ms of processor`,
    );
    const dearest = Math.max(...rows.map(({ usual }) => usual));
    figure('processor for a bomb', `the dearest usually ${dearest.toFixed(1)} ms`, dear.length === 0);
    if (dear.length > 0) process.exitCode = 1;
  });
}

const ms = (value: number): string => `${value.toFixed(1).padStart(6)} ms`;

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
