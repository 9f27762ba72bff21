// The published API: schema.graphql is what the code prints, everything in it is described, and nothing that
// integrators were promised (docs/api/released.graphql) is taken away.
//   --release   makes today's schema the promise
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  buildSchema,
  findBreakingChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from 'graphql';

const root = join(import.meta.dirname, '..');
const COMMITTED = join(root, 'schema.graphql');
const RELEASED = join(root, 'docs/api/released.graphql');

/** Every type, field, argument, input field, enum value and directive without a description. The roots are exempt:
 * code-first has no place to describe them, and their names are GraphQL's own. */
export function undescribed(sdl) {
  const schema = buildSchema(sdl);
  const types = Object.values(schema.getTypeMap()).filter(
    type => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const directives = schema.getDirectives().filter(directive => !isSpecifiedDirective(directive));
  return [
    ...types.flatMap(type => [...(roots.includes(type) ? [] : [[type.name, type]]), ...members(type)]),
    ...directives.flatMap(directive => [
      [`@${directive.name}`, directive],
      ...directive.args.map(arg => [`@${directive.name}(${arg.name}:)`, arg]),
    ]),
  ].flatMap(([name, { description }]) => (description?.trim() ? [] : [name]));
}

/** The parts of a type by the name an integrator would call them. */
function members(type) {
  if (isEnumType(type)) return type.getValues().map(value => [`${type.name}.${value.name}`, value]);
  if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type))
    return Object.values(type.getFields()).flatMap(field => [
      [`${type.name}.${field.name}`, field],
      ...(field.args ?? []).map(arg => [`${type.name}.${field.name}(${arg.name}:)`, arg]),
    ]);
  return [];
}

/** A deprecation tells what to use instead and from which day the old way is gone. */
export function undatedDeprecations(sdl) {
  const types = Object.values(buildSchema(sdl).getTypeMap()).filter(type => !isIntrospectionType(type));
  return types
    .flatMap(members)
    .filter(([, { deprecationReason }]) => deprecationReason && !/\d{4}-\d{2}-\d{2}/.test(deprecationReason))
    .map(([name]) => name);
}

/** What a client of the released schema could no longer do. */
export function breaking(released, current) {
  return findBreakingChanges(buildSchema(released), buildSchema(current)).map(change => change.description);
}

function printedByTheCode() {
  const run = (program, args) => execFileSync(program, args, { cwd: root, encoding: 'utf8' });
  run('npm', ['run', '--silent', 'build']);
  return run(process.execPath, ['dist/src/operations/print-schema.js']);
}

/** Every fault of the committed schema, as lines to act on. */
function faults() {
  const sdl = readFileSync(COMMITTED, 'utf8');
  const list = (names, fault) => names.map(name => `${name}: ${fault}`);
  return [
    ...(printedByTheCode() === sdl ? [] : ['schema.graphql is not what the code prints: npm run schema']),
    ...list(undescribed(sdl), 'has no description'),
    ...list(undatedDeprecations(sdl), 'is deprecated without a date (YYYY-MM-DD) in its reason'),
    ...(existsSync(RELEASED)
      ? list(
          breaking(readFileSync(RELEASED, 'utf8'), sdl),
          'breaks integrators; deprecate first. If it must be, npm run schema:release and a decision record',
        )
      : ['docs/api/released.graphql is missing: npm run schema:release makes today’s schema the promise']),
  ];
}

if (import.meta.main) {
  if (!existsSync(COMMITTED)) {
    console.log(
      'note: schema.graphql does not exist yet, so the API was not checked (npm run schema makes it)',
    );
  } else if (process.argv.includes('--release')) {
    mkdirSync(dirname(RELEASED), { recursive: true });
    copyFileSync(COMMITTED, RELEASED);
    console.log('docs/api/released.graphql is now what integrators hold.');
  } else {
    const found = faults();
    if (found.length) console.log(found.join('\n'));
    process.exitCode = found.length ? 1 : 0;
  }
}
