import { createUnionType, Field, Float, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, ValidateNested } from 'class-validator';
import { ID, Page, Refusal } from '../../platform/graphql';
import { LocalisedTextInput } from '../../tenancy';
import type { FacilityCategory, FacilityKind } from './facility-rules';

export const FacilityCategoryEnum = {
  PUBLIC: 'PUBLIC',
  PRIVATE: 'PRIVATE',
  NON_PROFIT: 'NON_PROFIT',
  OTHER: 'OTHER',
} as const satisfies Record<FacilityCategory, FacilityCategory>;
registerEnumType(FacilityCategoryEnum, {
  name: 'FacilityCategory',
  description: 'Who runs a facility.',
  valuesMap: {
    PUBLIC: { description: 'The state, at any level.' },
    PRIVATE: { description: 'A business.' },
    NON_PROFIT: { description: 'A charity, a mission, a community.' },
    OTHER: { description: 'Somebody else, e.g. an employer or the armed forces.' },
  },
});

export const FacilityKindEnum = {
  FIXED: 'FIXED',
  MOBILE: 'MOBILE',
  OUTREACH: 'OUTREACH',
  TEMPORARY: 'TEMPORARY',
} as const satisfies Record<FacilityKind, FacilityKind>;
registerEnumType(FacilityKindEnum, {
  name: 'FacilityKind',
  description: 'How a facility is reached.',
  valuesMap: {
    FIXED: { description: 'A building that people come to.' },
    MOBILE: { description: 'A team that moves about.' },
    OUTREACH: { description: 'A place where a team of another facility comes on certain days.' },
    TEMPORARY: { description: 'A place set up for a time.' },
  },
});

@ObjectType({ description: 'A place that vaccinates.' })
export class Facility {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => String, { description: 'The code by which the country knows it.' })
  code: string;
  @Field(() => String, { description: "Its name in the caller's language." })
  name: string;
  @Field(() => ID, { description: 'The area it lies in.' })
  areaId: string;
  @Field(() => FacilityCategoryEnum, { description: 'Who runs it.' })
  category: FacilityCategory;
  @Field(() => FacilityKindEnum, { description: 'How it is reached.' })
  kind: FacilityKind;
  @Field(() => String, { nullable: true, description: 'Street and house, as people there write it.' })
  address: string | null;
  @Field(() => String, { nullable: true, description: 'Postal code.' })
  postalCode: string | null;
  @Field(() => Float, { nullable: true, description: 'Degrees north (WGS 84).' })
  latitude: number | null;
  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84).' })
  longitude: number | null;
  @Field(() => String, { nullable: true, description: 'Its public telephone number, E.164.' })
  phone: string | null;
  @Field(() => String, { nullable: true, description: 'When it is open, as people there say it.' })
  openingHours: string | null;
  @Field(() => [String], { description: "What it offers, by the country's own codes." })
  services: string[];
  @Field(() => Boolean, { description: 'Whether it is in use.' })
  active: boolean;
}

@ObjectType({ description: 'A page of facilities.' })
export class FacilityPage extends Page {
  @Field(() => [Facility], { description: 'The facilities, in the order of their codes.' })
  items: Facility[];
}

@InputType('FacilityFilterInput', { description: 'Which facilities. What is left out does not matter.' })
export class FacilityFilterGraphqlInput {
  @Field(() => ID, { nullable: true, description: 'In this area or any area in it.' })
  areaId?: string | null;
  @Field(() => String, { nullable: true, description: 'With exactly this postal code.' })
  postalCode?: string | null;
  @Field(() => String, { nullable: true, description: 'With exactly this code.' })
  code?: string | null;
}

@InputType('RegisterFacilityInput', { description: 'A facility to be registered.' })
export class RegisterFacilityGraphqlInput {
  @Field(() => String, { description: 'The code by which the country knows it.' })
  @Length(1, 40)
  code: string;
  @Field(() => [LocalisedTextInput], { description: "Its name, at least in the country's first language." })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  names: LocalisedTextInput[];
  @Field(() => ID, { description: 'The area it lies in.' })
  areaId: string;
  @Field(() => FacilityCategoryEnum, { description: 'Who runs it.' })
  category: FacilityCategory;
  @Field(() => FacilityKindEnum, { description: 'How it is reached.' })
  kind: FacilityKind;
  @Field(() => String, { nullable: true, description: 'Street and house.' })
  address?: string | null;
  @Field(() => String, { nullable: true, description: 'Postal code, where the country has them.' })
  postalCode?: string | null;
  @Field(() => Float, { nullable: true, description: 'Degrees north (WGS 84).' })
  latitude?: number | null;
  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84).' })
  longitude?: number | null;
  @Field(() => String, { nullable: true, description: 'Public telephone number as people there write it.' })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: 'When it is open, as people there say it.' })
  openingHours?: string | null;
  @Field(() => [String], { nullable: true, description: "What it offers, by the country's own codes." })
  services?: string[] | null;
}

@InputType('ChangeFacilityInput', {
  description: 'What changes of a facility. A field that is left out stays as it is; null clears it.',
})
export class ChangeFacilityGraphqlInput {
  @Field(() => ID, { description: 'Which facility.' })
  facilityId: string;
  @Field(() => [LocalisedTextInput], { nullable: true, description: 'Its name, in all languages it has.' })
  @IsOptional()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  names?: LocalisedTextInput[] | null;
  @Field(() => ID, { nullable: true, description: 'The area it lies in. Only for who may register there.' })
  areaId?: string | null;
  @Field(() => FacilityCategoryEnum, { nullable: true, description: 'Who runs it.' })
  category?: FacilityCategory | null;
  @Field(() => FacilityKindEnum, { nullable: true, description: 'How it is reached.' })
  kind?: FacilityKind | null;
  @Field(() => String, { nullable: true, description: 'Street and house.' })
  address?: string | null;
  @Field(() => String, { nullable: true, description: 'Postal code.' })
  postalCode?: string | null;
  @Field(() => Float, { nullable: true, description: 'Degrees north (WGS 84).' })
  latitude?: number | null;
  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84).' })
  longitude?: number | null;
  @Field(() => String, { nullable: true, description: 'Public telephone number.' })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: 'When it is open.' })
  openingHours?: string | null;
  @Field(() => [String], { nullable: true, description: 'What it offers.' })
  services?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is in use.' })
  active?: boolean | null;
}

@ObjectType({ implements: () => [Refusal], description: 'The code belongs to another facility already.' })
export class FacilityCodeTaken implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The facility that has it.' })
  facilityId: string;
}

export const RegisterFacilityResult = createUnionType({
  name: 'RegisterFacilityResult',
  description: 'The new facility, or why it was not registered.',
  types: () => [Facility, FacilityCodeTaken] as const,
});

@ObjectType({ description: 'One thing wrong with a row of a file.' })
export class FacilityImportFault {
  @Field(() => Int, { description: 'Line of the file, the header being 1.' })
  line: number;
  @Field(() => Int, { description: 'Cell of the line, from 1.' })
  column: number;
  @Field(() => String, { description: 'Name of the column; empty when the whole line is meant.' })
  field: string;
  @Field(() => String, { description: 'Code of the facility in that row, as far as it was read.' })
  code: string;
  @Field(() => String, { description: 'A stable word for the kind of fault.' })
  fault: string;
  @Field(() => String, { description: "What is wrong, in the caller's language." })
  reason: string;
}

@ObjectType({ description: 'What became of a file of facilities.' })
export class FacilityImport {
  @Field(() => Boolean, { description: 'True: nothing was stored, the numbers are what would have been.' })
  dryRun: boolean;
  @Field(() => Int, { description: 'Rows read, the header not counted.' })
  rows: number;
  @Field(() => Int, { description: 'Rows that became new facilities.' })
  added: number;
  @Field(() => Int, { description: 'Rows that changed a facility.' })
  changed: number;
  @Field(() => Int, { description: 'Rows that say what is known already.' })
  unchanged: number;
  @Field(() => Int, { description: 'Rows with a fault; nothing of them was stored.' })
  rejected: number;
  @Field(() => [FacilityImportFault], { description: 'The faults, by line; at most a thousand.' })
  faults: FacilityImportFault[];
  @Field(() => Int, { description: 'How many faults there are beyond those.' })
  moreFaults: number;
  @Field(() => String, {
    nullable: true,
    description:
      'The rejected rows as CSV, the reason in the last column: mend them and send this file again.',
  })
  rejectedCsv: string | null;
}
