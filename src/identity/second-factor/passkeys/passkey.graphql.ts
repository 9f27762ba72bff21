import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { ID } from '../../../platform/graphql';

@ObjectType({ description: 'A passkey of the caller’s (WebAuthn).' })
export class Passkey {
  @Field(() => ID, { description: 'Which.' })
  id: string;
  @Field(() => String, { description: 'What she calls it.' })
  name: string;
  @Field(() => Boolean, { description: 'Whether her platform keeps it on more than one device.' })
  synced: boolean;
  @Field(() => Date, { description: 'Since when.' })
  createdAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was used last; absent when it never was.' })
  usedAt: Date | null;
  @Field(() => Date, {
    nullable: true,
    description: 'Since when it is not believed, because a copy of it was used; absent when it is.',
  })
  refusedAt: Date | null;
}

@ObjectType({ description: 'What the caller can prove herself by besides her password.' })
export class SecondFactors {
  @Field(() => Boolean, { description: 'Whether an authenticator app is in use (`confirmSecondFactor`).' })
  authenticator: boolean;
  @Field(() => Int, { description: 'Recovery codes that were not used.' })
  recoveryCodes: number;
  @Field(() => [Passkey], { description: 'Her passkeys (`confirmPasskey`).' })
  passkeys: Passkey[];
}

@InputType('SetUpPasskeyInput', { description: 'A passkey that an authenticator made.' })
export class SetUpPasskeyGraphqlInput {
  @Field(() => String, { description: 'What its owner calls it.' })
  @Length(1, 100)
  name: string;
  @Field(() => String, { description: 'What the browser answered, `credential.toJSON()` as JSON.' })
  @Length(2, 10_000)
  response: string;
}

@InputType('ConfirmPasskeyInput', { description: 'What an authenticator signed.' })
export class ConfirmPasskeyGraphqlInput {
  @Field(() => String, { description: 'What the browser answered, `credential.toJSON()` as JSON.' })
  @Length(2, 10_000)
  response: string;
}
