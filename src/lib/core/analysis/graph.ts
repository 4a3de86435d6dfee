/**
 * Which cell takes what from which, and what is wrong with that: names defined twice, circles, unknown names.
 * Pure and independent of the cells' order on the page: the order only breaks ties. `readCells` parses again only
 * the cells whose source changed.
 */
import type { CellError, CellSource } from '../protocol/messages.ts';
import { BUILTINS, isBuiltin } from './builtins.ts';
import type { CellAnalysis, NamePlace } from './cell.ts';
import { analyseCell } from './cell.ts';
import { FIXED_GLOBALS, OPEN_GLOBALS } from './globals.ts';
import { nearest } from './near.ts';

/** A cell's analysis by its id, in page order. */
export type Analyses = ReadonlyMap<string, CellAnalysis>;

/** Keeps the analysis of each cell whose source and mode are the same. */
export function readCells(previous: Analyses, cells: readonly CellSource[]): Analyses {
	const next = new Map<string, CellAnalysis>();
	for (const { id, source, mode } of cells) {
		const kept = previous.get(id);
		next.set(
			id,
			kept && kept.source === source && kept.mode === mode ? kept : analyseCell(source, mode)
		);
	}
	return next;
}

/** A cell's place in the graph. */
export interface GraphCell {
	readonly id: string;
	readonly analysis: CellAnalysis;
	/** For each input, the cell that defines it; absent for built-ins, the language's names and unknown ones. */
	readonly sources: ReadonlyMap<string, string>;
	/** The distinct cells of `sources`. */
	readonly from: readonly string[];
	/** The cells that take a name from this one. */
	readonly to: readonly string[];
	/** What keeps the cell from running as the notebook stands. */
	readonly error: CellError | null;
	/** A cell that defines one of its inputs twice: it waits until that is mended. */
	readonly blockedBy: string | null;
}

export interface Graph {
	readonly cells: ReadonlyMap<string, GraphCell>;
	/** Every cell after those it takes from (circles last). */
	readonly order: readonly string[];
	/** The one cell that defines each name. */
	readonly definers: ReadonlyMap<string, string>;
}

export const EMPTY_GRAPH: Graph = { cells: new Map(), order: [], definers: new Map() };

/** Pure: the same analyses give the same graph, whatever ran before. */
export function buildGraph(analyses: Analyses): Graph {
	const definedBy = new Map<string, string[]>();
	for (const [id, { defines }] of analyses) {
		for (const name of defines) {
			const cells = definedBy.get(name);
			if (cells) cells.push(id);
			else definedBy.set(name, [id]);
		}
	}
	const definers = new Map<string, string>();
	for (const [name, [first]] of definedBy) if (first !== undefined) definers.set(name, first);

	const from = new Map<string, string[]>();
	const sources = new Map<string, Map<string, string>>();
	const to = new Map<string, string[]>([...analyses.keys()].map((id) => [id, []]));
	for (const [id, { inputs }] of analyses) {
		const found = new Map<string, string>();
		for (const name of inputs) {
			const definer = definers.get(name);
			if (definer !== undefined) found.set(name, definer);
		}
		const cells = [...new Set(found.values())];
		sources.set(id, found);
		from.set(id, cells);
		for (const cell of cells) to.get(cell)?.push(id);
	}

	const { order, circular } = sort([...analyses.keys()], from, to);
	const circles = findCircles(circular, from, analyses);
	const cells = new Map<string, GraphCell>();
	for (const [id, analysis] of analyses) {
		const found = sources.get(id) ?? new Map<string, string>();
		cells.set(id, {
			id,
			analysis,
			sources: found,
			from: from.get(id) ?? [],
			to: to.get(id) ?? [],
			error:
				sourceError(analysis) ??
				duplicateError(id, analysis, definedBy) ??
				circles.get(id) ??
				nameError(analysis, definers),
			blockedBy:
				analysis.inputs
					.map((name) => definedBy.get(name) ?? [])
					.find((definedIn) => definedIn.length > 1)?.[0] ?? null
		});
	}
	return { cells, order, definers };
}

/** Kahn's algorithm; among cells that are ready, page order. What is left is circular, or waits for a circle. */
function sort(
	ids: readonly string[],
	from: ReadonlyMap<string, readonly string[]>,
	to: ReadonlyMap<string, readonly string[]>
): { order: string[]; circular: string[] } {
	const missing = new Map(ids.map((id) => [id, from.get(id)?.length ?? 0]));
	const order = ids.filter((id) => missing.get(id) === 0);
	for (let i = 0; i < order.length; i++) {
		for (const next of to.get(order[i] ?? '') ?? []) {
			const left = (missing.get(next) ?? 0) - 1;
			missing.set(next, left);
			if (left === 0) order.push(next);
		}
	}
	const sorted = new Set(order);
	const circular = ids.filter((id) => !sorted.has(id));
	return { order: [...order, ...circular], circular };
}

/** An error for each cell that stands on a circle, naming the whole circle; those that only wait for one have none. */
function findCircles(
	suspects: readonly string[],
	from: ReadonlyMap<string, readonly string[]>,
	analyses: Analyses
): Map<string, CellError> {
	const errors = new Map<string, CellError>();
	const reach = new Map<string, Set<string>>();
	for (const id of suspects) {
		const seen = new Set<string>();
		const open = [...(from.get(id) ?? [])];
		for (let next = open.pop(); next !== undefined; next = open.pop()) {
			if (seen.has(next)) continue;
			seen.add(next);
			open.push(...(from.get(next) ?? []));
		}
		reach.set(id, seen);
	}
	for (const id of suspects) {
		if (!reach.get(id)?.has(id)) continue;
		const circle = suspects.filter(
			(other) => reach.get(id)?.has(other) && reach.get(other)?.has(id)
		);
		const inside = new Set(circle.flatMap((cell) => analyses.get(cell)?.defines ?? []));
		const use = analyses.get(id)?.uses.find(({ name }) => inside.has(name));
		const names = circle.flatMap((cell) =>
			(analyses.get(cell)?.defines ?? []).filter((name) =>
				circle.some((user) => analyses.get(user)?.inputs.includes(name))
			)
		);
		errors.set(id, {
			code: 'cycle',
			details: { names: [...new Set(names)].join(', ') },
			line: use?.line ?? null,
			column: use?.column ?? null,
			related: circle
		});
	}
	return errors;
}

const errorAt = (
	code: CellError['code'],
	details: CellError['details'],
	place: { line: number; column: number } | undefined,
	related: readonly string[] = []
): CellError => ({
	code,
	details,
	line: place?.line ?? null,
	column: place?.column ?? null,
	related
});

function sourceError({ problem, imports }: CellAnalysis): CellError | null {
	if (problem) return errorAt(problem.code, problem.details, problem);
	const [place] = imports;
	return place ? absent('import', place) : null;
}

const absent = (name: string, place: { line: number; column: number }): CellError =>
	errorAt('absent_builtin', { name, advice: BUILTINS.get(name)?.advice ?? 'library' }, place);

function duplicateError(
	id: string,
	{ definitions }: CellAnalysis,
	definedBy: ReadonlyMap<string, readonly string[]>
): CellError | null {
	const twice = definitions.find(({ name }) => (definedBy.get(name)?.length ?? 0) > 1);
	if (!twice) return null;
	const others = (definedBy.get(twice.name) ?? []).filter((cell) => cell !== id);
	return errorAt('duplicate', { name: twice.name }, twice, others);
}

const isAbsent = ({ name }: Pick<NamePlace, 'name'>): boolean =>
	BUILTINS.get(name)?.presence === 'absent';

function nameError(
	{ uses, globals }: CellAnalysis,
	definers: ReadonlyMap<string, string>
): CellError | null {
	const unknown = uses.find(
		({ name }) =>
			!definers.has(name) && !isBuiltin(name) && (!OPEN_GLOBALS.has(name) || isAbsent({ name }))
	);
	const gone = globals.find(isAbsent);
	if (gone && !(unknown && unknown.start < gone.start)) return absent(gone.name, gone);
	if (!unknown) return null;
	if (isAbsent(unknown)) return absent(unknown.name, unknown);
	return errorAt(
		'unknown_name',
		{ name: unknown.name, suggestion: nearest(unknown.name, knownNames(definers)) },
		unknown
	);
}

function* knownNames(definers: ReadonlyMap<string, string>): Generator<string> {
	yield* definers.keys();
	for (const [name, { presence }] of BUILTINS) if (presence !== 'absent') yield name;
	for (const names of [FIXED_GLOBALS, OPEN_GLOBALS]) {
		for (const name of names) if (BUILTINS.get(name)?.presence !== 'absent') yield name;
	}
}
