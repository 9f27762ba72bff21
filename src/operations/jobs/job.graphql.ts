import { Field, Float, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ID } from '../../platform/graphql';

export enum JobState {
  WAITING = 'WAITING',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(JobState, {
  name: 'JobState',
  description: 'Where long work stands.',
  valuesMap: {
    WAITING: { description: 'Asked for and not begun.' },
    RUNNING: { description: 'Under way.' },
    DONE: { description: 'Done, all of it.' },
    FAILED: { description: 'Given up; `error` says why. What was done before stays done.' },
    CANCELLED: { description: 'Stopped by somebody. What was done before stays done.' },
  },
});

@ObjectType({ description: 'Long work that goes on after the command that asked for it was answered.' })
export class Job {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => String, { description: 'What is done, as a code.' })
  kind: string;
  @Field(() => JobState, { description: 'Where it stands.' })
  state: JobState;
  @Field(() => Float, { description: 'How much is done, in what the kind of work counts, e.g. persons.' })
  done: number;
  @Field(() => Float, {
    nullable: true,
    description: 'How much there was to do when it began; absent as long as nobody knows.',
  })
  total: number | null;
  @Field(() => String, { description: "What is done and how far it has come, in the caller's language." })
  message: string;
  @Field(() => String, { nullable: true, description: 'Code of the error by which it failed.' })
  error: string | null;
  @Field(() => Date, { description: 'When it was asked for.' })
  requestedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was begun.' })
  startedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it ended, however it ended.' })
  endedAt: Date | null;
}
