import {
  createScanner,
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { Faults, Place } from '../pack-fault';

const MAX_DEPTH = 64;
// SyntaxKind of jsonc-parser is a const enum, which a compiler of single files can't read.
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, END_OF_FILE] = [1, 2, 3, 4, 17];

/** A JSON file that remembers where each of its values stands. */
export class JsonFile {
  private constructor(
    readonly name: string,
    readonly value: unknown,
    private readonly root: Node,
    private readonly lines: LineIndex,
  ) {}

  /** Undefined, and all its syntax faults added, when the text is not JSON (RFC 8259, no property twice in an object). */
  static read(name: string, text: string, faults: Faults): JsonFile | undefined {
    const lines = new LineIndex(text);
    const tooDeep = placeTooDeep(text);
    if (tooDeep !== undefined) {
      faults.add(name, lines.placeOf(tooDeep), '', 'json-too-deep', { limit: MAX_DEPTH });
      return undefined;
    }
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    for (const { error, offset } of errors) {
      faults.add(name, lines.placeOf(offset), '', 'json-syntax', { detail: printParseErrorCode(error) });
    }
    if (!root || errors.length > 0) return undefined;
    for (const { node, property } of repeatedProperties(root)) {
      faults.add(name, lines.placeOf(node.offset), '', 'property-repeated', { property });
    }
    return new JsonFile(name, getNodeValue(root), root, lines);
  }

  /** Where the value at a JSON pointer stands; with `property`, where that property of it is named. */
  placeOf(pointer: string, property?: string): Place {
    const node = findNodeAtLocation(this.root, this.pathOf(pointer)) ?? this.root;
    const named = node.children?.find(
      ({ children }) => property !== undefined && children?.[0]?.value === property,
    );
    return this.lines.placeOf((named ?? node).offset);
  }

  private pathOf(pointer: string): (string | number)[] {
    const path: (string | number)[] = [];
    for (const part of pointer.split('/').slice(1)) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      path.push(findNodeAtLocation(this.root, path)?.type === 'array' ? Number(key) : key);
    }
    return path;
  }
}

/** Finds the line and column of a character of a text. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  placeOf(offset: number): Place {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }
}

/** The parser descends once for each level: a file of brackets alone would exhaust the stack. */
function placeTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  for (let depth = 0; ;) {
    const token: number = scanner.scan();
    if (token === END_OF_FILE) return undefined;
    if (token === OPEN_BRACE || token === OPEN_BRACKET) depth++;
    if (token === CLOSE_BRACE || token === CLOSE_BRACKET) depth--;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
}

function repeatedProperties(node: Node): { node: Node; property: string }[] {
  const children = node.children ?? [];
  const below = children.flatMap(repeatedProperties);
  if (node.type !== 'object') return below;
  const seen = new Set<string>();
  for (const { children: [key] = [] } of children) {
    const property = String(key?.value);
    if (key && seen.has(property)) below.push({ node: key, property });
    seen.add(property);
  }
  return below;
}
