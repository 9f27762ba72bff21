import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import { country, type GraphqlAnswer, testService, type TestService } from '../../harness/service';

const REGISTER = `mutation($input: RegisterFacilityInput!) { registerFacility(input: $input) {
  __typename ... on Facility { id code name phone } ... on FacilityCodeTaken { message facilityId } } }`;

/** A country that sets up its places and its staff: an administrator, and a second person who decides with her. */
export class Ministry {
  service!: TestService;
  tenant!: TenantRef;
  admin!: string;
  second!: string;

  /** One for all tests of a file. */
  constructor() {
    beforeAll(() => this.start(), 120_000);
    afterAll(() => this.service.stop());
  }

  private async start(): Promise<void> {
    this.service = await testService();
    this.tenant = await this.service.country('xb');
    const as = (...roles: string[]) =>
      this.service.tokenFor(
        this.tenant,
        roles.map(role => country(role)),
      );
    this.admin = await as('configuration-admin', 'user-admin', 'district-manager');
    this.second = await as('user-admin');
  }

  readonly ask = (
    query: string,
    variables: object = {},
    token: string | null = this.admin,
    language?: string,
  ) =>
    this.service.graphql(query, variables as Record<string, unknown>, {
      tenant: this.tenant.code,
      ...(token ? { token } : {}),
      ...(language ? { language } : {}),
    });

  readonly inTenant = <Row = unknown>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    write<Row>(this.service, this.tenant, sql, values);

  readonly areaCodes = async (): Promise<string[]> =>
    dataOf(await this.ask(`{ areas(first: 100) { items { code } } }`)).areas.items.map(
      (area: { code: string }) => area.code,
    );

  readonly areaOf = async (code: string): Promise<string> => {
    const areas = dataOf(await this.ask(`{ areas(first: 100) { items { id code } } }`)).areas.items;
    return areas.find((area: { code: string }) => area.code === code).id;
  };

  readonly registering = async (code: string, area: string, more: object = {}, token = this.admin) =>
    this.ask(
      REGISTER,
      {
        input: {
          code,
          names: [{ language: 'en', text: `Clinic ${code}` }],
          areaId: area,
          category: 'PUBLIC',
          kind: 'FIXED',
          ...more,
        },
      },
      token,
    );

  readonly registered = async (code: string, area: string): Promise<string> =>
    dataOf(await this.registering(code, area)).registerFacility.id;
}

/** What was answered; throws what was refused instead. */
export const dataOf = (answer: GraphqlAnswer) => {
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
};
