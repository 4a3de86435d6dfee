/** Reads an anchor that someone sent: rebuilt field by field, within ANCHOR_LIMITS; nothing else of it is kept. */
import {
	ANCHOR_LIMITS,
	type Anchor,
	type KeyPart,
	type KeyValue,
	type SourceRange
} from './anchor.ts';

const LIMITS = ANCHOR_LIMITS;
/** As `core/ids` and the notebook's format make them. */
const CELL = /^[a-z0-9-]{1,40}$/;
const MARK = /^[A-Za-z]{0,40}$/;
const POSITION = /^[A-Za-z0-9_-]+$/;
/** Of each table. */
const DIGEST = /^[0-9a-f]{16}(-[0-9a-f]{16})*$/;
const DATE = /^[+-]?\d{4,6}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?)?$/;

/** Thrown within, answered as null. */
class Unlike extends Error {}

/** null for what is no anchor, or one past the limits. */
export function anchorOf(value: unknown): Anchor | null {
	try {
		return read(fields(value));
	} catch (error) {
		if (error instanceof Unlike) return null;
		throw error;
	}
}

function read(from: Fields): Anchor {
	const cell = matching(from.cell, CELL);
	switch (from.kind) {
		case 'cell':
			return { kind: 'cell', cell };
		case 'text':
		case 'step':
			return { kind: from.kind, cell, ...rangeOf(from) };
		case 'mark':
			return { kind: 'mark', cell, mark: matching(from.mark, MARK), keys: keysOf(from.keys) };
		case 'row':
			return { kind: 'row', cell, keys: keysOf(from.keys) };
		case 'value':
			return {
				kind: 'value',
				cell,
				keys: keysOf(from.keys),
				column: text(from.column, LIMITS.column),
				value: keyValueOf(from.value)
			};
		case 'outcome':
			return {
				...({ kind: 'outcome', cell } as const),
				reading: text(from.reading, LIMITS.reading),
				...(from.digest === undefined
					? {}
					: { digest: matching(text(from.digest, LIMITS.digest), DIGEST) })
			};
		default:
			throw new Unlike();
	}
}

function rangeOf(from: Fields): SourceRange {
	const quote = text(from.quote, LIMITS.quote);
	if (quote === '') throw new Unlike();
	return {
		from: matching(text(from.from, LIMITS.position), POSITION),
		to: matching(text(from.to, LIMITS.position), POSITION),
		quote,
		before: text(from.before, LIMITS.around),
		after: text(from.after, LIMITS.around)
	};
}

/** At least one part, no column twice. */
function keysOf(value: unknown): KeyPart[] {
	if (!Array.isArray(value) || value.length === 0 || value.length > LIMITS.keys) throw new Unlike();
	const seen = new Set<string>();
	return Array.from(value as readonly unknown[], (part) => {
		const { column, value: own } = fields(part);
		const name = text(column, LIMITS.column);
		if (seen.has(name)) throw new Unlike();
		seen.add(name);
		return { column: name, value: keyValueOf(own) };
	});
}

function keyValueOf(value: unknown): KeyValue {
	if (value === null || typeof value === 'boolean') return value;
	if (typeof value === 'string') return text(value, LIMITS.value);
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw new Unlike();
		return value;
	}
	return { date: matching(fields(value).date, DATE) };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unlike();
	return value as Fields;
}

function text(value: unknown, max: number): string {
	if (typeof value !== 'string' || value.length > max) throw new Unlike();
	return value;
}

function matching(value: unknown, pattern: RegExp): string {
	if (typeof value !== 'string' || value.length > LIMITS.position || !pattern.test(value))
		throw new Unlike();
	return value;
}
