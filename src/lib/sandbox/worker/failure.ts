/**
 * What went wrong in a cell, as a code and a place in the cell's own source. People read the messages
 * `cell_error_<code>`; what an exception itself says is passed on as a detail.
 */
import { ColumnTable } from 'arquero';
import { nearest } from '../../core/analysis/near.ts';
import type { CellError, CellErrorCode } from '../../core/protocol/messages.ts';
import type { CellNode } from './cell-node.ts';
import { failureOf } from './lineage.ts';
import { MissingColumn } from './plottable.ts';

/** Thrown by our own built-ins: it already has its code. */
export class CellFailure extends Error {
	readonly code: CellErrorCode;
	readonly details: Readonly<Record<string, string | number>>;
	constructor(code: CellErrorCode, details: Record<string, string | number> = {}) {
		super(Object.values(details).join(' ') || code);
		this.code = code;
		this.details = details;
	}
}

const MAX_MESSAGE = 1_000;

export function cellErrorOf(error: unknown, node: CellNode, inputs: readonly unknown[]): CellError {
	const place = placeIn(node, error);
	const found = describe(error, inputs);
	return { ...found, ...place, related: [] };
}

function describe(error: unknown, inputs: readonly unknown[]): Pick<CellError, 'code' | 'details'> {
	if (error instanceof CellFailure) return { code: error.code, details: error.details };
	if (error instanceof MissingColumn) return missing(error.column, error.columns);
	const large = tooLarge(error);
	if (large) return large;
	const message = messageOf(error);
	const column = missingColumn(message, error);
	if (column !== null) return missing(column, columnsNear(error, inputs));
	const outer = /^Invalid (?:variable reference|function call): "([^"]*)"/.exec(message);
	if (outer && message.includes('closures')) {
		return { code: 'closure', details: { name: (outer[1] ?? '').replace(/\(.*$/s, '') } };
	}
	return { code: 'exception', details: { message } };
}

/** A chart given up while it was drawn. Plot is a script of its own: its error is known by its members. */
function tooLarge(error: unknown): Pick<CellError, 'code' | 'details'> | null {
	if (!(error instanceof Error) || error.name !== 'PictureTooLarge') return null;
	const { what, limit } = error as { what?: unknown; limit?: unknown };
	return typeof what === 'string' && typeof limit === 'number'
		? { code: 'output_too_large', details: { what, limit } }
		: null;
}

const missing = (
	name: string,
	columns: readonly string[]
): Pick<CellError, 'code' | 'details'> => ({
	code: 'missing_column',
	details: { name: name.slice(0, MAX_MESSAGE), suggestion: nearest(name, columns) }
});

function messageOf(error: unknown): string {
	try {
		const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
		const text = name && name !== 'Error' ? `${name}: ${message}` : String(message);
		return text.slice(0, MAX_MESSAGE);
	} catch {
		return ''; // a message that throws when read
	}
}

/**
 * The column that Arquero did not find, or null. Its message quotes an expression (`d.Salle`); of a name given as a
 * text it leaves out the first three characters, so that one is looked for among what the verb was given.
 */
function missingColumn(message: string, error: unknown): string | null {
	const named =
		/^Unrecognized column: ([^]+)$/.exec(message) ??
		/^Invalid impute column "([^]*)"$/.exec(message);
	if (named) return named[1] ?? '';
	const invalid = /^Invalid column reference: "([^]*)"$/.exec(message);
	if (!invalid) return null;
	const quoted = invalid[1] ?? '';
	const failure = failureOf(error);
	const given = failure ? namesIn(failure.args).filter((n) => !failure.columns.includes(n)) : [];
	const cut = given.find((name) => name.slice(3) === quoted);
	if (cut !== undefined) return cut;
	const member =
		/\[\s*["'`]([^]*?)["'`]\s*\]$/.exec(quoted) ?? /\.([\p{L}\p{N}_$]+)$/u.exec(quoted);
	return member?.[1] ?? (quoted || (given[0] ?? ''));
}

/** The texts given to a verb: column names, for those that take names. */
function namesIn(value: unknown, depth = 0): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null || value instanceof ColumnTable || depth > 3) {
		return [];
	}
	return Object.values(value).flatMap((part) => namesIn(part, depth + 1));
}

function columnsNear(error: unknown, inputs: readonly unknown[]): string[] {
	const failure = failureOf(error);
	if (failure) return failure.columns;
	return inputs.flatMap((value) => (value instanceof ColumnTable ? value.columnNames() : []));
}

/** Where the cell's own code was when the error was made, from the stack as Chromium, Firefox and Safari write it. */
export function placeIn(
	{ id, analysis }: Pick<CellNode, 'id' | 'analysis'>,
	error: unknown
): { line: number | null; column: number | null } {
	let stack: unknown;
	try {
		stack = typeof error === 'object' && error !== null ? (error as { stack?: unknown }).stack : '';
	} catch {
		stack = '';
	}
	return placeInStack(
		typeof stack === 'string' ? stack : '',
		id,
		analysis.compiled?.firstLine ?? 1
	);
}

export function placeInStack(
	stack: string,
	cell: string,
	firstLine: number
): { line: number | null; column: number | null } {
	const name = `cellule-${encodeURIComponent(cell)}.js:`;
	const at = stack.indexOf(name);
	const place = at < 0 ? null : /^(\d+)(?::(\d+))?/.exec(stack.slice(at + name.length));
	const line = place ? Number(place[1]) - firstLine + 1 : 0;
	if (line < 1) return { line: null, column: null };
	return { line, column: place?.[2] === undefined ? null : Number(place[2]) };
}
