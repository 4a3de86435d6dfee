/**
 * What the values of a column are, as people say it: « montant », « région », « identifiant ». Several value types
 * share one way of being stored; a stored column carries its value type beside it (Arrow field metadata
 * `carnet:type`), so that a page formats 12.5 as `12,50 $` and a map knows a region when it meets one.
 */

/** In the order they are offered. */
export const VALUE_TYPES = [
	'text',
	'category', // a text among few
	'integer',
	'number',
	'money', // CAD, in dollars
	'percent', // in points: 72.6 for 72,6 %
	'date',
	'datetime', // as a clock reads in America/Toronto
	'time', // of the day: the text `19:30`, or `19:30:15`
	'boolean',
	'region', // of Québec: its official name
	'postal_area', // RTA, the first three signs of a postal code: `H2X`
	'identifier',
	'url'
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** How a column is laid out in memory and in Arrow. */
export type StoredType = 'text' | 'integer' | 'number' | 'date' | 'datetime' | 'boolean';

const STORED: Record<ValueType, StoredType> = {
	text: 'text',
	category: 'text',
	integer: 'integer',
	number: 'number',
	money: 'number',
	percent: 'number',
	date: 'date',
	datetime: 'datetime',
	time: 'text',
	boolean: 'boolean',
	region: 'text',
	postal_area: 'text',
	identifier: 'text',
	url: 'text'
};

/** How values of a type are stored. */
export const storedAs = (type: ValueType): StoredType => STORED[type];

/** Whether a text names a value type that is stored this way: what came from outside is not believed. */
export const isValueType = (type: unknown, stored: StoredType): type is ValueType =>
	typeof type === 'string' && Object.hasOwn(STORED, type) && STORED[type as ValueType] === stored;

/**
 * Whether the values of a column of this type can be written as values of `type`, which says more: numbers that all
 * happen to be whole are still amounts.
 */
export const isShownAs = (type: unknown, column: StoredType | 'other'): type is ValueType =>
	column !== 'other' &&
	type !== column &&
	(isValueType(type, column) ||
		(column === 'integer' && isValueType(type, 'number') && type !== 'number'));
