import { type ArgumentMetadata, type Type, ValidationPipe } from '@nestjs/common';
import {
  getMetadataStorage,
  validateSync,
  type ValidationError,
  type ValidatorOptions,
  ValidationTypes,
} from 'class-validator';
import { AppError, type InputFault } from '../errors';

/** Checks inputs by their decorators; every fault at once, with its path, as INVALID_INPUT. */
class InputPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      const { metatype } = metadata;
      return metatype && this.toValidate(metadata) && isFlat(metatype) && isObject(value)
        ? this.checked(Object.assign(new metatype(), value))
        : await super.transform(value, metadata);
    } catch (error) {
      // The check of an email measures it with encodeURI, which throws for half a character.
      throw error instanceof URIError ? new AppError('INVALID_INPUT') : error;
    }
  }

  private checked<Input extends object>(input: Input): Input {
    const errors = this.validate(input, this.validatorOptions);
    if (errors.length > 0) throw this.exceptionFactory(errors);
    return input;
  }

  /** None of our rules waits for anything, and class-validator makes a promise for each that might. */
  protected override validate(object: object, options: ValidatorOptions): ValidationError[] {
    return validateSync(object, options);
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By class, what {@link isFlat} found. */
const flat = new WeakMap<object, boolean>();

/**
 * Whether nothing in an input of a class is of a class with rules of its own. Then there is nothing to make of its parts,
 * which GraphQL has made: a device sends a thousand doses in one input, and each was copied for nothing.
 */
function isFlat(metatype: Type<object>): boolean {
  const known = flat.get(metatype);
  if (known !== undefined) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(metatype, '', false, false);
  const is = rules.every(({ type }) => type !== ValidationTypes.NESTED_VALIDATION);
  flat.set(metatype, is);
  return is;
}

export const inputPipe = (): ValidationPipe => {
  rememberRules();
  return new InputPipe({
    transform: true,
    forbidUnknownValues: false,
    exceptionFactory: errors => new AppError('INVALID_INPUT', {}, faultsOf(errors, '')),
  });
};

/**
 * The rules of a class are looked up once: class-validator walks all classes there are for each object it checks, which
 * was a twentieth of what recording a dose costs here. We use no groups, so a class has one set of rules.
 */
function rememberRules(): void {
  const storage = getMetadataStorage();
  if (Object.hasOwn(storage, 'getTargetValidationMetadatas')) return;
  const lookUp = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<object, ReturnType<typeof lookUp>>();
  storage.getTargetValidationMetadatas = (target, ...how) => {
    const rules = known.get(target) ?? lookUp(target, ...how);
    known.set(target, rules);
    return rules;
  };
}

/** The message of a fault is the constraint's own text in `locales/<language>/validation.json`. */
function faultsOf(errors: readonly ValidationError[], above: string): InputFault[] {
  return errors.flatMap(error => {
    const path = `${above}${error.property}`;
    const own = Object.keys(error.constraints ?? {}).map(name => ({ path, message: `validation.${name}` }));
    return [...own, ...faultsOf(error.children ?? [], `${path}.`)];
  });
}
