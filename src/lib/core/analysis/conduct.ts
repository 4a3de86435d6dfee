/**
 * How a cell's code behaves toward what it was given, read from its syntax tree and never from its text: whether a
 * value can leave it otherwise than by the names it defines and what it displays, and which of the names it uses it
 * uses only to summarise them.
 *
 * What is not known to be harmless is not: methods and functions are allowed by name, a value may be changed only
 * where the cell made it, and only by code that nothing outside of the cell can call later. It is asked before
 * publishing, where a refusal says which cell to rewrite.
 */
import type { CellMode } from '../notebook/notebook.ts';
import { EMPTY, partOf, type Part } from './conduct-parts.ts';
import { ConductReader, type Conduct } from './conduct-reader.ts';
import { tree } from './conduct-tree.ts';
import { parseSource, type Tree } from './syntax.ts';
import { parseTemplate, TooManyParts } from './template.ts';

export type { Conduct, Part };

const UNREAD: Conduct = {
	leaks: true,
	summarises: false,
	packs: true,
	controls: new Set(),
	functions: new Set(),
	calls: new Set(),
	files: new Set(),
	readable: true,
	parts: new Map(),
	shown: EMPTY
};

/**
 * What is looked at to read a cell, at most: some, and so much for each of its signs. The server reads cells that anyone
 * wrote, and what asks for more is read no further.
 */
const STEPS = 20_000;
const STEPS_A_SIGN = 100;

export function conductOf(source: string, mode: CellMode): Conduct | null {
	try {
		return readConduct(source, mode);
	} catch (error) {
		// It does not parse: it does not run.
		if (error instanceof SyntaxError) return null;
		// Too deep to be read here, where another stack may be larger: nothing is known to be harmless.
		if (error instanceof RangeError || error instanceof TooManyParts) return UNREAD;
		throw error;
	}
}

function readConduct(source: string, mode: CellMode): Conduct {
	const roots: readonly Tree[] =
		mode === 'md'
			? parseTemplate(source).parts.map((part) => tree(part.root))
			: [tree(parseSource(source).root)];
	const readers = roots.map(
		(root) => new ConductReader(root, STEPS + STEPS_A_SIGN * source.length)
	);
	const [only] = readers;
	if (mode === 'js' && only) return only.conduct();
	const all = readers.map((reader) => reader.conduct());
	const joined = (pick: (one: Conduct) => Iterable<string>): Set<string> =>
		new Set(all.flatMap((one) => [...pick(one)]));
	return {
		leaks: all.some((one) => one.leaks),
		summarises: all.some((one) => one.summarises),
		packs: all.some((one) => one.packs),
		controls: new Set(),
		functions: new Set(),
		calls: joined((one) => one.calls),
		files: joined((one) => one.files),
		readable: all.every((one) => one.readable),
		parts: new Map(),
		shown: partOf(
			joined((one) => one.shown.summed),
			joined((one) => one.shown.bare),
			joined((one) => one.shown.loose)
		)
	};
}
