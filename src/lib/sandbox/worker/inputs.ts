/** `Inputs`, as in Observable, for the controls that the host knows how to draw. */
import { ColumnTable, escape as escapeFunction, from } from 'arquero';
import type { ControlValue } from '../../core/protocol/messages.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import { Control } from './control.ts';
import { CellFailure } from './failure.ts';

interface Options {
	label?: unknown;
	value?: unknown;
	step?: unknown;
	min?: unknown;
	max?: unknown;
	multiple?: unknown;
	format?: unknown;
	sort?: unknown;
	unique?: unknown;
	placeholder?: unknown;
	reduce?: unknown;
	values?: unknown;
	columns?: unknown;
}

const text = (value: unknown): string =>
	value === undefined || value === null ? '' : String(value).slice(0, LIMITS.textChars);
const number = (value: unknown): number | null => {
	const n = value === undefined || value === null || value === '' ? NaN : Number(value);
	return Number.isFinite(n) ? n : null;
};
const refuse = (): never => {
	throw new RangeError('input');
};
const identityOf = (...parts: unknown[]): string => {
	try {
		return JSON.stringify(parts) ?? '';
	} catch {
		return '';
	}
};

function range(extent: unknown = [0, 1], options: Options = {}): Control {
	const [low, high] = extent as [unknown, unknown];
	const min = number(low) ?? 0;
	const max = number(high) ?? 1;
	const label = text(options.label);
	const step = number(options.step);
	const clamp = (n: number): number => Math.max(min, Math.min(max, n));
	return new Control({
		initial: clamp(number(options.value) ?? (min + max) / 2),
		identity: identityOf('range', label, options.value),
		describe: (state) => ({ type: 'range', label, min, max, step, value: Number(state) }),
		value: (state) => state,
		read: (value) => (typeof value === 'number' && value === clamp(value) ? value : refuse()),
		recall: (state) => (typeof state === 'number' && state === clamp(state) ? { state } : null)
	});
}

function numberInput(extent?: unknown, given?: Options): Control {
	const options =
		(Array.isArray(extent) ? given : ((extent as Options | undefined) ?? given)) ?? {};
	const [low, high] = Array.isArray(extent) ? (extent as unknown[]) : [options.min, options.max];
	const min = number(low);
	const max = number(high);
	const label = text(options.label);
	const step = number(options.step);
	const inside = (n: number): boolean => (min === null || n >= min) && (max === null || n <= max);
	return new Control({
		initial: number(options.value),
		identity: identityOf('number', label, options.value),
		describe: (state) => ({
			type: 'number',
			label,
			min,
			max,
			step,
			value: state as number | null
		}),
		value: (state) => state ?? undefined,
		read: (value) =>
			value === null || (typeof value === 'number' && inside(value)) ? value : refuse(),
		recall: (state) =>
			state === null || (typeof state === 'number' && inside(state)) ? { state } : null
	});
}

// ---------------------------------------------------------------- choices

interface Choice {
	readonly label: string;
	readonly value: unknown;
}

/** Equal for a person who chooses: the same value, or the same date. */
const same = (a: unknown, b: unknown): boolean =>
	a instanceof Date && b instanceof Date ? +a === +b : Object.is(a, b) || a === b;

/** The first of each value, in a time that follows their number. */
function distinct(choices: readonly Choice[]): Choice[] {
	const values = new Set<unknown>();
	const times = new Set<number>();
	return choices.filter(({ value }) => {
		if (value instanceof Date) return !times.has(+value) && times.add(+value);
		return !values.has(value) && values.add(value);
	});
}

function choicesOf(source: unknown, options: Options): Choice[] {
	const format = options.format;
	const label = (value: unknown): string => {
		if (typeof format === 'function') return text((format as (v: unknown) => unknown)(value));
		return value instanceof Date ? value.toISOString().slice(0, 10) : text(value);
	};
	let choices: Choice[] =
		source instanceof Map
			? [...source].map(([key, value]) => ({ label: text(key), value: value as unknown }))
			: Array.from((source ?? []) as Iterable<unknown>, (value) => ({
					label: label(value),
					value
				}));
	if (options.unique) choices = distinct(choices);
	const { sort } = options;
	if (sort) {
		const compare =
			typeof sort === 'function'
				? (a: Choice, b: Choice) =>
						Number((sort as (a: unknown, b: unknown) => unknown)(a.value, b.value))
				: (a: Choice, b: Choice) =>
						compareValues(a.value, b.value) * (sort === 'descending' ? -1 : 1);
		choices.sort(compare);
	}
	if (choices.length > LIMITS.controlOptions) {
		throw new CellFailure('output_too_large', { what: 'options', limit: LIMITS.controlOptions });
	}
	return choices;
}

function compareValues(a: unknown, b: unknown): number {
	if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'fr-CA');
	return Number(a) - Number(b);
}

/** The state of a choice is the chosen values themselves, so that it survives a list that moves. */
function choose(
	kind: 'select' | 'radio' | 'checkbox',
	source: unknown,
	options: Options,
	multiple: boolean
): Control {
	const choices = choicesOf(source, options);
	const label = text(options.label);
	const indexOf = (value: unknown): number => choices.findIndex((c) => same(c.value, value));
	const known = (values: readonly unknown[]): unknown[] => values.filter((v) => indexOf(v) >= 0);
	const start = multiple
		? known(Array.from((options.value ?? []) as Iterable<unknown>))
		: options.value !== undefined
			? known([options.value])
			: kind === 'select'
				? choices.slice(0, 1).map((c) => c.value)
				: [];
	const chosen = (index: unknown): unknown => {
		const choice = typeof index === 'number' ? choices[index] : undefined;
		return choice ? choice.value : refuse();
	};
	const labels = choices.map((c) => ({ label: c.label }));
	return new Control({
		initial: start,
		identity: identityOf(kind, label, multiple, options.value),
		describe: (state) => {
			const indices = (state as unknown[]).map(indexOf);
			if (kind === 'checkbox') return { type: kind, label, options: labels, value: indices };
			if (kind === 'radio')
				return { type: kind, label, options: labels, value: indices[0] ?? null };
			const value = multiple ? indices : (indices[0] ?? null);
			return { type: kind, label, options: labels, multiple, value };
		},
		value: (state) => (multiple ? [...(state as unknown[])] : ((state as unknown[])[0] ?? null)),
		read: (value: ControlValue) => {
			if (multiple) return Array.isArray(value) ? (value as unknown[]).map(chosen) : refuse();
			return value === null ? [] : [chosen(value)];
		},
		recall: (state) => {
			const values = known(state as unknown[]);
			return values.length === (state as unknown[]).length ? { state: values } : null;
		}
	});
}

// ---------------------------------------------------------------- text, toggle, button, dates

function textLike(
	kind: 'text' | 'search',
	options: Options,
	value: (typed: string) => unknown
): Control {
	const label = text(options.label);
	const placeholder = text(options.placeholder);
	/** How much the last value that was asked for holds: a search is not made again to be described. */
	let last: { typed: string; size: number } | null = null;
	const valueOf = (typed: string): unknown => {
		const found = value(typed);
		last = { typed, size: sizeOf(found) };
		return found;
	};
	return new Control({
		initial: text(kind === 'search' ? (options as { query?: unknown }).query : options.value),
		identity: identityOf(kind, label, options.value, (options as { query?: unknown }).query),
		describe: (state) => {
			const typed = String(state);
			if (kind === 'text') return { type: kind, label, placeholder, value: typed };
			return {
				type: kind,
				label,
				placeholder,
				value: typed,
				results: String(last?.typed === typed ? last.size : sizeOf(value(typed)))
			};
		},
		value: (state) => valueOf(String(state)),
		read: (typed) => (typeof typed === 'string' ? typed.slice(0, LIMITS.textChars) : refuse()),
		recall: (state) => ({ state })
	});
}

const sizeOf = (found: unknown): number =>
	found instanceof ColumnTable ? found.numRows() : Array.isArray(found) ? found.length : 0;

const plain = (value: unknown): string =>
	String(value ?? '')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase();

/** Rows (or values) in which every typed word begins a word, whatever its accents and case. */
function search(data: unknown, options: Options = {}): Control {
	const names =
		options.columns === undefined ? null : Array.from(options.columns as Iterable<string>);
	const words = (parts: readonly unknown[]): string =>
		` ${parts
			.map(plain)
			.join(' ')
			.replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
	const partsOf = (row: unknown): unknown[] =>
		typeof row === 'object' && row !== null
			? names
				? names.map((name) => (row as Record<string, unknown>)[name])
				: Object.values(row)
			: [row];
	const find = (typed: string): unknown => {
		const terms = plain(typed)
			.split(/[^\p{L}\p{N}]+/u)
			.filter(Boolean);
		const matches = (row: unknown): boolean => {
			const all = words(partsOf(row));
			return terms.every((term) => all.includes(` ${term}`));
		};
		if (data instanceof ColumnTable) {
			return terms.length === 0 ? data : data.filter(escapeFunction(matches));
		}
		const rows = Array.from(data as Iterable<unknown>);
		return terms.length === 0 ? rows : rows.filter(matches);
	};
	return textLike('search', options, find);
}

function toggle(options: Options = {}): Control {
	const label = text(options.label);
	const values =
		options.values === undefined ? [true, false] : Array.from(options.values as Iterable<unknown>);
	return new Control({
		initial: same(options.value, values[0]) && options.value !== undefined,
		identity: identityOf('toggle', label, options.value),
		describe: (state) => ({ type: 'toggle', label, value: state === true }),
		value: (state) => (state === true ? values[0] : values[1]),
		read: (value) => (typeof value === 'boolean' ? value : refuse()),
		recall: (state) => ({ state })
	});
}

function button(content: unknown = '≡', options: Options = {}): Control {
	const label = text(options.label) || text(content);
	const reduce =
		typeof options.reduce === 'function'
			? (options.reduce as (value: unknown) => unknown)
			: (value: unknown) => Number(value ?? 0) + 1;
	interface Pressed {
		readonly times: number;
		readonly value: unknown;
	}
	return new Control({
		initial: { times: 0, value: options.value === undefined ? 0 : options.value },
		identity: identityOf('button', label, options.value),
		describe: (state) => ({ type: 'button', label, value: (state as Pressed).times }),
		value: (state) => (state as Pressed).value,
		read: (_value, state) => ({
			times: (state as Pressed).times + 1,
			value: reduce((state as Pressed).value)
		}),
		// Observable's buttons begin anew with their cell.
		recall: () => null
	});
}

const dayOf = (value: unknown): string | null => {
	if (value instanceof Date) return Number.isNaN(+value) ? null : value.toISOString().slice(0, 10);
	if (typeof value !== 'string') return null;
	return /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value.slice(0, 10)))
		? value.slice(0, 10)
		: null;
};
const dateOf = (day: unknown): Date | null => (typeof day === 'string' ? new Date(day) : null);

interface DateParts {
	readonly label: string;
	readonly min: string | null;
	readonly max: string | null;
	readonly value: string | null;
}
const dates = new WeakMap<Control, DateParts>();

const insideDays = (day: string, { min, max }: Pick<DateParts, 'min' | 'max'>): boolean =>
	(min === null || day >= min) && (max === null || day <= max);

const readDay = (value: unknown, bounds: Pick<DateParts, 'min' | 'max'>): string | null => {
	if (value === null || value === '') return null;
	const day = typeof value === 'string' ? dayOf(value) : null;
	return day !== null && day === value && insideDays(day, bounds) ? day : refuse();
};

function date(options: Options = {}): Control {
	const parts: DateParts = {
		label: text(options.label),
		min: dayOf(options.min),
		max: dayOf(options.max),
		value: dayOf(options.value)
	};
	const control = new Control({
		initial: parts.value,
		identity: identityOf('date', parts.label, parts.value),
		describe: (state) => ({ ...parts, type: 'date', value: state as string | null }),
		value: dateOf,
		read: (value) => readDay(value, parts),
		recall: (state) => (state === null || insideDays(state as string, parts) ? { state } : null)
	});
	dates.set(control, parts);
	return control;
}

/** A form of two dates is a range of dates; other forms are not drawn here. */
function form(fields: unknown, options: Options = {}): Control {
	const entries = Object.entries((fields ?? {}) as Record<string, unknown>);
	const parts = entries.map(([, field]) =>
		field instanceof Control ? dates.get(field) : undefined
	);
	const [from, to] = parts;
	const [startKey, endKey] = entries.map(([key]) => key);
	if (entries.length !== 2 || !from || !to || startKey === undefined || endKey === undefined) {
		throw new CellFailure('absent_builtin', { name: 'Inputs.form', advice: 'control' });
	}
	const label = text(options.label) || [from.label, to.label].filter(Boolean).join(' – ');
	const bounds = { min: from.min ?? to.min, max: to.max ?? from.max };
	type Days = readonly [string | null, string | null];
	return new Control({
		initial: [from.value, to.value],
		identity: identityOf('form', label, from.value, to.value),
		describe: (state) => ({ type: 'date-range', label, ...bounds, value: state as Days }),
		value: (state) => {
			const [start, end] = state as Days;
			return Array.isArray(fields)
				? [dateOf(start), dateOf(end)]
				: { [startKey]: dateOf(start), [endKey]: dateOf(end) };
		},
		read: (value) => {
			if (!Array.isArray(value) || value.length !== 2) return refuse();
			return [readDay(value[0], bounds), readDay(value[1], bounds)];
		},
		recall: (state) =>
			(state as Days).every((day) => day === null || insideDays(day, bounds)) ? { state } : null
	});
}

const NOT_DRAWN = [
	...['bind', 'color', 'datetime', 'disposal', 'email', 'file', 'formOf', 'input', 'password'],
	...['searchFilter', 'tel', 'textarea', 'url']
];

const absent = (name: string) => (): never => {
	throw new CellFailure('absent_builtin', { name: `Inputs.${name}`, advice: 'control' });
};

export const INPUTS: Readonly<Record<string, unknown>> = Object.freeze({
	range,
	number: numberInput,
	select: (choices: unknown, options: Options = {}) =>
		choose('select', choices, options, options.multiple === true || Number(options.multiple) > 0),
	radio: (choices: unknown, options: Options = {}) => choose('radio', choices, options, false),
	checkbox: (choices: unknown, options: Options = {}) => choose('checkbox', choices, options, true),
	toggle,
	search,
	text: (options: Options = {}) => textLike('text', options, (typed) => typed),
	date,
	form,
	button,
	/** Shown as any table is; it yields the table, not the rows that a person selects. */
	table: (data: unknown) => (data instanceof ColumnTable ? data : from(data as object[])),
	...Object.fromEntries(NOT_DRAWN.map((name) => [name, absent(name)]))
});
