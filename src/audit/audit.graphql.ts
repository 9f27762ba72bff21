import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsUUID, MaxLength } from 'class-validator';
import { ID, Page } from '../platform/graphql';

@ObjectType({ description: 'Somebody read or wrote a person’s record.' })
export class AccessLogEntry {
  @Field(() => ID, { description: 'The entry.' })
  id: string;
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => String, { description: 'Who, by role and never by name, in the caller’s language.' })
  who: string;
  @Field(() => Boolean, { description: 'Whether it was done from the caller’s own account.' })
  own: boolean;
  @Field(() => String, { description: 'What was done, as a code.' })
  action: string;
  @Field(() => String, { description: 'What was done, in the caller’s language.' })
  actionText: string;
  @Field(() => ID, { nullable: true, description: 'The facility where it was done.' })
  facilityId: string | null;
  @Field(() => String, { nullable: true, description: 'Name of that facility, in the caller’s language.' })
  facilityName: string | null;
  @Field(() => String, { nullable: true, description: 'The purpose that was stated.' })
  purpose: string | null;
}

@ObjectType({ description: 'A page of who read or wrote a person’s record, newest first.' })
export class AccessLogPage extends Page {
  @Field(() => [AccessLogEntry], { description: 'The entries.' })
  items: AccessLogEntry[];
}

@ObjectType({ description: 'One entry of the trail: what was done to which record, by whom, where and why.' })
export class AuditEntry {
  @Field(() => ID, { description: 'The entry.' })
  id: string;
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => String, { description: 'Kind of actor: staff, citizen, system or anonymous.' })
  actorKind: string;
  @Field(() => ID, { nullable: true, description: 'The account.' })
  actorId: string | null;
  @Field(() => [String], { description: 'The roles by which the actor was allowed to.' })
  actorRoles: string[];
  @Field(() => String, { description: 'What was done, as a code.' })
  action: string;
  @Field(() => String, { description: 'What was done, in the caller’s language.' })
  actionText: string;
  @Field(() => String, { description: 'Kind of record.' })
  resourceType: string;
  @Field(() => ID, { nullable: true, description: 'The record.' })
  resourceId: string | null;
  @Field(() => ID, { nullable: true, description: 'The person whose record it was.' })
  personId: string | null;
  @Field(() => ID, { nullable: true, description: 'Where the actor stood.' })
  facilityId: string | null;
  @Field(() => String, { nullable: true, description: 'The purpose that was stated.' })
  purpose: string | null;
  @Field(() => String, { description: 'The request it belongs to, as errors and logs name it.' })
  traceId: string;
}

@ObjectType({ description: 'A page of the trail, newest first.' })
export class AuditPage extends Page {
  @Field(() => [AuditEntry], { description: 'The entries.' })
  items: AuditEntry[];
}

@InputType('AuditFilter', { description: 'Which entries are asked for; what is left out is not asked.' })
export class AuditFilterInput {
  @Field(() => ID, { nullable: true, description: 'About this person.' })
  @IsOptional()
  @IsUUID()
  personId?: string | null;
  @Field(() => ID, { nullable: true, description: 'At this facility.' })
  @IsOptional()
  @IsUUID()
  facilityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'By this account.' })
  @IsOptional()
  @MaxLength(60)
  actorId?: string | null;
  @Field(() => String, { nullable: true, description: 'This action.' })
  @IsOptional()
  @MaxLength(60)
  action?: string | null;
  @Field(() => Date, { nullable: true, description: 'Not before this instant.' })
  from?: Date | null;
  @Field(() => Date, { nullable: true, description: 'Before this instant.' })
  to?: Date | null;
}
