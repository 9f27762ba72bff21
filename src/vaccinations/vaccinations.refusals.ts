import { Injectable } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';
import type { Context } from '../platform/context';
import { isBadData } from '../platform/database';
import { AppError, appErrorOf } from '../platform/errors';
import { DateScalar, ID, Refusal } from '../platform/graphql';
import { Texts } from '../platform/i18n';
import type { Programme } from '../programmes';
import type { Objection } from './dose-rules';
import type { RecordedDose } from './vaccinations.store';
import { groupName, vaccineName } from './vaccine-names';

@ObjectType({
  implements: () => Refusal,
  description:
    'A dose would not count yet. Give it later, or send it again with the clinical reason for giving it now.',
})
export class TooEarly implements Refusal {
  message: string;
  @Field(() => String, { description: 'Code of the vaccine group that it would count for first.' })
  vaccineGroup: string;
  @Field(() => DateScalar, { description: 'The first day on which it counts.' })
  earliestDate: string;
  @Field(() => String, { description: 'The rule that decided (CDSi Logic Specification v4.6).' })
  rule: string;
  @Field(() => String, { description: 'Code of what decided, e.g. `minimum-interval`.' })
  reasonCode: string;
}

@ObjectType({
  implements: () => Refusal,
  description:
    'The person needs no dose of it. If it is to be given all the same, send it with the clinical reason.',
})
export class NoDoseNeeded implements Refusal {
  message: string;
  @Field(() => String, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => String, { description: 'complete, immune, contraindicated, aged-out or not-recommended.' })
  status: string;
  @Field(() => String, { description: 'The rule that decided (CDSi Logic Specification v4.6).' })
  rule: string;
}

@ObjectType({
  implements: () => Refusal,
  description:
    'Another vaccine is due. `forecast` says which products count. Or send it with the clinical reason.',
})
export class NotSuitable implements Refusal {
  message: string;
  @Field(() => [String], { description: 'Codes of the vaccine groups that it was held against.' })
  vaccineGroups: string[];
  @Field(() => [String], { description: 'Codes of what speaks against it.' })
  reasons: string[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'The registry has the person as dead. An auditor is told.',
})
export class PersonDeceased implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The person. If it is a mistake, correct the registry first.' })
  personId: string;
}

@ObjectType({
  implements: () => Refusal,
  description:
    'The person is not checked in to that session. Check her in, or record a walk-in or an override.',
})
export class NotCheckedIn implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The person.' })
  personId: string;
}

@ObjectType({
  implements: () => Refusal,
  description:
    'A dose of another day is a late entry: it takes a reason, and somebody else than who gave it.',
})
export class DateNotToday implements Refusal {
  message: string;
  @Field(() => DateScalar, { description: "Today in the country's own calendar." })
  today: string;
}

@ObjectType({
  implements: () => Refusal,
  description:
    'The person has a dose of this vaccine from about that day: it may be the same one, told twice. If it is not, send it again with `distinctReason`.',
})
export class DuplicateSuspected implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The dose that is recorded.' })
  vaccinationId: string;
  @Field(() => DateScalar, { description: 'When that was given.' })
  givenOn: string;
  @Field(() => ID, { description: 'Where that was given.' })
  facilityId: string;
}

@ObjectType({
  implements: () => Refusal,
  description:
    'What would be an error of a call with one dose alone: it is not right, or not allowed. The others of the call are not touched by it.',
})
export class DoseNotTaken implements Refusal {
  message: string;
  @Field(() => String, { description: 'As `extensions.code` of an error, e.g. `NOT_FOUND`.' })
  code: string;
  @Field(() => String, { nullable: true, description: 'For INVALID_INPUT: the field that is wrong.' })
  path: string | null;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The time for changing what one recorded oneself is over. The facility’s administrator can.',
})
export class ChangeWindowOver implements Refusal {
  message: string;
  @Field(() => Date, { description: 'When it ended.' })
  endedAt: Date;
}

@ObjectType({
  implements: () => Refusal,
  description: 'So long after it was recorded, whoever recorded a dose does not void it herself.',
})
export class SecondPersonNeeded implements Refusal {
  message: string;
  @Field(() => Date, { description: 'Since when.' })
  since: Date;
}

@ObjectType({
  implements: () => Refusal,
  description: 'This was corrected or voided before. Look at what is true now, and change that.',
})
export class AlreadyReplaced implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The fact that is no longer true.' })
  vaccinationId: string;
}

/** Says "no" to a dose in the caller's language. */
@Injectable()
export class DoseRefusals {
  constructor(private readonly texts: Texts) {}

  objection(ctx: Context, programme: Programme, objection: Objection): TooEarly | NoDoseNeeded | NotSuitable {
    if (objection.kind === 'not-suitable') {
      const { vaccineGroups, reasons } = objection;
      const message = this.say(ctx, 'notSuitable');
      return Object.assign(new NotSuitable(), { message, vaccineGroups, reasons });
    }
    const { vaccineGroup, rule, reason } = objection;
    const group = groupName(ctx, programme, vaccineGroup);
    if (objection.kind === 'too-early') {
      const message = this.say(ctx, 'tooEarly', { group, date: objection.earliest });
      return Object.assign(new TooEarly(), {
        message,
        vaccineGroup,
        earliestDate: objection.earliest,
        rule,
        reasonCode: reason,
      });
    }
    const because = this.say(ctx, `reason.${reason}`);
    const message = this.say(ctx, 'noDoseNeeded', { group, because });
    return Object.assign(new NoDoseNeeded(), { message, vaccineGroup, status: objection.status, rule });
  }

  deceased(ctx: Context, personId: string): PersonDeceased {
    return Object.assign(new PersonDeceased(), { message: this.say(ctx, 'deceased'), personId });
  }

  notCheckedIn(ctx: Context, personId: string): NotCheckedIn {
    return Object.assign(new NotCheckedIn(), { message: this.say(ctx, 'notCheckedIn'), personId });
  }

  dateNotToday(ctx: Context, today: string): DateNotToday {
    return Object.assign(new DateNotToday(), { message: this.say(ctx, 'dateNotToday', { today }), today });
  }

  duplicate(ctx: Context, programme: Programme, dose: RecordedDose): DuplicateSuspected {
    const { id: vaccinationId, givenOn, facilityId } = dose;
    const vaccine = vaccineName(ctx, programme, dose.vaccineCode);
    const message = this.say(ctx, 'duplicateSuspected', { vaccine, date: givenOn });
    return Object.assign(new DuplicateSuspected(), { message, vaccinationId, givenOn, facilityId });
  }

  /** An error as the answer to one dose of many. `names` says what the caller calls our fields, where that differs. */
  notTaken(ctx: Context, error: unknown, names: Readonly<Record<string, string>> = {}): DoseNotTaken {
    const app = isBadData(error) ? new AppError('INVALID_INPUT') : appErrorOf(error);
    const [fault] = app.faults;
    const message = fault
      ? this.texts.say(ctx, fault.message, fault.params)
      : this.texts.say(ctx, `errors.${app.code}`, app.params);
    const path = fault ? (names[fault.path] ?? fault.path) : null;
    return Object.assign(new DoseNotTaken(), { message, code: app.code, path });
  }

  windowOver(ctx: Context, endedAt: Date): ChangeWindowOver {
    return Object.assign(new ChangeWindowOver(), { message: this.say(ctx, 'windowOver'), endedAt });
  }

  secondPerson(ctx: Context, since: Date): SecondPersonNeeded {
    return Object.assign(new SecondPersonNeeded(), { message: this.say(ctx, 'secondPerson'), since });
  }

  replaced(ctx: Context, vaccinationId: string): AlreadyReplaced {
    return Object.assign(new AlreadyReplaced(), { message: this.say(ctx, 'replaced'), vaccinationId });
  }

  private say(ctx: Context, name: string, params: Record<string, string> = {}): string {
    return this.texts.say(ctx, `vaccinations.${name}`, params);
  }
}
