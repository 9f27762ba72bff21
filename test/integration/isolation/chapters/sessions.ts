import { write } from '../../../harness/worlds/clinic';
import type { Home, Life } from './life';

/** Sessions: two that stand, one closed, one cancelled. */
export async function inhabitSessions(
  life: Life,
  { facilityId, products }: Pick<Home, 'facilityId' | 'products'>,
): Promise<Pick<Home, 'plan' | 'sessionId' | 'tomorrow'>> {
  const { service, tenant, word, later, tell, expecting } = life;
  const plan = async (days: number, startTime = '00:00'): Promise<string> => {
    const session = await expecting('Session', 'staff', 'planSession', {
      facilityId,
      date: later(days),
      startTime,
      endTime: '23:59',
      products: products.map(({ code }) => code),
      capacity: [{ places: 20 }],
      walkInPlaces: 10,
      assistedPlaces: 5,
      caps: { account: 10, device: 10, network: 100_000 },
    });
    return session.id;
  };
  const [sessionId, tomorrow, closed, cancelled] = [
    await plan(0),
    await plan(1),
    await plan(2),
    await plan(3),
  ];
  await expecting('Session', 'staff', 'changeSession', { facilityId, sessionId, walkInPlaces: 11 });
  await tell('staff', 'closeSession', { facilityId, sessionId: closed, reason: `${word} rain` });
  await tell('staff', 'cancelSession', { facilityId, sessionId: cancelled, reason: `${word} flood` });
  await write(service, tenant, `INSERT INTO uncounted_session VALUES ($1, $2, now())`, [facilityId, closed]);
  return { plan, sessionId, tomorrow };
}
