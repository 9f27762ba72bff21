import { TypeMetadataStorage } from '@nestjs/graphql';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, ValidationTypes } from 'class-validator';

type Class = new () => object;

const rulesOf = (kind: Class) => getMetadataStorage().getTargetValidationMetadatas(kind, '', false, false);

/**
 * Parts of inputs whose rules nobody would ask: a part is checked by its own when the input says so (`@ValidateNested`) and
 * it has been made one of its class (`@Type`). Named `Input.property`. The schema has been built.
 */
export function uncheckedParts(): string[] {
  const inputs = [
    ...TypeMetadataStorage.getInputTypesMetadata(),
    ...TypeMetadataStorage.getArgumentsMetadata(),
  ];
  const classes = new Map(inputs.map(({ target, properties }) => [target as Class, properties ?? []]));
  const partsOf = (kind: Class) =>
    (classes.get(kind) ?? []).flatMap(({ name, typeFn }) => {
      const part = typeFn() as Class;
      return classes.has(part) ? [{ name, part }] : [];
    });
  const hasRules = (kind: Class, above: readonly Class[] = []): boolean =>
    rulesOf(kind).length > 0 ||
    partsOf(kind).some(({ part }) => !above.includes(part) && hasRules(part, [...above, kind]));
  const isChecked = (kind: Class, name: string, part: Class): boolean =>
    rulesOf(kind).some(
      ({ propertyName, type }) => propertyName === name && type === ValidationTypes.NESTED_VALIDATION,
    ) && (plainToInstance(kind, { [name]: {} }) as Record<string, unknown>)[name] instanceof part;
  return [...classes.keys()].flatMap(kind =>
    partsOf(kind)
      .filter(({ name, part }) => hasRules(part) && !isChecked(kind, name, part))
      .map(({ name }) => `${kind.name}.${name}`),
  );
}
