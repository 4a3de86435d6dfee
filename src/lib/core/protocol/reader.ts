/**
 * What the guards are made of: reads unknown values as typed ones within a budget, and throws `Malformed` at the first
 * that does not fit. One reader reads one message.
 */
import { LIMITS } from './messages.ts';

/** `what` names the field or the limit that was broken; it comes from this code, never from the message. */
export class Malformed extends Error {
	override readonly name = 'Malformed';
	readonly what: string;
	constructor(what: string) {
		super(`malformed message: ${what}`);
		this.what = what;
	}
}

/** An object that JSON could have made: no Date, Map, buffer or class. */
export function isPlain(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

export class Reader {
	/** Characters read so far. */
	chars = 0;
	#values = 0;
	#depth = 0;

	spend(values: number): void {
		this.#values += values;
		if (this.#values > LIMITS.messageValues) throw new Malformed('messageValues');
	}

	text(value: unknown, max: number): string {
		if (typeof value !== 'string') throw new Malformed('text');
		if (value.length > max) throw new Malformed('length');
		this.chars += value.length;
		if (this.chars > LIMITS.messageChars) throw new Malformed('messageChars');
		return value;
	}

	number(value: unknown): number {
		if (typeof value !== 'number') throw new Malformed('number');
		return value;
	}

	/** A whole number from 0. */
	count(value: unknown): number {
		if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
			throw new Malformed('count');
		return value;
	}

	flag(value: unknown): boolean {
		if (typeof value !== 'boolean') throw new Malformed('flag');
		return value;
	}

	one<T extends string>(value: unknown, of: readonly T[]): T {
		const found = of.find((each) => each === value);
		if (found === undefined) throw new Malformed('one of');
		return found;
	}

	maybe<T>(value: unknown, read: (value: unknown) => T): T | null {
		return value === null || value === undefined ? null : read(value);
	}

	/** The object's own fields only: what its prototype would answer is hidden. */
	record(value: unknown): Record<string, unknown> {
		if (!isPlain(value)) throw new Malformed('object');
		this.spend(1);
		return Object.assign(Object.create(null) as Record<string, unknown>, value);
	}

	list<T>(value: unknown, max: number, read: (reader: Reader, value: unknown) => T): T[] {
		if (!Array.isArray(value)) throw new Malformed('list');
		const { length } = value;
		if (length > max) throw new Malformed('list length');
		this.spend(length + 1);
		const out: T[] = [];
		for (let i = 0; i < length; i++) out.push(read(this, value[i]));
		return out;
	}

	deeper<T>(read: () => T): T {
		if (++this.#depth > LIMITS.depth) throw new Malformed('depth');
		const out = read();
		this.#depth--;
		return out;
	}
}
