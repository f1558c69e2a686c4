import { schema } from '@octokit/graphql-schema';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  print,
} from 'graphql';
import { expect, test } from 'vitest';
import { githubSchema } from '../../../src/demo/github/schema/schema.ts';

/** GitHub's own, which names some fields twice. */
const official = () => buildSchema(schema.idl, { assumeValidSDL: true });

/** What there is of a type, each with all that a client depends on. */
function facts(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => `enum ${type.name}.${name}`);
  if (isUnionType(type)) return type.getTypes().map(({ name }) => `union ${type.name} = ${name}`);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => `input ${type.name}.${shown(field)}`);
  if (!isObjectType(type) && !isInterfaceType(type)) return [`scalar ${type.name}`];
  const kind = isObjectType(type) ? 'type' : 'interface';
  return [
    ...type.getInterfaces().map(({ name }) => `${kind} ${type.name} implements ${name}`),
    ...Object.values(type.getFields()).flatMap(({ name, type: given, args }) => [
      `${kind} ${type.name}.${name}: ${given}`,
      ...args.map((argument) => `${kind} ${type.name}.${name}(${shown(argument)})`),
    ]),
  ];
}

const shown = ({ name, type, default: given }: Pick<GraphQLArgument, 'name' | 'type' | 'default'>): string =>
  `${name}: ${type}${given?.literal === undefined ? '' : ` = ${print(given.literal)}`}`;

/** Arguments without which a field may not be asked for. */
function required(type: GraphQLNamedType): string[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ name, args }) =>
    args
      .filter((argument) => String(argument.type).endsWith('!') && argument.default === undefined)
      .map((argument) => `${type.name}.${name}(${argument.name})`),
  );
}

const own = Object.values(githubSchema().getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

test('R15 every type, field, argument and value is in the schema of GitHub, with the same type', () => {
  const theirs = official();
  const known = new Set(own.flatMap(({ name }) => theirs.getType(name) ?? []).flatMap(facts));
  expect(own.length).toBeGreaterThan(100);
  expect(own.flatMap(facts).filter((fact) => !known.has(fact))).toEqual([]);
  const asked = new Set(own.flatMap(required));
  const fields = new Set(own.flatMap(facts).map((fact) => /^\w+ (\w+\.\w+)/.exec(fact)?.[1]));
  const missing = own
    .flatMap(({ name }) => theirs.getType(name) ?? [])
    .flatMap(required)
    .filter((argument) => fields.has(argument.replace(/\(.*/, '')) && !asked.has(argument));
  expect(missing).toEqual([]);
});

test('the check itself finds what does not fit', () => {
  const theirs = official();
  const [wrong] = Object.values(
    buildSchema('type Label { name: String, colour: String! } type Query { label: Label }').getTypeMap(),
  );
  const known = new Set(facts(theirs.getType('Label') as GraphQLNamedType));
  expect(wrong && facts(wrong).filter((fact) => !known.has(fact))).toEqual([
    'type Label.name: String',
    'type Label.colour: String!',
  ]);
});
