// npm run bench:forecasting: whole-person forecasts a second on one core, with the newest CDC schedule at hand.
// npm run bench:forecasting -- --million: a million made-up children, each once, on every core (see million.ts).
import { cpus } from 'node:os';
import { forecast, type Person } from '../src/forecasting';
import { reforecastMany } from './million';
import {
  type CdsiCase,
  compileRelease,
  DATA,
  personOf,
  readCases,
  releases,
} from '../test/conformance/schedules/schedule-cases';

const SECONDS = Number(process.env['SECONDS'] ?? 5);

const say = (line: string) => void process.stdout.write(`${line}\n`);

function percentile(sorted: Float64Array, share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3);
}

/** Round and round the given people for a time; milliseconds of each forecast, and the processor time of them all. */
function measure<T>(
  people: readonly T[],
  forecastOne: (person: T) => unknown,
): { perSecond: number; perCpuSecond: number; sorted: Float64Array } {
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  let now = start;
  while (now - start < SECONDS * 1000) {
    for (const person of people) {
      forecastOne(person);
      const after = performance.now();
      times.push(after - now);
      now = after;
    }
  }
  const cpu = process.cpuUsage(cpuBefore);
  return {
    perSecond: Math.round(times.length / ((now - start) / 1000)),
    perCpuSecond: Math.round(times.length / ((cpu.user + cpu.system) / 1e6)),
    sorted: Float64Array.from(times).sort(),
  };
}

async function main(): Promise<void> {
  const folder = releases().at(-1);
  if (!folder) return say(`skipped: no CDSi supporting data in ${DATA} (set CONFORMANCE_DATA)`);
  say(`machine   ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
  if (process.argv.includes('--million')) await reforecastMany(folder);
  else measureOneCore(folder);
}

function measureOneCore(folder: string): void {
  const begun = performance.now();
  const schedule = compileRelease(folder);
  const compiled = performance.now() - begun;
  const people: { person: Person; on: string }[] = readCases<CdsiCase>('cdsi', 'healthy').map(one => ({
    person: personOf(one),
    on: one.assessmentDate,
  }));
  const doses = people.reduce((sum, { person }) => sum + person.doses.length, 0) / people.length;
  const one = ({ person, on }: (typeof people)[number]) => forecast(schedule, person, on);
  people.forEach(one);
  const { perSecond, perCpuSecond, sorted } = measure(people, one);
  say(
    `schedule  ${folder.slice(folder.lastIndexOf('/') + 1)}, ${schedule.antigens.length} antigens, read and compiled in ${compiled.toFixed(0)} ms`,
  );
  say(
    `people    ${people.length} histories, ${doses.toFixed(1)} doses each on average, every vaccine group forecast`,
  );
  say(`speed     ${perSecond} persons a second by the clock, ${perCpuSecond} a second of processor time`);
  say(
    `time      p50 ${percentile(sorted, 0.5)} ms, p99 ${percentile(sorted, 0.99)} ms, max ${percentile(sorted, 1)} ms`,
  );
}

void main();
