/** Values as keys of an anchor: made of what a table or a chart holds, compared, and read from what came from outside. */
import { ANCHOR_LIMITS, type KeyValue } from './anchor.ts';

/** A date without its time at midnight UTC, as datasets hold days; whole otherwise. */
const dateText = (date: Date): string => date.toISOString().replace(/T00:00:00\.000Z$/, '');

/**
 * Any value as a key. What is no number or no date at all is missing; an integer that a number cannot hold, an infinite
 * number and what is no scalar are texts; texts are cut at `ANCHOR_LIMITS.value`, as those that they are compared with.
 */
export function keyValueOf(value: unknown): KeyValue {
	switch (typeof value) {
		case 'string':
			return cutText(value);
		case 'boolean':
			return value;
		case 'number':
			if (Number.isNaN(value)) return null;
			return Number.isFinite(value) ? value + 0 : String(value);
		case 'bigint':
			return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
		case 'object':
			if (value === null) return null;
			if (value instanceof Date) return Number.isNaN(+value) ? null : { date: dateText(value) };
			try {
				return cutText(JSON.stringify(value) ?? '');
			} catch {
				return '…';
			}
		default:
			return null;
	}
}

/** Cut where keys are cut, and never within a character. */
export const cutText = (text: string): string =>
	text.length > ANCHOR_LIMITS.value ? text.slice(0, ANCHOR_LIMITS.value).toWellFormed() : text;

const MISSING = '\u0000';

/**
 * What a key is compared by: 2024 the number and « 2024 » the text name the same thing, and so do a day and its text.
 * A missing value equals nothing but a missing value.
 */
export function keyText(value: KeyValue): string {
	if (value === null) return MISSING;
	return typeof value === 'object' ? value.date : String(value);
}

export const sameKey = (a: KeyValue, b: KeyValue): boolean => keyText(a) === keyText(b);
