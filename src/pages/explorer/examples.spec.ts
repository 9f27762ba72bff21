import { buildSchema } from 'graphql';
import { examplesOf } from './examples';

const schema = buildSchema(`
  enum Channel { SMS EMAIL }
  input Name { language: String!, text: String!, note: String }
  input Invite { code: ID!, names: [Name!]!, channel: Channel!, doses: Int!, urgent: Boolean!, remark: String = "-" }
  type Query { hello(language: String): String, twice(times: Int! = 2): String }
  type Mutation { invite(input: Invite!): ID }
`);

const FILE = `
  # Somebody is invited.
  query Hello($language: String) { hello(language: $language) }
  mutation InviteOne($input: Invite!) { invite(input: $input) }
`;

describe('the examples in the explorer', () => {
  it('are one for each operation of a file, in its order', () => {
    const examples = examplesOf('01-invite-and-license.graphql', FILE, schema);

    expect(examples.map(({ group, name, kind }) => [group, name, kind])).toEqual([
      ['invite and license', 'Hello', 'query'],
      ['invite and license', 'InviteOne', 'mutation'],
    ]);
  });

  it('stand alone, without the other operations of their file', () => {
    expect(examplesOf('01-a.graphql', FILE, schema)[0]!.query).toBe(
      'query Hello($language: String) {\n  hello(language: $language)\n}',
    );
  });

  it('bring every variable that must be given, in its shape, and no other', () => {
    const [hello, invite] = examplesOf('01-a.graphql', FILE, schema);

    expect(hello!.variables).toBe('');
    expect(JSON.parse(invite!.variables)).toEqual({
      input: { code: '', names: [{ language: '', text: '' }], channel: 'SMS', doses: 0, urgent: false },
    });
  });
});
