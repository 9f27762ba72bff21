import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { ID } from '../platform/graphql';

@ObjectType({ description: 'A one-time code is on its way to the phone.' })
export class SignInCodeSent {
  @Field(() => ID, { description: 'Send this back with the code.' })
  requestId: string;
  @Field(() => Date, { description: 'When the code stops working.' })
  expiresAt: Date;
}

@ObjectType({ description: 'One role held, and where it reaches.' })
export class RoleHeld {
  @Field(() => String, { description: 'The role.' })
  role: string;
  @Field(() => String, { description: 'country, area, facility or self.' })
  reach: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Which area, facility or account; absent for the whole country.',
  })
  reachId: string | null;
}

@ObjectType({ description: 'Who the caller is, as the service sees it.' })
export class Me {
  @Field(() => String, { description: 'anonymous, operator, signatory, staff or citizen.' })
  kind: string;
  @Field(() => ID, { nullable: true, description: 'The account; absent for an anonymous caller.' })
  id: string | null;
  @Field(() => [RoleHeld], { description: 'The roles that the token carries.' })
  roles: RoleHeld[];
  @Field(() => [String], { description: 'The languages in which the caller is answered, best first.' })
  languages: readonly string[];
}

@InputType('SignInInput', { description: 'E-mail address and password of an account.' })
export class SignInGraphqlInput {
  @Field(() => String, { description: 'E-mail address.' })
  @Length(3, 254)
  email: string;
  @Field(() => String, { description: 'Password.' })
  @Length(1, 128)
  password: string;
}

@InputType('ConfirmSignInCodeInput', { description: 'The answer to a one-time code.' })
export class ConfirmSignInCodeGraphqlInput {
  @Field(() => ID, { description: 'The request that sent the code.' })
  requestId: string;
  @Field(() => String, { description: 'The code as it arrived.' })
  @Length(1, 20)
  code: string;
}

@InputType('AcceptStaffInvitationInput', { description: 'The answer to a staff invitation.' })
export class AcceptStaffInvitationGraphqlInput {
  @Field(() => String, { description: 'The token of the invitation.' })
  @Length(1, 100)
  token: string;
  @Field(() => String, { description: 'The password chosen: at least 12 characters.' })
  @Length(1, 128)
  password: string;
}

@InputType('ChangePasswordInput', { description: 'Another password, in place of the one in use.' })
export class ChangePasswordGraphqlInput {
  @Field(() => String, { description: 'The password in use.' })
  @Length(1, 128)
  current: string;
  @Field(() => String, {
    description: 'The new one: 12 to 128 characters, not a common one, without the e-mail address.',
  })
  @Length(1, 128)
  password: string;
}
