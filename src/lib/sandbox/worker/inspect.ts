/** Values that are no table, chart or control, as a tree that the host opens level by level. */
import type { InspectEntry, InspectNode } from '../../core/protocol/messages.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import { isGenerator, isThenable } from './live.ts';

/** Entries sent with the value itself, and at most when it is opened. */
const FIRST_ENTRIES = 20;
export const OPENED_ENTRIES = 500;
const DEPTH = 1;

/** Remembers a value so that it can be opened; returns its handle. */
export type Remember = (value: object) => number;

const cut = (text: string): string =>
	text.length > LIMITS.textChars ? `${text.slice(0, LIMITS.textChars - 1)}…` : text;

const leaf = (
	type: InspectNode['type'],
	text: string,
	number: number | null = null
): InspectNode => ({
	type,
	text: cut(text),
	number,
	size: null,
	handle: null,
	entries: []
});

export function inspect(value: unknown, remember: Remember, depth = 0): InspectNode {
	try {
		return inspectValue(value, remember, depth);
	} catch {
		// A proxy or a getter that throws: say what it is and no more.
		return leaf('object', '{…}');
	}
}

function inspectValue(value: unknown, remember: Remember, depth: number): InspectNode {
	switch (typeof value) {
		case 'undefined':
			return leaf('undefined', 'undefined');
		case 'boolean':
			return leaf('boolean', String(value));
		case 'number':
			return leaf('number', String(value), value);
		case 'bigint':
			return leaf('bigint', `${value}n`);
		case 'string':
			return leaf('string', value);
		case 'symbol':
			return leaf('symbol', String(value));
		case 'function':
			return leaf('function', functionText(value));
	}
	if (value === null || value === undefined) return leaf('null', 'null');
	if (value instanceof Date)
		return isNaN(+value)
			? leaf('date', 'Invalid Date', null)
			: leaf('date', value.toISOString(), +value);
	if (value instanceof RegExp) return leaf('regexp', String(value));
	if (value instanceof Error) return leaf('error', `${value.name}: ${value.message}`);
	if (isThenable(value)) return leaf('promise', 'Promise');
	if (isGenerator(value)) return leaf('generator', 'Generator');
	const { type, size, text } = shapeOf(value);
	const more = depth < DEPTH;
	return {
		type,
		text: cut(text),
		number: null,
		size,
		handle: size > (more ? FIRST_ENTRIES : 0) || (size > 0 && !more) ? remember(value) : null,
		entries: more ? entriesOf(value, remember, FIRST_ENTRIES, depth + 1) : []
	};
}

const functionText = (fn: object): string => {
	const name = (fn as { name?: unknown }).name;
	const label = typeof name === 'string' && name !== '' ? name : '';
	return Function.prototype.toString.call(fn).startsWith('class ')
		? `class ${label}`
		: `ƒ ${label}()`;
};

function shapeOf(value: object): { type: InspectNode['type']; size: number; text: string } {
	if (Array.isArray(value))
		return { type: 'array', size: value.length, text: `Array(${value.length})` };
	if (value instanceof Map) return { type: 'map', size: value.size, text: `Map(${value.size})` };
	if (value instanceof Set) return { type: 'set', size: value.size, text: `Set(${value.size})` };
	const name = nameOf(value);
	if (ArrayBuffer.isView(value) && 'length' in value) {
		const size = Number(value.length);
		return { type: 'typed-array', size, text: `${name}(${size})` };
	}
	return { type: 'object', size: Object.keys(value).length, text: name };
}

function nameOf(value: object): string {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype === null) return 'Object';
	const made = (prototype as { constructor?: { name?: unknown } }).constructor;
	return typeof made?.name === 'string' && made.name !== '' ? made.name : 'Object';
}

/** The first entries of a value, in its own order. */
export function entriesOf(
	value: object,
	remember: Remember,
	limit: number,
	depth = 0
): InspectEntry[] {
	const entries: InspectEntry[] = [];
	const add = (key: string, part: unknown): boolean => {
		entries.push({ key: cut(key), value: inspect(part, remember, depth) });
		return entries.length < limit;
	};
	if (Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)) {
		const list = value as ArrayLike<unknown>;
		for (let i = 0; i < list.length && add(String(i), list[i]); i++);
	} else if (value instanceof Map) {
		for (const [key, part] of value) if (!add(keyText(key), part)) break;
	} else if (value instanceof Set) {
		let index = 0;
		for (const part of value) if (!add(String(index++), part)) break;
	} else {
		for (const key of Object.keys(value)) {
			const property = Object.getOwnPropertyDescriptor(value, key);
			// A getter is run by no one but the cell.
			if (!add(key, property && 'value' in property ? property.value : undefined)) break;
		}
	}
	return entries;
}

const keyText = (key: unknown): string => {
	if (typeof key === 'string') return key;
	return typeof key === 'object' && key !== null ? nameOf(key) : String(key);
};
