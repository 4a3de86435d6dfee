/** The nodes and buffers of a record batch, taken one after the other, each checked against the body. */
import { CompressionType } from 'apache-arrow/fb/compression-type';
import type { RecordBatch as FbRecordBatch } from 'apache-arrow/fb/record-batch';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import { InvalidError } from '../../../core/errors.ts';
import type { ArrowArray } from './arrow-array.ts';
import { unreadable, type ArrowField, type ArrowType } from './arrow-type.ts';
import type { DecodingBudget } from './decoding-budget.ts';
import { readLz4Frame } from './lz4-frame.ts';
import { readZstdFrame } from './zstd-frame.ts';

/** How much one compressed byte may become: what each format can do at most (a run of 128 KiB in four bytes). */
const MOST = { lz4: 256, zstd: 40_000 };
const MAX_LENGTH = 2 ** 31 - 2;

export class BatchBody {
	/** Rows that the batch says it has. */
	readonly rows: number;
	/** Bytes that were decompressed, held in the budget until `release`. */
	#held = 0;
	readonly #header: FbRecordBatch;
	readonly #body: Uint8Array;
	readonly #budget: DecodingBudget;
	readonly #codec: keyof typeof MOST | null;
	#node = 0;
	#buffer = 0;
	#variadic = 0;

	/** @throws InvalidError `arrow_file`, `table_too_long` (max) */
	constructor(header: FbRecordBatch, body: Uint8Array, budget: DecodingBudget) {
		this.#header = header;
		this.#body = body;
		this.#budget = budget;
		checkVectors(header);
		const compression = header.compression();
		this.#codec = !compression
			? null
			: compression.codec() === CompressionType.ZSTD
				? 'zstd'
				: 'lz4';
		this.rows = sizeOf(header.length(), MAX_LENGTH, 'rows');
		if (this.rows > ARROW_LIMITS.rows)
			throw new InvalidError('table_too_long', { max: ARROW_LIMITS.rows });
	}

	/** What was decompressed is no longer used. */
	release(): void {
		this.#budget.release(this.#held);
		this.#held = 0;
	}

	/**
	 * @param length what its length has to be; null for the elements of lists
	 * @param dictionaries by id
	 */
	array(
		field: ArrowField,
		length: number | null,
		dictionaries: ReadonlyMap<bigint, ArrowArray>
	): ArrowArray {
		const node = this.#node < this.#header.nodesLength() ? this.#header.nodes(this.#node++) : null;
		if (!node) throw unreadable('node');
		const size = sizeOf(node.length(), MAX_LENGTH, 'node');
		if (length !== null && size !== length) throw unreadable('node');
		const type = field.dictionary?.codes ?? field.type;
		const checked = type.kind !== 'null' && (type.kind !== 'other' || type.validity);
		const bitmap = checked ? this.#next() : null;
		const valid = bitmap && node.nullCount() !== 0n ? this.#validity(bitmap, size) : null;
		const buffers = this.#buffers(type, size);
		if (field.dictionary) {
			const dictionary = dictionaries.get(field.dictionary.id) ?? null;
			return { field, length: size, valid, buffers, children: [], dictionary };
		}
		const children = field.children.map((child) =>
			this.array(child, field.type.kind === 'struct' ? size : null, dictionaries)
		);
		if (type.kind === 'list' && type.offsets === 0 && (children[0]?.length ?? 0) < size * type.size)
			throw unreadable('elements');
		return { field, length: size, valid, buffers, children, dictionary: null };
	}

	#validity(bitmap: Range, size: number): Uint8Array | null {
		const found = this.#bytes(bitmap);
		if (found.length === 0) return null;
		if (found.length < (size + 7) >> 3) throw unreadable('validity');
		return found;
	}

	#buffers(type: ArrowType, size: number): Uint8Array[] {
		switch (type.kind) {
			case 'null':
			case 'struct':
				return [];
			case 'bool':
				return [this.#atLeast((size + 7) >> 3)];
			case 'text':
			case 'binary': {
				if (type.offsets > 0) return [this.#take(), this.#take()];
				const views = this.#atLeast(size * 16);
				const header = this.#header;
				const count =
					this.#variadic < header.variadicBufferCountsLength()
						? header.variadicBufferCounts(this.#variadic++)
						: null;
				const more = sizeOf(count ?? 0n, header.buffersLength() - this.#buffer, 'views');
				return [views, ...Array.from({ length: more }, () => this.#take())];
			}
			case 'list':
			case 'map':
				return type.offsets > 0 ? [this.#take()] : [];
			case 'other':
				for (let i = 0; i < type.buffers; i++) this.#next();
				return [];
			default:
				return [this.#atLeast(size * type.bytes)];
		}
	}

	#atLeast(bytes: number): Uint8Array {
		const found = this.#take();
		if (found.length < bytes) throw unreadable('short buffer');
		return found;
	}

	#take(): Uint8Array {
		return this.#bytes(this.#next());
	}

	#next(): Range {
		const buffer =
			this.#buffer < this.#header.buffersLength() ? this.#header.buffers(this.#buffer++) : null;
		if (!buffer) throw unreadable('buffer');
		const start = sizeOf(buffer.offset(), this.#body.length, 'offset');
		return { start, length: sizeOf(buffer.length(), this.#body.length - start, 'length') };
	}

	#bytes({ start, length }: Range): Uint8Array {
		const raw = this.#body.subarray(start, start + length);
		const codec = this.#codec;
		if (!codec || raw.length === 0) return raw;
		if (raw.length < 8) throw unreadable('compressed');
		const claimed = new DataView(raw.buffer, raw.byteOffset).getBigInt64(0, true);
		const packed = raw.subarray(8);
		// -1: compressed it would have been longer.
		if (claimed === -1n) return packed;
		const size = sizeOf(claimed, Math.min(MAX_LENGTH, packed.length * MOST[codec]), 'compressed');
		this.#budget.hold(size);
		this.#held += size;
		const out = new Uint8Array(size);
		if (codec === 'lz4') readLz4Frame(packed, out);
		else readZstdFrame(packed, out);
		return out;
	}
}

/** Places of the lists of a record batch in its table (nodes, buffers, counts of views), and bytes of an element. */
const VECTORS = [
	[6, 16],
	[8, 16],
	[12, 8]
] as const;

/** The library reads zeros past the end: a list is as long as it says only where its bytes are there. */
function checkVectors({ bb, bb_pos: at }: FbRecordBatch): void {
	if (!bb) throw unreadable('header');
	for (const [slot, width] of VECTORS) {
		const place = bb.__offset(at, slot);
		if (place === 0) continue;
		const start = bb.__vector(at + place);
		const length = bb.__vector_len(at + place);
		if (start < 0 || length < 0 || start + length * width > bb.capacity()) throw unreadable('list');
	}
}

interface Range {
	readonly start: number;
	readonly length: number;
}

/** A length or an offset as a number, refused when it goes past what is there. */
export function sizeOf(value: bigint, most: number, what: string): number {
	if (value < 0n || value > BigInt(most)) throw unreadable(what);
	return Number(value);
}
