import { bookHotSession, nationalDay, readAvailability, syncBatch } from './scenarios';
import type { World } from './world';

/** Seconds between two looks; the first ones are the start: what is compiled, cached and connected by and by. */
const EVERY = 30;
const START_LOOKS = 4;
/** Requests a second that are made ready: people are made for each, and a busy machine sends few. */
const MOST = 500;

/**
 * The API's resident memory through minutes of a mixed day, a look each half minute: doses and histories, then bookings, a
 * device that comes back online, and looks at what is available. The last line is what least squares make of the looks.
 */
export async function* memoryOverTime(world: World, seconds: number): AsyncGenerator<string> {
  const looks: { minute: number; mb: number }[] = [];
  const begun = performance.now();
  for (let next = EVERY; next <= seconds; next += EVERY) {
    const errors = await halfMinute(world);
    const minute = (performance.now() - begun) / 60_000;
    const mb = world.memory();
    looks.push({ minute, mb });
    yield `${minute.toFixed(1).padStart(6)} min  ${mb} MB${errors === 0 ? '' : `, ${errors} errors`}`;
    if (minute * 60 >= seconds) break;
  }
  const steady = looks.slice(START_LOOKS);
  const most = Math.max(...looks.map(({ mb }) => mb));
  yield `at the most ${most} MB; ${slope(steady).toFixed(2)} MB a minute over the last ${steady.length} looks`;
}

async function halfMinute(world: World): Promise<number> {
  const run = { clients: 16, most: MOST };
  const day = await nationalDay(world, { ...run, seconds: 16 });
  const booked = await bookHotSession(world, { ...run, seconds: 2 });
  const synced = await syncBatch(world, 100, { ...run, seconds: 2 });
  const looked = await readAvailability(world, { ...run, seconds: 2 });
  return [day, booked, synced, looked].reduce((sum, { errors }) => sum + errors, 0);
}

/** MB a minute, by least squares. */
function slope(looks: readonly { minute: number; mb: number }[]): number {
  const mean = (pick: (look: { minute: number; mb: number }) => number): number =>
    looks.reduce((sum, look) => sum + pick(look), 0) / looks.length;
  const [minute, mb] = [mean(look => look.minute), mean(look => look.mb)];
  const over = mean(look => (look.minute - minute) * (look.mb - mb));
  return over / mean(look => (look.minute - minute) ** 2);
}
