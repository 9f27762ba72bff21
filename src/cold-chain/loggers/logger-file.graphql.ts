import { createUnionType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsUUID, MaxLength } from 'class-validator';
import { byClass, ID, Page, Refusal } from '../../platform/graphql';
import { MOST_BASE64 } from './logger-file-rules';

@ObjectType({ description: 'A file that a logger exported, kept byte for byte.' })
export class LoggerFile {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The logger that it is of.' })
  loggerId: string;
  @Field(() => String, { description: 'SHA-256 of its bytes, hexadecimal.' })
  sha256: string;
  @Field(() => Int, { description: 'How many bytes it has.' })
  bytes: number;
  @Field(() => Int, { description: 'How many readings are in it; 0 for a device that keeps days only.' })
  readings: number;
  @Field(() => Int, { description: 'How many days the device sums up in it.' })
  days: number;
  @Field(() => String, {
    description: 'When it was activated, by the device’s own clock, `YYYY-MM-DD HH:mm`.',
  })
  activated: string;
  @Field(() => String, { description: 'Up to when it tells, by the device’s own clock.' })
  ended: string;
  @Field(() => Date, { description: 'When we received it.' })
  importedAt: Date;
}

@ObjectType({ description: 'A page of the files of a logger.' })
export class LoggerFilePage extends Page {
  @Field(() => [LoggerFile], { description: 'Newest first.' })
  items: LoggerFile[];
}

@ObjectType({ description: 'What became of a file.' })
export class LoggerFileImport {
  @Field(() => LoggerFile, { description: 'The file as it is kept.' })
  file: LoggerFile;
  @Field(() => Boolean, { description: 'True: the same bytes came before, and nothing changed.' })
  repeated: boolean;
  @Field(() => Int, { description: 'Readings in it that were not known before.' })
  newReadings: number;
  @Field(() => [ID], { description: 'Excursions that it opened; see `excursion`.' })
  openedExcursionIds: string[];
}

@ObjectType({
  implements: () => Refusal,
  description:
    'The file is not what a logger exports, or was damaged. Nothing of it was taken: export it again.',
})
export class LoggerFileBroken implements Refusal {
  message: string;
  @Field(() => Int, { description: 'The first line that is wrong, from 1.' })
  line: number;
  @Field(() => String, {
    description: 'What is wrong with it, in the words of the format, for whoever supports the device.',
  })
  fault: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The facility has no logger of this serial number. Register it and send the file again.',
})
export class LoggerUnknown implements Refusal {
  message: string;
  @Field(() => String, { description: 'What the device calls itself.' })
  model: string;
  @Field(() => String, { description: 'Its serial number.' })
  serial: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The logger of this serial number is registered as another model. One of the two was misread.',
})
export class LoggerDiffers implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The logger as it is registered.' })
  loggerId: string;
  @Field(() => String, { description: 'Its model, as registered.' })
  registeredModel: string;
  @Field(() => String, { description: 'What the device calls itself.' })
  statedModel: string;
}

export const ImportLoggerFileResult = createUnionType({
  name: 'ImportLoggerFileResult',
  description: 'What became of the file, or why it was not taken.',
  types: () => [LoggerFileImport, LoggerFileBroken, LoggerUnknown, LoggerDiffers] as const,
  resolveType: byClass,
});

@InputType('ImportLoggerFileInput', { description: 'A file that a logger exported.' })
export class ImportLoggerFileGraphqlInput {
  @Field(() => ID, { description: 'The facility that has the logger.' })
  @IsUUID()
  facilityId: string;
  @Field(() => String, {
    description:
      'The file’s bytes as they are, in base64 (RFC 4648 §4), at most 2 MiB: the text export of a Fridge-tag 2, 2 L or Ultra Low, or of a Q-tag CLm.',
  })
  @MaxLength(MOST_BASE64)
  content: string;
}
