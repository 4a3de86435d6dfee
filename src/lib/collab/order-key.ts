/** Keys of cells' places: fractional indices, which sort as plain text. */
import { generateKeyBetween } from 'fractional-indexing';

/** Far past what people's moves make; the library's recursion stays shallow. */
const MAX_KEY = 1000;

/** Whether the value is a key that another can be made beside. */
export function isOrderKey(value: unknown): value is string {
	if (typeof value !== 'string' || value.length > MAX_KEY || !/^[A-Za-z][0-9A-Za-z]+$/.test(value))
		return false;
	try {
		generateKeyBetween(value, null);
		return true;
	} catch {
		return false;
	}
}

/** A key between two (null: no bound), or null where there is no room for one. */
export function keyBetween(before: string | null, after: string | null): string | null {
	try {
		const key = generateKeyBetween(before, after);
		return isOrderKey(key) ? key : null;
	} catch {
		return null;
	}
}
