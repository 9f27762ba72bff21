import { parse, print, visit } from 'graphql';
import { AccessGuard } from '../../../src/platform/access/access.guard';
import { PlannedAnswers } from '../../../src/platform/graphql/planned/planned-answers';
import type { Caller, TestService } from '../../harness/service';
import type { Draws } from './draws';
import { hostileValue, leavesOf, withValue } from './hostile';
import type { Inhabited } from './inhabit';
import type { Operation } from './operations';

interface Sent {
  headers: Record<string, string>;
  body: Record<string, unknown>;
}
type Told = Record<string, unknown>;

/** How many requests were answered alike, and ran as many resolvers, by a plan and by Apollo, and which were not. */
export interface Compared {
  byPlan: number;
  byApolloAlone: number;
  /** Requests that change what they are answered, so that nothing can be said of them. */
  fleeting: number;
  different: { request: Sent; apollo: Told; planned: Told }[];
}

/**
 * Sends so many requests as they are and as Apollo alone answers them (with `extensions`, which no plan takes): operations
 * at random with variables that somebody sent, or that are hostile, by callers who may and who may not.
 */
export async function compareBothWays(
  service: TestService,
  operations: readonly Operation[],
  aa: Inhabited,
  draws: Draws,
  rounds: number,
): Promise<Compared> {
  const answer = jest.spyOn(PlannedAnswers.prototype, 'answer');
  const resolved = jest.spyOn(AccessGuard.prototype, 'canActivate');
  const send = async (sent: Sent): Promise<Told> => {
    resolved.mockClear();
    return { ...(await told(service, sent)), resolvers: resolved.mock.calls.length };
  };
  const compared: Compared = { byPlan: 0, byApolloAlone: 0, fleeting: 0, different: [] };
  for (let round = 0; round < rounds; round++) {
    const request = anyRequest(operations, aa, draws);
    const byApollo = { ...request, body: { ...request.body, extensions: {} } };
    const [first, second] = [await send(byApollo), await send(byApollo)];
    answer.mockClear();
    const planned = await send(request);
    const body = (await answer.mock.results[0]?.value) as string | null | undefined;
    if (JSON.stringify(first) !== JSON.stringify(second)) compared.fleeting++;
    else if (JSON.stringify(planned) !== JSON.stringify(first))
      compared.different.push({ request, apollo: first, planned });
    else if (typeof body === 'string') compared.byPlan++;
    else compared.byApolloAlone++;
  }
  answer.mockRestore();
  resolved.mockRestore();
  return compared;
}

/** All that a caller is told, but for what is never the same twice: instants, references and the lengths they make. */
async function told({ url }: TestService, { headers, body }: Sent): Promise<Told> {
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { date: _, 'content-length': __, ...told } = Object.fromEntries(answer.headers);
  const text = (await answer.text())
    .replaceAll(/"reference":"[0-9a-f]{32}"/g, '"reference":""')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant');
  return { status: answer.status, headers: told, text };
}

function anyRequest(operations: readonly Operation[], aa: Inhabited, draws: Draws): Sent {
  const operation = draws.one(operations);
  const { leaves, whole } = leavesOf(operation);
  const made = aa.made.filter(({ operation: name }) => name === operation.name);
  const base = made.length > 0 ? draws.one(made) : { by: 'staff' as const, variables: whole };
  const variables =
    leaves.length === 0 || draws.chance(0.6)
      ? base.variables
      : withHostile(base.variables, whole, draws.one(leaves), draws);
  const caller: Caller =
    aa[draws.chance(0.8) ? base.by : draws.one(['anonymous', 'citizen', 'staff'] as const)];
  const document = draws.chance(0.2) ? operation.document : ownFields(operation);
  const headers = {
    'content-type': 'application/json',
    ...(caller.tenant ? { 'x-tenant': caller.tenant } : {}),
    ...(caller.token ? { authorization: `Bearer ${caller.token}` } : {}),
    ...(draws.chance(0.3) ? draws.one(UNUSUAL_HEADERS) : {}),
  };
  return {
    headers,
    body: { query: document, variables, ...(draws.chance(0.15) ? draws.one(UNUSUAL) : {}) },
  };
}

const withHostile = (
  ...[variables, whole, leaf, draws]: [object, object, Parameters<typeof hostileValue>[0], Draws]
) => withValue(variables as Told, whole as Told, leaf.path, hostileValue(leaf, draws));

/** The operation without what is worked out or asked below its root, so that it has a plan. */
const ownFields = ({ document }: Operation): string =>
  print(
    visit(parse(document), {
      Field: ({ arguments: args }, _key, _parent, path) =>
        (args ?? []).length > 0 && path.filter(step => step === 'selectionSet').length > 1 ? null : undefined,
    }),
  );

const UNUSUAL_HEADERS: Record<string, string>[] = [
  { accept: 'application/json' },
  { accept: 'application/json, text/plain, */*' },
  { accept: 'application/graphql-response+json' },
  { accept: 'application/graphql-response+json, application/json;q=0.9' },
  { accept: 'application/json;q=0.1, application/graphql-response+json' },
  { accept: 'application/json, application/graphql-response+json; charset=utf-8' },
  { accept: 'text/html' },
  { accept: 'image/*' },
  { 'content-type': 'application/json; charset=utf-8' },
  { 'content-type': 'APPLICATION/JSON' },
  { 'content-type': 'text/plain' },
  { 'x-tenant': 'zz' },
  { authorization: 'Bearer a.b.c' },
  { authorization: 'Basic eA==' },
  { 'accept-language': 'fr, xx;q=0.2' },
  { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
  { 'x-purpose': 'care' },
];
const UNUSUAL: Record<string, unknown>[] = [
  { operationName: null },
  { operationName: '' },
  { operationName: 'Other' },
  { operationName: 7 },
  { variables: null },
  { variables: [] },
  { variables: 'x' },
  { extensions: null },
  { query: '{ __typename }' },
  { query: 'query A { me { kind } } query B { __schema { queryType { name } } }', operationName: 'A' },
  { query: '{ __schema { queryType { name } } }' },
  { query: '{ me { kind' },
  { query: '' },
  { query: 7 },
];
