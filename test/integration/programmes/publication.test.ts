import fc from 'fast-check';
import type { Actor, TenantRef } from '../../../src/platform/context';
import { newId } from '../../../src/common';
import { Programmes } from '../../../src/programmes';
import { EditDraft } from '../../../src/programmes/drafts/edit-draft';
import { StartDraft } from '../../../src/programmes/drafts/start-draft';
import { ApprovePack } from '../../../src/programmes/publication/approve-pack';
import { CancelPublication } from '../../../src/programmes/publication/cancel-publication';
import { ComeIntoForce } from '../../../src/programmes/publication/come-into-force';
import { ProposePack } from '../../../src/programmes/publication/propose-pack';
import { PublishPack } from '../../../src/programmes/publication/publish-pack';
import { write } from '../../harness/worlds/clinic';
import { country, testService, type TestService } from '../../harness/service';

const DAY = 24 * 60 * 60 * 1000;

const START = `mutation ($input: StartCountryPackDraftInput!) { startCountryPackDraft(input: $input) { __typename
  ... on CountryPackDrafted { pack { id version revision } } } }`;
const EDIT = `mutation ($input: EditCountryPackInput!) { editCountryPack(input: $input) { __typename
  ... on CountryPackDrafted { pack { id revision draftId hash lint { code severity antigen series dose field reason }
    golden { name passed differences { group property expected got } } } }
  ... on CountryPackRefused { message faults { file line path code antigen series dose field reason } }
  ... on CountryPackMovedOn { message newest { id revision } } } }`;
const PROPOSE = `mutation ($input: ProposeCountryPackInput!) { proposeCountryPack(input: $input) { __typename
  ... on CountryPackProposal { id state effectiveOn }
  ... on CountryPackNotReady { message lint { code series dose field } golden { name passed differences { property expected got } } }
  ... on CountryPackVersionTaken { message of version pack { id } }
  ... on EffectiveDateTooEarly { message earliest }
  ... on CountryPackMovedOn { message newest { id } } } }`;
const APPROVE = `mutation ($input: ApproveCountryPackInput!) { approveCountryPack(input: $input) { __typename
  ... on CountryPackPublication { id number state effectiveOn effectiveAt }
  ... on CountryPackNeedsSecondPerson { message involved }
  ... on CountryPackVersionTaken { of version }
  ... on EffectiveDateTooEarly { earliest }
  ... on CountryPackProposalClosed { message proposal { state decisionNote } }
  ... on CountryPackPublishedMeanwhile { message } } }`;
const WITHDRAW = `mutation ($input: WithdrawCountryPackInput!) { withdrawCountryPack(input: $input) { __typename
  ... on CountryPackProposal { state decisionNote } ... on CountryPackProposalClosed { proposal { state } } } }`;
const CANCEL = `mutation ($input: CancelCountryPackInput!) { cancelCountryPack(input: $input) { __typename
  ... on CountryPackPublication { state cancelReason } ... on CountryPackPublicationClosed { publication { state } } } }`;
const ROLL_BACK = `mutation ($reason: String!) { rollBackCountryPack(reason: $reason) { id version current } }`;
const PUBLISH = `mutation ($id: ID!, $on: Date) { publishCountryPack(id: $id, effectiveOn: $on) { id current } }`;
const PUBLICATIONS = `{ countryPackPublications { number kind state effectiveOn reason publishedBy pack { version } } }`;

describe('a change of the programme', () => {
  let service: TestService;
  let tenant: TenantRef;
  let ann: Person;
  let ben: Person;
  let serial = 0;

  interface Person {
    id: string;
    call: (query: string, variables?: object) => Promise<any>; // oxlint-disable-line no-explicit-any -- each test's own shape
    errors: (query: string, variables: object) => Promise<string[]>;
  }

  async function person(): Promise<Person> {
    const id = newId();
    const token = await service.tokenFor(tenant, [country('configuration-admin')], 'staff', id);
    const send = (query: string, variables: object) =>
      service.graphql(query, variables as Record<string, unknown>, {
        tenant: tenant.code,
        token,
        language: 'en',
      });
    return {
      id,
      call: async (query, variables = {}) => {
        const { data, errors } = await send(query, variables);
        if (errors) throw new Error(JSON.stringify(errors));
        return Object.values(data as object)[0];
      },
      errors: async (query, variables) =>
        ((await send(query, variables)).errors ?? []).map(({ extensions }) => extensions.code),
    };
  }

  const today = () => new Date().toISOString().slice(0, 10);
  const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  const at = (instant: Date) => service.contextOf(tenant, { now: () => instant });
  const inForce = async (ctx = service.contextOf(tenant)) => {
    service.app.get(Programmes).forget(ctx);
    return (await service.app.get(Programmes).current(ctx)).pack.version;
  };
  const measles = 'measles: MR';

  /** A draft of Ann's with versions of its own and, if wanted, more edits; its newest state. */
  async function draft(
    version = `v${++serial}`,
    edits: object[] = [],
  ): Promise<{ id: string; version: string }> {
    const { pack } = await ann.call(START, { input: {} });
    const versions = { setVersion: { pack: version, schedule: version } };
    const edited = await ann.call(EDIT, { input: { packId: pack.id, edits: [versions, ...edits] } });
    expect(edited.__typename).toBe('CountryPackDrafted');
    return { id: edited.pack.id, version };
  }

  const propose = (packId: string, effectiveOn = today()) =>
    ann.call(PROPOSE, { input: { packId, effectiveOn, note: 'test' } });
  const approve = (proposalId: string, by: Person) => by.call(APPROVE, { input: { proposalId } });

  beforeAll(async () => {
    service = await testService();
  }, 120_000);
  beforeEach(async () => {
    tenant = await service.country(`c${++serial}`, 'gh');
    [ann, ben] = [await person(), await person()];
  }, 60_000);
  afterAll(() => service.stop());

  it('is edited without files, and what is wrong is named by series, dose and field', async () => {
    const { id } = await draft();

    const edited = await ann.call(EDIT, {
      input: {
        packId: id,
        edits: [
          {
            changeDose: {
              series: [measles],
              number: 1,
              age: { earliestRecommended: '9 months', minimum: '20 months' },
            },
          },
        ],
      },
    });
    const refused = await ann.call(EDIT, {
      input: {
        packId: edited.pack.id,
        edits: [{ changeDose: { series: [measles], number: 1, vaccines: [{ vaccine: 'NONE' }] } }],
      },
    });

    expect(edited.pack.lint[0]).toMatchObject({
      code: 'ages-not-in-order',
      severity: 'ERROR',
      antigen: 'measles',
      series: measles,
      dose: 1,
      field: 'ages/1/earliestRecommended',
    });
    expect(edited.pack.golden.filter(({ passed }: { passed: boolean }) => !passed).length).toBeGreaterThan(0);
    expect(refused.faults).toEqual([
      expect.objectContaining({
        code: 'unknown-vaccine',
        series: measles,
        dose: 1,
        field: 'preferableVaccines/1/vaccine',
      }),
    ]);
  });

  it('is not proposed while its schedule contradicts itself, and says what a golden case got', async () => {
    const wrong = await draft(undefined, [
      {
        changeDose: {
          series: [measles],
          number: 1,
          age: { minimum: '20 months', earliestRecommended: '9 months' },
        },
      },
    ]);
    const other = await draft(undefined, [
      {
        changeDose: {
          series: [measles, 'rubella: MR'],
          number: 1,
          age: { earliestRecommended: '10 months', latestRecommended: '11 months' },
        },
      },
    ]);

    const contradicting = await propose(wrong.id);
    const failing = await propose(other.id);

    expect(contradicting.__typename).toBe('CountryPackNotReady');
    expect(contradicting.lint[0]).toMatchObject({ series: measles, dose: 1 });
    expect(failing.lint).toEqual([]);
    expect(failing.golden[0].differences).toContainEqual(
      expect.objectContaining({ expected: expect.any(String), got: expect.any(String) }),
    );
  });

  it('loses nobody’s edit: of two at the same moment one is shown the other’s', async () => {
    const { id } = await draft();
    const edit = (version: string) => ({ input: { packId: id, edits: [{ setVersion: { pack: version } }] } });

    const answers = await Promise.all([ann.call(EDIT, edit('one')), ben.call(EDIT, edit('two'))]);

    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(
      new Set(['CountryPackDrafted', 'CountryPackMovedOn']),
    );
    const [made, late] = answers[0].pack ? answers : [answers[1], answers[0]];
    expect(late.newest.id).toBe(made.pack.id);
  });

  it('keeps who edited what', async () => {
    const { id } = await draft();
    const { pack } = await ben.call(EDIT, {
      input: { packId: id, edits: [{ retireProduct: { code: 'bcg-20' } }] },
    });

    const { history } = await ann.call(
      `query ($id: ID!) { countryPack(id: $id) { history { revision draftedBy edits { verb what } } } }`,
      { id: pack.id },
    );

    expect(history).toEqual([
      { revision: 1, draftedBy: ann.id, edits: [] },
      { revision: 2, draftedBy: ann.id, edits: [expect.objectContaining({ verb: 'setVersion' })] },
      { revision: 3, draftedBy: ben.id, edits: [{ verb: 'retireProduct', what: '{"code":"bcg-20"}' }] },
    ]);
  });

  it('is not approved by anybody who had a part in it', async () => {
    const { id } = await draft();
    const { pack } = await ben.call(EDIT, {
      input: { packId: id, edits: [{ retireProduct: { code: 'bcg-20' } }] },
    });
    const proposal = await propose(pack.id);
    const cat = await person();

    const [byAnn, byBen] = [await approve(proposal.id, ann), await approve(proposal.id, ben)];
    const unproposed = await ann.errors(PUBLISH, { id: pack.id });
    const byCat = await approve(proposal.id, cat);

    expect(byAnn).toMatchObject({
      __typename: 'CountryPackNeedsSecondPerson',
      involved: [ann.id, ben.id].sort(),
    });
    expect(byBen.__typename).toBe('CountryPackNeedsSecondPerson');
    expect(unproposed).toEqual(['INVALID_INPUT']);
    expect(byCat).toMatchObject({
      __typename: 'CountryPackPublication',
      state: 'IN_FORCE',
      effectiveOn: today(),
    });
  });

  it('holds from the beginning of its day in the country, rows and facts with it', async () => {
    const before = await inForce();
    const { id, version } = await draft(undefined, [{ retireProduct: { code: 'opv-20' } }]);
    const proposal = await propose(id, inDays(3));
    const published = await approve(proposal.id, ben);
    const startsAt = new Date(published.effectiveAt);
    const active = () =>
      write<{ active: boolean }>(service, tenant, `SELECT active FROM product WHERE code = 'opv-20'`);

    const dayBefore = await inForce(at(new Date(startsAt.getTime() - 1)));
    const rowsBefore = await active();
    const onTheDay = await inForce(at(startsAt));
    const facts = await write<{ payload: { packId: string } }>(
      service,
      tenant,
      `SELECT payload FROM outbox_event WHERE type = 'programmes.programme-came-into-force' ORDER BY id DESC LIMIT 1`,
    );

    expect(startsAt.toISOString()).toBe(`${inDays(3)}T00:00:00.000Z`); // the test country keeps UTC
    expect(published.state).toBe('SCHEDULED');
    expect(dayBefore).toBe(before);
    expect(rowsBefore).toEqual([{ active: true }]);
    expect(onTheDay).toBe(version);
    expect(await active()).toEqual([{ active: false }]);
    expect(facts[0]!.payload).toMatchObject({ packId: id });
  });

  it('comes into force once, whoever looks first', async () => {
    const { id } = await draft();
    const { id: proposalId } = await propose(id, inDays(1));
    const { effectiveAt } = await approve(proposalId, ben);
    const late = at(new Date(effectiveAt));

    const came = await Promise.all([1, 2, 3, 4].map(() => service.app.get(ComeIntoForce).run(late)));
    const again = await service.app.get(ComeIntoForce).run(late);

    expect(came.filter(Boolean)).toHaveLength(1);
    expect(again).toBe(false);
  });

  it('can be taken back before it is approved, and cancelled before its day', async () => {
    const [one, other] = [await draft(), await draft()];
    const proposal = await propose(one.id, inDays(2));
    const withdrawn = await ann.call(WITHDRAW, { input: { proposalId: proposal.id, reason: 'a mistake' } });
    const tooLate = await approve(proposal.id, ben);
    const published = await approve((await propose(other.id, inDays(2))).id, ben);
    const cancelled = await ann.call(CANCEL, { input: { publicationId: published.id, reason: 'no stock' } });
    const again = await ben.call(CANCEL, { input: { publicationId: published.id, reason: 'no stock' } });
    const before = await inForce();

    const afterItsDay = await inForce(at(new Date(Date.now() + 5 * DAY)));

    expect(withdrawn).toMatchObject({ state: 'WITHDRAWN', decisionNote: 'a mistake' });
    expect(tooLate).toMatchObject({
      __typename: 'CountryPackProposalClosed',
      proposal: { state: 'WITHDRAWN' },
    });
    expect(cancelled).toMatchObject({ state: 'CANCELLED', cancelReason: 'no stock' });
    expect(again).toMatchObject({
      __typename: 'CountryPackPublicationClosed',
      publication: { state: 'CANCELLED' },
    });
    expect(afterItsDay).toBe(before);
  });

  it('is not for a day that is over', async () => {
    const { id } = await draft();

    const proposed = await propose(id, inDays(-1));

    expect(proposed).toMatchObject({ __typename: 'EffectiveDateTooEarly', earliest: today() });
  });

  it('never gives a published version other content, so that a dose’s record names one schedule', async () => {
    const first = await draft('same-name');
    await approve((await propose(first.id)).id, ben);
    const second = await draft('same-name', [{ retireProduct: { code: 'bcg-20' } }]);
    const third = await draft('another-pack');
    const { pack } = await ann.call(EDIT, {
      input: {
        packId: third.id,
        edits: [
          { setVersion: { schedule: 'same-name' } },
          { changeDose: { series: [measles], number: 2, age: { latestRecommended: '20 months' } } },
        ],
      },
    });

    const [ofPack, ofSchedule] = [await propose(second.id), await propose(pack.id)];
    const found = await ann.call(
      `{ countryPackOfSchedule(code: "gh-routine", version: "same-name") { id schedule { version series { name } } files { name } } }`,
    );

    expect(ofPack).toMatchObject({
      __typename: 'CountryPackVersionTaken',
      of: 'pack',
      pack: { id: first.id },
    });
    expect(ofSchedule).toMatchObject({ __typename: 'CountryPackVersionTaken', of: 'schedule gh-routine' });
    expect(found.id).toBe(first.id);
    expect(found.files.map(({ name }: { name: string }) => name)).toContain('schedule.json');
  });

  it('rolls back at once with one person and a reason, and back again', async () => {
    const before = await inForce();
    const { id, version } = await draft();
    await approve((await propose(id)).id, ben);

    const back = await ann.call(ROLL_BACK, { reason: 'the launch has moved' });
    const forth = await ann.call(ROLL_BACK, { reason: 'it has not' });
    const [newest] = await ann.call(PUBLICATIONS);

    expect(back).toMatchObject({ version: before, current: true });
    expect(forth).toMatchObject({ version, current: true });
    expect(newest).toMatchObject({
      kind: 'ROLLBACK',
      reason: 'it has not',
      state: 'IN_FORCE',
      publishedBy: ann.id,
    });
  });

  it('tells two packs apart by series, dose and field', async () => {
    const { id } = await draft(undefined, [
      { changeDose: { series: [measles], number: 2, age: { latestRecommended: '20 months' } } },
      { retireProduct: { code: 'bcg-20' } },
    ]);
    const packs = await ann.call(`{ countryPacks { id current } }`);
    const current = packs.find((pack: { current: boolean }) => pack.current);

    const { counts, differences } = await ann.call(
      `query ($from: ID!, $to: ID!) { compareCountryPacks(from: $from, to: $to) {
         counts { part added removed changed } differences { kind part subject antigen series dose field was willBe } } }`,
      { from: current.id, to: id },
    );

    expect(differences).toContainEqual(
      expect.objectContaining({
        kind: 'changed',
        antigen: 'measles',
        series: measles,
        dose: 2,
        field: 'ages/1/latestRecommended',
        willBe: '20 months',
      }),
    );
    expect(counts).toContainEqual({ part: 'products', added: 0, removed: 1, changed: 0 });
  });

  it('of two at the same moment is published one after the other, or refused', async () => {
    const drafts = [await draft(), await draft(), await draft()];
    const proposals: string[] = [];
    for (const { id } of drafts) proposals.push((await propose(id)).id);

    const answers = await Promise.all(proposals.map(id => approve(id, ben)));
    const publications: { number: number; state: string }[] = await ann.call(PUBLICATIONS);

    const kinds = new Set(answers.map(({ __typename }) => __typename));
    expect([...kinds].every(kind => /Publication$|PublishedMeanwhile$/.test(kind))).toBe(true);
    expect(publications.filter(({ state }) => state === 'IN_FORCE')).toHaveLength(1);
    expect(publications.map(({ number }) => number)).toEqual(
      publications.map((_, i) => publications.length - i),
    );
  });

  it('leaves in force what the rule says, however publications, cancellations and rollbacks fall together', async () => {
    const step = fc.tuple(
      fc.constantFrom('publish', 'publish', 'cancel', 'roll back', 'wait'),
      fc.integer({ min: 0, max: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 9 }), async steps => {
        const story = await Story.begin(service, `r${++serial}`);
        for (const [what, days] of steps) {
          await story.step(what, days);
          expect(await story.inForce()).toBe(story.ruled());
        }
        await story.step('wait', 9);
        expect(await story.inForce()).toBe(story.ruled());
      }),
      { numRuns: 5 },
    );
  }, 240_000);
});

/** A country of its own whose days go by as the story wants, and beside it the rule for what is in force. */
class Story {
  private now = Date.now();
  private serial = 0;
  private readonly people = [newId(), newId()];
  /** Everything published: from when, and whether it was cancelled. In the order of publication. */
  private readonly publications: { id: string; version: string; from: number; cancelled: boolean }[] = [];
  /** What was in force, one after the other. */
  private readonly past: string[] = [];

  private constructor(
    private readonly service: TestService,
    private readonly tenant: TenantRef,
  ) {}

  static async begin(service: TestService, code: string): Promise<Story> {
    const story = new Story(service, await service.country(code, 'gh'));
    const version = await story.inForce();
    story.publications.push({ id: '', version, from: 0, cancelled: false });
    story.ruled();
    return story;
  }

  /**
   * The rule: of what was published and not cancelled, and whose day has come, the latest day counts; of one day the
   * last published.
   */
  ruled(): string {
    const held = this.publications.filter(({ cancelled, from }) => !cancelled && from <= this.now);
    const { version } = held.reduce((best, one) => (one.from >= best.from ? one : best));
    if (this.past.at(-1) !== version) this.past.push(version);
    return version;
  }

  async inForce(): Promise<string> {
    const programmes = this.service.app.get(Programmes);
    programmes.forget(this.as(0));
    return (await programmes.current(this.as(0))).pack.version;
  }

  async step(what: string, days: number): Promise<void> {
    if (what === 'wait') this.now += days * DAY + 1;
    if (what === 'publish') await this.publish(days);
    if (what === 'cancel') await this.cancel(days);
    if (what === 'roll back') await this.rollBack();
  }

  private as(person: number) {
    const actor: Actor = {
      kind: 'staff',
      id: this.people[person]!,
      grants: [country('configuration-admin')],
    };
    return this.service.contextOf(this.tenant, { actor, now: () => new Date(this.now) });
  }

  private async publish(days: number): Promise<void> {
    const version = `s${++this.serial}`;
    const { app } = this.service;
    const started = await app.get(StartDraft).run(this.as(0), {});
    if (!('pack' in started)) throw new Error('not started');
    const edits = [{ setVersion: { pack: version, schedule: version } }];
    const edited = await app.get(EditDraft).run(this.as(0), { packId: started.pack.id, edits });
    if (!('pack' in edited)) throw new Error('not edited');
    const effectiveOn = new Date(this.now + days * DAY).toISOString().slice(0, 10);
    const input = { packId: edited.pack.id, effectiveOn, note: 'test' };
    const proposal = (await app.get(ProposePack).run(this.as(0), input)) as { id: string };
    const published = await app.get(ApprovePack).run(this.as(1), { proposalId: proposal.id });
    if (!('number' in published)) throw new Error(JSON.stringify(published));
    const from = Math.max(Date.parse(`${effectiveOn}T00:00:00Z`), this.now);
    this.publications.push({ id: published.id, version, from, cancelled: false });
  }

  /** Cancels one of those whose day has not come, if there is any; of the others, it may not. */
  private async cancel(draw: number): Promise<void> {
    const published = this.publications.filter(({ id }) => id !== '');
    const one = published[draw % published.length];
    if (!one) return;
    const input = { publicationId: one.id, reason: 'test' };
    const answer = await this.service.app.get(CancelPublication).run(this.as(draw % 2), input);
    const open = one.from > this.now && !one.cancelled;
    expect(answer.constructor.name).toBe(open ? 'CountryPackPublication' : 'CountryPackPublicationClosed');
    one.cancelled ||= open;
  }

  private async rollBack(): Promise<void> {
    const current = this.ruled();
    const previous = this.past.findLast(version => version !== current);
    const rolling = this.service.app.get(PublishPack).rollBack(this.as(0), { reason: 'test' });
    if (previous === undefined) return expect(rolling).rejects.toMatchObject({ code: 'STATE_FORBIDS' });
    expect((await rolling).version).toBe(previous);
    this.publications.push({ id: '', version: previous, from: this.now, cancelled: false });
  }
}
