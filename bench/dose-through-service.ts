import type { TenantRef } from '../src/platform/context';
import type { DoseCall } from '../src/vaccinations/recording/dose-call';
import { country } from '../test/harness/service';
import { type Api, cpuSeconds } from './load/api';
import { askApart } from './load/apart';
import type { Load, Result } from './load/generate';
import { backendNanos, loginOf, type OwnServer } from './own-server';

/** How many send doses at once. */
export const CLIENTS = 32;

const RECORD = `mutation Record($input: RecordVaccinationInput!) {
  recordVaccination(input: $input) {
    __typename
    ... on Vaccination { id productName lotNumber givenOn counted { vaccineGroup doseNumber status } }
    ... on Refusal { message }
  }
}`;

/** Microseconds of processor time a dose. */
interface Cost {
  api: number;
  postgres: number;
}

/** Sends doses to the API, each in a request of its own; what one cost it and PostgreSQL. Throws when one is refused. */
export async function costThroughService(
  server: OwnServer,
  api: Api,
  tenant: TenantRef,
  calls: readonly DoseCall[],
): Promise<Cost> {
  const soFar = async (): Promise<Cost> => ({
    api: cpuSeconds(api.process.pid!) * 1e6,
    postgres: (await backendNanos(server, loginOf(server, tenant.code))) / 1000,
  });
  const load = await loadOf(server, tenant, calls);
  const before = await soFar();
  const { done, firstError } = await askApart<Result>('generate.ts', { ...load, url: api.url });
  const after = await soFar();
  if (done < calls.length) throw new Error(`Not recorded: ${firstError}`);
  return {
    api: (after.api - before.api) / done,
    postgres: (after.postgres - before.postgres) / done,
  };
}

async function loadOf(
  { service }: OwnServer,
  tenant: TenantRef,
  calls: readonly DoseCall[],
): Promise<Omit<Load, 'url'>> {
  const token = await service.tokenFor(tenant, [country('vaccinator')]);
  return {
    clients: CLIENTS,
    seconds: 600,
    warmUp: 0,
    method: 'POST',
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      'x-tenant': tenant.code,
      authorization: `Bearer ${token}`,
    },
    requests: calls.map(({ input }) => ({ body: JSON.stringify({ query: RECORD, variables: { input } }) })),
    expect: '"Vaccination"',
  };
}
