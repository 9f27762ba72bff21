import { fork } from 'node:child_process';
import { join } from 'node:path';

/**
 * What a program of this folder answers to a message, from a process of its own that lives no longer than this one.
 * Throws when it dies without an answer.
 */
export function askApart<Answer>(program: string, message: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, program), {
      execArgv: ['--require', join(__dirname, '../register-ts.cjs')],
      serialization: 'advanced',
    });
    child.once('message', answer => resolve(answer as Answer));
    child.once('exit', code => reject(new Error(`${program} ended with ${code}`)));
    child.send(message);
  });
}

/** What a program that {@link askApart} runs does: it answers the one message it is sent, and ends with who sent it. */
export function answerApart<Message, Answer>(answer: (message: Message) => Promise<Answer>): void {
  process.once('disconnect', () => process.exit(1));
  process.once('message', (message: Message) => {
    answer(message).then(
      result => process.send!(result, () => process.exit(0)),
      (error: Error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
  });
}
