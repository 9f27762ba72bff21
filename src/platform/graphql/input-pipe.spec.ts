import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsEmail, ValidateNested } from 'class-validator';
import { inputPipe } from './input-pipe';

class Letter {
  @IsEmail()
  to: string;
}

class Bundle {
  @ArrayMaxSize(2)
  dates: Date[];
}

class Post {
  @ValidateNested({ each: true })
  @Type(() => Letter)
  letters: Letter[];
}

const made = (metatype: new () => object, value: object): Promise<unknown> =>
  inputPipe().transform(value, { type: 'body', metatype }) as Promise<unknown>;
const check = (to: string): Promise<unknown> => made(Letter, { to });

describe('an input', () => {
  it('with half a character in an address is invalid, and no fault of ours', async () => {
    await expect(check('somebody@example.org')).resolves.toEqual({ to: 'somebody@example.org' });
    await expect(check('a\udfffb')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(check(`a\udfffb@example.org`)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('of parts that have no rules is of its class, with its parts as they are', async () => {
    const dates = [new Date(0)];
    const bundle = (await made(Bundle, { dates })) as Bundle;
    expect(bundle).toBeInstanceOf(Bundle);
    expect(bundle.dates).toBe(dates);
    await expect(made(Bundle, { dates: [...dates, ...dates, ...dates] })).rejects.toMatchObject({
      faults: [{ path: 'dates', message: 'validation.arrayMaxSize' }],
    });
  });

  it('of parts that have rules is checked with them', async () => {
    const post = (await made(Post, { letters: [{ to: 'somebody@example.org' }] })) as Post;
    expect(post.letters[0]).toBeInstanceOf(Letter);
    await expect(made(Post, { letters: [{ to: 'nobody' }] })).rejects.toMatchObject({
      faults: [{ path: 'letters.0.to', message: 'validation.isEmail' }],
    });
  });
});
