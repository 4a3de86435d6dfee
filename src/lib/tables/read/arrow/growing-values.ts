/** Values of a column while its batches come: arrays that grow, within the budget. */
import type { DecodingBudget } from './decoding-budget.ts';

type Values = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A longer copy; what both take together is not counted, the longer one is. */
export function grown<A extends Values>(values: A, needed: number, budget: DecodingBudget): A {
	if (needed <= values.length) return values;
	const make = values.constructor as new (length: number) => A;
	const length = Math.max(needed, Math.ceil(values.length * 1.5));
	budget.hold((length - values.length) * values.BYTES_PER_ELEMENT);
	const wider = new make(length);
	wider.set(values as never);
	return wider;
}

/** Exactly `length` values, on a buffer of their own. */
export const cut = <A extends Values>(values: A, length: number): A =>
	(values.length === length ? values : values.slice(0, length)) as A;

/** Which rows have a value, as the batches come. */
export class Validity {
	rows = 0;
	missing = 0;
	/** null while nothing is missing. */
	#bits: Uint8Array<ArrayBuffer> | null = null;

	/** @param valid bits of so many rows; null when all are there */
	append(valid: Uint8Array | null, count: number): void {
		const from = this.rows;
		this.rows += count;
		if (!valid) {
			if (this.#bits) this.#ones(this.#room(), from, this.rows);
			return;
		}
		if (!this.#bits) {
			this.#bits = new Uint8Array(((this.rows + 7) >> 3) + 64);
			this.#ones(this.#bits, 0, from);
		}
		const bits = this.#room();
		for (let i = 0; i < count; i++) {
			if (i % 8 === 0 && valid[i >> 3] === 0xff && i + 8 <= count) {
				this.#ones(bits, from + i, from + i + 8);
				i += 7;
			} else if (((valid[i >> 3] as number) >> (i & 7)) & 1) this.#one(bits, from + i);
			else this.missing++;
		}
	}

	/** A row that has no value after all. */
	miss(row: number): void {
		if (!this.#bits) {
			this.#bits = new Uint8Array(((this.rows + 7) >> 3) + 64);
			this.#ones(this.#bits, 0, this.rows);
		}
		const byte = this.#bits[row >> 3] as number;
		if ((byte >> (row & 7)) & 1) {
			this.#bits[row >> 3] = byte & ~(1 << (row & 7));
			this.missing++;
		}
	}

	isValid(row: number): boolean {
		return this.#bits === null || (((this.#bits[row >> 3] as number) >> (row & 7)) & 1) === 1;
	}

	finish(): { length: number; missing: number; valid: Uint8Array<ArrayBuffer> | null } {
		const valid = this.missing > 0 ? (this.#bits?.slice(0, (this.rows + 7) >> 3) ?? null) : null;
		return { length: this.rows, missing: this.missing, valid };
	}

	#room(): Uint8Array<ArrayBuffer> {
		const bytes = (this.rows + 7) >> 3;
		const bits = this.#bits as Uint8Array<ArrayBuffer>;
		if (bytes <= bits.length) return bits;
		const wider = new Uint8Array(bytes * 2);
		wider.set(bits);
		this.#bits = wider;
		return wider;
	}

	#one(bits: Uint8Array, row: number): void {
		bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row & 7));
	}

	#ones(bits: Uint8Array, from: number, to: number): void {
		let row = from;
		for (; row < to && row & 7; row++) this.#one(bits, row);
		const whole = row >> 3;
		const last = to >> 3;
		if (whole < last) bits.fill(0xff, whole, last);
		for (row = Math.max(row, last * 8); row < to; row++) this.#one(bits, row);
	}
}
