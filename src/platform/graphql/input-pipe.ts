import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { AppError, type InputFault } from '../errors';

/** Checks inputs by their decorators; every fault at once, with its path, as INVALID_INPUT. */
class InputPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      // The check of an email measures it with encodeURI, which throws for half a character.
      throw error instanceof URIError ? new AppError('INVALID_INPUT') : error;
    }
  }

  /** None of our rules waits for anything, and class-validator makes a promise for each that might. */
  protected override validate(object: object, options: ValidatorOptions): ValidationError[] {
    return validateSync(object, options);
  }
}

export const inputPipe = (): ValidationPipe =>
  new InputPipe({
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
