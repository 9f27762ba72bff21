import { applyDecorators } from '@nestjs/common';
import { Field } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, MaxLength, ValidateNested } from 'class-validator';

/** Sizes are for the safety of the service; what a value must be is said by the reader of packs, with the place. */
export const MAX_ITEMS = 100;

type Part = new () => object;

/** A text of at most so many characters; left out, it stays as it is. */
export const OptionalText = (max: number, description: string): PropertyDecorator =>
  applyDecorators(
    Field(() => String, { nullable: true, description }),
    IsOptional(),
    MaxLength(max),
  );

/** A period; left out, it stays as it is, and null takes it away. */
export const OptionalPeriod = (description: string): PropertyDecorator =>
  OptionalText(200, `${description} A period: \`6 weeks\`, \`9 months\`, \`1 year - 4 days\`.`);

/** A part of the pack that is an object; left out, it stays as it is. */
export const OptionalPart = (part: () => Part, description: string): PropertyDecorator =>
  applyDecorators(Field(part, { nullable: true, description }), IsOptional(), ValidateNested(), Type(part));

/** Parts of the pack, all of them; left out, they stay as they are. */
export const OptionalParts = (part: () => Part, description: string): PropertyDecorator =>
  applyDecorators(
    Field(() => [part()], { nullable: true, description }),
    IsOptional(),
    ArrayMaxSize(MAX_ITEMS),
    ValidateNested({ each: true }),
    Type(part),
  );
