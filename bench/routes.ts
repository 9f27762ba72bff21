// node --require ./bench/register-ts.cjs bench/routes.ts: routes of the national hub network medians of processor time.
import { cpus, loadavg } from 'node:os';
import { replan, type RouteTable, routeTable } from '../src/delivery/route-table-rules';
import { route } from '../src/delivery/routing-rules';
import { type Timetable, WEEK } from '../src/delivery/timetable-rules';
import { networkOf } from '../test/conformance/logistics/hub-network';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Processor time, not the clock's: the machine may be doing other things. On an idle one they are nearly the same. */
function milliseconds(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** Routes a second between pairs and from minutes spread over the country and the week. */
function routesASecond(network: Timetable, round: number): number {
  const hubs = network.handling.length;
  const asked = 2000;
  const took = milliseconds(() => {
    for (let at = 0; at < asked; at++)
      route(network, (at * 7919 + round) % hubs, (at * 104729 + round) % hubs, (at * 37) % WEEK);
  });
  return (asked / took) * 1000;
}

/**
 * Every hundredth leg between hubs of the trunk, its run of the first week cancelled: milliseconds, and pairs looked
 * at again.
 */
function cancellations(network: Timetable, table: RouteTable) {
  const legs = network.trunk.filter((_, at) => at % 100 === 0);
  return Array.from(legs, place => {
    let pairs = 0;
    const took = milliseconds(() => {
      const { origins, destinations } = replan(network, table, { leg: network.given[place]!, week: 0 });
      pairs = origins.length * destinations.length;
    });
    return { took, pairs };
  });
}

function main(): void {
  const network = networkOf('full');
  if (!network) return say('skipped: logistics/hub-network is absent (set CONFORMANCE_DATA)');
  say(
    `machine       ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}; processor time of one process, load ${loadavg()[0]!.toFixed(1)}`,
  );
  say(`network       ${network.handling.length} hubs, ${network.given.length} weekly legs`);
  const rounds = [0, 1, 2, 3, 4];
  const tables = rounds.map(round => milliseconds(() => routeTable(network, round * 2000)));
  say(`full table    ${median(tables).toFixed(0)} ms: every hub to every hub, one ready minute`);
  say(
    `routes        ${median(rounds.map(round => routesASecond(network, round))).toFixed(0)} a second, each with its legs`,
  );
  const replans = cancellations(network, routeTable(network, 0));
  const felt = replans.filter(one => one.pairs > 0);
  say(`cancelled leg ${median(felt.map(one => one.took)).toFixed(0)} ms, the whole table put right`);
  const worst = felt.reduce((most, one) => (one.took > most.took ? one : most));
  say(
    `  the worst   ${worst.took.toFixed(0)} ms, ${worst.pairs} pairs; ${felt.length} of ${replans.length} cancelled runs are used`,
  );
}

main();
