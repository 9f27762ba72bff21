import type { TenantRef } from '../../../src/platform/context';
import { country, testService, type TestService } from '../../harness/service';

describe('the limits of the registry', () => {
  let service: TestService;
  let aa: TenantRef;

  beforeAll(async () => {
    service = await testService();
    aa = await service.provision('aa');
  }, 120_000);
  afterAll(() => service.stop());

  it('are the country’s to set, each by itself', async () => {
    const admin = { tenant: 'aa', token: await service.tokenFor(aa, [country('configuration-admin')]) };
    const SET = `mutation ($input: SetRegistryLimitsInput!) { setRegistryLimits(input: $input) {
      peoplePerAccount looksPerDay looksPerDayAfterStepUp } }`;

    const set = await service.graphql(SET, { input: { looksPerDay: 80 } }, admin);
    const wrong = await service.graphql(SET, { input: { looksPerDayAfterStepUp: 79 } }, admin);
    const read = await service.graphql('{ registryLimits { peoplePerAccount looksPerDay } }', {}, admin);

    expect(set.data.setRegistryLimits).toEqual({
      peoplePerAccount: 12,
      looksPerDay: 80,
      looksPerDayAfterStepUp: 300,
    });
    expect(wrong.errors?.map(({ extensions }) => extensions.code)).toEqual(['INVALID_INPUT']);
    expect(read.data.registryLimits).toEqual({ peoplePerAccount: 12, looksPerDay: 80 });
  });
});
