import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AppError, type InputFault } from '../errors';

/** Checks inputs by their decorators; every fault at once, with its path, as INVALID_INPUT. */
export const inputPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    forbidUnknownValues: false,
    exceptionFactory: errors => new AppError('INVALID_INPUT', {}, faultsOf(errors, '')),
  });

/** The message of a fault is the constraint's own text in `locales/<language>/validation.json`. */
function faultsOf(errors: readonly ValidationError[], above: string): InputFault[] {
  return errors.flatMap(error => {
    const path = `${above}${error.property}`;
    const own = Object.keys(error.constraints ?? {}).map(name => ({ path, message: `validation.${name}` }));
    return [...own, ...faultsOf(error.children ?? [], `${path}.`)];
  });
}
