/**
 * Guards on what the cell worker says. Everything is rebuilt from scratch, field by field: what comes out has the
 * type's fields and nothing else, whatever came in. A guard throws `Malformed` and nothing else; it looks at a
 * bounded number of values (a cyclic or gigantic message costs what `LIMITS` allows).
 */
import { isShownAs } from '../dataset/value-type.ts';
import { isTime } from '../date-text.ts';
import { isPlain, Malformed, Reader } from './reader.ts';
import {
	CELL_ERROR_CODES,
	COLUMN_TYPES,
	LIMITS,
	RUN_STATES,
	type CellError,
	type CellFacts,
	type CellState,
	type ColumnInfo,
	type ColumnSummary,
	type InspectEntry,
	type InspectNode,
	type Output,
	type Picture,
	type PictureTable,
	type TableSummary,
	type WorkerMessage
} from './messages.ts';
import { readControl } from './control-guard.ts';
import { PREVIEW_ENDS, type JoinMatches, type Preview } from './preview.ts';
import type { ArrangedWindow } from './table-query.ts';
import { index, scalar, share, TABLE_REPLIES } from './table-guard.ts';
import { readTips, readTree } from './picture-guard.ts';
import { readPlaces, readDigest, readRowKeys, type RowKeys, type RowPlace } from './row-anchors.ts';
import { GROUP_SIZES, type GroupSizes } from '../governance/group-sizes.ts';
import { CELL_KINDS } from '../notebook/kind.ts';
import {
	LICENCES,
	PUBLICATION_TERMS,
	TERM_DAY,
	TERMS_LIMITS,
	type Lineage
} from '../governance/terms.ts';

export { Malformed };

/** A reply is read in two steps: its shape depends on what was asked. */
export type Heard =
	| Exclude<WorkerMessage, { type: 'reply' }>
	| { type: 'reply'; request: number; ok: true; value: unknown }
	| { type: 'reply'; request: number; ok: false; code: string };

const NAME = 1_000;

/** Reads any message; `chars` is what it weighed. Throws `Malformed`. */
export function readMessage(value: unknown): { message: Heard; chars: number } {
	const reader = new Reader();
	return { message: message(reader, value), chars: reader.chars };
}

function message(r: Reader, value: unknown): Heard {
	const m = r.record(value);
	switch (m.type) {
		case 'ready':
			return { type: 'ready' };
		case 'graph':
			return { type: 'graph', cells: r.list(m.cells, LIMITS.messageCells, facts) };
		case 'running':
			return { type: 'running', cell: r.text(m.cell, NAME), run: r.count(m.run) };
		case 'states':
			return { type: 'states', states: r.list(m.states, LIMITS.messageCells, state) };
		case 'outputs':
			return {
				type: 'outputs',
				cell: r.text(m.cell, NAME),
				run: r.count(m.run),
				outputs: r.list(m.outputs, LIMITS.outputsPerCell, output)
			};
		case 'rest':
			return { type: 'rest', heard: r.count(m.heard) };
		case 'need-file':
			return { type: 'need-file', name: r.text(m.name, 200) };
		case 'previewing':
			return { type: 'previewing', request: r.count(m.request) };
		case 'arranging':
			return { type: 'arranging', request: r.count(m.request), done: share(r, m.done) };
		case 'reply':
			if (m.ok === true)
				return { type: 'reply', request: r.count(m.request), ok: true, value: m.value };
			return { type: 'reply', request: r.count(m.request), ok: false, code: r.text(m.code, 100) };
		default:
			throw new Malformed('type');
	}
}

const name = (r: Reader, value: unknown) => r.text(value, NAME);
const names = (r: Reader, value: unknown) => r.list(value, LIMITS.columns, name);

/** What a cell defines is written as it is in the sources that panels print: it must be a name and nothing else. */
const DEFINED = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
function defined(r: Reader, value: unknown): string {
	const text = name(r, value);
	if (!DEFINED.test(text)) throw new Malformed('defined');
	return text;
}

function facts(r: Reader, value: unknown): CellFacts {
	const m = r.record(value);
	const columns = Object.entries(r.record(m.columns)).map(
		([key, list]) => [defined(r, key), names(r, list)] as const
	);
	return {
		id: name(r, m.id),
		kind: r.one(m.kind, CELL_KINDS),
		defines: r.list(m.defines, LIMITS.columns, defined),
		uses: names(r, m.uses),
		from: names(r, m.from),
		// Defines own properties, even one named __proto__.
		columns: Object.fromEntries(columns)
	};
}

function state(r: Reader, value: unknown): CellState {
	const m = r.record(value);
	return {
		id: name(r, m.id),
		run: r.count(m.run),
		state: r.one(m.state, RUN_STATES),
		ms: r.maybe(m.ms, (v) => r.number(v)),
		error: r.maybe(m.error, (v) => cellError(r, v)),
		blockedBy: r.maybe(m.blockedBy, (v) => name(r, v))
	};
}

function cellError(r: Reader, value: unknown): CellError {
	const m = r.record(value);
	const details = Object.entries(r.record(m.details)).map(
		([key, v]) =>
			[r.text(key, 100), typeof v === 'number' ? v : r.text(v, LIMITS.textChars)] as const
	);
	if (details.length > 20) throw new Malformed('details');
	return {
		code: r.one(m.code, CELL_ERROR_CODES),
		details: Object.fromEntries(details),
		line: r.maybe(m.line, (v) => r.count(v)),
		column: r.maybe(m.column, (v) => r.count(v)),
		related: r.list(m.related, LIMITS.messageCells, name)
	};
}

function output(r: Reader, value: unknown): Output {
	const m = r.record(value);
	switch (m.kind) {
		case 'table':
			return {
				kind: 'table',
				table: name(r, m.table),
				named: r.maybe(m.named, (v) => name(r, v)),
				rows: r.count(m.rows),
				columns: r.list(m.columns, LIMITS.columns, column),
				lineage: lineage(r, m.lineage),
				...groups(r, m.groups)
			};
		case 'picture':
			return {
				kind: 'picture',
				picture: picture(r, m.picture),
				lineage: r.maybe(m.lineage, (v) => lineage(r, v)),
				...groups(r, m.groups)
			};
		case 'control':
			return {
				kind: 'control',
				control: name(r, m.control),
				description: readControl(r, m.description)
			};
		case 'text':
			return {
				kind: 'text',
				markdown: r.text(m.markdown, LIMITS.markdownChars),
				...groups(r, m.groups)
			};
		case 'value':
			return {
				kind: 'value',
				value: inspected(r, m.value),
				lineage: r.maybe(m.lineage, (v) => lineage(r, v)),
				...groups(r, m.groups)
			};
		default:
			throw new Malformed('kind');
	}
}

function groups(r: Reader, value: unknown): { groups?: readonly GroupSizes[] } {
	if (value === undefined) return {};
	const sizes = (v: unknown) => r.list(v, GROUP_SIZES.most, (_, size) => r.count(size));
	return {
		groups: r.list(value, GROUP_SIZES.files, (_, v) => {
			const m = r.record(v);
			return {
				file: r.text(m.file, 200),
				sizes: sizes(m.sizes),
				rests: sizes(m.rests),
				told: r.flag(m.told)
			};
		})
	};
}

function column(r: Reader, value: unknown): ColumnInfo {
	const m = r.record(value);
	const type = r.one(m.type, COLUMN_TYPES);
	// Says only how values are written: one that does not fit is left out.
	const { valueType } = m;
	return { name: name(r, m.name), type, ...(isShownAs(valueType, type) ? { valueType } : {}) };
}

function picture(r: Reader, value: unknown): Picture {
	const m = r.record(value);
	const tree = readTree(r, m.tree);
	return {
		tree,
		title: r.text(m.title, LIMITS.textChars),
		subtitle: r.text(m.subtitle, LIMITS.textChars),
		caption: r.text(m.caption, LIMITS.textChars),
		description: r.text(m.description, LIMITS.textChars),
		data: r.list(m.data, 100, pictureTable),
		marks: r.count(m.marks),
		tips: readTips(r, m.tips, tree)
	};
}

/** The data behind one mark; also read again by the server when a report is published. */
function pictureTable(r: Reader, value: unknown): PictureTable {
	const m = r.record(value);
	const columns = r.list(m.columns, 100, name);
	return {
		mark: name(r, m.mark),
		columns,
		rows: r.list(m.rows, LIMITS.pictureDataRows, (_, row) => {
			const cells = r.list(row, columns.length, scalar);
			if (cells.length !== columns.length) throw new Malformed('row');
			return cells;
		}),
		total: r.count(m.total)
	};
}

function lineage(r: Reader, value: unknown): Lineage {
	const m = r.record(value);
	return {
		sources: r.list(m.sources, 1_000, (_, v) => {
			const s = r.record(v);
			return {
				datasetId: name(r, s.datasetId),
				slug: name(r, s.slug),
				version: r.count(s.version),
				hash: r.text(s.hash, 128),
				title: r.text(s.title, LIMITS.textChars),
				organisation: r.text(s.organisation, LIMITS.textChars),
				licence: r.one(s.licence, LICENCES),
				publication: r.one(s.publication, PUBLICATION_TERMS),
				synthetic: r.flag(s.synthetic),
				rows: r.count(s.rows),
				...(s.minimumGroup !== undefined && { minimumGroup: r.count(s.minimumGroup) }),
				...(s.validUntil !== undefined && { validUntil: day(r, s.validUntil) }),
				...(s.purpose !== undefined && { purpose: r.text(s.purpose, TERMS_LIMITS.purpose) }),
				...(s.acknowledgement !== undefined && {
					acknowledgement: r.text(s.acknowledgement, TERMS_LIMITS.acknowledgement)
				})
			};
		}),
		steps: r.list(m.steps, 10_000, (_, v) => {
			const s = r.record(v);
			return {
				cell: name(r, s.cell),
				verb: name(r, s.verb),
				rows: r.maybe(s.rows, (n) => r.count(n))
			};
		})
	};
}

function day(r: Reader, value: unknown): string {
	const text = r.text(value, 10);
	if (!TERM_DAY.test(text)) throw new Malformed('day');
	return text;
}

const INSPECT_TYPES = [
	'undefined',
	'null',
	'boolean',
	'number',
	'bigint',
	'string',
	'symbol',
	'date',
	'function',
	'regexp',
	'error',
	'array',
	'object',
	'map',
	'set',
	'typed-array',
	'promise',
	'generator'
] as const satisfies readonly InspectNode['type'][];

function inspected(r: Reader, value: unknown): InspectNode {
	const m = r.record(value);
	if (m.type === 'date' && typeof m.number === 'number' && !isTime(m.number))
		throw new Malformed('date');
	return r.deeper(() => ({
		type: r.one(m.type, INSPECT_TYPES),
		text: r.text(m.text, LIMITS.textChars),
		number: r.maybe(m.number, (v) => r.number(v)),
		size: r.maybe(m.size, (v) => r.count(v)),
		handle: r.maybe(m.handle, (v) => r.count(v)),
		entries: r.list(m.entries, 1_000, entry)
	}));
}

function entry(r: Reader, value: unknown): InspectEntry {
	const m = r.record(value);
	return { key: r.text(m.key, LIMITS.textChars), value: inspected(r, m.value) };
}

// ---------------------------------------------------------------- replies, by what was asked

export const REPLIES = {
	/** @param rows of the table; an arrangement has no more */
	window: (value: unknown, columns: number, count: number, rows = Infinity): ArrangedWindow => {
		const r = new Reader();
		const m = r.record(value);
		const below = (limit: number) => (_: Reader, v: unknown) => index(r, v, limit);
		return {
			offset: r.count(m.offset),
			columns: r.list(m.columns, columns, (_, values) => r.list(values, count, scalar)),
			...(m.rows !== undefined && { rows: r.list(m.rows, count, below(rows)) }),
			...(m.hits !== undefined && {
				hits: r.list(m.hits, columns, (_, values) => r.list(values, count, below(count)))
			})
		};
	},
	...TABLE_REPLIES,
	summary: (value: unknown): TableSummary => {
		const r = new Reader();
		const m = r.record(value);
		return { rows: r.count(m.rows), columns: r.list(m.columns, LIMITS.columns, columnSummary) };
	},
	lineage: (value: unknown): Lineage => lineage(new Reader(), value),
	rowKeys: (value: unknown): RowKeys => readRowKeys(new Reader(), value),
	digest: (value: unknown): string => readDigest(new Reader(), value),
	/** @param wanted how many rows were looked for; @param rows of the table */
	places: (value: unknown, wanted: number, rows: number): readonly RowPlace[] =>
		readPlaces(new Reader(), value, wanted, rows),
	expand: (value: unknown): readonly InspectEntry[] => new Reader().list(value, 10_000, entry),
	/** @param steps that were asked for; null: a later request took the place of this one */
	preview: (value: unknown, steps: number): Preview | null => {
		if (value === null) return null;
		const r = new Reader();
		const m = r.record(value);
		const end = r.one(m.end, PREVIEW_ENDS);
		const stages = r.list(m.stages, steps + 1, (_, v) => {
			const s = r.record(v);
			return {
				table: name(r, s.table),
				rows: r.count(s.rows),
				columns: r.list(s.columns, LIMITS.columns, column),
				ms: r.number(s.ms)
			};
		});
		// Whole where there is one for each, and only there; an error where one failed, and only there.
		if ((end === 'whole') !== (stages.length === steps + 1)) throw new Malformed('stages');
		if ((end === 'failed') !== (m.error !== null)) throw new Malformed('error');
		return {
			...{ stages, end, error: end === 'failed' ? cellError(r, m.error) : null },
			...(end === 'picture' && { picture: picture(r, m.picture) })
		};
	},
	/** @param pairs of columns that are matched; @param rows of the table at hand */
	matches: (value: unknown, pairs: number, rows: number): JoinMatches => {
		const r = new Reader();
		const m = r.record(value);
		if (r.count(m.rows) !== rows) throw new Malformed('rows');
		const otherRows = r.count(m.otherRows);
		const unmatched = r.list(m.unmatched, LIMITS.unmatchedKeys, (_, v) => {
			const u = r.record(v);
			const values = r.list(u.values, pairs, scalar);
			if (values.length !== pairs) throw new Malformed('values');
			return {
				values,
				rows: index(r, u.rows, rows + 1),
				near: r.maybe(u.near, (text) => r.text(text, LIMITS.textChars))
			};
		});
		const unmatchedKeys = index(r, m.unmatchedKeys, rows + 1);
		if (unmatchedKeys < unmatched.length) throw new Malformed('unmatched');
		// Each row at hand is there at least once, and at most with each of the others.
		const made = index(r, m.made, rows * Math.max(1, otherRows) + 1);
		if (made < rows) throw new Malformed('made');
		const unlike = r.list(m.unlike, pairs, (_, place) => index(r, place, pairs));
		if (new Set(unlike).size !== unlike.length) throw new Malformed('unlike');
		return {
			rows,
			matched: index(r, m.matched, rows + 1),
			missing: index(r, m.missing, rows + 1),
			several: index(r, m.several, rows + 1),
			made,
			unlike,
			otherRows,
			otherMatched: index(r, m.otherMatched, otherRows + 1),
			unmatchedKeys,
			unmatched
		};
	},
	ping: (value: unknown): null => {
		if (!Array.isArray(value) && !isPlain(value) && value !== null) throw new Malformed('ping');
		return null;
	}
};

function columnSummary(r: Reader, value: unknown): ColumnSummary {
	const m = r.record(value);
	const quantity = (v: unknown) => r.maybe(v, (n) => r.number(n));
	return {
		...column(r, value),
		missing: r.count(m.missing),
		distinct: r.maybe(m.distinct, (v) => r.count(v)),
		min: quantity(m.min),
		max: quantity(m.max),
		mean: quantity(m.mean),
		bins: r.list(m.bins, 200, (_, v) => r.count(v)),
		top: r.list(m.top, 50, (_, v) => r.text(v, LIMITS.markdownChars))
	};
}
