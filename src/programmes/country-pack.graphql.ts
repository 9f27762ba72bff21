import { createUnionType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, Length, MaxLength, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { ID, Refusal } from '../platform/graphql';

@InputType({ description: 'A file of a country pack.' })
export class CountryPackFileInput {
  @Field(() => String, { description: 'Its name within the pack, e.g. `areas.csv` or `texts/en.json`.' })
  @Length(1, 200)
  name: string;
  @Field(() => String, { description: 'What it holds, as text.' })
  @MaxLength(8_000_000)
  content: string;
}

@InputType({ description: 'A country pack as its files.' })
export class DraftCountryPackInput {
  @Field(() => [CountryPackFileInput], { description: 'The files.' })
  @ArrayMaxSize(64)
  @ValidateNested({ each: true })
  @Type(() => CountryPackFileInput)
  files: CountryPackFileInput[];
}

@ObjectType({ description: 'A file of a country pack.' })
export class CountryPackFile {
  @Field(() => String, { description: 'Its name within the pack.' })
  name: string;
  @Field(() => String, { description: 'What it holds, as text.' })
  content: string;
}

@ObjectType({ description: 'One difference that publishing a pack would make.' })
export class CountryPackChange {
  @Field(() => String, { description: 'added, removed or changed.' })
  kind: string;
  @Field(() => [String], { description: 'Names from the pack down to what differs.' })
  path: readonly string[];
  @Field(() => String, { nullable: true, description: 'What stands there now; absent when added.' })
  from?: string;
  @Field(() => String, { nullable: true, description: 'What would stand there; absent when removed.' })
  to?: string;
}

@ObjectType({ description: 'A version of the country’s configuration.' })
export class CountryPack {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => String, { description: 'The version that its author gave it.' })
  version: string;
  @Field(() => String, { description: 'SHA-256 of what it says, hexadecimal.' })
  hash: string;
  @Field(() => ID, { description: 'The draft that it is a state of: the id of its first state.' })
  draftId: string;
  @Field(() => Int, {
    description: 'Which state of the draft, from 1. A state never changes; each edit makes a new one.',
  })
  revision: number;
  @Field(() => Date, { description: 'When it was drafted.' })
  draftedAt: Date;
  @Field(() => ID, {
    nullable: true,
    description: 'Account of whoever made this state; absent: the service itself.',
  })
  draftedBy: string | null;
  @Field(() => Date, { nullable: true, description: 'When it was last put in force; absent for a draft.' })
  publishedAt: Date | null;
  @Field(() => Boolean, { description: 'Whether it is in force.' })
  current: boolean;
}

@ObjectType({ description: 'One thing wrong with a pack, and where.' })
export class CountryPackFault {
  @Field(() => String, { description: 'Which file; `edits` for an edit that could not be made.' })
  file: string;
  @Field(() => Int, { description: 'Which line, or which edit, from 1.' })
  line: number;
  @Field(() => Int, { description: 'Which character of the line (JSON) or which cell (CSV), from 1.' })
  column: number;
  @Field(() => String, { description: 'JSON pointer, or the row’s code and the column.' })
  path: string;
  @Field(() => String, { nullable: true, description: 'The antigen, where it is in the schedule of one.' })
  antigen?: string;
  @Field(() => String, { nullable: true, description: 'Name of the series, where it is in one.' })
  series?: string;
  @Field(() => Int, { nullable: true, description: 'Number of the target dose, from 1, where it is in one.' })
  dose?: number;
  @Field(() => String, {
    nullable: true,
    description: 'What of that, list items counted from 1, e.g. `ages/1/maximum`.',
  })
  field?: string;
  @Field(() => String, { description: 'A stable code for the kind of fault.' })
  code: string;
  @Field(() => String, { description: "What is wrong, in the caller's language." })
  reason: string;
}

@ObjectType({ description: 'The pack is stored as a draft. Look at its changes, then publish it.' })
export class CountryPackDrafted {
  @Field(() => CountryPack, { description: 'The draft.' })
  pack: CountryPack;
}

@ObjectType({ implements: () => [Refusal], description: 'The pack has faults; nothing of it was stored.' })
export class CountryPackRefused implements Refusal {
  message: string;
  @Field(() => [CountryPackFault], { description: 'What is wrong, by file and line; at most a thousand.' })
  faults: CountryPackFault[];
  @Field(() => Int, { description: 'How many faults there are beyond those.' })
  more: number;
}

export const DraftCountryPackResult = createUnionType({
  name: 'DraftCountryPackResult',
  description: 'A draft, or what is wrong with the pack.',
  types: () => [CountryPackDrafted, CountryPackRefused] as const,
  resolveType: (value: object) => value.constructor as typeof CountryPackDrafted,
});
