/**
 * A document's state as small as it gets without losing a place. Yjs's encodings write for each piece of a text what
 * stood on its left and on its right when it came; but whoever puts the pieces back one after the other, each after
 * those that it names, knows what stands on the right of its left. Pieces are written here in such an order, and the
 * right side only where it is another: after simultaneous edits. Deletions are in the pieces, and nowhere else.
 *
 * A snapshot that was folded is read again and compared before it replaces anything (stored-document.ts): where a
 * document has what is not foreseen here, it is written as Yjs writes it.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { Cloth } from './cloth.ts';

/** What a piece is: its content is nowhere, taken away, words, or anything else. */
const GONE = 0;
const DELETED = 1;
const WORDS = 2;
const OTHER = 3;
/** Where its left is, and its right: two bits each of its flags, over those of what it is. */
const NAMED = 0;
/** For the left, the last of the same client's; for the right, what stands there. */
const KNOWN = 1;
const NONE = 2;
/** The right of the same client's last piece. */
const SAME = 3;

/** Yjs's numbers of contents, and of what is in the first byte of a struct. */
const REF = { deleted: 1, string: 4 };
const HAS_LEFT = 0x80;
const HAS_RIGHT = 0x40;
const HAS_KEY = 0x20;

/** The document has what this encoding does not foresee. */
export class NotWoven extends Error {
	override readonly name = 'NotWoven';
}

/** Columns of numbers, bytes and words, each of one kind, so that they compress. */
const COLUMNS = [
	'clients',
	'runs',
	'flags',
	'wordLengths',
	'goneLengths',
	'leftClients',
	'leftLow',
	'leftHigh',
	'rightClients',
	'rightLow',
	'rightHigh',
	'parents',
	'others'
] as const;
type Column = (typeof COLUMNS)[number];
type Side = 'left' | 'right';

type Struct = Y.Item | Y.GC;

// ------------------------------------------------------------------------------------------------- writing

/** @throws NotWoven */
export function weave(doc: Y.Doc): Uint8Array {
	const { structs } = Y.decodeUpdateV2(Y.encodeStateAsUpdateV2(doc));
	const byClient = new Map<number, Struct[]>();
	for (const struct of structs) {
		if (!(struct instanceof Y.Item) && !(struct instanceof Y.GC)) throw new NotWoven('a gap');
		const own = byClient.get(struct.id.client);
		if (own) own.push(struct);
		else byClient.set(struct.id.client, [struct]);
	}
	const clients = [...byClient.keys()];
	const index = new Map(clients.map((client, i) => [client, i]));
	const columns = Object.fromEntries(
		COLUMNS.map((name) => [name, encoding.createEncoder()])
	) as Record<Column, encoding.Encoder>;
	const words: string[] = [];
	const put = (column: Column, value: number): void =>
		encoding.writeVarUint(columns[column], value);
	const name = (side: Side, id: Y.ID): void => {
		const client = index.get(id.client);
		if (client === undefined) throw new NotWoven('a client without a piece');
		put(`${side}Clients`, client);
		encoding.writeUint8(columns[`${side}Low`], id.clock & 0xff);
		put(`${side}High`, Math.floor(id.clock / 256));
	};
	put('clients', clients.length);
	for (const client of clients) {
		put('clients', client);
		put('clients', byClient.get(client)?.length ?? 0);
	}

	const cloth = new Cloth();
	const last = new Map<number, Struct>();
	const write = (struct: Struct): void => {
		const { client, clock } = struct.id;
		const previous = last.get(client);
		if (clock !== (previous ? previous.id.clock + previous.length : 0)) throw new NotWoven('a gap');
		last.set(client, struct);
		if (struct instanceof Y.GC) {
			encoding.writeUint8(columns.flags, GONE);
			return put('goneLengths', struct.length);
		}
		const { content, origin, rightOrigin, length } = struct;
		const kind =
			content instanceof Y.ContentDeleted
				? DELETED
				: content instanceof Y.ContentString
					? WORDS
					: OTHER;
		const onward = origin?.client === client && origin.clock === clock - 1;
		const left = origin === null ? NONE : onward ? KNOWN : NAMED;
		const neighbour = origin ? cloth.rightOf(origin) : undefined;
		const right =
			previous instanceof Y.Item && Y.compareIDs(previous.rightOrigin, rightOrigin) && onward
				? SAME
				: neighbour !== undefined && Y.compareIDs(neighbour, rightOrigin)
					? KNOWN
					: rightOrigin === null
						? NONE
						: NAMED;
		encoding.writeUint8(columns.flags, kind | (left << 2) | (right << 4));
		if (origin && left === NAMED) name('left', origin);
		if (rightOrigin && right === NAMED) name('right', rightOrigin);
		if (!origin && !rightOrigin) writeParent(columns.parents, struct);
		if (kind === DELETED) put('goneLengths', length);
		else if (content instanceof Y.ContentString) {
			put('wordLengths', length);
			words.push(content.str);
		} else {
			const encoder = new Y.UpdateEncoderV1();
			content.write(encoder, 0);
			put('others', content.getRef());
			put('others', length);
			encoding.writeVarUint8Array(columns.others, encoder.toUint8Array());
		}
		cloth.add(client, clock, length, origin, rightOrigin);
	};

	/** How many structs of each client are written, and up to which clock. */
	const done = new Map(clients.map((client) => [client, { structs: 0, clock: 0 }]));
	const there = (id: Y.ID | null): boolean =>
		id === null || id.clock < (done.get(id.client)?.clock ?? 0);
	for (let left = structs.length; left > 0;) {
		const before = left;
		for (const client of clients) {
			const own = byClient.get(client) ?? [];
			const at = done.get(client);
			if (!at) continue;
			const first = at.structs;
			for (let next = own[first]; next; next = own[at.structs]) {
				if (next instanceof Y.Item && ![next.origin, next.rightOrigin, parentId(next)].every(there))
					break;
				write(next);
				at.structs++;
				at.clock = next.id.clock + next.length;
			}
			if (at.structs === first) continue;
			left -= at.structs - first;
			put('runs', index.get(client) ?? 0);
			put('runs', at.structs - first);
		}
		if (left === before) throw new NotWoven('pieces that wait for each other');
	}

	const whole = encoding.createEncoder();
	for (const column of COLUMNS)
		encoding.writeVarUint8Array(whole, encoding.toUint8Array(columns[column]));
	encoding.writeVarString(whole, words.join(''));
	return encoding.toUint8Array(whole);
}

/** As decoded, an item that has a left or a right has no parent yet; one that has neither names it. */
const parentId = ({ parent }: Y.Item): Y.ID | null => (parent instanceof Y.ID ? parent : null);

function writeParent(encoder: encoding.Encoder, { parent, parentSub }: Y.Item): void {
	const named: unknown = parent;
	if (typeof named === 'string') {
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarString(encoder, named);
	} else if (parent instanceof Y.ID) {
		encoding.writeVarUint(encoder, 0);
		encoding.writeVarUint(encoder, parent.client);
		encoding.writeVarUint(encoder, parent.clock);
	} else throw new NotWoven('a piece of nothing');
	encoding.writeVarUint(encoder, parentSub === null ? 0 : 1);
	if (parentSub !== null) encoding.writeVarString(encoder, parentSub);
}

// ------------------------------------------------------------------------------------------------- reading

/** What one client's structs are in Yjs's first encoding. */
interface Section {
	readonly client: number;
	readonly count: number;
	readonly structs: encoding.Encoder;
	clock: number;
	right: Y.ID | null;
}

/** The state as one update of Yjs's first encoding. Throws on what `weave` did not make. */
export function unweave(woven: Uint8Array): Uint8Array {
	const whole = decoding.createDecoder(woven);
	const columns = Object.fromEntries(
		COLUMNS.map((name) => [name, decoding.createDecoder(decoding.readVarUint8Array(whole))])
	) as Record<Column, decoding.Decoder>;
	const words = decoding.readVarString(whole);
	const take = (column: Column): number => decoding.readVarUint(columns[column]);
	const sections: Section[] = Array.from({ length: take('clients') }, () => ({
		client: take('clients'),
		count: take('clients'),
		structs: encoding.createEncoder(),
		clock: 0,
		right: null
	}));
	const section = (i: number): Section => {
		const one = sections[i];
		if (!one) throw new RangeError('no such client');
		return one;
	};
	const named = (side: Side): Y.ID => {
		const { client } = section(take(`${side}Clients`));
		const low = decoding.readUint8(columns[`${side}Low`]);
		return Y.createID(client, take(`${side}High`) * 256 + low);
	};

	const cloth = new Cloth();
	let word = 0;
	const read = (own: Section): void => {
		const { client, clock, structs } = own;
		const flags = decoding.readUint8(columns.flags);
		const kind = flags & 3;
		if (kind === GONE) {
			const length = take('goneLengths');
			encoding.writeUint8(structs, 0);
			encoding.writeVarUint(structs, length);
			own.clock += length;
			own.right = null;
			return;
		}
		const [l, r] = [(flags >> 2) & 3, flags >> 4];
		const left = l === NONE ? null : l === KNOWN ? Y.createID(client, clock - 1) : named('left');
		const right =
			r === NONE
				? null
				: r === SAME
					? own.right
					: r === KNOWN
						? ((left && cloth.rightOf(left)) ?? null)
						: named('right');
		const parent = !left && !right ? readParent(columns.parents) : null;
		const ref = kind === DELETED ? REF.deleted : kind === WORDS ? REF.string : take('others');
		encoding.writeUint8(
			structs,
			ref | (left ? HAS_LEFT : 0) | (right ? HAS_RIGHT : 0) | (parent?.key == null ? 0 : HAS_KEY)
		);
		for (const id of [left, right])
			if (id) {
				encoding.writeVarUint(structs, id.client);
				encoding.writeVarUint(structs, id.clock);
			}
		if (parent) encoding.writeUint8Array(structs, parent.bytes);
		let length: number;
		if (kind === DELETED) {
			length = take('goneLengths');
			encoding.writeVarUint(structs, length);
		} else if (kind === WORDS) {
			length = take('wordLengths');
			encoding.writeVarString(structs, words.slice(word, (word += length)));
		} else {
			length = take('others');
			encoding.writeUint8Array(structs, decoding.readVarUint8Array(columns.others));
		}
		own.clock += length;
		own.right = right;
		cloth.add(client, clock, length, left, right);
	};
	while (decoding.hasContent(columns.runs)) {
		const own = section(take('runs'));
		for (let left = take('runs'); left > 0; left--) read(own);
	}
	return update(sections);
}

function readParent(from: decoding.Decoder): {
	readonly bytes: Uint8Array;
	readonly key: string | null;
} {
	const bytes = encoding.createEncoder();
	const root = decoding.readVarUint(from);
	encoding.writeVarUint(bytes, root);
	if (root === 1) encoding.writeVarString(bytes, decoding.readVarString(from));
	else for (let i = 0; i < 2; i++) encoding.writeVarUint(bytes, decoding.readVarUint(from));
	const key = decoding.readVarUint(from) === 1 ? decoding.readVarString(from) : null;
	if (key !== null) encoding.writeVarString(bytes, key);
	return { bytes: encoding.toUint8Array(bytes), key };
}

function update(sections: readonly Section[]): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, sections.length);
	// As Yjs writes them: it reads them faster so.
	for (const { client, count, structs } of [...sections].sort((a, b) => b.client - a.client)) {
		encoding.writeVarUint(encoder, count);
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, 0);
		encoding.writeUint8Array(encoder, encoding.toUint8Array(structs));
	}
	// No deletions besides: what is deleted is written as such.
	encoding.writeVarUint(encoder, 0);
	return encoding.toUint8Array(encoder);
}
