import { addTo, civilDayOf, isId, newId } from '../../../../src/common';
import { hashPassword } from '../../../../src/identity/accounts/passwords';
import { STAFF_ROLES } from '../../../../src/platform/access';
import type { TenantRef } from '../../../../src/platform/context';
import { write } from '../../../harness/worlds/clinic';
import { type Caller, country, type TestService } from '../../../harness/service';
import type { Operation } from '../operations';
import type { Variables } from '../variables';

/** One call that a country answered: who made it, with what, and what came back. */
export interface Made {
  operation: string;
  by: 'staff' | 'citizen' | 'anonymous' | 'partner';
  variables: Variables;
}

export type Answer = any; // oxlint-disable-line no-explicit-any -- any operation's

/** The life that is led in a country: who calls there, and how its operations are asked. */
export interface Life {
  service: TestService;
  tenant: TenantRef;
  /** Marks every text of this country. */
  word: string;
  callers: Record<Made['by'], Caller>;
  made: Made[];
  /** Codes and tokens that were sent to people of the country. */
  secrets: string[];
  phones: [string, string];
  today: string;
  later: (days: number) => string;
  key: () => { idempotencyKey: string };
  ask: (by: Made['by'], name: string, variables?: Variables) => Promise<Answer>;
  tell: (by: Made['by'], name: string, input: Variables) => Promise<Answer>;
  /** As `tell`, with the answer that was hoped for. */
  expecting: (type: string, by: Made['by'], name: string, input: Variables) => Promise<Answer>;
  /** The texts that were sent, in order. */
  outbox: () => Promise<string[]>;
}

/** What the chapters of that life leave to those that follow. */
export interface Home {
  areaId: string;
  area: string;
  languages: readonly { code: string }[];
  facilityId: string;
  nurseId: string;
  partnerId: string;
  products: readonly { code: string }[];
  lots: Record<string, string>;
  bcg: string;
  penta: string;
  held: string;
  hubs: Answer;
  consignment: Answer;
  scanner: Variables;
  sealed: (step: string, minutes: number, more: Variables) => Variables;
  plan: (days: number, startTime?: string) => Promise<string>;
  sessionId: string;
  tomorrow: string;
  personId: string;
  mother: Answer;
  child: Answer;
  assisted: Answer;
  register: (by: 'citizen' | 'staff', more: Variables) => Promise<Answer>;
  dose: Answer;
  otherPlace: string;
}

/** Two phone numbers as people write them in the countries of the packs that the tests live in. */
const PHONES: Record<string, [string, string]> = {
  GH: ['0244000001', '0244000002'],
  BD: ['01712000001', '01712000002'],
};

/** As some devices write ids (RFC 9562 section 4); the `kid` of a partner's key is its own. */
const inCapitals = (variables: Variables): Variables =>
  JSON.parse(JSON.stringify(variables), (name, value: unknown) =>
    name !== 'kid' && typeof value === 'string' && isId(value) ? value.toUpperCase() : value,
  );

/** A country with one account, which has every role. With `capitals` all ids are sent in them. */
export async function beginLife(
  service: TestService,
  tenant: TenantRef,
  operations: readonly Operation[],
  word: string,
  capitals: boolean,
): Promise<Life> {
  const id = newId();
  await write(
    service,
    tenant,
    `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
     VALUES ($1, $2, $3, 'ACTIVE', $4, now())`,
    [
      id,
      `everything@${tenant.code}.example`,
      `${word} Everything`,
      await hashPassword(`${word} first password`),
    ],
  );
  const caller: Caller = { tenant: tenant.code, purpose: 'test' };
  const token = await service.tokenFor(tenant, STAFF_ROLES.map(country), 'staff', id);
  const callers = {
    staff: { ...caller, token },
    citizen: { ...caller },
    anonymous: { ...caller },
    partner: { ...caller },
  };
  const made: Made[] = [];
  const ask: Life['ask'] = async (by, name, variables = {}) => {
    const operation = operations.find(one => one.name === name)!;
    const sent = capitals ? inCapitals(variables) : variables;
    const answer = await service.graphql(operation.document, sent, callers[by]);
    if (answer.errors) throw new Error(`${name} ${JSON.stringify({ variables, errors: answer.errors })}`);
    made.push({ operation: name, by, variables });
    return answer.data[name];
  };
  const today = civilDayOf(new Date(), tenant.timeZone);
  return {
    service,
    tenant,
    word,
    callers,
    made,
    secrets: [],
    phones: PHONES[tenant.country]!,
    today,
    later: days => addTo(today, { months: 0, days }),
    key: () => ({ idempotencyKey: newId() }),
    ask,
    tell: (by, name, input) => ask(by, name, { input }),
    expecting: async (type, by, name, input) => {
      const answer = await ask(by, name, { input });
      if (answer.__typename !== type) throw new Error(`${name} ${JSON.stringify({ input, answer })}`);
      return answer;
    },
    outbox: async () => {
      const rows = await write<{ text: string }>(
        service,
        tenant,
        `SELECT text FROM sandbox_message ORDER BY id`,
      );
      return rows.map(({ text }) => text);
    },
  };
}
