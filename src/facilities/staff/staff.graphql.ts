import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsEmail, IsOptional, Length, ValidateNested } from 'class-validator';
import { ID, Page } from '../../platform/graphql';
import { RoleRequest } from '../role-requests/role-request.graphql';
import { RoleHeld, type StaffState } from '../../identity';

export const StaffStateEnum = {
  INVITED: 'INVITED',
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
} as const satisfies Record<StaffState, StaffState>;
registerEnumType(StaffStateEnum, {
  name: 'StaffState',
  description: 'Whether a member of staff can sign in.',
  valuesMap: {
    INVITED: { description: 'Has not answered the invitation yet.' },
    ACTIVE: { description: 'Can sign in.' },
    SUSPENDED: { description: 'Cannot sign in any more.' },
  },
});

@ObjectType({ description: 'One person who works for the programme.' })
export class StaffMember {
  @Field(() => ID, { description: 'The account.' })
  id: string;
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => String, { description: 'E-mail address; she signs in with it.' })
  email: string;
  @Field(() => StaffStateEnum, { description: 'Whether she can sign in.' })
  state: StaffState;
  @Field(() => [RoleHeld], { description: 'Roles held, and where.' })
  roles: RoleHeld[];
  @Field(() => [RoleRequest], {
    description:
      'Roles beyond one facility that are asked for her, and that a second person has yet to decide on.',
  })
  rolesAsked: RoleRequest[];
}

@ObjectType({ description: 'A page of staff.' })
export class StaffPage extends Page {
  @Field(() => [StaffMember], { description: 'The members, in the order of their e-mail addresses.' })
  items: StaffMember[];
}

@InputType('StaffRoleInput', {
  description: 'A role, and where: an area, a facility, or (neither) the country.',
})
export class StaffRoleGraphqlInput {
  @Field(() => String, { description: 'The role.' })
  @Length(1, 40)
  role: string;
  @Field(() => ID, { nullable: true, description: 'In this area and all areas in it.' })
  areaId?: string | null;
  @Field(() => ID, { nullable: true, description: 'At this facility.' })
  facilityId?: string | null;
}

@InputType('InviteStaffInput', { description: 'Somebody to work for the programme.' })
export class InviteStaffGraphqlInput {
  @Field(() => String, { description: 'Her own e-mail address; accounts are never shared.' })
  @IsEmail()
  email: string;
  @Field(() => String, { description: 'Name.' })
  @Length(1, 200)
  name: string;
  @Field(() => [StaffRoleGraphqlInput], { description: 'What she may do, and where.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => StaffRoleGraphqlInput)
  roles: StaffRoleGraphqlInput[];
}

@InputType('EndStaffRolesInput', { description: 'Roles that somebody no longer has.' })
export class EndStaffRolesGraphqlInput {
  @Field(() => ID, { description: 'Who.' })
  staffId: string;
  @Field(() => [StaffRoleGraphqlInput], {
    nullable: true,
    description: 'Which roles, each where she has it. Either these or the facility that she leaves.',
  })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => StaffRoleGraphqlInput)
  roles?: StaffRoleGraphqlInput[] | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The facility that she leaves: all that she has there ends.',
  })
  leavesFacilityId?: string | null;
}
