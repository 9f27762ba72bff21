import { OpenOperatorAccount } from '../../src/identity';
import { Client } from '../../src/operations/client';
import { castCodes, castOf } from '../../src/operations/journey/cast';
import { freshCode } from '../../src/operations/journey/onboard';
import { Story } from '../../src/operations/journey/story';
import { tellJourney } from '../../src/operations/journey/tell-journey';
import { testService, type TestService } from '../harness/service';

const TOLD = castCodes().flatMap(code =>
  castOf(code).journeyLanguages.map(language => [code, language] as const),
);

describe('a country from nothing to a verified certificate', () => {
  let service: TestService;
  const operator = { email: 'operator@tikasetu.example', password: 'a password of the test' };

  beforeAll(async () => {
    service = await testService();
    await service.app
      .get(OpenOperatorAccount)
      .run(service.contextOf(null), { ...operator, name: 'Operator' });
    service.live();
  }, 120_000);
  afterAll(() => service.stop());

  it.each(TOLD)(
    'is told in %s, in %s',
    async (code, language) => {
      const lines: string[] = [];
      const journey = { code: freshCode(code), cast: castOf(code), language };

      await tellJourney(new Story(line => lines.push(line)), new Client(service.url), operator, journey);

      expect(lines.join('\n')).toContain('outcome: VALID');
      expect(lines.join('\n')).toContain('outcome: REVOKED');
    },
    120_000,
  );
});
