import type { Schedule, Series, SeriesDose } from '../../forecasting';
import {
  type CountryPack,
  Faults,
  filesOf,
  type GoldenCase,
  type PackProduct,
  type PackReading,
  type PackSupply,
  readPack,
} from '../country-pack';
import { addDose, changeDose, retireDose, retireInterval, setInterval } from './edit-doses';
import {
  inEachSeries,
  retireAntigen,
  retireSeries,
  retireVaccine,
  retireVaccineGroup,
  setAntigen,
  setSeries,
  setVaccine,
  setVaccineGroup,
} from './edit-schedule';
import { layIn, layOver } from './lay-over';
import type { PackEdit, PackEdits } from './pack-edit';
import type { Say } from './say';

type Edit<Verb extends keyof PackEdits> = (pack: CountryPack, edit: PackEdits[Verb], say: Say) => CountryPack;

const EDITS: { readonly [Verb in keyof PackEdits]: Edit<Verb> } = {
  setVersion: (pack, { pack: version, schedule, effectiveFrom, title }) => ({
    ...layOver<CountryPack>(pack, { version }),
    schedule: layOver<Schedule>(pack.schedule, { version: schedule, effectiveFrom, title }),
  }),
  setSource: (pack, source) => ({
    ...pack,
    schedule: { ...pack.schedule, sources: layIn(pack.schedule.sources, 'id', source) },
  }),
  setProduct: (pack, edit) => ({
    ...pack,
    products: layIn<PackProduct>(pack.products, 'code', {
      ...(pack.products.some(({ code }) => code === edit.code) ? {} : { name: {}, codes: {} }),
      ...edit,
    }),
  }),
  retireProduct: (pack, { code }, say) => {
    const products = pack.products.filter(product => product.code !== code);
    if (products.length === pack.products.length) say('code', 'unknown-product', { code });
    return { ...pack, products, ...(pack.supplies && { supplies: pack.supplies.map(without(code)) }) };
  },
  setVaccine: inSchedule(setVaccine),
  retireVaccine: inSchedule(retireVaccine),
  setVaccineGroup: inSchedule(setVaccineGroup),
  retireVaccineGroup: inSchedule(retireVaccineGroup),
  setAntigen: inSchedule(setAntigen),
  retireAntigen: inSchedule(retireAntigen),
  setSeries: inSchedule(setSeries),
  retireSeries: inSchedule(retireSeries),
  addDose: inDoses(addDose),
  changeDose: inDoses(changeDose),
  retireDose: inDoses(retireDose),
  setInterval: inDoses(setInterval),
  retireInterval: inDoses(retireInterval),
  setGoldenCase: (pack, edit) => ({
    ...pack,
    golden: layIn<GoldenCase>(pack.golden, 'name', edit),
  }),
  retireGoldenCase: (pack, { name }, say) => {
    const golden = pack.golden.filter(one => one.name !== name);
    if (golden.length === pack.golden.length) say('name', 'unknown-golden-case', { case: name });
    return { ...pack, golden };
  },
};

function inSchedule<E>(edit: (schedule: Schedule, changes: E, say: Say) => Schedule) {
  return (pack: CountryPack, changes: E, say: Say): CountryPack => ({
    ...pack,
    schedule: edit(pack.schedule, changes, say),
  });
}

function inDoses<E extends { readonly series: readonly string[] }>(
  edit: (series: Series, changes: E, say: Say) => readonly SeriesDose[],
) {
  return inSchedule<E>((schedule, changes, say) =>
    inEachSeries(schedule, changes.series, series => edit(series, changes, say), say),
  );
}

/** The file that the faults of an edit itself name; its line is the number of the edit, from 1. */
const EDITS_FILE = 'edits';

/**
 * The pack with every edit made, in order, or everything that is wrong: whole or not at all, and the pack given is left
 * as it is. What comes out is read as an uploaded pack is, so nothing can be edited that could not have been sent.
 * Doubts of the linter and golden cases are no faults here: a draft may be work in progress.
 */
export function editPack(pack: CountryPack, edits: readonly PackEdit[]): PackReading {
  const faults = new Faults();
  const edited = edits.reduce<CountryPack>((draft, edit, i) => made(draft, edit, i + 1, faults), pack);
  if (!faults.none()) return { faults: faults.all(), more: faults.more() };
  return readPack(filesOf(edited));
}

function made(pack: CountryPack, edit: PackEdit, number: number, faults: Faults): CountryPack {
  const given = (Object.keys(edit) as (keyof PackEdits)[]).filter(
    verb => edit[verb as keyof PackEdit] !== undefined,
  );
  return given.reduce((draft, verb) => {
    const make = EDITS[verb] as Edit<typeof verb>;
    const say: Say = (path, code, params) =>
      faults.add(EDITS_FILE, { line: number, column: 1 }, `${verb}.${path}`, code, params);
    return make(draft, edit[verb as keyof PackEdit], say);
  }, pack);
}

/** A supply that a product, which is no more, does not need. */
const without =
  (product: string) =>
  (supply: PackSupply): PackSupply => ({
    ...supply,
    needs: supply.needs
      .map(need => ({ ...need, products: need.products.filter(code => code !== product) }))
      .filter(need => need.products.length > 0),
  });
