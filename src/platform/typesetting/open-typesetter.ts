import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** Scripts that a page can set; a country with another adds its font package here and in the templates' lists. */
const fontPackages = [
  'noto-sans',
  'noto-sans-bengali',
  'noto-sans-devanagari',
  'noto-sans-arabic',
  'noto-sans-ethiopic',
];
const fontWeights = ['400Regular', '600SemiBold'];

/** A typesetter (Typst) with the fonts of the product, for templates that may import files of one folder. */
export function openTypesetter(workspace: string): NodeCompiler {
  const fontPaths = fontPackages.flatMap(name => {
    const folder = dirname(require.resolve(`@expo-google-fonts/${name}/package.json`));
    return fontWeights.map(weight => join(folder, weight));
  });
  return NodeCompiler.create({ workspace, fontArgs: [{ fontPaths }] });
}
