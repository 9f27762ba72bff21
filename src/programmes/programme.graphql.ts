import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ID } from '../platform/graphql';

@ObjectType({ description: 'A code of a product in another system.' })
export class ProductCode {
  @Field(() => String, { description: 'Short name of the system, e.g. cvx or atc.' })
  system: string;
  @Field(() => String, { description: 'The code there.' })
  code: string;
}

@ObjectType({ description: 'A vaccine as it stands on a shelf.' })
export class Product {
  @Field(() => ID, { description: 'The country’s code for it.' })
  code: string;
  @Field(() => String, { description: "What it is called in the caller's language." })
  name: string;
  @Field(() => String, { description: 'Code of the vaccine in the schedule that a dose of it counts as.' })
  vaccine: string;
  @Field(() => [String], { description: 'The antigens it holds.' })
  antigens: string[];
  @Field(() => String, { description: 'How it is given: intramuscular, oral, …' })
  route: string;
  @Field(() => Int, { description: 'Doses in a vial.' })
  dosesPerVial: number;
  @Field(() => Int, {
    nullable: true,
    description: 'Hours that an opened vial may be used; absent for one dose.',
  })
  openVialHours: number | null;
  @Field(() => Boolean, {
    description: 'Whether freezing harms it, by what the country says that its vaccine bears.',
  })
  freezeSensitive: boolean;
  @Field(() => [ProductCode], { description: 'Its codes in other systems.' })
  codes: ProductCode[];
}

export const SupplyNeedOf = { dose: 'dose', vial: 'vial' } as const;
registerEnumType(SupplyNeedOf, {
  name: 'SupplyNeedOf',
  description: 'What the need of a supply is counted by.',
  valuesMap: {
    dose: { description: 'By doses given.' },
    vial: { description: 'By vials opened.' },
  },
});

@ObjectType({ description: 'How many pieces of a supply are needed for every so many doses or vials.' })
export class SupplyNeed {
  @Field(() => [ID], { description: 'Codes of the products that need it.' })
  productCodes: string[];
  @Field(() => Int, { description: 'So many pieces …' })
  pieces: number;
  @Field(() => Int, { description: '… for every so many …' })
  forEach: number;
  @Field(() => SupplyNeedOf, { description: '… of these.' })
  of: keyof typeof SupplyNeedOf;
}

@ObjectType({
  description:
    'What vaccines are given with, counted in pieces and supplied with them (bundling: WHO/V&B/99.25).',
})
export class Supply {
  @Field(() => ID, { description: 'The country’s code for it; no product has the same.' })
  code: string;
  @Field(() => String, { description: "What it is called in the caller's language." })
  name: string;
  @Field(() => [String], { description: 'GTIN-14 of its packs, where they are known (GS1).' })
  gtins: string[];
  @Field(() => Boolean, { description: 'Whether it has a last day of use.' })
  expires: boolean;
  @Field(() => [SupplyNeed], { description: 'What needs it.' })
  needs: SupplyNeed[];
}

@ObjectType({ description: 'A time that must, or should, lie between an event and a dose.' })
export class ScheduleInterval {
  @Field(() => Boolean, { description: 'True: accepted when the others fail (CDSi allowable interval).' })
  allowable: boolean;
  @Field(() => Boolean, { description: 'Counted from the dose given immediately before.' })
  previousDose: boolean;
  @Field(() => Int, { nullable: true, description: 'Counted from this target dose of the series.' })
  targetDose: number | null;
  @Field(() => [String], { description: 'Counted from the most recent dose of one of these vaccines.' })
  mostRecentOf: string[];
  @Field(() => String, { nullable: true, description: 'Counted from the most recent such observation.' })
  observation: string | null;
  @Field(() => String, { nullable: true, description: 'Below it the dose does not count, e.g. `24 days`.' })
  absoluteMinimum: string | null;
  @Field(() => String, { nullable: true, description: 'The least time, e.g. `4 weeks`.' })
  minimum: string | null;
  @Field(() => String, { nullable: true, description: 'The dose is due from here.' })
  earliestRecommended: string | null;
  @Field(() => String, { nullable: true, description: 'The dose is overdue after this.' })
  latestRecommended: string | null;
}

@ObjectType({ description: 'One dose of a series, as the country recommends it.' })
export class ScheduleDose {
  @Field(() => Int, { description: 'Its number, from 1.' })
  number: number;
  @Field(() => String, { nullable: true, description: 'The age at which it is recommended, e.g. `6 weeks`.' })
  recommendedAge: string | null;
  @Field(() => String, { nullable: true, description: 'The least age at which it counts.' })
  minimumAge: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Below this age it does not count, where that is said.',
  })
  absoluteMinimumAge: string | null;
  @Field(() => String, { nullable: true, description: 'Overdue after this age.' })
  latestRecommendedAge: string | null;
  @Field(() => String, { nullable: true, description: 'From this age it is no longer given.' })
  maximumAge: string | null;
  @Field(() => [ScheduleInterval], { description: 'Its intervals.' })
  intervals: ScheduleInterval[];
  @Field(() => String, { nullable: true, description: 'The least time since the dose before.' })
  minimumInterval: string | null;
  @Field(() => [String], { description: 'Codes of the vaccines that count for it.' })
  vaccines: string[];
}

@ObjectType({ description: 'A way to be protected against one antigen: its doses in order.' })
export class ScheduleSeries {
  @Field(() => String, { description: 'Its name, unique in the schedule.' })
  name: string;
  @Field(() => String, { description: 'The antigen.' })
  antigen: string;
  @Field(() => String, { description: 'The vaccine group it is offered under.' })
  vaccineGroup: string;
  @Field(() => [ScheduleDose], { description: 'The doses.' })
  doses: ScheduleDose[];
}

@ObjectType({ description: 'Where a rule was taken from.' })
export class ScheduleSource {
  @Field(() => String, { description: 'Title.' })
  title: string;
  @Field(() => String, { description: 'Publisher.' })
  publisher: string;
  @Field(() => Int, { description: 'Year.' })
  year: number;
}

@ObjectType({ description: 'The country’s vaccination schedule in force.' })
export class VaccinationSchedule {
  @Field(() => String, { description: 'Its code.' })
  code: string;
  @Field(() => String, { description: 'Its version.' })
  version: string;
  @Field(() => String, { description: "Its title in the caller's language." })
  title: string;
  @Field(() => [ScheduleSource], { description: 'Where its rules were taken from.' })
  sources: ScheduleSource[];
  @Field(() => [ScheduleSeries], { complexity: 200, description: 'Its series.' })
  series: ScheduleSeries[];
}
