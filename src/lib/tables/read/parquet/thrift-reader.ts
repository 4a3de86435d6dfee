/**
 * Thrift's compact protocol, as far as Parquet's metadata uses it, over bytes that somebody sent: a list is never longer
 * than the bytes that are left, and nothing is nested past a limit.
 */
import { InvalidError } from '../../../core/errors.ts';

export const unreadable = (why: string): InvalidError =>
	new InvalidError('parquet_unreadable', { why });

const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
export const BINARY = 8;
export const LIST = 9;
const SET = 10;
const MAP = 11;
export const STRUCT = 12;
const MAX_DEPTH = 32;

export class ThriftReader {
	readonly bytes: Uint8Array;
	at: number;
	readonly end: number;
	#depth = 0;

	constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
		this.bytes = bytes;
		this.at = at;
		this.end = end;
	}

	/**
	 * Calls back at each field of the struct that begins here. What the callback does not read, answering false, is gone
	 * past.
	 */
	struct(field: (id: number, type: number) => boolean): void {
		if (++this.#depth > MAX_DEPTH) throw unreadable('nested too deep');
		let id = 0;
		for (;;) {
			const header = this.byte();
			if (header === 0) break;
			const type = header & 15;
			id = header >> 4 ? id + (header >> 4) : this.integer();
			if (!field(id, type)) this.skip(type);
		}
		this.#depth--;
	}

	/** @returns how many elements follow, and of what type */
	list(): { size: number; type: number } {
		const header = this.byte();
		const size = header >> 4 === 15 ? this.varint() : header >> 4;
		// An element takes a byte at least.
		if (size > this.end - this.at) throw unreadable('list');
		return { size, type: header & 15 };
	}

	/** A list of structs. */
	structs(field: (index: number, id: number, type: number) => boolean): number {
		const { size, type } = this.list();
		if (size > 0 && type !== STRUCT) throw unreadable('list');
		for (let i = 0; i < size; i++) this.struct((id, kind) => field(i, id, kind));
		return size;
	}

	/** A whole number of 16 to 64 bits. */
	integer(): number {
		const value = this.varint();
		return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
	}

	/** A size, a count or a place: never negative. */
	count(): number {
		const value = this.integer();
		if (value < 0) throw unreadable('count');
		return value;
	}

	binary(): Uint8Array {
		const length = this.varint();
		if (length > this.end - this.at) throw unreadable('binary');
		return this.bytes.subarray(this.at, (this.at += length));
	}

	text(): string {
		return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.binary());
	}

	byte(): number {
		if (this.at >= this.end) throw unreadable('metadata cut short');
		return this.bytes[this.at++] as number;
	}

	varint(): number {
		let value = 0;
		let power = 1;
		for (let i = 0; i < 10; i++) {
			const byte = this.byte();
			value += (byte & 0x7f) * power;
			if (byte < 0x80) {
				// Past what is exact nothing here is a size of anything that is there.
				return Math.min(value, Number.MAX_SAFE_INTEGER);
			}
			power *= 128;
		}
		throw unreadable('number');
	}

	skip(type: number): void {
		switch (type) {
			case TRUE:
			case FALSE:
				return;
			case BYTE:
				this.byte();
				return;
			case I16:
			case I32:
			case I64:
				this.varint();
				return;
			case DOUBLE:
				for (let i = 0; i < 8; i++) this.byte();
				return;
			case BINARY:
				this.binary();
				return;
			case LIST:
			case SET: {
				if (++this.#depth > MAX_DEPTH) throw unreadable('nested too deep');
				const list = this.list();
				for (let i = 0; i < list.size; i++) this.#element(list.type);
				this.#depth--;
				return;
			}
			case MAP: {
				if (++this.#depth > MAX_DEPTH) throw unreadable('nested too deep');
				const size = this.varint();
				if (size > this.end - this.at) throw unreadable('map');
				const types = size > 0 ? this.byte() : 0;
				for (let i = 0; i < size; i++) {
					this.#element(types >> 4);
					this.#element(types & 15);
				}
				this.#depth--;
				return;
			}
			case STRUCT:
				this.struct(() => false);
				return;
			default:
				throw unreadable('type');
		}
	}

	/** In a list or a map a truth takes a byte. */
	#element(type: number): void {
		if (type === TRUE || type === FALSE) this.byte();
		else this.skip(type);
	}
}
