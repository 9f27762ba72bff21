import { earliestArrivals, route } from '../../../src/delivery/routing-rules';
import { WEEK } from '../../../src/delivery/timetable-rules';
import { skipUnless } from '../../harness/run/skip';
import { networkOf, tableOf } from './hub-network';

const vectors = tableOf('hub-network', 'route-vectors-small');

skipUnless(vectors.length > 0, 'logistics/hub-network is absent (set CONFORMANCE_DATA)')(
  'The hub network',
  () => {
    test('gives each given route its earliest arrival', () => {
      const network = networkOf('small')!;
      const faults = vectors.filter(vector => {
        const [origin, destination] = [network.hubs.get(vector.origin!)!, network.hubs.get(vector.dest!)!];
        const found = route(network, origin, destination, Number(vector.ready_minute_of_week));
        return found?.arrives !== Number(vector.earliest_arrival_minute);
      });

      expect(faults).toEqual([]);
    });

    test('reaches every hub of the country from every fiftieth within two weeks', () => {
      const network = networkOf('full')!;
      const origins = [...network.hubs.values()].filter(hub => hub % 50 === 0);
      const latest = origins.map(origin => Math.max(...earliestArrivals(network, origin, 0).arrives));

      expect(Math.max(...latest)).toBeLessThan(2 * WEEK);
    });
  },
);
