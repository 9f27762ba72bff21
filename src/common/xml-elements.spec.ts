import fc from 'fast-check';
import { readXmlElements } from './xml-elements';

/** The root's name, or that the text was refused as no XML; anything else that is thrown is a fault of ours. */
function nameOr(text: string): string {
  try {
    return readXmlElements(text).name;
  } catch (error) {
    if (error instanceof SyntaxError) return 'refused';
    throw error;
  }
}

describe('XML', () => {
  test('is read with its attributes, prefixes and references', () => {
    const root = readXmlElements(
      `\uFEFF<?xml version="1.0"?><!-- <b> --><a:list xmlns:a="urn:a" b='1 > 0'>\r\n <item/>t&amp;&#x41;<![CDATA[<&]]></a:list>\n`,
    );

    expect(root).toMatchObject({ name: 'a:list', text: 't&A<&', children: [{ name: 'item', text: '' }] });
    expect([...root.attributes]).toEqual([
      ['xmlns:a', 'urn:a'],
      ['b', '1 > 0'],
    ]);
  });

  test.each([
    ['is nothing', ' '],
    ['has two roots', '<a/><b/>'],
    ['has text beside its root', '<a/>b'],
    ['is not closed', '<a><b></b>'],
    ['is closed in another order', '<a><b></a></b>'],
    ['has an attribute without quotes', '<a b=1/>'],
    ['has an attribute twice', '<a b="1" b="2"/>'],
    ['declares entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['refers to half a character', '<a>&#xD800;</a>'],
    ['nests deeper than anything', '<a>'.repeat(100) + '</a>'.repeat(100)],
  ])('that %s is refused', (_, text) => {
    expect(() => readXmlElements(text)).toThrow(SyntaxError);
  });

  test('of any kind is read or refused', () => {
    const piece = fc.constantFrom(
      '<a',
      '>',
      '</a>',
      '/>',
      ' b="',
      '"',
      '&#0;',
      '<!--',
      '-->',
      'é',
      '<![CDATA[',
      ']]>',
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        expect(['a', 'refused']).toContain(nameOr(pieces.join('')));
      }),
    );
  });
});
