import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum LabelFormat {
  PDF = 'PDF',
  ZPL = 'ZPL',
}
registerEnumType(LabelFormat, {
  name: 'LabelFormat',
  description: 'What a label is printed by.',
  valuesMap: {
    PDF: { description: 'A page of A6 (105 × 148 mm) each, in base64.' },
    ZPL: { description: 'ZPL II, as text, for a label printer of 203 dots an inch.' },
  },
});

@ObjectType({
  description:
    'Labels of consignments: the GS1 logistic label for an SSCC, Code 128 for an S10 number or an own code, each with a Data Matrix. Never a receiver, an address or what is in it.',
})
export class ConsignmentLabels {
  @Field(() => LabelFormat, { description: 'What they are printed by.' })
  format: LabelFormat;
  @Field(() => String, { description: 'All of them, in the order in which they were asked for.' })
  document: string;
}
