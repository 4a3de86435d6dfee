/**
 * How many steps Yjs will take to place what an update brings. Where people wrote at one place at once, it walks over
 * what the others wrote, for each thing written; a small update made for it can have it walk for minutes, and again each
 * time that the notebook is loaded. Here the same walks are made without touching the document, and counted.
 */
import * as Y from 'yjs';
import { structAt, type Struct } from './check-shape.ts';

/** Yjs takes up to a microsecond for a step: no honest update is known to take a hundredth of these. */
export const MAX_STEPS = 200_000;

/** What stands in one order: a text, or what was ever set under one key of a map. */
interface Line {
	readonly type: unknown;
	readonly key: string | null;
	/** Not looked for before something is placed there. */
	start?: Y.ID | null;
	/** Of a map's key: how far it is to its start from where Yjs looks. */
	back: number;
}

/** @throws what `tooMany` makes, once there are more than MAX_STEPS */
export function placingSteps(placed: readonly Struct[], doc: Y.Doc, tooMany: () => Error): number {
	const counted = new Placing(doc, tooMany);
	for (const struct of placed) if (struct instanceof Y.Item) counted.place(struct);
	return counted.steps;
}

const same = (a: Y.ID | null, b: Y.ID | null): boolean =>
	a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);
const endOf = ({ id, length }: Struct): number => id.clock + length;

/** From which clock to which of each item. */
type Walked = Map<Y.Item, { readonly from: number; readonly to: number }>;

class Placing {
	steps = 0;
	readonly #doc: Y.Doc;
	readonly #tooMany: () => Error;
	/** The update's own items, by client in the order of their clocks. */
	readonly #fresh = new Map<number, Y.Item[]>();
	/** What now follows a letter, where it is not what the document says: by client and clock. */
	readonly #after = new Map<number, Map<number, Y.ID | null>>();
	/** Clocks after which an item is taken apart, in their order. */
	readonly #cuts = new Map<Y.Item, number[]>();
	readonly #lines = new Map<unknown, Map<string | null, Line>>();
	readonly #lineOf = new Map<Y.Item, Line>();

	constructor(doc: Y.Doc, tooMany: () => Error) {
		this.#doc = doc;
		this.#tooMany = tooMany;
	}

	place(item: Y.Item): void {
		const { client } = item.id;
		const known = Y.getState(this.#doc.store, client);
		if (endOf(item) <= known) return;
		const from = Math.max(item.id.clock, known);
		const first = Y.createID(client, from);
		// Of an item that is known in part, the rest follows the part.
		const origin = from > item.id.clock ? Y.createID(client, from - 1) : item.origin;
		const line = this.#lineFor(item, origin);
		if (!line) return;
		const own = this.#fresh.get(client);
		if (own) own.push(item);
		else this.#fresh.set(client, [item]);
		this.#lineOf.set(item, line);
		if (origin) this.#cut(origin);
		else {
			this.#start(line);
			this.#count(line.back);
		}
		const left = this.#leftOf(item, first, origin, this.#beforeRight(item, origin), line);
		const last = Y.createID(client, endOf(item) - 1);
		this.#setAfter(last, left ? this.#next(left) : this.#start(line));
		if (left) this.#setAfter(left, first);
		else line.start = first;
		if (line.key !== null) line.back++;
	}

	/**
	 * Takes an item apart before what is to be on the right. Where that is not after the origin but in one piece with it
	 * (no page writes so), Yjs goes on from what is left of the piece.
	 */
	#beforeRight({ rightOrigin }: Y.Item, origin: Y.ID | null): Y.ID | null {
		if (!rightOrigin || rightOrigin.clock === 0) return origin;
		const before = Y.createID(rightOrigin.client, rightOrigin.clock - 1);
		const item = this.#itemAt(rightOrigin);
		const whole =
			item !== null &&
			before.clock >= item.id.clock &&
			this.#pieceEnd(item, before.clock).clock > before.clock;
		const backward =
			whole &&
			origin !== null &&
			origin.client === rightOrigin.client &&
			origin.clock >= rightOrigin.clock &&
			this.#pieceEnd(item, before.clock).clock === origin.clock;
		this.#cut(before);
		return backward ? before : origin;
	}

	/** Where Yjs puts it: after which letter, null for the start of its line. */
	#leftOf(
		{ rightOrigin: right }: Y.Item,
		first: Y.ID,
		origin: Y.ID | null,
		from: Y.ID | null,
		line: Line
	): Y.ID | null {
		let left = from;
		let other = from ? this.#next(from) : this.#start(line);
		/** What was walked over: all, and since `left` last moved. */
		const walked: Walked = new Map();
		let conflicting: Walked = new Map();
		while (other !== null && !same(other, right)) {
			this.#count(1);
			const it = this.#itemAt(other);
			if (!it) break;
			const { clock } = other;
			const last = this.#pieceEnd(it, clock);
			for (const one of [walked, conflicting])
				one.set(it, { from: one.get(it)?.from ?? clock, to: last.clock });
			const itsOrigin = clock > it.id.clock ? Y.createID(it.id.client, clock - 1) : it.origin;
			if (same(origin, itsOrigin)) {
				if (other.client < first.client) {
					left = last;
					conflicting = new Map();
				} else if (same(right, it.rightOrigin)) break;
			} else if (itsOrigin && this.#holds(walked, itsOrigin)) {
				if (!this.#holds(conflicting, itsOrigin)) {
					left = last;
					conflicting = new Map();
				}
			} else break;
			other = this.#next(last);
		}
		return left;
	}

	#count(steps: number): void {
		this.steps += steps;
		if (this.steps > MAX_STEPS) throw this.#tooMany();
	}

	#holds(items: Walked, id: Y.ID): boolean {
		const item = this.#itemAt(id);
		const part = item && items.get(item);
		return part !== null && part !== undefined && id.clock >= part.from && id.clock <= part.to;
	}

	/** The item that holds a letter; null where nothing is left of it. */
	#itemAt({ client, clock }: Y.ID): Y.Item | null {
		if (clock < Y.getState(this.#doc.store, client)) {
			const structs = this.#doc.store.clients.get(client);
			const struct = structs?.[Y.findIndexSS(structs, clock)];
			return struct instanceof Y.Item ? struct : null;
		}
		const struct = structAt(this.#fresh.get(client) ?? [], clock);
		return struct instanceof Y.Item ? struct : null;
	}

	/** What follows a letter. */
	#next(id: Y.ID): Y.ID | null {
		const told = this.#after.get(id.client)?.get(id.clock);
		if (told !== undefined) return told;
		const item = this.#itemAt(id);
		if (!item) return null;
		if (id.clock < endOf(item) - 1) return Y.createID(id.client, id.clock + 1);
		return item.right instanceof Y.Item ? item.right.id : null;
	}

	#setAfter(id: Y.ID, next: Y.ID | null): void {
		const own = this.#after.get(id.client);
		if (own) own.set(id.clock, next);
		else this.#after.set(id.client, new Map([[id.clock, next]]));
	}

	#cut(id: Y.ID): void {
		const item = this.#itemAt(id);
		if (!item || id.clock >= endOf(item) - 1) return;
		const cuts = this.#cuts.get(item);
		if (!cuts) {
			this.#cuts.set(item, [id.clock]);
			return;
		}
		const at = place(cuts, id.clock);
		if (cuts[at] !== id.clock) cuts.splice(at, 0, id.clock);
	}

	/** The last letter of the piece that begins at a clock. */
	#pieceEnd(item: Y.Item, clock: number): Y.ID {
		const cuts = this.#cuts.get(item) ?? [];
		return Y.createID(item.id.client, cuts[place(cuts, clock)] ?? endOf(item) - 1);
	}

	/** The line that an item goes into; null where what it belongs to is gone. */
	#lineFor(item: Y.Item, origin: Y.ID | null): Line | null {
		const beside = origin ?? item.rightOrigin;
		if (beside) {
			const neighbour = this.#itemAt(beside);
			if (!neighbour) return null;
			const fresh = this.#lineOf.get(neighbour);
			if (fresh) return fresh;
			// Read by Yjs from bytes, or set when it was placed: only a type is left in a document.
			return neighbour.parent instanceof Y.AbstractType
				? this.#line(neighbour.parent, neighbour.parentSub)
				: null;
		}
		const { parent, parentSub } = item;
		if (typeof parent === 'string')
			return this.#line(this.#doc.share.get(parent) ?? parent, parentSub);
		if (!(parent instanceof Y.ID)) return null;
		const holder = this.#itemAt(parent);
		return holder?.content instanceof Y.ContentType
			? this.#line(holder.content.type, parentSub)
			: null;
	}

	#start(line: Line): Y.ID | null {
		if (line.start !== undefined) return line.start;
		line.start = null;
		const { type, key } = line;
		if (!(type instanceof Y.AbstractType)) return null;
		if (key === null) line.start = type._start?.id ?? null;
		else
			for (let item = type._map.get(key) ?? null; item; item = item.left) {
				line.start = item.id;
				line.back++;
				this.#count(1);
			}
		return line.start;
	}

	#line(type: unknown, key: string | null): Line {
		const lines = this.#lines.get(type) ?? new Map<string | null, Line>();
		this.#lines.set(type, lines);
		const known = lines.get(key);
		if (known) return known;
		const line: Line = { type, key, back: 0 };
		lines.set(key, line);
		return line;
	}
}

/** Index of the first number that is not less. */
function place(sorted: readonly number[], value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
