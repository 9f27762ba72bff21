import { join } from 'node:path';
import fc from 'fast-check';
import { validateSchedule } from '../../forecasting';
import { comparePacks, type CountryPack, packFilesIn, readPack } from '../country-pack';
import { editPack, type PackEdit, type PackEdits } from '.';

const COUNTRIES = join(__dirname, '../../../countries');
/** A few: each says the same things of other vaccines. */
const packs = ['ar', 'bd', 'gh'].map(folder => readPack(packFilesIn(join(COUNTRIES, folder))).pack!); // names-a-country: packs to edit
const pack = packs.find(({ schedule }) => schedule.antigens.some(({ code }) => code === 'measles'))!;
const languages = pack.profile.languages.map(({ code }) => code);
const inAll = (text: string) => Object.fromEntries(languages.map(code => [code, text]));

/** The series of the first antigen that has several doses. */
const series = pack.schedule.antigens
  .flatMap(antigen => antigen.series)
  .find(({ doses }) => doses.length > 2)!;
const dosesIn = (edited: CountryPack | undefined) =>
  edited?.schedule.antigens.flatMap(antigen => antigen.series).find(({ name }) => name === series.name)
    ?.doses;

const NEW_VACCINE: PackEdit[] = [
  { setVaccine: { code: 'NEW', name: inAll('New vaccine'), antigens: [{ antigen: 'newitis' }] } },
  { setVaccineGroup: { code: 'NEW', name: inAll('New'), antigens: ['newitis'] } },
  {
    setAntigen: {
      code: 'newitis',
      name: inAll('Newitis'),
      series: [
        {
          name: 'newitis: NEW',
          vaccineGroup: 'NEW',
          type: 'standard',
          select: { group: '1', default: true, productPath: false, priority: 'A', preference: 1 },
          doses: [
            {
              age: { minimum: '9 months', earliestRecommended: '9 months' },
              vaccines: [{ vaccine: 'NEW', recommend: true }],
            },
          ],
        },
      ],
    },
  },
  {
    setProduct: {
      code: 'new-1',
      vaccine: 'NEW',
      name: inAll('New vaccine, single dose'),
      route: 'intramuscular',
      presentation: 'liquid',
      doseMl: 0.5,
      dosesPerVial: 1,
      openVialHours: null,
    },
  },
];

describe('editing a pack', () => {
  it('adds a vaccine with its antigen, series, dose and product in one go', () => {
    const { pack: edited, faults } = editPack(pack, NEW_VACCINE);

    expect(faults).toBeUndefined();
    expect(edited!.products.find(({ code }) => code === 'new-1')?.antigens).toEqual(['newitis']);
    expect(comparePacks(pack, edited!).differences.map(({ kind, part }) => [kind, part])).toEqual([
      ['added', 'products'],
      ['added', 'schedule'],
      ['added', 'schedule'],
      ['added', 'schedule'],
    ]);
  });

  it('takes a product that is retired out of what needs supplies', () => {
    const code = pack.supplies![0]!.needs[0]!.products[0]!;

    const { pack: edited, faults } = editPack(pack, [{ retireProduct: { code } }]);

    expect(faults).toBeUndefined();
    const needing = edited!.supplies!.flatMap(({ needs }) => needs);
    expect(needing.flatMap(need => need.products)).not.toContain(code);
    expect(needing.every(need => need.products.length > 0)).toBe(true);
  });

  it('adds a dose, changes its age and interval, and says whose the new figures are', () => {
    const { pack: edited, faults } = editPack(pack, [
      { setSource: { id: 'circular-7', title: 'Circular 7', publisher: 'Ministry', year: 2026 } },
      {
        addDose: {
          series: [series.name],
          age: { minimum: '5 years', earliestRecommended: '5 years', source: 'circular-7' },
          intervals: [{ from: { previousDose: true }, minimum: '6 months' }],
          vaccines: series.doses[0]!.preferableVaccines!,
        },
      },
      {
        changeDose: {
          series: [series.name],
          number: series.doses.length + 1,
          age: { earliestRecommended: '6 years', latestRecommended: '7 years' },
        },
      },
    ]);

    expect(faults).toBeUndefined();
    expect(dosesIn(edited)?.at(-1)).toMatchObject({
      ages: [
        {
          minimum: '5 years',
          earliestRecommended: '6 years',
          latestRecommended: '7 years',
          source: { minimum: 'circular-7' },
        },
      ],
      preferableIntervals: [{ from: { previousDose: true }, minimum: '6 months' }],
    });
  });

  it('keeps counting an interval from the same dose when doses before it are added or retired', () => {
    const last = series.doses.length;
    const counted = editPack(pack, [
      {
        setInterval: {
          series: [series.name],
          dose: last,
          from: { targetDose: last - 1 },
          minimum: '8 weeks',
        },
      },
    ]).pack!;
    const first = counted.schedule.antigens.flatMap(a => a.series).find(s => s.name === series.name)!
      .doses[0]!;

    const added = editPack(counted, [
      { addDose: { series: [series.name], at: 1, vaccines: first.preferableVaccines! } },
    ]);
    const retired = editPack(counted, [{ retireDose: { series: [series.name], number: 1 } }]);

    const fromOf = (edited?: CountryPack) =>
      dosesIn(edited)
        ?.at(-1)
        ?.preferableIntervals?.flatMap(({ from }) => ('targetDose' in from ? [from] : []));
    expect(fromOf(added.pack)).toEqual([{ targetDose: last }]);
    expect(fromOf(retired.pack)).toEqual([{ targetDose: last - 2 }]);
  });

  it('does not retire a dose that another one is counted from', () => {
    const last = series.doses.length;

    const { faults } = editPack(pack, [
      { setInterval: { series: [series.name], dose: last, from: { targetDose: 1 }, minimum: '8 weeks' } },
      { retireDose: { series: [series.name], number: 1 } },
    ]);

    expect(faults).toContainEqual(
      expect.objectContaining({
        file: 'edits',
        line: 2,
        path: 'retireDose.number',
        code: 'dose-counted-from',
      }),
    );
  });

  it('says which edit names what is not there, and changes nothing of the pack it was given', () => {
    const before = JSON.stringify(pack);

    const { faults } = editPack(pack, [
      ...NEW_VACCINE,
      { changeDose: { series: ['no such series'], number: 1 } },
      { retireProduct: { code: 'none' } },
    ]);

    expect(faults!.map(({ line, path, code }) => [line, path, code])).toEqual([
      [5, 'changeDose.series', 'unknown-series'],
      [6, 'retireProduct.code', 'unknown-product'],
    ]);
    expect(JSON.stringify(pack)).toBe(before);
  });

  it('finds what still names a vaccine that is retired', () => {
    const { vaccine } = series.doses[0]!.preferableVaccines![0]!;

    const { faults } = editPack(pack, [{ retireVaccine: { code: vaccine } }]);

    expect(faults!.length).toBeGreaterThan(0);
    expect(new Set(faults!.map(({ code }) => code))).toEqual(new Set(['unknown-vaccine']));
  });
});

/** Any edit, of things that are there and things that are not, with values good and bad. */
function anyEdit({ schedule, products, golden }: CountryPack): fc.Arbitrary<PackEdit> {
  const all = schedule.antigens.flatMap(antigen => antigen.series);
  const of = (...known: string[]) =>
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.string() });
  const span = of('6 weeks', '9 months', '1 year - 4 days', '59 months');
  const name = of(...all.map(one => one.name));
  const names = fc.array(name, { minLength: 1, maxLength: 2 });
  const vaccine = of(...schedule.vaccines.map(({ code }) => code));
  const antigen = of(...schedule.antigens.map(({ code }) => code));
  const group = of(...schedule.vaccineGroups.map(({ code }) => code));
  const source = fc.option(of(...schedule.sources.map(({ id }) => id)), { nil: undefined });
  const number = fc.integer({ min: 0, max: 6 });
  const text = fc.oneof(fc.constant(inAll('Text')), fc.dictionary(fc.string(), fc.string()));
  const spans = (...fields: string[]) =>
    fc.record(Object.fromEntries(fields.map(field => [field, fc.option(span)])), { requiredKeys: [] });
  const interval = fc
    .tuple(
      fc.oneof(
        fc.constant({ previousDose: true as const }),
        number.map(targetDose => ({ targetDose })),
        fc.array(vaccine, { maxLength: 2 }).map(mostRecentOf => ({ mostRecentOf })),
      ),
      spans('absoluteMinimum', 'minimum', 'earliestRecommended', 'latestRecommended'),
      fc.boolean(),
      source,
    )
    .map(([from, changes, allowable, from2]) => ({ from, ...changes, allowable, source: from2 }));
  const dose = fc.record(
    {
      title: text,
      age: fc
        .tuple(
          spans('absoluteMinimum', 'minimum', 'earliestRecommended', 'latestRecommended', 'maximum'),
          source,
        )
        .map(([ages, from]) => ({ ...ages, source: from })),
      intervals: fc.array(interval, { maxLength: 2 }),
      vaccines: fc.array(fc.record({ vaccine, recommend: fc.boolean() }), { maxLength: 2 }),
      allowableVaccines: fc.option(fc.array(fc.record({ vaccine }), { maxLength: 2 })),
      recurring: fc.option(fc.boolean()),
    },
    { requiredKeys: [] },
  );
  const select = fc.record(
    {
      group: of('1', '2'),
      default: fc.boolean(),
      productPath: fc.boolean(),
      priority: of('A'),
      preference: number,
    },
    { requiredKeys: [] },
  );
  const oneSeries = fc.record(
    {
      name,
      vaccineGroup: group,
      type: of('standard', 'risk'),
      select,
      doses: fc.array(dose, { maxLength: 2 }),
    },
    { requiredKeys: ['name'] },
  );
  const edits: { [Verb in keyof PackEdits]: fc.Arbitrary<object> } = {
    setVersion: fc.record(
      { pack: of('2'), schedule: of('2'), effectiveFrom: of('2026-01-01') },
      { requiredKeys: [] },
    ),
    setSource: fc.record({ id: of('new'), title: of('New'), publisher: of('Us'), year: number }),
    setProduct: fc.record(
      {
        code: of(...products.map(({ code }) => code), 'new-1'),
        vaccine,
        name: text,
        doseMl: fc.option(fc.double()),
        dosesPerVial: fc.integer({ min: -1, max: 20 }),
        openVialHours: fc.option(number),
        codes: fc.dictionary(of('cvx'), fc.string()),
      },
      { requiredKeys: ['code'] },
    ),
    retireProduct: fc.record({ code: of(...products.map(({ code }) => code)) }),
    setVaccine: fc.record(
      {
        code: vaccine,
        name: text,
        antigens: fc.array(fc.record({ antigen }), { maxLength: 2 }),
        codes: fc.array(fc.record({ system: of('cvx'), code: fc.string() }), { maxLength: 1 }),
      },
      { requiredKeys: ['code'] },
    ),
    retireVaccine: fc.record({ code: vaccine }),
    setVaccineGroup: fc.record(
      { code: group, name: text, antigens: fc.array(antigen, { maxLength: 3 }), offered: fc.boolean() },
      { requiredKeys: ['code'] },
    ),
    retireVaccineGroup: fc.record({ code: group }),
    setAntigen: fc.record(
      { code: antigen, name: text, series: fc.array(oneSeries, { maxLength: 2 }) },
      { requiredKeys: ['code'] },
    ),
    retireAntigen: fc.record({ code: antigen }),
    setSeries: fc.tuple(antigen, oneSeries).map(([code, changes]) => ({ antigen: code, ...changes })),
    retireSeries: fc.record({ name }),
    addDose: fc
      .tuple(names, dose, fc.option(number, { nil: undefined }))
      .map(([s, d, at]) => ({ series: s, ...d, at })),
    changeDose: fc.tuple(names, dose, number).map(([s, d, n]) => ({ series: s, ...d, number: n })),
    retireDose: fc.record({ series: names, number }),
    setInterval: fc.tuple(names, interval, number).map(([s, i, d]) => ({ series: s, ...i, dose: d })),
    retireInterval: fc
      .tuple(names, interval, number)
      .map(([s, { from, allowable }, d]) => ({ series: s, dose: d, from, allowable })),
    setGoldenCase: fc.record(
      {
        name: of(...golden.map(one => one.name)),
        born: of('2024-02-29'),
        on: of('2026-01-01'),
        sex: of('female'),
        expect: fc.array(fc.record({ group, status: of('due') }), { maxLength: 2 }),
      },
      { requiredKeys: ['name'] },
    ),
    retireGoldenCase: fc.record({ name: of(...golden.map(one => one.name)) }),
  };
  const verbs = Object.keys(edits) as (keyof typeof edits)[];
  return fc
    .constantFrom(...verbs)
    .chain(verb => edits[verb].map(changes => ({ [verb]: changes }) as unknown as PackEdit));
}

describe('any sequence of edits', () => {
  it('gives faults or a pack whose schedule holds, and never fails', () => {
    const sequences = fc
      .constantFrom(...packs)
      .chain(start => fc.tuple(fc.constant(start), fc.array(anyEdit(start), { minLength: 1, maxLength: 4 })));

    fc.assert(
      fc.property(sequences, ([start, edits]) => {
        let draft = start;
        for (const edit of edits) {
          const { pack: edited, faults } = editPack(draft, [edit]);
          expect(edited === undefined).toBe((faults?.length ?? 0) > 0);
          expect(edited ? validateSchedule(edited.schedule) : []).toEqual([]);
          draft = edited ?? draft;
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('comes to the same as all of it in one go, when every step holds', () => {
    const sequences = fc.array(anyEdit(pack), { minLength: 2, maxLength: 3 });

    fc.assert(
      fc.property(sequences, edits => {
        const one = edits.reduce<CountryPack | undefined>(
          (draft, edit) => draft && editPack(draft, [edit]).pack,
          pack,
        );
        expect(one && editPack(pack, edits).pack).toEqual(one);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
