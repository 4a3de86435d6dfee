/** The distinct texts of a text column, ranked as French orders them or folded for searching; made once a column. */
import { dictionarySize, type Column } from '../column.ts';
import { fold, holding } from './fold.ts';
import { TEXT_CHUNK, type Steps } from './steps.ts';

export type TextColumn = Extract<Column, { type: 'text' }>;

/** Distinct texts kept folded between two searches. */
const KEPT_FOLDED = 250_000;
/** Distinct texts ordered as French orders them; more of them are ordered by their bytes, which takes no memory. */
const COLLATED = 1_000_000;
/** Texts sorted at one go. */
const RUN = 1_024;

export class ColumnTexts {
	readonly size: number;
	readonly #column: TextColumn;
	readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	#ranks: Uint32Array | null = null;
	#folded: readonly string[] | null = null;

	constructor(column: TextColumn) {
		this.#column = column;
		this.size = dictionarySize(column.dictionary);
	}

	text(code: number): string {
		const { bytes, offsets } = this.#column.dictionary;
		return this.#decoder.decode(bytes.subarray(offsets[code], offsets[code + 1]));
	}

	/** Of each code, its place among the texts in French order; texts that the order does not tell apart share one. */
	*ranks(): Steps<Uint32Array> {
		if (this.#ranks) return this.#ranks;
		const compare = this.size > COLLATED ? this.#byBytes() : yield* this.#byCollation();
		const order = yield* mergeSort(this.size, compare);
		const ranks = new Uint32Array(this.size);
		let rank = 0;
		for (let from = 0; from < this.size; from += TEXT_CHUNK) {
			const to = Math.min(this.size, from + TEXT_CHUNK);
			for (let i = from; i < to; i++) {
				if (i > 0 && compare(order[i - 1] as number, order[i] as number) !== 0) rank++;
				ranks[order[i] as number] = rank;
			}
			yield to - from;
		}
		return (this.#ranks = ranks);
	}

	/** For each code, whether its text holds `needle`, which is folded already. */
	*holding(needle: string): Steps<Uint8Array> {
		const holds = new Uint8Array(this.size);
		const kept = this.#folded;
		const folded: string[] = [];
		const keep = !kept && this.size <= KEPT_FOLDED;
		const isIn = holding(needle);
		for (let from = 0; from < this.size; from += TEXT_CHUNK) {
			const to = Math.min(this.size, from + TEXT_CHUNK);
			for (let code = from; code < to; code++) {
				const text = kept?.[code] ?? fold(this.text(code));
				if (keep) folded.push(text);
				if (isIn(text)) holds[code] = 1;
			}
			yield to - from;
		}
		if (keep) this.#folded = folded;
		return holds;
	}

	/** For each code, whether its text is one of these. */
	*among(values: ReadonlySet<unknown>): Steps<Uint8Array> {
		const among = new Uint8Array(this.size);
		for (let from = 0; from < this.size; from += TEXT_CHUNK) {
			const to = Math.min(this.size, from + TEXT_CHUNK);
			for (let code = from; code < to; code++) if (values.has(this.text(code))) among[code] = 1;
			yield to - from;
		}
		return among;
	}

	*#byCollation(): Steps<(a: number, b: number) => number> {
		const texts: string[] = [];
		for (let from = 0; from < this.size; from += TEXT_CHUNK) {
			const to = Math.min(this.size, from + TEXT_CHUNK);
			for (let code = from; code < to; code++) texts.push(this.text(code));
			yield to - from;
		}
		const { compare } = frenchOrder();
		return (a, b) => compare(texts[a] as string, texts[b] as string);
	}

	#byBytes(): (a: number, b: number) => number {
		const { bytes, offsets } = this.#column.dictionary;
		return (a, b) => {
			let [i, j] = [offsets[a] as number, offsets[b] as number];
			const [endA, endB] = [offsets[a + 1] as number, offsets[b + 1] as number];
			for (; i < endA && j < endB; i++, j++) {
				const apart = (bytes[i] as number) - (bytes[j] as number);
				if (apart !== 0) return apart;
			}
			return endA - i - (endB - j);
		};
	}
}

/** « Salle 2 » comes before « Salle 10 ». */
export const frenchOrder = (): Intl.Collator => new Intl.Collator('fr-CA', { numeric: true });

/** The numbers below `size` in the order of `compare`, stable. */
function* mergeSort(size: number, compare: (a: number, b: number) => number): Steps<Uint32Array> {
	let from = Uint32Array.from({ length: size }, (_, i) => i);
	for (let start = 0; start < size; start += RUN) {
		from.subarray(start, start + RUN).sort(compare);
		yield RUN;
	}
	let to = new Uint32Array(size);
	for (let width = RUN; width < size; width *= 2) {
		for (let start = 0; start < size; start += 2 * width) {
			const middle = Math.min(size, start + width);
			const end = Math.min(size, start + 2 * width);
			let [a, b] = [start, middle];
			for (let i = start; i < end; i++) {
				const left = a < middle && (b >= end || compare(from[a] as number, from[b] as number) <= 0);
				to[i] = from[left ? a++ : b++] as number;
				if ((i & 4095) === 4095) yield 4096;
			}
		}
		[from, to] = [to, from];
	}
	return from;
}
