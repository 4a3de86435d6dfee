/**
 * The keys of a table's records, in order of first appearance; nested objects' keys are the children of theirs. Found
 * again by their bytes where the next record has them in the same order, so that a key becomes a text once.
 */
import { InvalidError } from '../../../core/errors.ts';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import type { JsonScanner } from './json-scanner.ts';

export interface RecordKey {
	readonly name: string;
	/** As it was first written, without quotation marks. */
	readonly raw: Uint8Array;
	/** Some record has a plain value, or an array, here; or a nested object that stays a text. */
	plain: boolean;
	/** Keys of the objects that records have here. */
	children: RecordKeys | null;
	/** The column of its plain values; -1 when there are none. */
	column: number;
	/** Whether the keys of an object that stays a text were told. */
	told: boolean;
	/** The row in which an object was last written here; -1 if none. */
	row: number;
}

/** Keys at all depths: a column has at most that of every object around it besides its own. */
const MAX_KEYS = 9 * ARROW_LIMITS.columns;

export class RecordKeys {
	readonly list: RecordKey[] = [];
	readonly #byName = new Map<string, number>();
	readonly #count: { keys: number };
	#next = 0;

	/** @param within keys that hold these */
	constructor(within?: RecordKeys) {
		this.#count = within ? within.#count : { keys: 0 };
	}

	/** A record begins: its first key is likely the first of the list. */
	rewind(): void {
		this.#next = 0;
	}

	/**
	 * The key that the scanner has just gone past.
	 * @throws InvalidError `table_too_wide` (max) when there are too many
	 */
	find(scanner: JsonScanner): RecordKey {
		const likely = this.list[this.#next];
		if (likely && sameBytes(likely.raw, scanner.bytes, scanner.keyStart, scanner.keyEnd)) {
			this.#next++;
			return likely;
		}
		const name = scanner.text(scanner.keyStart, scanner.keyEnd, scanner.keyEscaped);
		return this.named(name, scanner.bytes.subarray(scanner.keyStart, scanner.keyEnd));
	}

	named(name: string, raw: Uint8Array = new TextEncoder().encode(name)): RecordKey {
		let index = this.#byName.get(name);
		if (index === undefined) {
			if (++this.#count.keys > MAX_KEYS)
				throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
			index = this.list.length;
			this.#byName.set(name, index);
			this.list.push({ name, raw, plain: false, children: null, column: -1, told: false, row: -1 });
		}
		this.#next = index + 1;
		return this.list[index] as RecordKey;
	}

	/**
	 * Gives each key that has plain values, or nothing at all, its column.
	 * @param names the columns' names so far; these are added
	 * @param nested the names among them that come from nested objects
	 */
	layOut(names: string[], nested: string[], prefix = ''): void {
		for (const key of this.list) {
			const before = names.length;
			const name = prefix + key.name;
			if (key.plain || !key.children || key.children.list.length === 0) {
				key.column = names.length;
				names.push(name);
				if (prefix !== '') nested.push(name);
			}
			key.children?.layOut(names, nested, `${name}.`);
			if (names.length > ARROW_LIMITS.columns && names.length > before)
				throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
		}
	}
}

function sameBytes(raw: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
	if (raw.length !== end - start) return false;
	for (let i = 0; i < raw.length; i++) if (raw[i] !== bytes[start + i]) return false;
	return true;
}
