import 'reflect-metadata';
import { IsEmail } from 'class-validator';
import { inputPipe } from './input-pipe';

class Letter {
  @IsEmail()
  to: string;
}

const check = (to: string): Promise<unknown> =>
  inputPipe().transform({ to }, { type: 'body', metatype: Letter }) as Promise<unknown>;

describe('an input', () => {
  it('with half a character in an address is invalid, and no fault of ours', async () => {
    await expect(check('somebody@example.org')).resolves.toEqual({ to: 'somebody@example.org' });
    await expect(check('a\udfffb')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(check(`a\udfffb@example.org`)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
